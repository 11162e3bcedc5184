import type { CellChange } from '../../platform/import/kind.ts';
import type { CellFault } from '../../platform/import/table.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const importRunTable = defineTable('import_run', ['id'], {
  id: 'uuid',
  kind: 'text',
  file_name: 'text',
  sha256: 'text',
  mode: 'text',
  existing: 'text',
  row_count: 'int',
  ok_count: 'int',
  error_count: 'int',
  replayed_count: 'int',
  changed_count: 'int',
  committed: 'boolean',
  file: 'bytea',
  run_by: 'uuid',
  at: 'timestamptz',
  state: 'text',
  seen_at: 'timestamptz?',
  cancel_asked_at: 'timestamptz?',
  error: 'text?',
});
export type ImportRunRow = RowOf<typeof importRunTable>;

export const importFateTable = defineTable('import_fate', ['import_id', 'row'], {
  import_id: 'uuid',
  row: 'int',
  last_row: 'int?',
  ok: 'boolean',
  no: 'text?',
  replayed: 'boolean',
  does: 'text?',
  changes: 'jsonb',
  errors: 'jsonb',
});

/** What became of a row of a file, or would: what it makes, changes or leaves; and how it differs from what is on file. */
export type RowFate = {
  row: number;
  ok: boolean;
  no?: string;
  does?: 'add' | 'change' | 'nothing';
  replayed?: boolean;
  changes?: CellChange[];
  errors: CellFault[];
};

/** Rows that follow each other, such as those of one order, and fared alike. */
export type Stretch = RowFate & { lastRow: number };

/** Rows that can be told together are; what differs or is refused stands by itself. */
export function stretchesOf(fates: readonly RowFate[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const fate of fates) {
    const last = stretches.at(-1);
    if (last !== undefined && fate.row === last.lastRow + 1 && alike(last, fate)) last.lastRow = fate.row;
    else stretches.push({ ...fate, lastRow: fate.row });
  }
  return stretches;
}

const alike = (a: RowFate, b: RowFate): boolean =>
  a.ok &&
  b.ok &&
  a.no === b.no &&
  a.does === b.does &&
  a.replayed === b.replayed &&
  (a.changes ?? []).length + (b.changes ?? []).length === 0;

/** The rows of a stretch, one by one. */
export const rowsOf = ({ lastRow, ...fate }: Stretch): RowFate[] =>
  Array.from({ length: lastRow - fate.row + 1 }, (_, at) => ({ ...fate, row: fate.row + at }));

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

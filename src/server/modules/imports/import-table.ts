import type { CellFault } from '../../platform/import/table.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const importRunTable = defineTable('import_run', ['id'], {
  id: 'uuid',
  kind: 'text',
  file_name: 'text',
  sha256: 'text',
  mode: 'text',
  row_count: 'int',
  ok_count: 'int',
  error_count: 'int',
  replayed_count: 'int',
  committed: 'boolean',
  result: 'jsonb',
  file: 'bytea',
  run_by: 'uuid',
  at: 'timestamptz',
});
export type ImportRunRow = RowOf<typeof importRunTable>;

/** What became of a row of a file, as it is kept. */
export type RowFate = { row: number; ok: boolean; no?: string; replayed?: boolean; errors: CellFault[] };

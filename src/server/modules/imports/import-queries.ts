import type { z } from 'zod';
import { type ImportResult, type ImportSummary, SHOWN_IMPORT_ROWS } from '../../../contract/imports.ts';
import { refuse } from '../../kernel/refusal.ts';
import { COMPANY, type Database, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { sentence } from '../../platform/http/messages.ts';
import type { AnyImportKind } from '../../platform/import/kind.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { changeInWords, titleOf } from './change-words.ts';
import { importFateTable, type ImportRunRow, type RowFate, rowsOf, type Stretch } from './import-table.ts';
import { kindOf } from './kinds.ts';

type Summary = z.output<typeof ImportSummary>;
type Result = z.output<typeof ImportResult>;
type SummaryRow = Omit<ImportRunRow, 'file' | 'sha256' | 'cancel_asked_at'> & { run_by_name: string };

/** Without a sign of life for so long, whoever worked on it is gone. */
export const SILENT_MS = 60_000;

type Reader = { actor: Actor; now: Date; locale: string };

const summaryColumns = sql`i.id, i.kind, i.file_name, i.mode, i.existing, i.row_count, i.ok_count, i.error_count, i.replayed_count, i.changed_count, i.committed, i.run_by, i.at, i.state, i.seen_at, i.error, u.name as run_by_name`;

/** Everybody sees his own imports; who runs the company's settings or policies sees all. */
const seesAll = (actor: Actor): boolean =>
  actor.permissions.has('company.manage') || actor.permissions.has('policy.manage');

const summaryView = (row: SummaryRow, now: Date, locale: string): Summary => ({
  state: row.state === 'running' && isSilent(row, now) ? 'interrupted' : (row.state as Summary['state']),
  stoppedBy: row.error === null ? null : sentence({ code: row.error }, locale).title,
  id: row.id,
  kind: row.kind as Summary['kind'],
  fileName: row.file_name,
  mode: row.mode as Summary['mode'],
  existing: row.existing as Summary['existing'],
  rowCount: row.row_count,
  okCount: row.ok_count,
  errorCount: row.error_count,
  replayedCount: row.replayed_count,
  changedCount: row.changed_count,
  committed: row.committed,
  runBy: row.run_by_name,
  at: row.at.toISOString(),
});

export const isSilent = ({ seen_at }: Pick<ImportRunRow, 'seen_at'>, now: Date): boolean =>
  seen_at === null || now.getTime() - seen_at.getTime() > SILENT_MS;

/** Imports, newest first. */
export async function listImports(
  tx: Tx,
  query: { cursor?: string | undefined; limit: number; kind?: string | undefined },
  { actor, now, locale }: Reader,
) {
  const cursor = decodeTypedCursor(query.cursor, ['id']);
  const where = sql`(${seesAll(actor)} or i.run_by = ${actor.userId}::uuid) and (${query.kind ?? null}::text is null or i.kind = ${query.kind ?? null}::text)`;
  const [rows, counts] = await Promise.all([
    tx.query<SummaryRow>(sql`
      select ${summaryColumns} from import_run i join app_user u on u.id = i.run_by
      where ${where} and (${cursor?.[0] ?? null}::uuid is null or i.id < ${cursor?.[0] ?? null}::uuid) order by i.id desc limit ${query.limit + 1}`),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from import_run i where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(
    rows,
    query.limit,
    (row) => summaryView(row, now, locale),
    (row) => [row.id],
    totalOf(counts),
  );
}

/** One import with its rows: those with errors first, then those that changed something. */
export async function readImport(tx: Tx, importId: string, reader: Reader): Promise<Result> {
  const { actor, now, locale } = reader;
  const columns = columnsOf(importFateTable);
  const [rows, told, others] = await Promise.all([
    tx.query<SummaryRow>(sql`
      select ${summaryColumns} from import_run i join app_user u on u.id = i.run_by
      where i.id = ${importId} and (${seesAll(actor)} or i.run_by = ${actor.userId}::uuid)`),
    // In the order of an index each, so that no more is read than is shown.
    tx.query<FateRow>(sql`
      select ${columns} from import_fate where import_id = ${importId} and (not ok or does = 'change')
      order by ok, row limit ${SHOWN_IMPORT_ROWS}::int`),
    tx.query<FateRow>(sql`
      select ${columns} from import_fate where import_id = ${importId} and ok and does is distinct from 'change'
      order by row limit ${SHOWN_IMPORT_ROWS}::int`),
  ]);
  const row = rows[0];
  if (row === undefined) throw refuse('import.not_found');
  const kind = kindOf(row.kind);
  return {
    ...summaryView(row, now, locale),
    rows: [...told, ...others]
      .flatMap((fate) => rowsOf(stretchOf(fate)))
      .slice(0, SHOWN_IMPORT_ROWS)
      .map((fate) => fateView(fate, kind, locale)),
  };
}

type FateRow = {
  row: number;
  last_row: number | null;
  ok: boolean;
  no: string | null;
  does: NonNullable<RowFate['does']> | null;
  replayed: boolean;
  changes: NonNullable<RowFate['changes']>;
  errors: RowFate['errors'];
};
const stretchOf = ({ row, last_row, ok, no, does, replayed, changes, errors }: FateRow): Stretch => ({
  row,
  lastRow: last_row ?? row,
  ok,
  errors,
  ...(no === null ? {} : { no }),
  ...(does === null ? {} : { does }),
  ...(replayed ? { replayed } : {}),
  ...(changes.length === 0 ? {} : { changes }),
});

const FATES_AT_A_TIME = 2000;

/** What became of all rows, in their order, a stretch at a time. */
export async function* fatesOf(database: Database, importId: string): AsyncGenerator<RowFate> {
  let after = 0;
  for (;;) {
    const at = after;
    const rows = await database.read(COMPANY, (tx) =>
      tx.query<FateRow>(sql`
        select ${columnsOf(importFateTable)} from import_fate where import_id = ${importId} and row > ${at}::int order by row limit ${FATES_AT_A_TIME}::int`),
    );
    for (const row of rows) yield* rowsOf(stretchOf(row));
    if (rows.length < FATES_AT_A_TIME) return;
    after = rows.at(-1)?.row ?? after;
  }
}

const fateView = (fate: RowFate, kind: AnyImportKind, locale: string): Result['rows'][number] => ({
  row: fate.row,
  ok: fate.ok,
  ...(fate.no === undefined ? {} : { no: fate.no }),
  ...(fate.does === undefined ? {} : { does: fate.does }),
  ...(fate.replayed === undefined ? {} : { replayed: fate.replayed }),
  changes: (fate.changes ?? []).map((change) => ({ column: change.column, ...changeInWords(change, kind, locale) })),
  errors: fate.errors.map(({ column, cell, code, params }) => ({
    column,
    columnTitle: column === null ? null : titleOf(kind, column, locale),
    cell,
    code,
    ...sentence({ code, ...(params === undefined ? {} : { params }) }, locale),
  })),
});

export type ImportFile = Pick<
  ImportRunRow,
  | 'id'
  | 'kind'
  | 'file_name'
  | 'file'
  | 'committed'
  | 'mode'
  | 'existing'
  | 'state'
  | 'seen_at'
  | 'run_by'
  | 'row_count'
>;

/** The file as it came. */
export async function readImportFile(tx: Tx, importId: string, actor: Actor): Promise<ImportFile> {
  const rows = await tx.query<ImportFile>(sql`
    select id, kind, file_name, file, committed, mode, existing, state, seen_at, run_by, row_count from import_run i
    where i.id = ${importId} and (${seesAll(actor)} or i.run_by = ${actor.userId}::uuid)`);
  if (rows[0] === undefined) throw refuse('import.not_found');
  return rows[0];
}

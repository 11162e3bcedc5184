import type { z } from 'zod';
import { type ImportResult, type ImportSummary, SHOWN_IMPORT_ROWS } from '../../../contract/imports.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { sentence } from '../../platform/http/messages.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import type { ImportRunRow, RowFate } from './import-table.ts';

type Summary = z.output<typeof ImportSummary>;
type Result = z.output<typeof ImportResult>;
type SummaryRow = Omit<ImportRunRow, 'file' | 'result' | 'sha256'> & { run_by_name: string };

const summaryColumns = sql`i.id, i.kind, i.file_name, i.mode, i.row_count, i.ok_count, i.error_count, i.replayed_count, i.committed, i.run_by, i.at, u.name as run_by_name`;

/** Everybody sees his own imports; who runs the company's settings or policies sees all. */
const seesAll = (actor: Actor): boolean =>
  actor.permissions.has('company.manage') || actor.permissions.has('policy.manage');

const summaryView = (row: SummaryRow): Summary => ({
  id: row.id,
  kind: row.kind as Summary['kind'],
  fileName: row.file_name,
  mode: row.mode as Summary['mode'],
  rowCount: row.row_count,
  okCount: row.ok_count,
  errorCount: row.error_count,
  replayedCount: row.replayed_count,
  committed: row.committed,
  runBy: row.run_by_name,
  at: row.at.toISOString(),
});

/** Imports, newest first. */
export async function listImports(
  tx: Tx,
  query: { cursor?: string | undefined; limit: number; kind?: string | undefined },
  actor: Actor,
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
  return pageOf(rows, query.limit, summaryView, (row) => [row.id], totalOf(counts));
}

/** One import with its rows: those with errors first. */
export async function readImport(tx: Tx, importId: string, actor: Actor, locale: string): Promise<Result> {
  const rows = await tx.query<SummaryRow & { result: RowFate[] }>(sql`
    select ${summaryColumns}, i.result from import_run i join app_user u on u.id = i.run_by
    where i.id = ${importId} and (${seesAll(actor)} or i.run_by = ${actor.userId}::uuid)`);
  const row = rows[0];
  if (row === undefined) throw refuse('import.not_found');
  const shown = [...row.result.filter(({ ok }) => !ok), ...row.result.filter(({ ok }) => ok)].slice(
    0,
    SHOWN_IMPORT_ROWS,
  );
  return { ...summaryView(row), rows: shown.map((fate) => fateView(fate, locale)) };
}

const fateView = (fate: RowFate, locale: string): Result['rows'][number] => ({
  row: fate.row,
  ok: fate.ok,
  ...(fate.no === undefined ? {} : { no: fate.no }),
  ...(fate.replayed === undefined ? {} : { replayed: fate.replayed }),
  errors: fate.errors.map(({ column, cell, code, params }) => ({
    column,
    cell,
    code,
    ...sentence({ code, ...(params === undefined ? {} : { params }) }, locale),
  })),
});

/** The file as it came, with what became of its rows. */
export async function readImportFile(
  tx: Tx,
  importId: string,
  actor: Actor,
): Promise<Pick<ImportRunRow, 'kind' | 'file_name' | 'file' | 'committed'> & { result: RowFate[] }> {
  const rows = await tx.query<
    Pick<ImportRunRow, 'kind' | 'file_name' | 'file' | 'committed'> & { result: RowFate[] }
  >(sql`
    select kind, file_name, file, committed, result from import_run i where i.id = ${importId} and (${seesAll(actor)} or i.run_by = ${actor.userId}::uuid)`);
  if (rows[0] === undefined) throw refuse('import.not_found');
  return rows[0];
}

/** Imports as they are kept: the file, how far it is, what became of each row. Short ones are answered when done, long ones go on after the answer. */
import { newId } from '../../kernel/ids.ts';
import { Refused, refuse } from '../../kernel/refusal.ts';
import { COMPANY, type Database, sql } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import type { Services } from '../../platform/http/services.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { type ImportFile, isSilent, readImportFile } from './import-queries.ts';
import { importFateTable, type RowFate, stretchesOf } from './import-table.ts';
import { kindOf } from './kinds.ts';
import {
  countRows,
  fingerprint,
  type ImportCall,
  type ImportExisting,
  type ImportMode,
  runInParts,
  runWhole,
} from './run-import.ts';

const MOST_BYTES = 16 * 1024 * 1024;
/** Files with more rows go on after the answer. */
const ANSWERED_ROWS = 1000;
/** Long imports that one node works on at a time. */
const MOST_AT_A_TIME = 2;

export type RunCall = {
  services: Services;
  actor: Actor;
  requestId: string;
  kind: string;
  mode: ImportMode;
  existing: ImportExisting;
  fileName: string;
  bytes: Buffer;
};

/** Runs the file, or begins to, and keeps what becomes of its rows. Returns the id of the import. */
export async function startImport(call: RunCall): Promise<string> {
  const { services, actor, requestId, mode, existing, bytes } = call;
  const kind = kindOf(call.kind);
  if (!actor.permissions.has(kind.can)) throw refuse('permission.denied', { permission: kind.can });
  if (existing === 'update' && kind.update === undefined) throw refuse('import.only_adds', undefined, 'existing');
  if (bytes.length > MOST_BYTES) throw refuse('import.too_large', { max: String(MOST_BYTES / 1024 / 1024) });
  const { runtime, clock } = services;
  const run: ImportCall = { runtime, actor, now: () => clock.now(), requestId, kind, mode, existing, bytes };
  const rowCount = await countRows(run);
  const id = newId(clock.now());
  if (mode === 'valid_rows') {
    await insertRun(call, id, rowCount, 'running');
    await workOn(services, run, id, { after: 0, rowCount });
    return id;
  }
  const { fates, committed } = await runWhole(run);
  // What a person of sales may see depends on the partners that he has just entered.
  services.authenticator.forget();
  await insertRun(call, id, rowCount, 'done');
  await keepFates(services.database, id, fates, clock.now(), committed);
  return id;
}

/** Goes on with an import that was cancelled, has failed, or whose node is gone; by the person who began it. */
export async function continueImport(
  { services, actor, requestId }: Pick<RunCall, 'services' | 'actor' | 'requestId'>,
  importId: string,
): Promise<void> {
  const { database, clock, runtime } = services;
  const now = clock.now();
  const file = await database.read(COMPANY, (tx) => readImportFile(tx, importId, actor));
  if (file.run_by !== actor.userId) throw refuse('import.not_yours');
  requireState(file, now, ['cancelled', 'failed', 'interrupted']);
  const kind = kindOf(file.kind);
  if (!actor.permissions.has(kind.can)) throw refuse('permission.denied', { permission: kind.can });
  // Two who press at once: one takes it.
  const [taken, last] = await database.write(COMPANY, (tx) =>
    Promise.all([
      tx.run(sql`
        update import_run set state = 'running', seen_at = ${now}, cancel_asked_at = null, error = null
        where id = ${importId} and state = ${file.state} and seen_at is not distinct from ${file.seen_at}::timestamptz`),
      tx.query<{ row: number | null }>(
        sql`select max(coalesce(last_row, row)) as row from import_fate where import_id = ${importId}`,
      ),
    ]),
  );
  if (taken === 0) throw refuse('import.wrong_state', { state: 'running' });
  const run: ImportCall = {
    runtime,
    actor,
    now: () => clock.now(),
    requestId,
    kind,
    mode: 'valid_rows',
    existing: file.existing === 'update' ? 'update' : 'keep',
    bytes: file.file,
  };
  await workOn(services, run, importId, { after: last[0]?.row ?? 0, rowCount: file.row_count });
}

/** Parts under way are finished; what is in stays. */
export async function cancelImport({ services, actor }: Pick<RunCall, 'services' | 'actor'>, importId: string) {
  const { database, clock } = services;
  const now = clock.now();
  const file = await database.read(COMPANY, (tx) => readImportFile(tx, importId, actor));
  requireState(file, now, ['running', 'interrupted']);
  const gone = isSilent(file, now);
  await database.write(COMPANY, (tx) =>
    tx.run(
      gone
        ? sql`update import_run set state = 'cancelled', cancel_asked_at = ${now} where id = ${importId} and state = 'running'`
        : sql`update import_run set cancel_asked_at = ${now} where id = ${importId} and state = 'running'`,
    ),
  );
}

function requireState(file: ImportFile, now: Date, wanted: readonly string[]): void {
  const state = file.state === 'running' && isSilent(file, now) ? 'interrupted' : file.state;
  if (file.mode !== 'valid_rows' || !wanted.includes(state)) throw refuse('import.wrong_state', { state });
}

const working = new WeakMap<Database, Set<string>>();

/** Resolves when the import is over, or at once where it is long. */
async function workOn(
  services: Services,
  run: ImportCall,
  id: string,
  { after, rowCount }: { after: number; rowCount: number },
): Promise<void> {
  const { database } = services;
  const here = working.get(database) ?? new Set();
  working.set(database, here);
  const isLong = rowCount > ANSWERED_ROWS;
  if (isLong && here.size >= MOST_AT_A_TIME) {
    await finish(database, id, 'failed', 'request.busy');
    throw refuse('request.busy');
  }
  if (isLong) here.add(id);
  const work = carryOut(services, run, id, after).finally(() => here.delete(id));
  // A long one tells its end in the table; when not even that can be written, it stands there as interrupted.
  if (isLong) work.catch(() => undefined);
  else await work;
}

async function carryOut(services: Services, run: ImportCall, id: string, after: number): Promise<void> {
  const { database, clock, authenticator } = services;
  try {
    const ended = await runInParts(run, {
      after,
      async keep(fates) {
        const locked = fates.find(({ errors }) => errors.some(({ code }) => code.startsWith('session.')));
        if (locked !== undefined) throw refuse('session.required');
        return keepFates(database, id, fates, clock.now(), null);
      },
    });
    authenticator.forget();
    await finish(database, id, ended ? 'done' : 'cancelled', null);
  } catch (error) {
    const code = error instanceof Refused ? (error.refusals[0]?.code ?? 'request.internal') : 'request.internal';
    await finish(database, id, 'failed', code);
    if (!(error instanceof Refused)) throw error;
  }
}

const finish = (database: Database, id: string, state: string, error: string | null) =>
  database.write(COMPANY, (tx) =>
    tx.run(sql`update import_run set state = ${state}, error = ${error} where id = ${id}`),
  );

const insertRun = (call: RunCall, id: string, rowCount: number, state: string) => {
  const { services, actor, kind, mode, existing, fileName, bytes } = call;
  const now = services.clock.now();
  return services.database.write(COMPANY, (tx) =>
    tx.run(sql`
      insert into import_run (id, kind, file_name, sha256, mode, existing, row_count, ok_count, error_count, replayed_count, changed_count, committed, file, run_by, at, state, seen_at)
      values (${id}, ${kind}, ${plainName(fileName)}, ${fingerprint(bytes)}, ${mode}, ${existing}, ${rowCount}, 0, 0, 0, 0, false, ${bytes}, ${actor.userId}, ${now}, ${state}, ${now})`),
  );
};

/** Writes what became of rows and moves the counts. `committed` null: what is good is in. False: somebody has asked to stop. */
async function keepFates(
  database: Database,
  id: string,
  fates: readonly RowFate[],
  now: Date,
  committed: boolean | null,
): Promise<boolean> {
  const good = fates.filter(({ ok }) => ok);
  const replayed = good.filter((fate) => fate.replayed === true).length;
  const changed = good.filter(({ does }) => does === 'change').length;
  const rows = stretchesOf(fates).map(({ row, lastRow, ok, no, does, replayed: before, changes, errors }) => ({
    import_id: id,
    row,
    last_row: lastRow === row ? null : lastRow,
    ok,
    no: no ?? null,
    replayed: before === true,
    does: does ?? null,
    changes: changes ?? [],
    errors,
  }));
  const [, runs] = await database.write(COMPANY, (tx) =>
    Promise.all([
      insertRows(tx, importFateTable, rows, { onConflictDoNothing: true }),
      tx.query<{ go: boolean }>(sql`
        update import_run set ok_count = ok_count + ${good.length}::int, error_count = error_count + ${fates.length - good.length}::int,
          replayed_count = replayed_count + ${replayed}::int, changed_count = changed_count + ${changed}::int, committed = committed or ${committed ?? good.length > replayed}::boolean, seen_at = ${now}
        where id = ${id} returning cancel_asked_at is null as go`),
    ]),
  );
  return runs[0]?.go === true;
}

/** The last part of a path, without characters that are not meant to be seen. */
const plainName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replace(/\p{C}/gu, '').slice(0, 255) || 'file';

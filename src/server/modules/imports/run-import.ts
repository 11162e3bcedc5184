/**
 * Runs the rows of a file as commands of their caller. Every row has its own idempotency key, made of the file's fingerprint and the row's
 * place: the same file again makes nothing new, and one that was interrupted goes on exactly where it stopped.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { MAX_IMPORT_ROWS, MAX_ROWS_TOGETHER } from '../../../contract/imports.ts';
import { canonicalHash } from '../../kernel/ids.ts';
import { refuse, type Refusal } from '../../kernel/refusal.ts';
import { schemaRefusals } from '../../platform/http/problems.ts';
import type { AnyImportKind, CellChange, PreparedRow } from '../../platform/import/kind.ts';
import { type CellFault, countTableRows, type TableRow, tableRows } from '../../platform/import/table.ts';
import { type Runtime, runCommands } from '../../platform/pipeline/run.ts';
import { type CommandSet, type Keep, runSets, runTogether } from '../../platform/pipeline/run-together.ts';
import type { Actor, Command, Outcome } from '../../platform/pipeline/types.ts';
import type { RowFate } from './import-table.ts';

export type ImportMode = 'check' | 'all_or_nothing' | 'valid_rows';
/** What happens to a row whose document is there and differs: it is refused, or it changes it. */
export type ImportExisting = 'keep' | 'update';
export type ImportCall = {
  runtime: Runtime;
  actor: Actor;
  /** Asked anew for each part: a session that ends meanwhile ends the import. */
  now(): Date;
  requestId: string;
  kind: AnyImportKind;
  mode: ImportMode;
  existing: ImportExisting;
  bytes: Buffer;
};
export type ImportOutcome = { fates: RowFate[]; committed: boolean };
export type Parts = {
  /** Rows up to here are through already. */
  after: number;
  /** Takes what became of a committed part; false: stop here. */
  keep(fates: RowFate[]): Promise<boolean>;
};

/** Rows of one commit in mode valid_rows, of commands that run one by one: an interruption loses at most so many, and they come again. */
const TOGETHER = 100;
/** Parts of hot commands that are worked on at a time: while the database writes one, the next is decided. */
const AT_A_TIME = 2;

/** A document to be made: its rows, and the command's body if the cells and the schema allow. */
type Piece = { rows: readonly TableRow[]; body: unknown; faults: Map<number, CellFault[]> };

/** The fingerprint of a file, by which rows that were imported before are known. */
export const fingerprint = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Reads the file to its end, so that one that breaks off makes nothing. Returns the number of rows. */
export async function countRows({ bytes, kind, mode }: Pick<ImportCall, 'bytes' | 'kind' | 'mode'>): Promise<number> {
  const max = mode === 'valid_rows' ? MAX_IMPORT_ROWS : MAX_ROWS_TOGETHER;
  const count = await countTableRows(bytes, kind.columns, max);
  if (count > max) throw refuse('import.rows', { max: String(max) });
  if (count === 0) throw refuse('import.empty');
  return count;
}

/** All rows in one transaction: checked only, or written if all are good. */
export async function runWhole(call: ImportCall): Promise<ImportOutcome> {
  const pieces: Piece[] = [];
  for await (const piece of piecesOf(call)) pieces.push(piece);
  const faulty = pieces.some(({ faults }) => faults.size > 0);
  const keep = call.mode === 'check' || faulty ? 'none' : 'unless_refused';
  const { fates, kept } = await runPieces(call, fingerprint(call.bytes), pieces, keep);
  return { fates, committed: kept };
}

/**
 * Good rows go in, part by part, each a transaction; nothing is held in memory but the file and the parts under way. True when it came to
 * the end.
 */
export async function runInParts(call: ImportCall, parts: Parts): Promise<boolean> {
  const sha256 = fingerprint(call.bytes);
  const { command, update } = call.kind;
  const size = command.form === 'batch' ? command.maxBatch : TOGETHER;
  // Where a row may change what an earlier row has made, each part sees the one before.
  const atATime = command.form === 'batch' && update === undefined ? AT_A_TIME : 1;
  let goOn = true;
  // What became of a part is kept after that of the part before, so that an interrupted import goes on where it stopped.
  let kept: Promise<void> = Promise.resolve();
  const underWay: Promise<void>[] = [];
  const part: Piece[] = [];
  const flush = async () => {
    const running = runPieces(call, sha256, part.splice(0), 'all');
    const before = kept;
    kept = (async () => {
      const { fates } = await running;
      await before;
      if (!(await parts.keep(fates))) goOn = false;
    })();
    // Whoever waits for it hears of it; nobody waits for a part behind one that has failed.
    kept.catch(() => undefined);
    underWay.push(kept);
    if (underWay.length >= atATime) await underWay.shift();
  };
  try {
    for await (const piece of piecesOf(call)) {
      if ((piece.rows[0]?.row ?? 0) <= parts.after) continue;
      part.push(piece);
      if (part.length >= size) await flush();
      if (!goOn) break;
    }
    if (goOn && part.length > 0) await flush();
    await kept;
    return goOn;
  } finally {
    // Nothing is left at work behind an import that has ended, however it did.
    await Promise.allSettled(underWay);
  }
}

/** Rows that follow each other and belong to one document. */
async function* piecesOf({ bytes, kind }: ImportCall): AsyncGenerator<Piece> {
  let rows: TableRow[] = [];
  let key = '';
  const keyOf = (row: TableRow) =>
    kind.groupBy === undefined ? null : JSON.stringify(kind.groupBy.map((name) => row.values[name] ?? null));
  for await (const row of tableRows(bytes, kind.columns)) {
    const next = keyOf(row);
    if (rows.length > 0 && (next === null || next !== key)) {
      yield pieceOf(rows, kind);
      rows = [];
    }
    rows.push(row);
    key = next ?? '';
  }
  if (rows.length > 0) yield pieceOf(rows, kind);
}

function pieceOf(rows: readonly TableRow[], kind: AnyImportKind): Piece {
  const faults = new Map<number, CellFault[]>();
  for (const { row, faults: found } of rows) if (found.length > 0) faults.set(row, found);
  if (faults.size > 0) return { rows, body: null, faults };
  const body = kind.body(rows.map(({ values }) => values));
  const checked: z.ZodSafeParseResult<unknown> = kind.schema.safeParse(body);
  if (checked.success) return { rows, body: checked.data, faults };
  return { rows, body: null, faults: placed(schemaRefusals(checked.error, 'body', body), rows, kind) };
}

/** Refusals of a command at the rows and columns that they speak of. */
function placed(
  refusals: readonly Refusal[],
  rows: readonly TableRow[],
  kind: AnyImportKind,
): Map<number, CellFault[]> {
  const faults = new Map<number, CellFault[]>();
  for (const { code, field, params } of refusals) {
    const pattern = field?.replace(/\.\d+(?=\.|$)/g, '.*');
    const place = kind.groupBy === undefined ? 0 : Number.parseInt(/\.(\d+)(\.|$)/.exec(field ?? '')?.[1] ?? '0', 10);
    const row = rows[place]?.row ?? rows[0]?.row ?? 0;
    const column =
      kind.columns.find((candidate) => candidate.name === pattern) ??
      kind.columns.find(({ field: place }) => place !== undefined && place === pattern) ??
      kind.columns.find((candidate) => pattern?.startsWith(`${candidate.field ?? candidate.name}.`));
    const fault: CellFault = {
      column: column?.name ?? field ?? null,
      cell: null,
      code,
      ...(params === undefined ? {} : { params }),
    };
    faults.set(row, [...(faults.get(row) ?? []), fault]);
  }
  return faults;
}

type Prepared = PreparedRow<unknown, unknown>;

async function runPieces(
  call: ImportCall,
  sha256: string,
  pieces: readonly Piece[],
  keep: Keep,
): Promise<{ fates: RowFate[]; kept: boolean }> {
  const ready = pieces.filter(({ body }) => body !== null);
  const rows = await prepare(call, ready);
  const prepared = new Map(ready.map((piece, at) => [piece, rows[at] ?? NOT_RUN]));
  const sets = commandsOf(call, sha256, prepared);
  const refused = [...prepared.values()].some(({ ok }) => !ok);
  const { outcomes, kept } = await runAll(call, sets, refused && keep === 'unless_refused' ? 'none' : keep);
  return {
    fates: pieces.flatMap((piece) => fatesOf(piece, prepared.get(piece), outcomes.get(piece), call.kind)),
    kept,
  };
}

const NOT_RUN: Prepared = { ok: false, refusals: [{ code: 'import.not_run' }] };

type Doing = CommandSet & { pieces: readonly Piece[] };

/** What makes documents, and what changes those that are there. */
function commandsOf(call: ImportCall, sha256: string, prepared: ReadonlyMap<Piece, Prepared>): Doing[] {
  const { kind } = call;
  const making = [...prepared].flatMap(([piece, row]) =>
    row.ok && 'input' in row ? [{ piece, command: commandOf(call, sha256, piece, row.input) }] : [],
  );
  const changing = [...prepared].flatMap(([piece, row]) =>
    row.ok && 'update' in row ? [{ piece, command: commandOf(call, sha256, piece, row.update, row.as) }] : [],
  );
  return [
    { definition: kind.command, found: making },
    { definition: kind.update ?? kind.command, found: changing },
  ]
    .filter(({ found }) => found.length > 0)
    .map(({ definition, found }) => ({
      definition,
      commands: found.map(({ command }) => command),
      pieces: found.map(({ piece }) => piece),
    }));
}

/** Hot commands take many at once; they part what is refused from what is not by themselves. */
async function runAll(
  { runtime }: ImportCall,
  sets: readonly Doing[],
  keep: Keep,
): Promise<{ outcomes: ReadonlyMap<Piece, Outcome>; kept: boolean }> {
  const found = new Map<Piece, Outcome>();
  const note = (pieces: readonly Piece[], outcomes: readonly Outcome[]) =>
    outcomes.forEach((outcome, at) => {
      const piece = pieces[at];
      if (piece !== undefined) found.set(piece, outcome);
    });
  if (keep !== 'all') {
    const { outcomes, kept } = await runSets(runtime, sets, keep);
    sets.forEach(({ pieces }, at) => note(pieces, outcomes[at] ?? []));
    return { outcomes: found, kept };
  }
  for (const { definition, commands, pieces } of sets)
    note(
      pieces,
      definition.form === 'batch'
        ? await runCommands(runtime, definition, commands)
        : (await runTogether(runtime, definition, commands, keep)).outcomes,
    );
  return { outcomes: found, kept: true };
}

/** What each document comes to. Where nothing is to be changed, what differs is refused by column. */
async function prepare(
  { runtime, kind, actor, existing }: ImportCall,
  pieces: readonly Piece[],
): Promise<readonly Prepared[]> {
  const { prepare: look } = kind;
  if (look === undefined) return pieces.map(({ body }) => ({ ok: true, input: body }));
  const rows = pieces.map((piece) => ({ body: piece.body, values: piece.rows[0]?.values ?? {} }));
  const prepared: readonly Prepared[] = await runtime.database.read(actor.scope, (tx) => look(tx, rows, actor));
  return prepared.map((row) =>
    row.ok && 'update' in row && existing === 'keep' && row.asked !== true
      ? { ...row, ...differing(row.no, row.changes) }
      : row,
  );
}

const differing = (no: string, changes: readonly CellChange[]) => ({
  ok: false as const,
  refusals: changes.map(({ column, before }) => ({
    code: 'import.row_differs',
    field: column,
    params: { no, before: before ?? '–' },
  })),
});

const commandOf = (
  { actor, now, requestId, kind }: ImportCall,
  sha256: string,
  piece: Piece,
  input: unknown,
  as?: string,
): Command<unknown> => ({
  input,
  actor,
  now: now(),
  requestId,
  once: {
    key: `import-${kind.kind}-${sha256}-${piece.rows[0]?.row}${as === undefined ? '' : `-${as}`}`,
    operation: `import.${kind.kind}`,
    hash: canonicalHash(input),
  },
});

function fatesOf(
  piece: Piece,
  prepared: Prepared | undefined,
  outcome: Outcome | undefined,
  kind: AnyImportKind,
): RowFate[] {
  const changes = prepared !== undefined && 'update' in prepared ? prepared.changes : [];
  if (prepared?.ok === true && 'there' in prepared)
    return piece.rows.map(({ row }) => ({
      row,
      ok: true,
      no: prepared.there,
      does: 'nothing',
      replayed: true,
      errors: [],
    }));
  if (outcome?.ok === true) {
    const no = prepared?.ok === true && 'update' in prepared ? prepared.no : kind.numberOf(JSON.parse(outcome.body));
    return piece.rows.map(({ row }) => ({
      row,
      ok: true,
      ...(no === undefined ? {} : { no }),
      does: outcome.replayed ? 'nothing' : changes.length > 0 ? 'change' : 'add',
      ...(outcome.replayed ? { replayed: true } : {}),
      ...(changes.length > 0 ? { changes } : {}),
      errors: [],
    }));
  }
  const why = prepared?.ok === false ? prepared.refusals : outcome?.ok === false ? outcome.refusals : [];
  const faults = why.length > 0 ? placed(why, piece.rows, kind) : piece.faults;
  // The rows of a document stand or fall together.
  const beside = withoutFault([...faults.keys()]);
  return piece.rows.map(({ row }) => ({
    row,
    ok: false,
    ...(changes.length > 0 ? { changes } : {}),
    errors: faults.get(row) ?? [beside],
  }));
}

const TOLD_ROWS = 5;

/** Why a row is not in that has no fault of its own: other rows of its document have one, or it was not tried. */
function withoutFault(faulty: readonly number[]): CellFault {
  const at = { column: null, cell: null };
  if (faulty.length === 0) return { ...at, code: 'import.not_run' };
  const rows = [...faulty.slice(0, TOLD_ROWS), ...(faulty.length > TOLD_ROWS ? ['…'] : [])].join(', ');
  return { ...at, code: 'import.rest_refused', params: { rows } };
}

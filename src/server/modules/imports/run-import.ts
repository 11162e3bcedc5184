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
import type { AnyImportKind, PreparedRow } from '../../platform/import/kind.ts';
import { type CellFault, type TableRow, tableRows } from '../../platform/import/table.ts';
import { type Runtime, runCommands } from '../../platform/pipeline/run.ts';
import { runTogether } from '../../platform/pipeline/run-together.ts';
import type { Actor, Command, Outcome } from '../../platform/pipeline/types.ts';
import type { RowFate } from './import-table.ts';

export type ImportMode = 'check' | 'all_or_nothing' | 'valid_rows';
export type ImportCall = {
  runtime: Runtime;
  actor: Actor;
  /** Asked anew for each part: a session that ends meanwhile ends the import. */
  now(): Date;
  requestId: string;
  kind: AnyImportKind;
  mode: ImportMode;
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

/** A document to be made: its rows, and the command's body if the cells and the schema allow. */
type Piece = { rows: readonly TableRow[]; body: unknown; faults: Map<number, CellFault[]> };

/** The fingerprint of a file, by which rows that were imported before are known. */
export const fingerprint = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Reads the file to its end, so that one that breaks off makes nothing. Returns the number of rows. */
export async function countRows({ bytes, kind, mode }: Pick<ImportCall, 'bytes' | 'kind' | 'mode'>): Promise<number> {
  const max = mode === 'valid_rows' ? MAX_IMPORT_ROWS : MAX_ROWS_TOGETHER;
  let count = 0;
  for await (const _ of tableRows(bytes, kind.columns)) {
    count += 1;
    if (count > max) throw refuse('import.rows', { max: String(max) });
  }
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

/** Good rows go in, part by part, each a transaction; nothing is held in memory but the file and one part. True when it came to the end. */
export async function runInParts(call: ImportCall, parts: Parts): Promise<boolean> {
  const sha256 = fingerprint(call.bytes);
  const { command } = call.kind;
  const size = command.form === 'batch' ? command.maxBatch : TOGETHER;
  const part: Piece[] = [];
  const flush = async () =>
    part.length === 0 || (await parts.keep((await runPieces(call, sha256, part.splice(0), 'all')).fates));
  for await (const piece of piecesOf(call)) {
    if ((piece.rows[0]?.row ?? 0) <= parts.after) continue;
    part.push(piece);
    if (part.length >= size && !(await flush())) return false;
  }
  return flush();
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
      kind.columns.find((candidate) => (candidate.field ?? candidate.name) === pattern) ??
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

async function runPieces(
  call: ImportCall,
  sha256: string,
  pieces: readonly Piece[],
  keep: 'all' | 'none' | 'unless_refused',
): Promise<{ fates: RowFate[]; kept: boolean }> {
  const { runtime, kind } = call;
  const ready = pieces.filter(({ body }) => body !== null);
  const prepared = await prepare(
    call,
    ready.map(({ body }) => body),
  );
  const runnable = ready.flatMap((piece, at) => {
    const found = prepared[at];
    return found?.ok === true && 'input' in found ? [{ piece, input: found.input }] : [];
  });
  const there = new Map(
    ready.flatMap((piece, at) => {
      const found = prepared[at];
      return found?.ok === true && 'there' in found ? [[piece, found.there] as const] : [];
    }),
  );
  const refused = new Map(
    ready.flatMap((piece, at) => (prepared[at]?.ok === false ? [[piece, prepared[at].refusals] as const] : [])),
  );
  const commands = runnable.map(({ piece, input }): Command<unknown> => commandOf(call, sha256, piece, input));
  const together = refused.size > 0 && keep === 'unless_refused' ? 'none' : keep;
  // Hot commands take many at once; they part what is refused from what is not by themselves.
  const { outcomes, kept } =
    together === 'all' && kind.command.form === 'batch'
      ? { outcomes: await runCommands(runtime, kind.command, commands), kept: true }
      : await runTogether(runtime, kind.command, commands, together);
  const byPiece = new Map(runnable.map(({ piece }, at) => [piece, outcomes[at]]));
  const fates = pieces.flatMap((piece) => {
    const no = there.get(piece);
    if (no !== undefined)
      return piece.rows.map(({ row }): RowFate => ({ row, ok: true, no, replayed: true, errors: [] }));
    return fatesOf(piece, byPiece.get(piece), refused.get(piece), kind);
  });
  return { fates, kept };
}

async function prepare(
  { runtime, kind, actor }: ImportCall,
  bodies: readonly unknown[],
): Promise<readonly PreparedRow<unknown>[]> {
  const { prepare: look } = kind;
  if (look === undefined) return bodies.map((input) => ({ ok: true, input }));
  return runtime.database.read(actor.scope, (tx) => look(tx, bodies, actor));
}

const commandOf = (
  { actor, now, requestId, kind }: ImportCall,
  sha256: string,
  piece: Piece,
  input: unknown,
): Command<unknown> => ({
  input,
  actor,
  now: now(),
  requestId,
  once: {
    key: `import-${kind.kind}-${sha256}-${piece.rows[0]?.row}`,
    operation: `import.${kind.kind}`,
    hash: canonicalHash(input),
  },
});

function fatesOf(
  piece: Piece,
  outcome: Outcome | undefined,
  refusals: readonly Refusal[] | undefined,
  kind: AnyImportKind,
): RowFate[] {
  if (outcome?.ok === true) {
    const no = kind.numberOf(JSON.parse(outcome.body));
    return piece.rows.map(({ row }) => ({
      row,
      ok: true,
      ...(no === undefined ? {} : { no }),
      ...(outcome.replayed ? { replayed: true } : {}),
      errors: [],
    }));
  }
  const why = refusals ?? (outcome?.ok === false ? outcome.refusals : []);
  const faults = why.length > 0 ? placed(why, piece.rows, kind) : piece.faults;
  // The rows of a document stand or fall together.
  return piece.rows.map(({ row }) => ({
    row,
    ok: false,
    errors: faults.get(row) ?? [{ column: null, cell: null, code: 'import.not_run' }],
  }));
}

/**
 * Many commands of one kind in one transaction: all or nothing, a trial that leaves nothing, or a chunk of an import. Hot commands go
 * through in batches, so that statements do not grow with the commands; what their rules refuse leaves nothing. Otherwise one by one: a
 * command that its own rules refuse is undone alone (savepoint). One that a constraint of the database refuses breaks the transaction: it
 * is marked, and the others run again without it, one by one.
 */
import { refuse, Refused, type Refusal } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../db/database.ts';
import { constraintRefusal, isRetryable } from '../db/failures.ts';
import type { AnyCommand, BatchCommand } from './define.ts';
import { inTransaction, type Runtime, scopeOf, singleInTransaction } from './run.ts';
import type { Command, Outcome } from './types.ts';

const MAX_RETRIES = 3;
/** So many rows that only a constraint refuses are found one after the other; beyond, the rest is refused without being tried. */
const MAX_MARKED = 20;

/** all: what is accepted stays. unless_refused: everything stays if everything is accepted. none: nothing stays. */
export type Keep = 'all' | 'unless_refused' | 'none';

/** Rolls back on purpose and carries the outcomes out. */
class NotKept extends Error {
  readonly outcomes: Outcome[];
  constructor(outcomes: Outcome[]) {
    super('not kept');
    this.outcomes = outcomes;
  }
}

/** A constraint refused the command at this place. */
class Broken extends Error {
  readonly at: number;
  readonly refusal: Refusal;
  constructor(at: number, refusal: Refusal) {
    super(refusal.code);
    this.at = at;
    this.refusal = refusal;
  }
}

/** Commands of one kind. */
// oxlint-disable-next-line typescript/no-explicit-any -- sets of every kind stand beside each other
export type CommandSet = { definition: AnyCommand<any>; commands: readonly Command<any>[] };

/** Outcomes in the order of the commands, and whether what they did has stayed. */
export async function runTogether<I>(
  runtime: Runtime,
  definition: AnyCommand<I>,
  commands: readonly Command<I>[],
  keep: Keep,
): Promise<{ outcomes: Outcome[]; kept: boolean }> {
  const { outcomes, kept } = await runSets(runtime, [{ definition, commands }], keep);
  return { outcomes: outcomes[0] ?? [], kept };
}

/** The same for commands of several kinds, one kind after the other, all in one transaction. */
export async function runSets(
  runtime: Runtime,
  sets: readonly CommandSet[],
  keep: Keep,
): Promise<{ outcomes: Outcome[][]; kept: boolean }> {
  const all = sets.flatMap(({ commands }) => commands);
  if (all.length === 0) return { outcomes: sets.map(() => []), kept: keep !== 'none' };
  const marked = new Map<number, Refusal>();
  let oneByOne = false;
  for (let attempt = 0; ; ) {
    try {
      const outcomes = await once(runtime, sets, keep, marked, oneByOne);
      runtime.committed();
      return { outcomes: parted(outcomes, sets), kept: true };
    } catch (error) {
      if (error instanceof NotKept) return { outcomes: parted(error.outcomes, sets), kept: false };
      if (error instanceof Broken) {
        if (marked.size >= MAX_MARKED) throw refuse(error.refusal.code, error.refusal.params, error.refusal.field);
        marked.set(error.at, error.refusal);
      } else if (!oneByOne && constraintRefusal(error) !== null) oneByOne = true;
      else if (isRetryable(error) && attempt < MAX_RETRIES) attempt += 1;
      else throw error;
    }
  }
}

function parted(outcomes: readonly Outcome[], sets: readonly CommandSet[]): Outcome[][] {
  let at = 0;
  return sets.map(({ commands }) => outcomes.slice(at, (at += commands.length)));
}

async function once(
  runtime: Runtime,
  sets: readonly CommandSet[],
  keep: Keep,
  marked: ReadonlyMap<number, Refusal>,
  oneByOne: boolean,
): Promise<Outcome[]> {
  return runtime.database.write(scopeOf(sets.flatMap(({ commands }) => commands)), async (tx) => {
    const outcomes: Outcome[] = [];
    for (const { definition, commands } of sets)
      outcomes.push(
        ...(!oneByOne && definition.form === 'batch'
          ? await inBatches(tx, runtime, definition, commands)
          : await eachAlone(
              tx,
              runtime,
              definition,
              commands,
              (at) => marked.get(outcomes.length + at),
              outcomes.length,
            )),
      );
    if (keep === 'none' || (keep === 'unless_refused' && outcomes.some((outcome) => !outcome.ok)))
      throw new NotKept(outcomes);
    return outcomes;
  });
}

async function inBatches<I, S, C>(
  tx: Tx,
  runtime: Runtime,
  definition: BatchCommand<I, S, C>,
  commands: readonly Command<I>[],
): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for (let at = 0; at < commands.length; at += definition.maxBatch) {
    const { outcomes, written } = await inTransaction(
      tx,
      runtime,
      definition,
      commands.slice(at, at + definition.maxBatch),
      true,
    );
    await written;
    all.push(...outcomes);
  }
  return all;
}

async function eachAlone<I>(
  tx: Tx,
  runtime: Runtime,
  definition: AnyCommand<I>,
  commands: readonly Command<I>[],
  markedAt: (at: number) => Refusal | undefined,
  before: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [at, command] of commands.entries()) {
    const refusal = markedAt(at);
    if (refusal !== undefined) {
      outcomes.push({ ok: false, refusals: [refusal] });
      continue;
    }
    // Nobody waits for these: statements of a transaction run in order, and a failure shows in the next one.
    void tx.run(sql`savepoint one`).catch(() => undefined);
    try {
      const outcome = await alone(tx, runtime, definition, command);
      outcomes.push(outcome ?? { ok: false, refusals: [{ code: 'request.internal' }] });
      void tx.run(sql`release savepoint one`).catch(() => undefined);
    } catch (error) {
      if (error instanceof Refused) {
        outcomes.push({ ok: false, refusals: error.refusals });
        void tx.run(sql`rollback to savepoint one`).catch(() => undefined);
        continue;
      }
      const broken = constraintRefusal(error);
      throw broken === null ? error : new Broken(before + at, broken);
    }
  }
  return outcomes;
}

/** One command, and everything that it writes is there: what a constraint refuses is its own fault. */
async function alone<I>(
  tx: Tx,
  runtime: Runtime,
  definition: AnyCommand<I>,
  command: Command<I>,
): Promise<Outcome | undefined> {
  if (definition.form === 'single') return singleInTransaction(tx, runtime, definition, command);
  const { outcomes, written } = await inTransaction(tx, runtime, definition, [command], true);
  await written;
  return outcomes[0];
}

/**
 * The two forms of a command. `defineBatch`: load → decide → save for a set; hot operations are written so. `defineCommand`: one document
 * at a time in the same three parts, for rare operations. Both run through the same pipeline (run.ts).
 */
import type { ErrorCode } from '../../../contract/errors.ts';
import { Refused } from '../../kernel/refusal.ts';
import type { Tx } from '../db/database.ts';
import type { Answer, Command, Decision, Env, NewEvent, TaskChange } from './types.ts';

export type BatchCommand<I, S, C> = {
  form: 'batch';
  name: string;
  refuses: readonly ErrorCode[];
  maxBatch: number;
  /** A fixed number of statements, rows locked in id order. `surely`: also what is otherwise read without a lock (see unsure). */
  load(tx: Tx, commands: readonly Command<I>[], env: Env, surely?: boolean): Promise<S>;
  /** Pure. Called in order of arrival; an accepted command folds its change into the state, so that the next one sees it. */
  decide(state: S, command: Command<I>, env: Env): Decision<C>;
  /**
   * For a load that reads without a lock what everybody wants and hardly ever runs out: whether the decisions have come so close to the end
   * of it that they must be made again under the lock. Where they have not, save locks and changes the rows, and a constraint stands behind.
   */
  unsure?(state: S): boolean;
  /** A fixed number of statements for all changes together. */
  save(tx: Tx, state: S, changes: readonly C[], env: Env, commands: readonly Command<I>[]): Promise<unknown>;
  /** save issues all its statements before it waits for any of them: they travel with the stored answers and COMMIT in one flight. */
  savesAtOnce?: true;
  /** With savesAtOnce: what follows from changes, events and tasks once they are written, in the same flight (an order that they complete). */
  follow?(tx: Tx, changes: readonly C[], commands: readonly Command<I>[]): Promise<unknown>;
  /** The answers, read after save, for commands whose decision gave none. */
  respond?(tx: Tx, commands: readonly Command<I>[], changes: readonly C[], env: Env): Promise<Answer[]>;
};

export type Context<I> = {
  tx: Tx;
  command: Command<I>;
  env: Env;
  emit(event: NewEvent): void;
  task(change: TaskChange): void;
  /** false: nobody reads the answer (demo company, imports); the id of the document is answer enough. */
  answers: boolean;
};

export type SingleCommand<I> = {
  form: 'single';
  name: string;
  refuses: readonly ErrorCode[];
  /** Throws `refuse(…)` to refuse; everything is rolled back then. */
  run(context: Context<I>, input: I): Promise<Answer>;
};

// oxlint-disable-next-line typescript/no-explicit-any -- state and change are the command's own business
export type AnyCommand<I> = BatchCommand<I, any, any> | SingleCommand<I>;

/** A decision of steps that throw what they refuse. */
export function decideOr<C>(decide: () => Decision<C>): Decision<C> {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusals: error.refusals };
    throw error;
  }
}

export const defineBatch = <I, S, C>(definition: Omit<BatchCommand<I, S, C>, 'form'>): BatchCommand<I, S, C> => ({
  form: 'batch',
  ...definition,
});
export const defineCommand = <I>(definition: Omit<SingleCommand<I>, 'form'>): SingleCommand<I> => ({
  form: 'single',
  ...definition,
});

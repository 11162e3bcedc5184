/** The form that all commands on existing orders share: they differ in what they load besides the order, and in their steps. */
import type { ErrorCode } from '../../../../contract/errors.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type BatchCommand, defineBatch } from '../../../platform/pipeline/define.ts';
import type { Answer, Command, Env } from '../../../platform/pipeline/types.ts';
import { loadOrderState, type Needs, type OrderState } from '../order-load.ts';
import { type OrderChange, saveOrders } from '../order-save.ts';
import { decideOrder, type Work } from '../order-work.ts';
import { readOrderViews, viewsOfWholes } from '../order-queries.ts';

export const MAX_BATCH = 256;

export type OnOrder = { orderId: string };

/** A command on one existing order: `steps` reads top to bottom what happens. */
export function orderCommand<I extends OnOrder>(definition: {
  name: string;
  refuses: readonly ErrorCode[];
  needs?: (input: I) => Partial<Needs>;
  /** Whether stock rows are read and locked. */
  stock: boolean;
  steps: (work: Work, input: I) => void;
  /** What follows once the orders are written, in the same transaction. */
  after?: (tx: Tx, orderIds: readonly string[], by: { now: Date; requestId: string }) => Promise<unknown>;
}): BatchCommand<I, OrderState, OrderChange> {
  return defineBatch<I, OrderState, OrderChange>({
    name: definition.name,
    refuses: ['order.not_found', 'request.version_stale', ...definition.refuses],
    maxBatch: MAX_BATCH,
    load: (tx, commands, env) =>
      loadOrderState(
        tx,
        commands,
        commands.map(({ input }) => ({ orderId: input.orderId, ...definition.needs?.(input) })),
        env,
        { stock: definition.stock },
      ),
    decide: (state, command, env) =>
      decideOrder(state, command, env, command.input.orderId, (work) => definition.steps(work, command.input)),
    async save(tx, _state, changes, _env, commands) {
      await saveOrders(tx, changes);
      const first = commands[0];
      if (definition.after !== undefined && first !== undefined)
        await definition.after(
          tx,
          changes.map(({ after }) => after.row.id),
          first,
        );
    },
    ...(definition.after === undefined ? { savesAtOnce: true } : {}),
    respond: (tx, commands, changes, env) =>
      definition.after === undefined
        ? answerAsSeen(tx, commands, changes, env)
        : answerWithViews(tx, commands, changes, env, 200),
  });
}

/** Answers of commands whose whole effect on what readers see is in their changes: nothing is read again. */
export async function answerAsSeen(
  tx: Tx,
  commands: readonly Command<unknown>[],
  changes: readonly OrderChange[],
  env: Env,
): Promise<Answer[]> {
  const wholes = changes.flatMap(({ seen }) => seen ?? []);
  if (wholes.length < changes.length) return answerWithViews(tx, commands, changes, env, 200);
  const views = await viewsOfWholes(tx, wholes, env, commands);
  return views.map((view) => ({ status: 200, body: view, etag: view?.version ?? 0 }));
}

export async function answerWithViews(
  tx: Tx,
  commands: readonly Command<unknown>[],
  changes: readonly OrderChange[],
  env: Env,
  status: number,
): Promise<Answer[]> {
  const views = await readOrderViews(
    tx,
    changes.map(({ after }) => after.row.id),
    env,
    commands.map(({ actor, now }) => ({ actor, now })),
  );
  return changes.map((_, i) => ({ status, body: views[i], etag: views[i]?.version ?? 0 }));
}

/** A request with up to 1,000 orders: each is a command of its own with a key of its own, made of the request's key and its place. */
import { z } from 'zod';
import { OrderCreate } from '../../../contract/order-shapes.ts';
import type { OrderCreateMany, OrderCreateManyResult } from '../../../contract/orders-bulk.ts';
import { canonicalHash } from '../../kernel/ids.ts';
import { Refused, type Refusal } from '../../kernel/refusal.ts';
import { sentence } from '../../platform/http/messages.ts';
import { schemaRefusals } from '../../platform/http/problems.ts';
import { type Gate, gate } from '../../platform/pipeline/gate.ts';
import { type Runtime, runCommands } from '../../platform/pipeline/run.ts';
import { runTogether } from '../../platform/pipeline/run-together.ts';
import type { Actor, Command, Outcome } from '../../platform/pipeline/types.ts';
import { turns } from '../../platform/turns.ts';
import type { CreateOrder } from './commands/create-order.ts';
import { createOrders } from './commands/create-orders.ts';

type Result = z.output<typeof OrderCreateManyResult>;
type Row = Result['orders'][number];

export type CreateManyCall = {
  runtime: Runtime;
  body: z.output<typeof OrderCreateMany>;
  actor: Actor;
  now: Date;
  requestId: string;
  /** The request's idempotency key. */
  key: string;
  locale: string;
};

const Made = z.object({
  id: z.string(),
  no: z.string(),
  state: z.string(),
  grossAmount: z.string(),
  currency: z.string(),
});

/**
 * Bulk requests that a node takes in: beyond, 503 before anything is done. One that was taken in comes to its end; it waits anew for each of
 * its batches, of which so many are worked on at a time, so that several share.
 */
const TAKEN_IN = 16;
const BATCHES_AT_ONCE = 2;
type Gates = { request: Gate; batch: Gate };
const gates = new WeakMap<Runtime, Gates>();
function gatesOf(runtime: Runtime): Gates {
  const found = gates.get(runtime) ?? { request: gate(TAKEN_IN, 0), batch: gate(BATCHES_AT_ONCE, TAKEN_IN) };
  gates.set(runtime, found);
  return found;
}

const laneOf = ({ partnerId, userId }: Actor): string => partnerId ?? userId;

async function eachByItself(
  runtime: Runtime,
  commands: readonly Command<CreateOrder>[],
  actor: Actor,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < commands.length; at += createOrders.maxBatch) {
    const batch = commands.slice(at, at + createOrders.maxBatch);
    const work = () => runCommands(runtime, createOrders, batch);
    outcomes.push(...(await gatesOf(runtime).batch.run(work, laneOf(actor))));
  }
  return outcomes;
}

type Piece = { index: number; input: CreateOrder } | { index: number; refusals: Refusal[] };

export const createMany = (call: CreateManyCall): Promise<Result> =>
  gatesOf(call.runtime).request.run(() => takenIn(call));

async function takenIn(call: CreateManyCall): Promise<Result> {
  const { body, runtime, locale } = call;
  const turn = turns();
  const pieces: Piece[] = [];
  for (const [index, value] of body.orders.entries()) {
    await turn();
    const checked = OrderCreate.safeParse(value);
    pieces.push(
      checked.success
        ? { index, input: checked.data }
        : { index, refusals: schemaRefusals(checked.error, 'body', value) },
    );
  }
  const ready = pieces.flatMap((piece) => ('input' in piece ? [piece] : []));
  const unfit = pieces.flatMap((piece) => ('input' in piece ? [] : [piece]));
  if (body.mode === 'all_or_nothing' && unfit.length > 0) refuseAll(unfit);
  const commands = ready.map((piece) => commandOf(call, piece));
  const outcomes =
    body.mode === 'all_or_nothing'
      ? await allOrNothing(call, commands, ready)
      : await eachByItself(runtime, commands, call.actor);
  const rows = new Map<number, Row>(unfit.map(({ index, refusals }) => [index, refusedRow(index, refusals, locale)]));
  for (const [at, { index }] of ready.entries()) {
    await turn();
    rows.set(index, rowOf(index, outcomes[at], locale));
  }
  const orders = pieces.flatMap(({ index }) => rows.get(index) ?? []);
  const okCount = orders.filter(({ ok }) => ok).length;
  return { okCount, errorCount: orders.length - okCount, orders };
}

const commandOf = (
  { actor, now, requestId, key }: CreateManyCall,
  { index, input }: { index: number; input: CreateOrder },
): Command<CreateOrder> => ({
  input,
  actor,
  now,
  requestId,
  once: { key: `${key}#${index}`, operation: 'orderCreateMany', hash: canonicalHash(input) },
});

async function allOrNothing(
  { runtime, actor }: CreateManyCall,
  commands: readonly Command<CreateOrder>[],
  ready: readonly { index: number }[],
): Promise<Outcome[]> {
  const { outcomes, kept } = await gatesOf(runtime).batch.run(
    () => runTogether(runtime, createOrders, commands, 'unless_refused'),
    laneOf(actor),
  );
  if (!kept)
    refuseAll(
      ready.flatMap(({ index }, at) => {
        const outcome = outcomes[at];
        return outcome?.ok === false ? [{ index, refusals: outcome.refusals }] : [];
      }),
    );
  return outcomes;
}

const MOST_REFUSALS = 100;

/** One problem for all, each with its place: `orders.3.lines.0.qty`. */
function refuseAll(refused: readonly { index: number; refusals: readonly Refusal[] }[]): never {
  throw new Refused(
    refused
      .flatMap(({ index, refusals }) =>
        refusals.map((refusal) => ({
          ...refusal,
          field: `orders.${index}${refusal.field === undefined ? '' : `.${refusal.field}`}`,
        })),
      )
      .slice(0, MOST_REFUSALS),
  );
}

function rowOf(index: number, outcome: Outcome | undefined, locale: string): Row {
  if (outcome?.ok !== true) return refusedRow(index, outcome?.refusals ?? [{ code: 'request.internal' }], locale);
  const made = Made.parse(JSON.parse(outcome.body));
  return { index, ok: true, ...made, ...(outcome.replayed ? { replayed: true } : {}), errors: [] };
}

const refusedRow = (index: number, refusals: readonly Refusal[], locale: string): Row => ({
  index,
  ok: false,
  errors: refusals.map((refusal) => ({ ...refusal, ...sentence(refusal, locale) })),
});

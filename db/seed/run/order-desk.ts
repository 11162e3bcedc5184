/** Steps on orders up to their effect, for many orders at once. What a person reads from the screen (ids, hashes) is read from the database here. */
import type { Shortage } from '../../../src/server/modules/orders/order-tables.ts';
import {
  objectToOrder,
  recallConfirmation,
  reviseOrder,
  sendConfirmation,
  withdrawOrder,
} from '../../../src/server/modules/orders/commands/confirm-order.ts';
import { type CreateOrder, createOrder } from '../../../src/server/modules/orders/commands/create-order.ts';
import { submitOrder, updateOrder } from '../../../src/server/modules/orders/commands/edit-order.ts';
import { settleShortage } from '../../../src/server/modules/orders/commands/review-availability.ts';
import { passTerms, settleDiscrepancy } from '../../../src/server/modules/orders/commands/review-terms.ts';
import { sql } from '../../../src/server/platform/db/database.ts';
import type { BatchCommand } from '../../../src/server/platform/pipeline/define.ts';
import type { Actor } from '../../../src/server/platform/pipeline/types.ts';
import { acceptOrder } from '../../../src/server/processes/order-takes-effect.ts';
import type { Seed } from './session.ts';

/** Who does something when, and with what. */
export type Act<I> = I & { now: Date; actor: Actor; about: string };
export type OnOrder = { orderId: string };
type Changes = Parameters<typeof updateOrder.decide>[1]['input']['changes'];

/** Enters orders. Each needs a number of the partner's own; returns the ids in the order of the acts. */
export async function enterOrders(
  seed: Seed,
  acts: readonly Act<{ partnerId: string; poNo: string; input: CreateOrder }>[],
): Promise<string[]> {
  await seed.run(
    createOrder,
    acts.map(({ input, poNo, ...act }) => ({ ...act, input: { ...input, poNo } })),
  );
  const rows = await seed.read<{ partner_id: string; po_no: string; order_id: string }>(sql`
    select t.partner_id, t.po_no, t.order_id from partner_po t
    join unnest(${acts.map(({ partnerId }) => partnerId)}::uuid[], ${acts.map(({ poNo }) => poNo)}::text[]) as w(partner_id, po_no)
      on w.partner_id = t.partner_id and w.po_no = t.po_no`);
  const ids = new Map(rows.map((row) => [`${row.partner_id} ${row.po_no}`, row.order_id]));
  return acts.map(({ partnerId, poNo, about }) => {
    const id = ids.get(`${partnerId} ${poNo}`);
    if (id === undefined) throw new Error(`${about} was not entered`);
    return id;
  });
}

function onOrders<I extends OnOrder, S, C, A extends Act<OnOrder>>(
  seed: Seed,
  definition: BatchCommand<I, S, C>,
  acts: readonly A[],
  inputOf: (act: A, at: number) => I,
): Promise<unknown[]> {
  return seed.run(
    definition,
    acts.map((act, i) => ({ now: act.now, actor: act.actor, about: act.about, input: inputOf(act, i) })),
  );
}

/** The states of orders, by id. */
export async function statesOf(seed: Seed, orderIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await seed.read<{ id: string; state: string }>(
    sql`select id, state from sales_order where id = any(${[...orderIds]}::uuid[])`,
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

type Reasoned = Act<OnOrder & { reason: string }>;
const onlyOrder = ({ orderId }: OnOrder): OnOrder => ({ orderId });
const withReason = ({ orderId, reason }: Reasoned) => ({ orderId, reason });

export const submitOrders = (seed: Seed, acts: readonly Act<OnOrder>[]) => onOrders(seed, submitOrder, acts, onlyOrder);
export const passOrderTerms = (seed: Seed, acts: readonly Act<OnOrder>[]) => onOrders(seed, passTerms, acts, onlyOrder);
export const sendConfirmations = (seed: Seed, acts: readonly Act<OnOrder>[]) =>
  onOrders(seed, sendConfirmation, acts, onlyOrder);
export const recallConfirmations = (seed: Seed, acts: readonly Reasoned[]) =>
  onOrders(seed, recallConfirmation, acts, withReason);
export const withdrawOrders = (seed: Seed, acts: readonly Reasoned[]) =>
  onOrders(seed, withdrawOrder, acts, withReason);

type Discrepancy = { id: string; order_id: string; line_no: number | null };
type Settlement = { lineNo: number | null; how: 'take_back' | 'approve'; evidence: string };

/** Settles the open discrepancy of a line, or of the whole order for `lineNo` null. */
export async function settleDiscrepancies(seed: Seed, acts: readonly Act<OnOrder & Settlement>[]): Promise<void> {
  const ids = acts.map(({ orderId }) => orderId);
  const open = await seed.read<Discrepancy>(
    sql`select id, order_id, line_no from discrepancy where order_id = any(${ids}::uuid[]) and state = 'open'`,
  );
  await onOrders(seed, settleDiscrepancy, acts, ({ orderId, lineNo, how, evidence, about }) => {
    const found = open.find((row) => row.order_id === orderId && row.line_no === lineNo);
    if (found === undefined) throw new Error(`${about}: line ${lineNo} does not deviate`);
    return { orderId, discrepancyId: found.id, how, evidence };
  });
}

type Choices = { lines: { lineNo: number; choice: Shortage['kind'] }[]; evidence: string };
export const settleShortages = (seed: Seed, acts: readonly Act<OnOrder & Choices>[]) =>
  onOrders(seed, settleShortage, acts, ({ orderId, lines, evidence }) => ({ orderId, lines, evidence }));

async function hashesOf(seed: Seed, acts: readonly Act<OnOrder>[]): Promise<string[]> {
  const rows = await seed.read<{ order_id: string; content_hash: string }>(sql`
    select order_id, content_hash from order_round where order_id = any(${acts.map(({ orderId }) => orderId)}::uuid[]) and reply is null`);
  const hashes = new Map(rows.map((row) => [row.order_id, row.content_hash]));
  return acts.map(({ orderId, about }) => {
    const hash = hashes.get(orderId);
    if (hash === undefined) throw new Error(`${about} waits for no reply`);
    return hash;
  });
}

/** The order takes effect as it was sent. Staff name the evidence that they have from the partner. */
export async function acceptOrders(
  seed: Seed,
  acts: readonly Act<OnOrder & { evidence: string | null }>[],
): Promise<void> {
  const hashes = await hashesOf(seed, acts);
  await onOrders(seed, acceptOrder, acts, ({ orderId, evidence }, i) => ({
    orderId,
    contentHash: hashes[i] ?? '',
    ...(evidence === null ? {} : { evidence }),
  }));
}

export async function objectToOrders(
  seed: Seed,
  acts: readonly Act<OnOrder & { reasons: { lineNo: number; reason: string }[] }>[],
): Promise<void> {
  const hashes = await hashesOf(seed, acts);
  await onOrders(seed, objectToOrder, acts, ({ orderId, reasons }, i) => ({
    orderId,
    contentHash: hashes[i] ?? '',
    reasons,
  }));
}

type Revision = { answers: { lineNo?: number; answer: string }[]; changes: Changes };
export const reviseOrders = (seed: Seed, acts: readonly Act<OnOrder & Revision>[]) =>
  onOrders(seed, reviseOrder, acts, ({ orderId, answers, changes }) => ({ orderId, answers, changes }));

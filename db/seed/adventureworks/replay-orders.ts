/**
 * Three years of orders, day by day: placed, what deviates from the price list approved by the manager, confirmed, accepted in the afternoon;
 * a sample goes on to its end.
 */
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { fromUnits, toUnits } from '../decimal-text.ts';
import {
  confirmInvoices,
  deliver,
  finishPickings,
  issueInvoices,
  receiveMoney,
  shipReady,
  startPickings,
} from '../run/execution-desk.ts';
import type { Actor } from '../../../src/server/platform/pipeline/types.ts';
import { acceptOrders, enterOrders, sendConfirmations, settleDiscrepancies } from '../run/order-desk.ts';
import type { Seed } from '../run/session.ts';
import type { AwOrder } from './load.ts';
import { ruledPrices } from './rules.ts';
import { type AwCrew, type AwMasters, atHour } from './replay-masters.ts';

/** What goes on in a day, in this order; goods and money of earlier orders first. */
const STEPS = [
  'pay',
  'receiveInvoice',
  'invoice',
  'deliver',
  'ship',
  'startPick',
  'finishPick',
  'enter',
  'approve',
  'send',
  'accept',
] as const;
type Step = (typeof STEPS)[number];
const HOURS: Record<Step, number> = {
  pay: 8,
  receiveInvoice: 9,
  invoice: 9.5,
  deliver: 10,
  ship: 11,
  startPick: 12,
  finishPick: 12.5,
  enter: 13,
  approve: 14,
  send: 15,
  accept: 17,
};
/** Days after the order on which the sample's later steps happen. */
const LATER: readonly (readonly [Step, number])[] = [
  ['startPick', 1],
  ['finishPick', 1],
  ['ship', 2],
  ['deliver', 6],
  ['invoice', 7],
  ['receiveInvoice', 10],
  ['pay', 28],
];

export type ReplayOptions = {
  /** How many orders, evenly spread, go through the whole cycle. */
  sample: number;
  tell?: (done: number) => void;
};

type World = { seed: Seed; masters: AwMasters; ids: Map<string, string>; shipments: Map<string, string[]> };

/** Runs all orders; returns the id of each by its number. */
export async function replayOrders(
  seed: Seed,
  masters: AwMasters,
  orders: readonly AwOrder[],
  { sample, tell }: ReplayOptions,
): Promise<Map<string, string>> {
  const world: World = { seed, masters, ids: new Map(), shipments: new Map() };
  for (const day of schedule(orders, sample)) {
    for (const step of STEPS) {
      const list = day.steps.get(step);
      if (list !== undefined) await play(world, step, day.on, list);
    }
    tell?.(world.ids.size);
  }
  return world.ids;
}

function schedule(
  orders: readonly AwOrder[],
  sample: number,
): { on: BizDate; steps: ReadonlyMap<Step, readonly AwOrder[]> }[] {
  const days = new Map<BizDate, Map<Step, AwOrder[]>>();
  const put = (on: BizDate, step: Step, order: AwOrder): void => {
    const steps = days.get(on) ?? new Map<Step, AwOrder[]>();
    days.set(on, steps);
    const list = steps.get(step) ?? [];
    steps.set(step, list);
    list.push(order);
  };
  for (const [index, order] of orders.entries()) {
    for (const step of ['enter', 'approve', 'send', 'accept'] as const) put(order.orderOn, step, order);
    if (isSampled(index, orders.length, sample))
      for (const [step, days_] of LATER) put(addDays(order.orderOn, days_), step, order);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([on, steps]) => ({ on, steps }));
}

/** `sample` of `total` places, evenly spread. */
export const isSampled = (index: number, total: number, sample: number): boolean =>
  Math.floor((index * sample) / total) !== Math.floor(((index + 1) * sample) / total);

type Entry = { now: Date; actor: Actor; about: string; orderId: string; order: AwOrder };
type Player = (world: World, acts: readonly Entry[], on: BizDate) => Promise<unknown>;

async function enter({ seed, masters, ids }: World, acts: readonly Entry[]): Promise<void> {
  const entered = acts.map(({ orderId: _none, order, ...act }) => ({ ...act, ...orderInput(masters, order) }));
  const made = await enterOrders(seed, entered);
  for (const [i, { about }] of acts.entries()) ids.set(about, made[i] ?? '');
}

async function ship({ seed, masters, shipments }: World, acts: readonly Entry[], on: BizDate): Promise<void> {
  const data = { carrierId: masters.carrierId, expectedOn: addDays(on, 4) };
  const shipped = await shipReady(
    seed,
    acts.map((act) => ({ ...act, ...data, waybillNo: `OD-${act.about}` })),
  );
  for (const [i, { about }] of acts.entries()) shipments.set(about, shipped[i] ?? []);
}

const PLAYERS: Record<Step, Player> = {
  enter,
  approve: ({ seed, masters }, acts) =>
    settleDiscrepancies(
      seed,
      acts.flatMap(({ order, ...act }) =>
        namedPrices(masters, order).flatMap((unitPrice, i) =>
          unitPrice === null
            ? []
            : [{ ...act, lineNo: i + 1, how: 'approve' as const, evidence: `Price of ${order.orderNumber}` }],
        ),
      ),
    ),
  send: ({ seed }, acts) => sendConfirmations(seed, acts),
  accept: ({ seed }, acts) =>
    acceptOrders(
      seed,
      acts.map((act) => ({ ...act, evidence: `Purchase order ${act.about}, signed` })),
    ),
  startPick: ({ seed }, acts) => startPickings(seed, acts),
  finishPick: ({ seed }, acts) =>
    finishPickings(
      seed,
      acts.map((act) => ({ ...act, lines: null, shortReason: null })),
    ),
  ship,
  deliver: ({ seed, shipments }, acts) =>
    deliver(
      seed,
      acts.map((act) => ({ ...act, shipmentIds: shipments.get(act.about) ?? [], receivedBy: 'Receiving' })),
    ),
  invoice: ({ seed }, acts) =>
    issueInvoices(
      seed,
      acts.map((act) => ({ ...act, beforePaymentReason: '30 days net' })),
    ),
  receiveInvoice: ({ seed }, acts) =>
    confirmInvoices(
      seed,
      acts.map((act) => ({ ...act, receivedBy: 'Accounts payable' })),
    ),
  pay: ({ seed, masters }, acts, on) =>
    receiveMoney(
      seed,
      acts.map((act) => ({
        ...act,
        partnerId: partnerOf(masters, act.order),
        amount: grossOf(act.order),
        bankRef: `W-${act.about}`,
        on,
        confirm: true,
      })),
    ),
};

/** What an order's salesperson does not do himself. */
const WORKER: Partial<Record<Step, keyof AwCrew>> = {
  approve: 'manager',
  startPick: 'warehouse',
  finishPick: 'warehouse',
  ship: 'logistics',
  deliver: 'logistics',
  invoice: 'finance',
  receiveInvoice: 'finance',
  pay: 'finance',
};

async function play(world: World, step: Step, on: BizDate, orders: readonly AwOrder[]): Promise<void> {
  const worker = WORKER[step];
  const acts = orders.map((order) => ({
    now: atHour(on, HOURS[step]),
    actor: worker === undefined ? sellerOf(world.masters, order) : world.masters.crew[worker],
    about: order.orderNumber,
    orderId: world.ids.get(order.orderNumber) ?? '',
    order,
  }));
  await PLAYERS[step](world, acts, on);
}

function sellerOf(masters: AwMasters, order: AwOrder) {
  const seller = masters.sellers.get(order.salespersonKey);
  if (seller === undefined) throw new Error(`salesperson ${order.salespersonKey} is unknown`);
  return seller;
}

function partnerOf(masters: AwMasters, order: AwOrder): string {
  const id = masters.partners.get(order.resellerKey);
  if (id === undefined) throw new Error(`reseller ${order.resellerKey} is unknown`);
  return id;
}

/** The price that was paid, of lines that were not sold at the price of the list; null for all others, which the list prices. */
function namedPrices({ ruled }: AwMasters, order: AwOrder): (string | null)[] {
  const prices = ruledPrices(ruled, order);
  return order.lines.map(({ unitPrice }, i) => (prices[i] === unitPrice ? null : unitPrice));
}

/** The order as it came: product and quantity, and a price only where it was another than that of the list. The number of the source is the partner's own number. */
function orderInput(masters: AwMasters, order: AwOrder) {
  const named = namedPrices(masters, order);
  const partnerId = partnerOf(masters, order);
  return {
    partnerId,
    poNo: order.orderNumber,
    input: {
      partnerId,
      channel: 'sales' as const,
      requestedOn: addDays(order.orderOn, 7),
      submit: true,
      onShortage: 'refuse' as const,
      lines: order.lines.map(({ productNumber, quantity }, i) => ({
        sku: productNumber,
        qty: String(quantity),
        ...(named[i] == null ? {} : { unitPrice: named[i] }),
      })),
      sourceRefs: order.lines.map(({ sourceProductKey }) => sourceProductKey),
    },
  };
}

/** Sum of the source, in dollars. */
const grossOf = (order: AwOrder): string =>
  fromUnits(
    order.lines.reduce((sum, line) => sum + toUnits(line.sales, 2), 0n),
    2,
  );

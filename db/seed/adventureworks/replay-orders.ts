/** Three years of orders, day by day: placed and confirmed in the morning, accepted in the afternoon; a sample goes on to its end. */
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { fromUnits, toUnits } from '../decimal-text.ts';
import { deliver, finishPickings, receiveMoney, shipReady, startPickings } from '../run/execution-desk.ts';
import { acceptOrders, enterOrders, sendConfirmations } from '../run/order-desk.ts';
import type { Seed } from '../run/session.ts';
import type { AwOrder } from './load.ts';
import { type AwMasters, atHour } from './replay-masters.ts';

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
    for (const step of ['enter', 'send', 'accept'] as const) put(order.orderOn, step, order);
    if (isSampled(index, orders.length, sample))
      for (const [step, days_] of LATER) put(addDays(order.orderOn, days_), step, order);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([on, steps]) => ({ on, steps }));
}

/** `sample` of `total` places, evenly spread. */
export const isSampled = (index: number, total: number, sample: number): boolean =>
  Math.floor((index * sample) / total) !== Math.floor(((index + 1) * sample) / total);

async function play(world: World, step: Step, on: BizDate, orders: readonly AwOrder[]): Promise<void> {
  const { seed, masters } = world;
  const now = atHour(on, HOURS[step]);
  const { warehouse, logistics, finance } = masters.crew;
  const acts = (actor: typeof warehouse | null) =>
    orders.map((order) => ({
      now,
      actor: actor ?? sellerOf(masters, order),
      about: order.orderNumber,
      orderId: world.ids.get(order.orderNumber) ?? '',
      order,
    }));
  switch (step) {
    case 'enter': {
      const entered = acts(null).map(({ orderId: _none, order, ...act }) => ({
        ...act,
        ...orderInput(masters, order),
      }));
      const ids = await enterOrders(seed, entered);
      for (const [i, order] of orders.entries()) world.ids.set(order.orderNumber, ids[i] ?? '');
      return;
    }
    case 'send':
      await sendConfirmations(seed, acts(null));
      return;
    case 'accept':
      await acceptOrders(
        seed,
        acts(null).map((act) => ({ ...act, evidence: `Purchase order ${act.about}, signed` })),
      );
      return;
    case 'startPick':
      await startPickings(seed, acts(warehouse));
      return;
    case 'finishPick':
      await finishPickings(
        seed,
        acts(warehouse).map((act) => ({ ...act, lines: null, shortReason: null })),
      );
      return;
    case 'ship': {
      const data = { carrierId: masters.carrierId, expectedOn: addDays(on, 4) };
      const shipped = await shipReady(
        seed,
        acts(logistics).map((act) => ({ ...act, ...data, waybillNo: `OD-${act.about}` })),
      );
      for (const [i, order] of orders.entries()) world.shipments.set(order.orderNumber, shipped[i] ?? []);
      return;
    }
    case 'deliver':
      await deliver(
        seed,
        acts(logistics).map((act) => ({
          ...act,
          shipmentIds: world.shipments.get(act.about) ?? [],
          receivedBy: 'Receiving',
        })),
      );
      return;
    case 'invoice':
      await issueInvoices(
        seed,
        acts(finance).map((act) => ({ ...act, beforePaymentReason: '30 days net' })),
      );
      return;
    case 'receiveInvoice':
      await confirmInvoices(
        seed,
        acts(finance).map((act) => ({ ...act, receivedBy: 'Accounts payable' })),
      );
      return;
    case 'pay':
      await receiveMoney(
        seed,
        acts(finance).map((act) => ({
          ...act,
          partnerId: partnerOf(masters, act.order),
          amount: grossOf(act.order),
          bankRef: `W-${act.about}`,
          on,
          confirm: true,
        })),
      );
      return;
    default: {
      const never: never = step;
      throw new Error(`unknown step ${String(never)}`);
    }
  }
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

/** The order as the reseller sent it: product and quantity, no prices. The number of the source is the partner's own number. */
function orderInput(masters: AwMasters, order: AwOrder) {
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
      lines: order.lines.map(({ productNumber, quantity }) => ({ sku: productNumber, qty: String(quantity) })),
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

/** Rules of shipping: what may leave, in which order of times, and what a proof of delivery comes to. Pure. Source: R5.2. */
import type { GuardOf, Guards } from '../../../contract/machine.ts';
import type { OrderState } from '../../../contract/machines/order.ts';
import { type shipmentMachine } from '../../../contract/machines/others.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { addMs } from '../../kernel/clock.ts';
import { formatQty } from '../../kernel/qty.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { requireWhole } from '../inventory/index.ts';
import { type ExecLine, type ExecOrder, type Picking, requireLine, requireOnce, type Shipment } from './execution.ts';
import { notInEffect } from './picking-rules.ts';
import type { PickingLineRow, ShipmentLineRow } from './shipment-tables.ts';

/** Clocks of people and machines differ a little. */
const CLOCK_SKEW_MS = 5 * 60_000;

export type ShipmentFacts = { orderState: OrderState; openDifference: bigint; restInUse: boolean };

export const shipmentGuards: Guards<GuardOf<typeof shipmentMachine>, ShipmentFacts> = {
  'order.wrong_state': ({ orderState }) => notInEffect(orderState),
  'shipment.no_difference': ({ openDifference }) => (openDifference > 0n ? null : { code: 'shipment.no_difference' }),
  'shipment.rest_in_use': ({ restInUse }) => (restInUse ? { code: 'shipment.rest_in_use' } : null),
  // Judged when times and quantities are there: see requireTimes and receivedLines.
  'shipment.received_exceeds': () => null,
  'shipment.time_order': () => null,
};

export const openDifferenceOf = (
  lines: readonly Pick<ShipmentLineRow, 'qty' | 'received_qty' | 'lost_qty'>[],
): bigint =>
  lines.reduce(
    (sum, { qty, received_qty, lost_qty }) => sum + (received_qty === null ? 0n : qty - received_qty - lost_qty),
    0n,
  );

export function shipmentFacts(order: ExecOrder, { lines }: Shipment): ShipmentFacts {
  const lost = new Map<number, bigint>();
  for (const { line_no, lost_qty } of lines) lost.set(line_no, (lost.get(line_no) ?? 0n) + lost_qty);
  const hasRoom = (line: ExecLine) =>
    line.picked_qty + line.shipped_qty + line.closed_qty + (lost.get(line.line_no) ?? 0n) <= line.qty;
  return {
    orderState: order.row.state,
    openDifference: openDifferenceOf(lines),
    restInUse: !order.lines.every(hasRoom),
  };
}

/** Refuses shipment.time_order for an instant that has not come yet, or that lies before `notBefore`. */
export function requireTimes(at: Date, now: Date, field: string, notBefore?: Date): void {
  const future = at.getTime() > addMs(now, CLOCK_SKEW_MS).getTime();
  if (future || (notBefore !== undefined && at.getTime() < notBefore.getTime()))
    throw refuse('shipment.time_order', undefined, field);
}

/** Refuses shipment.time_order for an arrival expected before the day of `from`. */
export function requireArrival(expectedOn: string | null, from: Date, timeZone: string, field: string): void {
  if (expectedOn !== null && expectedOn < bizDateOf(from, timeZone))
    throw refuse('shipment.time_order', undefined, field);
}

export type ShippingData = {
  carrierId: string | null;
  waybillNo: string | null;
  expectedOn: string | null;
  missingDataReason: string | null;
};

/** Nothing is dispatched without carrier, waybill number and expected arrival, or a recorded reason (R5.2). */
export function dataRefusal(data: ShippingData): Refusal | null {
  if (data.missingDataReason !== null) return null;
  const missing =
    data.carrierId === null
      ? 'carrierId'
      : data.waybillNo === null
        ? 'waybillNo'
        : data.expectedOn === null
          ? 'expectedOn'
          : null;
  return missing === null ? null : { code: 'shipment.data_missing', field: missing };
}

export type Portion = { picking: Picking; line: PickingLineRow; qty: bigint };

/** Picked and not shipped, in the picking lists of a warehouse, oldest first. */
export const readyLines = (order: ExecOrder, warehouseId: string): Portion[] =>
  order.pickings
    .filter(({ row }) => row.warehouse_id === warehouseId && row.state === 'ready')
    .flatMap((picking) => picking.lines.map((line) => ({ picking, line, qty: line.picked_qty - line.shipped_qty })))
    .filter(({ qty }) => qty > 0n);

/**
 * What leaves, taken from the picking lists that stand ready: all of it, or the quantities asked for. Refuses shipment.nothing_ready,
 * line.not_found, stock.qty_whole, shipment.exceeds_ready.
 */
export function portionsToShip(
  order: ExecOrder,
  warehouseId: string,
  wanted: readonly { lineNo: number; qty: bigint }[] | null,
): Portion[] {
  const ready = readyLines(order, warehouseId);
  if (ready.length === 0) throw refuse('shipment.nothing_ready');
  if (wanted === null) return ready;
  requireOnce(wanted);
  return wanted.flatMap(({ lineNo, qty }, at) => {
    requireWhole(requireLine(order, lineNo, `lines.${at}.lineNo`), qty, `lines.${at}.qty`);
    const own = ready.filter(({ line }) => line.line_no === lineNo);
    const total = own.reduce((sum, portion) => sum + portion.qty, 0n);
    if (qty > total)
      throw refuse('shipment.exceeds_ready', { lineNo: String(lineNo), ready: formatQty(total) }, `lines.${at}.qty`);
    return take(own, qty);
  });
}

function take(portions: readonly Portion[], qty: bigint): Portion[] {
  const taken: Portion[] = [];
  let open = qty;
  for (const portion of portions) {
    const part = portion.qty < open ? portion.qty : open;
    if (part > 0n) taken.push({ ...portion, qty: part });
    open -= part;
  }
  return taken;
}

export type ReceivedLine = { line: ShipmentLineRow; received: bigint };

/**
 * What arrived of each line of a shipment; a line that is not named arrived in full. Refuses line.not_found, stock.qty_whole,
 * shipment.received_exceeds.
 */
export function receivedLines(
  order: ExecOrder,
  shipment: Shipment,
  named: readonly { lineNo: number; receivedQty: bigint }[],
): ReceivedLine[] {
  requireOnce(named);
  const left = new Map<number, bigint>();
  for (const [at, { lineNo, receivedQty }] of named.entries()) {
    const own = shipment.lines.filter(({ line_no }) => line_no === lineNo);
    if (own.length === 0) throw refuse('line.not_found', { lineNo: String(lineNo) }, `lines.${at}.lineNo`);
    requireWhole(requireLine(order, lineNo, `lines.${at}.lineNo`), receivedQty, `lines.${at}.receivedQty`);
    const sent = own.reduce((sum, { qty }) => sum + qty, 0n);
    if (receivedQty > sent)
      throw refuse(
        'shipment.received_exceeds',
        { lineNo: String(lineNo), qty: formatQty(sent) },
        `lines.${at}.receivedQty`,
      );
    left.set(lineNo, receivedQty);
  }
  return shipment.lines.map((line) => {
    const rest = left.get(line.line_no);
    if (rest === undefined) return { line, received: line.qty };
    const received = rest < line.qty ? rest : line.qty;
    left.set(line.line_no, rest - received);
    return { line, received };
  });
}

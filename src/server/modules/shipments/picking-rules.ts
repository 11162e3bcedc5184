/** Rules of picking: when a step is refused, and what a pick comes to. Pure. Source: R5.1. */
import type { Guards, GuardOf } from '../../../contract/machine.ts';
import { HOLD_BLOCKS, type OrderState } from '../../../contract/machines/order.ts';
import { type pickingMachine } from '../../../contract/machines/others.ts';
import { formatQty } from '../../kernel/qty.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { requireWhole } from '../inventory/index.ts';
import { type ExecOrder, type Held, type Picking, requireOnce } from './execution.ts';
import type { PickingLineRow } from './shipment-tables.ts';

/** The refusal of a hold that blocks the action, if one does. */
export function holdRefusal(holds: readonly Held[], action: 'startPick' | 'ship'): Refusal | null {
  const hit = holds.find(({ kind }) => HOLD_BLOCKS[kind].some((blocked: string) => blocked === action));
  return hit === undefined ? null : { code: 'order.hold', params: { ...hit } };
}

/** Goods are picked and shipped for orders in effect only. */
export const notInEffect = (state: OrderState): Refusal | null =>
  state === 'in_effect' ? null : { code: 'order.wrong_state', params: { state } };

export type PickingFacts = { orderState: OrderState; holds: readonly Held[]; hasShipped: boolean };

export const pickingGuards: Guards<GuardOf<typeof pickingMachine>, PickingFacts> = {
  'order.hold': ({ holds }) => holdRefusal(holds, 'startPick'),
  'order.wrong_state': ({ orderState }) => notInEffect(orderState),
  'order.already_shipped': ({ hasShipped }) => (hasShipped ? { code: 'order.already_shipped' } : null),
  // Judged line by line when the quantities are there: see pickedLines.
  'picking.exceeds': () => null,
};

export const pickingFacts = (order: ExecOrder, picking: Picking): PickingFacts => ({
  orderState: order.row.state,
  holds: order.holds,
  hasShipped: picking.lines.some(({ shipped_qty }) => shipped_qty > 0n),
});

export type PickedLine = { line: PickingLineRow; picked: bigint; short: bigint };
export type FinishInput = {
  lines: readonly { lineNo: number; pickedQty: bigint }[];
  shortReason: string | null;
};

/**
 * What was picked of each line; a line that is not named was picked in full. Refuses line.not_found, picking.exceeds, stock.qty_whole,
 * picking.nothing_picked, and picking.short_reason for a short pick that nobody explains.
 */
export function pickedLines(order: ExecOrder, picking: Picking, input: FinishInput): PickedLine[] {
  requireOnce(input.lines);
  for (const [at, { lineNo, pickedQty }] of input.lines.entries()) {
    const line = picking.lines.find(({ line_no }) => line_no === lineNo);
    if (line === undefined) throw refuse('line.not_found', { lineNo: String(lineNo) }, `lines.${at}.lineNo`);
    const product = order.lines.find(({ line_no }) => line_no === lineNo);
    if (product !== undefined) requireWhole(product, pickedQty, `lines.${at}.pickedQty`);
    if (pickedQty > line.qty) {
      throw refuse('picking.exceeds', { lineNo: String(lineNo), qty: formatQty(line.qty) }, `lines.${at}.pickedQty`);
    }
  }
  const picked = picking.lines.map((line) => {
    const qty = input.lines.find(({ lineNo }) => lineNo === line.line_no)?.pickedQty ?? line.qty;
    return { line, picked: qty, short: line.qty - qty };
  });
  if (picked.every(({ picked: qty }) => qty === 0n)) throw refuse('picking.nothing_picked', undefined, 'lines');
  if (input.shortReason === null && picked.some(({ short }) => short > 0n)) {
    throw refuse('picking.short_reason', undefined, 'shortReason');
  }
  return picked;
}

/** What is reserved from stock and on no picking list that lives, by warehouse and line. */
export function unpickedReservations(
  order: ExecOrder,
): { line_no: number; product_id: string; warehouse_id: string; qty: bigint; supply_id: null }[] {
  const open = new Map<
    string,
    { line_no: number; product_id: string; warehouse_id: string; qty: bigint; supply_id: null }
  >();
  for (const { line_no, product_id, warehouse_id, qty } of order.reservations) {
    const key = `${warehouse_id} ${line_no}`;
    const known = open.get(key) ?? { line_no, product_id, warehouse_id, qty: 0n, supply_id: null };
    open.set(key, { ...known, qty: known.qty + qty });
  }
  for (const { row, lines } of order.pickings) {
    if (row.state === 'cancelled') continue;
    for (const { line_no, qty, shipped_qty } of lines) {
      const known = open.get(`${row.warehouse_id} ${line_no}`);
      if (known !== undefined) known.qty -= qty - shipped_qty;
    }
  }
  return [...open.values()].filter(({ qty }) => qty > 0n);
}

/** The day by which goods must stand ready to leave on their promised day: the working day before it, today at the earliest. */
export function readyBy(
  calendar: { addWorkingDays(day: string, n: number): string },
  promisedOn: string,
  today: string,
): string {
  const before = calendar.addWorkingDays(promisedOn, -1);
  return before > today ? before : today;
}

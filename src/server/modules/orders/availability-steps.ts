/** Steps of the availability check and of what it promises: plans, reservations, shortages and what may be done about them. Source: R4.2, R4.3. */
import { addDays } from '../../kernel/biz-date.ts';
import { newId } from '../../kernel/ids.ts';
import type { Due } from '../../platform/pipeline/types.ts';
import type { Demand, LinePlan } from '../inventory/promise-rules.ts';
import type { OrderState } from './order-load.ts';
import type { PartnerTerms, ProductRow } from './order-masters.ts';
import type { LineRow } from './order-tables.ts';
import { deadlineOf, go, release, switchedOn, type Work } from './order-work.ts';

/** What is promised from stock, supplies or planned capacity; other services and freight are promised without. */
export const needsSource = (product: ProductRow | undefined): boolean =>
  product === undefined || product.by_capacity || !isService(product);

export const isService = (product: Pick<ProductRow, 'kind'> | undefined): boolean =>
  product?.kind === 'service' || product?.kind === 'freight';

export const promisePlans = (work: Work): LinePlan[] => work.state.ledger.plan(demandsOf(work), work.today);

/** What the lines ask of the warehouses: wherever the partner prefers, or as a person has laid down. */
export function demandsOf(work: Work): Demand[] {
  const { order, partner, state } = work;
  const preferred = preferredWarehouse(state, partner, order.row.address_id);
  const strict = preferred !== null && !switchedOn(work, 'order.other_warehouse');
  return order.lines
    .filter((line) => needsSource(state.products.get(line.product_id)))
    .map((line) => {
      const correction = order.row.corrections.find(({ lineNo }) => lineNo === line.line_no);
      const only = correction !== undefined && !correction.anyWarehouse ? correction : null;
      return {
        lineNo: line.line_no,
        productId: line.product_id,
        qty: line.qty,
        requestedOn: line.requested_on,
        ...(isService(state.products.get(line.product_id)) ? { service: true } : { preferred }),
        ...(only !== null ? { only } : strict && correction === undefined ? { only: { warehouseId: preferred } } : {}),
      };
    });
}

/** The warehouse that an address, or the partner, has its goods from first; null where there is none, or it is not in use. */
export function preferredWarehouse(
  state: OrderState,
  { preferred }: PartnerTerms,
  addressId: string | null,
): string | null {
  const wanted = preferred?.[addressId ?? ''] ?? preferred?.[''];
  return wanted !== undefined && state.warehouses.has(wanted) ? wanted : null;
}

/** Reserves what the plans say: soft, until the partner's reply is due and a little longer. Credit is held from now on. */
export function reserve(work: Work, plans: readonly LinePlan[], automatic: readonly string[]): void {
  takeReservations(work, plans);
  go(work, 'passAvailability', {
    payload:
      automatic.length > 1 || work.command.actor.kind === 'system'
        ? { automatic }
        : { promised: work.order.lines.length },
  });
}

export function takeReservations(work: Work, plans: readonly LinePlan[]): void {
  const { order } = work;
  const pieces = plans.flatMap((plan) => plan.pieces);
  work.state.ledger.take(pieces);
  work.undo.push(() => work.state.ledger.giveBack(pieces));
  order.reservations = pieces.map((piece) => ({
    id: newId(work.now),
    order_id: order.row.id,
    line_no: piece.lineNo,
    partner_id: order.row.partner_id,
    product_id: piece.productId,
    warehouse_id: piece.warehouseId,
    supply_id: piece.supplyId,
    qty: piece.qty,
    state: 'soft',
    promised_on: piece.promisedOn,
  }));
  const lastOf = new Map<number, string>();
  for (const piece of pieces) {
    const known = lastOf.get(piece.lineNo);
    if (known === undefined || known < piece.promisedOn) lastOf.set(piece.lineNo, piece.promisedOn);
  }
  order.lines = order.lines.map((line) => ({
    ...line,
    promised_on: lastOf.get(line.line_no) ?? serviceDay(work, line),
  }));
  order.row.held_amount = order.row.gross_amount - order.row.invoiced_amount;
  order.row.reserved_until = reservedUntil(work);
  order.row.shortages = [];
}

/** After the reservation has run out a promise stands only if it can be given again, day for day. Leaves the order as it is where it cannot. */
export function renewPromise(work: Work): void {
  const { order } = work;
  const promised = new Map(order.lines.map((line) => [line.line_no, line.promised_on]));
  release(work, { keepDates: true });
  const plans = promisePlans(work);
  if (plans.some(({ short }) => short > 0n)) return;
  takeReservations(work, plans);
  if (order.lines.some((line) => promised.get(line.line_no) !== line.promised_on)) order.row.reserved_until = null;
}

function serviceDay(work: Work, line: LineRow): string {
  const earliest = addDays(work.today, work.state.products.get(line.product_id)?.lead_days ?? 0);
  return line.requested_on !== null && line.requested_on > earliest ? line.requested_on : earliest;
}

/** The partner's days to reply, by agreement or by policy, from the sending of a notice. */
export function replyDeadline(work: Work, sentAt = work.now): Due {
  const days = work.partner.reply_days;
  return deadlineOf(work, 'order.reply', sentAt, days === null ? undefined : { value: days, unit: 'wd' });
}

/** When a notice that nobody has answered lapses (R4.3). */
export const lapseDeadline = (work: Work, replyDue: Date): Date => deadlineOf(work, 'order.lapse', replyDue).at;

/** Goods stay reserved until the reply is due and a grace after it (R4.2: reply deadline + 1 wd). */
export const reservedUntil = (work: Work, sentAt = work.now): Date =>
  deadlineOf(work, 'order.reservation_grace', replyDeadline(work, sentAt).at).at;

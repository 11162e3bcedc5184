/** Steps of the availability check and of what it promises: plans, reservations, shortages and what may be done about them. Source: R4.2, R4.3. */
import { addDays } from '../../kernel/biz-date.ts';
import { formatDecimal, PRICE_SCALE } from '../../kernel/decimal.ts';
import { newId } from '../../kernel/ids.ts';
import { formatQty, isMultipleOf } from '../../kernel/qty.ts';
import type { Due } from '../../platform/pipeline/types.ts';
import type { Demand, LinePlan } from '../inventory/promise-rules.ts';
import { resolvePrice } from '../pricing/price-rules.ts';
import { priceKey } from './order-masters.ts';
import type { LineRow, Shortage } from './order-tables.ts';
import { deadlineOf, go, release, type Work } from './order-work.ts';

/** Lines that need goods; services and freight are promised without stock. */
export const needsStock = (work: Work, line: LineRow) =>
  !['service', 'freight'].includes(work.state.products.get(line.product_id)?.kind ?? 'stock');

export function promisePlans(work: Work): LinePlan[] {
  const demands: Demand[] = work.order.lines
    .filter((line) => needsStock(work, line))
    .map((line) => ({
      lineNo: line.line_no,
      productId: line.product_id,
      qty: line.qty,
      requestedOn: line.requested_on,
    }));
  return work.state.ledger.plan(demands, work.today);
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

/** Tells sales at once what is missing and what could be done about it (R4.2). */
export function reportShortage(work: Work, plans: readonly LinePlan[], automatic: readonly string[]): void {
  work.order.row.shortages = plans.filter((plan) => plan.short > 0n).flatMap((plan) => shortageOptions(work, plan));
  go(work, 'reportShortage', {
    payload: {
      lines: plans
        .filter((plan) => plan.short > 0n)
        .map((plan) => ({ lineNo: plan.lineNo, short: plan.short.toString(), laterOn: plan.laterOn })),
      ...(automatic.length > 0 ? { automatic } : {}),
    },
  });
}

function shortageOptions(work: Work, plan: LinePlan): Shortage[] {
  const { order, state, today } = work;
  const line = order.lines.find(({ line_no }) => line_no === plan.lineNo);
  if (line === undefined) return [];
  const available = line.qty - plan.short;
  const options: Shortage[] = [];
  const base = { lineNo: plan.lineNo, availableQty: formatQty(available), substitute: null };
  if (plan.laterOn !== null) options.push({ ...base, kind: 'later_date', on: plan.laterOn });
  if (plan.laterOn !== null && available > 0n) options.push({ ...base, kind: 'split', on: plan.laterOn });
  const product = state.products.get(line.product_id);
  if (
    available > 0n &&
    product !== undefined &&
    available >= product.min_qty &&
    isMultipleOf(available, product.multiple_qty)
  )
    options.push({ ...base, kind: 'reduce', on: line.requested_on });
  const substitute = product?.substitute_id == null ? undefined : state.products.get(product.substitute_id);
  if (substitute?.is_sellable === true && state.ledger.free(substitute.id) >= line.qty) {
    const entry = resolvePrice(state.prices.get(priceKey(order.row.partner_id, substitute.id)) ?? [], line.qty, today);
    if (entry !== null) {
      options.push({
        ...base,
        kind: 'substitute',
        on: line.requested_on,
        substitute: {
          productId: substitute.id,
          sku: substitute.sku,
          name: substitute.name,
          nameEn: substitute.name_en,
          unitPrice: formatDecimal(entry.unit_price, PRICE_SCALE, 2),
          priceDifference: formatDecimal(entry.unit_price - line.unit_price, PRICE_SCALE, 2),
        },
      });
    }
  }
  return options;
}

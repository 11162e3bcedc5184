/**
 * The open rest of a line is closed with the partner's consent: goods and credit are released, the amounts follow the quantity that stays,
 * and the payment plan loses what falls away from its last items first. The order gets a new version of its contract. R5.2, R7.
 */
import { divRoundHalfUp } from '../kernel/decimal.ts';
import { taxOf } from '../kernel/money.ts';
import { refuse, refuseIf } from '../kernel/refusal.ts';
import {
  closableQty,
  confirmationContent,
  emit,
  factsOf,
  type LineRow,
  type OnOrder,
  orderCommand,
  orderRefusals,
  type ReservationRow,
  requireAction,
  type Work,
} from '../modules/orders/index.ts';
import { shrinkPlans } from '../modules/receivables/index.ts';
import { cancelOpenPickingLines } from '../modules/shipments/index.ts';
import { completeIfDone } from './order-completes.ts';

type ShortClose = OnOrder & { lineNo: number; reason: string; consent?: string | undefined };

export const shortClose = orderCommand<ShortClose>({
  name: 'orders.short_close',
  refuses: [
    'order.wrong_state',
    'line.not_found',
    'order.nothing_open',
    'order.consent_missing',
    'payment.exceeds_open',
    'invoice.exceeds_due',
  ],
  stock: true,
  steps(work, { lineNo, reason, consent }) {
    requireAction(work, 'shortClose');
    const { order } = work;
    const line = order.lines.find(({ line_no }) => line_no === lineNo);
    if (line === undefined) throw refuse('line.not_found', { lineNo: String(lineNo) }, 'lineNo');
    refuseIf(orderRefusals('shortClose', factsOf(work, { consent })));
    const closing = closableQty(line);
    if (closing <= 0n) throw refuse('order.nothing_open', undefined, 'lineNo');
    const kept = closeLine(work, line, closing);
    giveBack(work, line, closing);
    if (kept.gross_amount < line.invoiced_gross_amount) throw refuse('invoice.exceeds_due', undefined, 'lineNo');
    if (order.row.gross_amount < order.row.paid_amount) throw refuse('payment.exceeds_open', undefined, 'lineNo');
    order.row.held_amount = order.row.gross_amount - order.row.invoiced_amount;
    order.row.revision += 1;
    const { content, hash } = confirmationContent(order);
    work.revisions.push({
      order_id: order.row.id,
      revision: order.row.revision,
      partner_id: order.row.partner_id,
      content,
      content_hash: hash,
      reason: 'short_close',
      made_by: work.command.actor.userId,
      made_at: work.now,
    });
    emit(work, 'order.line_closed', {
      lineNo,
      closed: closing.toString(),
      revision: order.row.revision,
      reason,
      consent: consent ?? null,
      gross: order.row.gross_amount.toString(),
    });
  },
  async after(tx, orderIds, by) {
    await cancelOpenPickingLines(tx, orderIds, by);
    await shrinkPlans(tx, orderIds);
    await completeIfDone(tx, orderIds, by);
  },
});

/** The amount that stays is the share of the line's amount for the quantity that stays, rounded once; tax by the line's rule. */
function closeLine(work: Work, line: LineRow, closing: bigint): LineRow {
  const { order } = work;
  const before = line.qty - line.closed_qty;
  const after = before - closing;
  const share = (amount: bigint) => divRoundHalfUp(amount * after, before);
  const base = order.row.tax_inclusive ? share(line.gross_amount) : share(line.net_amount);
  const { net, tax, gross } = taxOf(base, line.tax_rate, order.row.tax_inclusive ? 'inclusive' : 'exclusive');
  const kept = {
    ...line,
    closed_qty: line.closed_qty + closing,
    net_amount: net,
    tax_amount: tax,
    gross_amount: gross,
  };
  order.lines = order.lines.map((row) => (row === line ? kept : row));
  order.row.net_amount += net - line.net_amount;
  order.row.tax_amount += tax - line.tax_amount;
  order.row.gross_amount += gross - line.gross_amount;
  return kept;
}

/** Reservations of the line shrink by what is closed: what was promised latest goes first. */
function giveBack(work: Work, line: LineRow, closing: bigint): void {
  let rest = closing;
  const own = work.order.reservations
    .filter(({ line_no }) => line_no === line.line_no)
    .sort((a, b) => (a.promised_on < b.promised_on ? 1 : -1));
  const changed = new Map<string, ReservationRow | null>();
  for (const row of own) {
    if (rest === 0n) break;
    const take = row.qty < rest ? row.qty : rest;
    rest -= take;
    changed.set(row.id, take === row.qty ? null : { ...row, qty: row.qty - take });
    const piece = {
      productId: row.product_id,
      warehouseId: row.warehouse_id,
      supplyId: row.supply_id,
      qty: take,
      lineNo: row.line_no,
      promisedOn: row.promised_on,
    };
    work.state.ledger.giveBack([piece]);
    work.undo.push(() => work.state.ledger.take([piece]));
  }
  work.order.reservations = work.order.reservations.flatMap((row) => {
    const next = changed.get(row.id);
    return next === undefined ? [row] : next === null ? [] : [next];
  });
}

/** An order that others have agreed before it came here: in effect without a round of confirmation. What is open of it is promised like any order's. */
import { refuse } from '../../kernel/refusal.ts';
import { confirmationContent } from './order-rules.ts';
import { takeReservations } from './availability-steps.ts';
import { factsOf } from './order-steps.ts';
import { emit, type Work } from './order-work.ts';

type Agreed = { agreedAt: Date; event: string; payload: Record<string, unknown> };

/** Reserves the open rest, firm; freezes version 1. Refuses order.not_promised for a line that today's stock and supplies do not cover. */
export function takeEffectAtOnce(work: Work, { agreedAt, event, payload }: Agreed): void {
  const { order, now } = work;
  const { poTaken, serviceLines } = factsOf(work);
  if (poTaken) throw refuse('order.po_duplicate', { poNo: order.row.po_no ?? '' }, 'poNo');
  // What differs from today's price lists was agreed then.
  order.discrepancies = [];
  const open = order.lines.filter((line) => !serviceLines.has(line.line_no) && line.delivered_qty < line.qty);
  const plans = work.state.ledger.plan(
    open.map((line) => ({
      lineNo: line.line_no,
      productId: line.product_id,
      qty: line.qty - line.delivered_qty,
      requestedOn: line.requested_on,
    })),
    work.today,
  );
  const short = plans.find((plan) => plan.short > 0n);
  if (short !== undefined) throw refuse('order.not_promised', undefined, `lines.${short.lineNo - 1}.qty`);
  takeReservations(work, plans);
  order.reservations = order.reservations.map((row) => ({ ...row, state: 'firm' }));
  const { content, hash } = confirmationContent(order);
  work.revisions.push({
    order_id: order.row.id,
    revision: 1,
    partner_id: order.row.partner_id,
    content,
    content_hash: hash,
    reason: 'effect',
    made_by: work.command.actor.userId,
    made_at: now,
  });
  Object.assign(order.row, {
    state: 'in_effect',
    revision: 1,
    reserved_until: null,
    submitted_at: agreedAt,
    confirmed_at: agreedAt,
    effective_at: agreedAt,
    state_since: now,
  });
  emit(work, event, payload);
  // What lies in a warehouse has its picking list and task there; what is still to come waits for it.
  work.next = order.reservations.length > 0 ? null : { kind: 'order.complete', article: 'R5.1' };
}

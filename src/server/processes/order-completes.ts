/**
 * An order is completed when every line is delivered or closed and it is paid and invoiced. The product does it by itself in the
 * transaction of whatever came last: delivery, payment or invoice. R2.
 */
import { newId } from '../kernel/ids.ts';
import { refuseIf } from '../kernel/refusal.ts';
import { sql, type Tx } from '../platform/db/database.ts';
import { insertRows } from '../platform/db/table.ts';
import { eventTable } from '../platform/events/event-table.ts';
import { type OnOrder, orderCommand, orderRefusals } from '../modules/orders/index.ts';
import { factsOf, go, requireAction } from '../modules/orders/index.ts';

type Done = { id: string; no: string; partner_id: string; version: number };

/** Completes those of the orders (locked by the caller, their rows already written) that have nothing open. Two statements, and three more only when one is done. Returns their ids. */
export async function completeIfDone(
  tx: Tx,
  orderIds: readonly string[],
  by: { now: Date; requestId: string },
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const done = await tx.query<Done>(sql`
    update sales_order o set state = 'completed', completed_at = ${by.now}, state_since = ${by.now}, version = version + 1
    where o.id = any(${[...orderIds]}::uuid[]) and o.state = 'in_effect' and o.paid_amount >= o.gross_amount and o.invoiced_amount >= o.gross_amount
      and not exists (select from order_line l where l.order_id = o.id and l.delivered_qty + l.closed_qty < l.qty)
      and not exists (select from hold h where h.order_id = o.id and h.released_at is null)
    returning o.id, o.no, o.partner_id, o.version`);
  if (done.length === 0) return [];
  await Promise.all([
    tx.run(
      sql`update task set closed_at = ${by.now} where document_id = any(${done.map(({ id }) => id)}::uuid[]) and closed_at is null`,
    ),
    insertRows(
      tx,
      eventTable,
      done.map((order) => ({
        id: newId(by.now),
        document_type: 'order',
        document_id: order.id,
        document_no: order.no,
        version: order.version,
        type: 'order.completed',
        at: by.now,
        partner_id: order.partner_id,
        actor_id: null,
        actor_kind: 'system',
        cause: { requestId: by.requestId },
        payload: {},
      })),
    ),
  ]);
  return done.map(({ id }) => id);
}

/** By a person, where the product has not done it by itself. */
export const completeOrder = orderCommand<OnOrder>({
  name: 'orders.complete',
  refuses: ['order.wrong_state', 'order.not_delivered', 'order.not_paid', 'order.not_invoiced'],
  stock: false,
  steps(work) {
    requireAction(work, 'complete');
    refuseIf(orderRefusals('complete', factsOf(work)));
    work.order.row.completed_at = work.now;
    go(work, 'complete');
    work.next = null;
  },
});

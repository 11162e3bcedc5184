/**
 * An order is completed when every line is delivered or closed and it is paid and invoiced. The product does it by itself in the
 * transaction of whatever came last: delivery, payment or invoice. R2.
 */
import { newId } from '../kernel/ids.ts';
import { refuseIf } from '../kernel/refusal.ts';
import { sql, type Tx } from '../platform/db/database.ts';
import { type OnOrder, orderCommand, orderRefusals } from '../modules/orders/index.ts';
import { factsOf, go, requireAction } from '../modules/orders/index.ts';

/**
 * Completes those of the orders (locked by the caller, their rows already written) that have nothing open: state, tasks and event in one
 * statement, sent at once. Returns their ids.
 */
export async function completeIfDone(
  tx: Tx,
  orderIds: readonly string[],
  by: { now: Date; requestId: string },
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const ids = [...new Set(orderIds)];
  const done = await tx.query<{ id: string }>(sql`
    with named as materialized (select * from unnest(${ids}::uuid[], ${ids.map(() => newId(by.now))}::uuid[]) as n(order_id, event_id)),
    done as (
      update sales_order o set state = 'completed', completed_at = ${by.now}, state_since = ${by.now}, version = version + 1
      where o.id = any(${ids}::uuid[]) and o.state = 'in_effect' and o.paid_amount >= o.gross_amount and o.invoiced_amount >= o.gross_amount
        and not exists (select from order_line l where l.order_id = o.id and l.delivered_qty + l.closed_qty < l.qty)
        and not exists (select from hold h where h.order_id = o.id and h.released_at is null)
      returning o.id, o.no, o.partner_id, o.version),
    closed as (update task set closed_at = ${by.now} from done where task.document_id = done.id and task.closed_at is null)
    insert into event (id, document_type, document_id, document_no, version, type, at, partner_id, actor_kind, cause, payload)
    select n.event_id, 'order', d.id, d.no, d.version, 'order.completed', ${by.now}, d.partner_id, 'system', ${JSON.stringify({ requestId: by.requestId })}::jsonb, '{}'
    from done d join named n on n.order_id = d.id returning document_id as id`);
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

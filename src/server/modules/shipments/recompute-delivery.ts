/** Delivery status of orders from what is on record: run after changes that other modules make to lines, and by the nightly sweep. */
import type { DeliveryStatus } from '../../../contract/machines/order.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { isGoods } from '../inventory/index.ts';
import { type DeliveryLine, deliveryStatus } from '../orders/delivery-status.ts';

type LineColumns = Omit<DeliveryLine, 'is_goods'> & { order_id: string; kind: string };
export type DeliveryDifference = { orderId: string; from: DeliveryStatus; to: DeliveryStatus };

/**
 * Works the status out anew for orders in effect or completed and writes it where it differs; returns the differences. The orders must be
 * locked by the caller. Three statements, however many orders.
 */
export async function recomputeDelivery(tx: Tx, orderIds: readonly string[]): Promise<DeliveryDifference[]> {
  if (orderIds.length === 0) return [];
  const [orders, lines, pickings] = await Promise.all([
    tx.query<{ id: string; delivery_status: DeliveryStatus }>(sql`
      select id, delivery_status from sales_order where id = any(${orderIds}::uuid[]) and state in ('in_effect', 'completed') order by id`),
    tx.query<LineColumns>(sql`
      select l.order_id, l.qty, l.picked_qty, l.shipped_qty, l.delivered_qty, l.closed_qty, p.kind
      from order_line l join product p on p.id = l.product_id where l.order_id = any(${orderIds}::uuid[])`),
    tx.query<{ order_id: string; state: string }>(
      sql`select order_id, state from picking where order_id = any(${orderIds}::uuid[])`,
    ),
  ]);
  const differences = orders.flatMap(({ id, delivery_status: from }) => {
    const own = lines
      .filter(({ order_id }) => order_id === id)
      .map((line) => ({ ...line, is_goods: isGoods(line.kind) }));
    const to = deliveryStatus(
      own,
      pickings.filter(({ order_id }) => order_id === id),
    );
    return to === from ? [] : [{ orderId: id, from, to }];
  });
  if (differences.length > 0) {
    await tx.run(sql`
      update sales_order o set delivery_status = u.status
      from unnest(${differences.map(({ orderId }) => orderId)}::uuid[], ${differences.map(({ to }) => to)}::text[]) as u(id, status) where o.id = u.id`);
  }
  return differences;
}

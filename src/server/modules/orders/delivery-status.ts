/** How far the delivery of an order is: derived from its lines and picking lists, never set by hand. Source: R5, rulings on derived statuses. */
import type { DeliveryStatus } from '../../../contract/machines/order.ts';

export type DeliveryLine = {
  qty: bigint;
  picked_qty: bigint;
  shipped_qty: bigint;
  delivered_qty: bigint;
  closed_qty: bigint;
  /** False for service and freight lines: nothing leaves a warehouse for them. */
  is_goods: boolean;
};

/**
 * `delivered`: every goods line is delivered or closed (an order without goods has nothing to wait for). `ready` and `shipped` look at
 * what is not closed; picking lists count only while they are worked on.
 */
export function deliveryStatus(lines: readonly DeliveryLine[], pickings: readonly { state: string }[]): DeliveryStatus {
  const goods = lines.filter(({ is_goods }) => is_goods);
  const wanted = (line: DeliveryLine) => line.qty - line.closed_qty;
  if (goods.every((line) => line.delivered_qty >= wanted(line))) return 'delivered';
  if (goods.some(({ delivered_qty }) => delivered_qty > 0n)) return 'part_delivered';
  if (goods.every((line) => line.shipped_qty >= wanted(line))) return 'shipped';
  if (goods.some(({ shipped_qty }) => shipped_qty > 0n)) return 'part_shipped';
  if (goods.every((line) => line.picked_qty + line.shipped_qty >= wanted(line))) return 'ready';
  const begun =
    goods.some(({ picked_qty }) => picked_qty > 0n) ||
    pickings.some(({ state }) => state === 'picking' || state === 'ready');
  return begun ? 'preparing' : 'none';
}

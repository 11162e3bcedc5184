/** What of an order could leave now, by warehouse: where dispatch starts from. */
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { refusalView } from '../../platform/http/messages.ts';
import {
  type GoodsColumns,
  goodsColumns,
  type PlaceColumns,
  placeColumns,
  productView,
  warehouseView,
} from '../inventory/index.ts';
import type { Viewer } from './picking-queries.ts';
import { holdRefusal, notInEffect } from './picking-rules.ts';
import { type OrderColumns, orderColumns, orderView, readHolds, scopeCondition } from './view-parts.ts';

type HeadColumns = OrderColumns & {
  delivery_address: string | null;
  receiver: string | null;
  receiver_phone: string | null;
  delivery_method: string | null;
  version: number;
};
type ReadyColumns = GoodsColumns &
  PlaceColumns & {
    line_no: number;
    line_unit: string;
    ordered_qty: bigint;
    sent_qty: bigint;
    ready_qty: bigint;
    picking_qty: bigint;
  };

/** Refuses order.not_found. */
export async function readDispatch(tx: Tx, orderId: string, viewer: Viewer) {
  const [heads, rows, holds] = await Promise.all([
    tx.query<HeadColumns>(sql`
      select o.delivery_address, o.receiver, o.receiver_phone, o.delivery_method, o.version, ${orderColumns}
      from sales_order o join partner b on b.id = o.partner_id where o.id = ${orderId} and ${scopeCondition(viewer.actor, sql`o.partner_id`)}`),
    tx.query<ReadyColumns>(sql`
      select ${placeColumns}, ${goodsColumns}, l.line_no, ol.unit as line_unit, ol.qty as ordered_qty, ol.shipped_qty as sent_qty,
        sum(case when k.state = 'ready' then l.picked_qty - l.shipped_qty else 0 end)::bigint as ready_qty,
        sum(case when k.state in ('open', 'picking') then l.qty else 0 end)::bigint as picking_qty
      from picking k join picking_line l on l.picking_id = k.id join warehouse w on w.id = k.warehouse_id join product p on p.id = l.product_id
      join order_line ol on ol.order_id = l.order_id and ol.line_no = l.line_no
      where k.order_id = ${orderId} and k.state <> 'cancelled' group by w.id, p.id, l.line_no, ol.unit, ol.qty, ol.shipped_qty order by w.code, l.line_no`),
    readHolds(tx, orderId),
  ]);
  const head = heads[0];
  if (head === undefined) throw refuse('order.not_found');
  const always = [notInEffect(head.order_state), holdRefusal(holds, 'ship')].filter((refusal) => refusal !== null);
  const open = rows.filter(({ ready_qty, picking_qty }) => ready_qty > 0n || picking_qty > 0n);
  return {
    order: orderView(head),
    deliveryAddress: head.delivery_address,
    receiver: head.receiver,
    receiverPhone: head.receiver_phone,
    deliveryMethod: head.delivery_method,
    warehouses: [...Map.groupBy(open, ({ warehouse_id }) => warehouse_id).values()].flatMap((own) => {
      const first = own[0];
      if (first === undefined) return [];
      const nothing = own.every(({ ready_qty }) => ready_qty === 0n) ? [{ code: 'shipment.nothing_ready' }] : [];
      return [
        {
          warehouse: warehouseView(first),
          lines: own.map((row) => ({
            lineNo: row.line_no,
            product: productView(row),
            unit: row.line_unit,
            readyQty: formatQty(row.ready_qty),
            pickingQty: formatQty(row.picking_qty),
            orderedQty: formatQty(row.ordered_qty),
            shippedQty: formatQty(row.sent_qty),
          })),
          refusals: [...always, ...nothing].map((refusal) => refusalView(refusal, viewer.locale)),
        },
      ];
    }),
    version: head.version,
  };
}

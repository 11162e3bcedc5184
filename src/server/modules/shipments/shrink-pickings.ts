/** When part of an order falls away, picking lists that nobody has begun shrink with it; an empty one is cancelled. R5.1. */
import { newId } from '../../kernel/ids.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { eventTable } from '../../platform/events/event-table.ts';

type Cancelled = { id: string; no: string; order_id: string; partner_id: string; version: number };

/** Brings the open picking lists of orders (reservations already written) down to what is still reserved in their warehouse. */
export async function cancelOpenPickingLines(
  tx: Tx,
  orderIds: readonly string[],
  by: { now: Date; requestId: string },
): Promise<void> {
  const ids = [...orderIds];
  await tx.run(sql`
    with wanted as (
      select l.picking_id, l.line_no, l.qty,
        greatest(0, least(l.qty,
          coalesce((select sum(r.qty) from reservation r where r.order_id = l.order_id and r.line_no = l.line_no and r.warehouse_id = p.warehouse_id and r.supply_id is null), 0)
          - coalesce((select sum(case when q.state = 'picking' then k.qty else k.picked_qty end - k.shipped_qty) from picking q join picking_line k on k.picking_id = q.id
              where q.order_id = l.order_id and q.warehouse_id = p.warehouse_id and k.line_no = l.line_no and q.state in ('picking', 'ready')), 0))) as keep
      from picking p join picking_line l on l.picking_id = p.id where p.order_id = any(${ids}::uuid[]) and p.state = 'open'
    ), gone as (delete from picking_line l using wanted w where l.picking_id = w.picking_id and l.line_no = w.line_no and w.keep = 0)
    update picking_line l set qty = w.keep from wanted w where l.picking_id = w.picking_id and l.line_no = w.line_no and w.keep > 0 and w.keep < w.qty`);
  const cancelled = await tx.query<Cancelled>(sql`
    update picking p set state = 'cancelled', version = version + 1
    where p.order_id = any(${ids}::uuid[]) and p.state = 'open' and not exists (select from picking_line l where l.picking_id = p.id)
    returning p.id, p.no, p.order_id, p.partner_id, p.version`);
  if (cancelled.length === 0) return;
  await Promise.all([
    tx.run(
      sql`update task set closed_at = ${by.now} where document_id = any(${cancelled.map(({ id }) => id)}::uuid[]) and closed_at is null`,
    ),
    insertRows(
      tx,
      eventTable,
      cancelled.map((picking) => ({
        id: newId(by.now),
        document_type: 'picking',
        document_id: picking.id,
        document_no: picking.no,
        version: picking.version,
        type: 'picking.cancelled',
        at: by.now,
        partner_id: picking.partner_id,
        actor_id: null,
        actor_kind: 'system',
        cause: { requestId: by.requestId },
        payload: { orderId: picking.order_id },
      })),
    ),
  ]);
}

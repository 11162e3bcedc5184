/**
 * Reservations of an order have shrunk (a line was closed, an order changed): its picking lists shrink to what is still reserved, the newest
 * and the not yet begun first. What is picked stays: only reservations of goods that nobody has picked may be given back. Source: R5.2, R7.
 */
import { newId } from '../../kernel/ids.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, deleteRows, insertRows, updateRows } from '../../platform/db/table.ts';
import { eventTable } from '../../platform/events/event-table.ts';
import type { NewEvent } from '../../platform/pipeline/types.ts';
import { formatQty } from '../../kernel/qty.ts';
import { type ReservationRow, reservation } from '../orders/index.ts';
import { coverPicked, type Picked, saveCover } from './cover-picked.ts';
import { pickingEvent } from './picking-plan.ts';
import { recomputeDelivery } from './recompute-delivery.ts';
import { type PickingLineRow, type PickingRow, pickingLineTable, pickingTable } from './shipment-tables.ts';

type Reserved = { order_id: string; line_no: number; warehouse_id: string; qty: bigint };
type Shrunk = { line: PickingLineRow; row: PickingRow; by: bigint };

/** The orders must be locked by the caller and their reservations written. Works out the delivery status as well. */
export async function cancelOpenPickingLines(
  tx: Tx,
  orderIds: readonly string[],
  by: { now: Date; requestId: string },
): Promise<void> {
  if (orderIds.length === 0) return;
  const [pickings, lines, reservations] = await Promise.all([
    tx.query<PickingRow>(
      sql`select ${columnsOf(pickingTable)} from picking where order_id = any(${orderIds}::uuid[]) and state <> 'cancelled' order by id`,
    ),
    tx.query<PickingLineRow>(sql`
      select ${columnsOf(pickingLineTable, 'l')} from picking_line l join picking p on p.id = l.picking_id
      where p.order_id = any(${orderIds}::uuid[]) and p.state <> 'cancelled'`),
    tx.query<ReservationRow>(
      sql`select ${columnsOf(reservation)} from reservation where order_id = any(${orderIds}::uuid[]) order by order_id, line_no, id`,
    ),
  ]);
  const before = new Map(reservations.map(({ id, qty }) => [id, qty]));
  await saveCover(tx, before, coverPicked(reservations, pickedOf(pickings, lines), by.now));
  const reserved = reservations.filter(({ supply_id }) => supply_id === null);
  const shrunk = shrinkTo(pickings, lines, reserved);
  if (shrunk.length > 0) await saveShrunk(tx, pickings, lines, shrunk, by);
  await recomputeDelivery(tx, orderIds);
}

/** What stands ready and has not left, by line and warehouse. */
function pickedOf(pickings: readonly PickingRow[], lines: readonly PickingLineRow[]): Picked[] {
  const byPlace = new Map<string, Picked>();
  for (const { picking_id, order_id, line_no, picked_qty, shipped_qty } of lines) {
    const warehouse_id = pickings.find(({ id }) => id === picking_id)?.warehouse_id;
    if (warehouse_id === undefined || picked_qty === shipped_qty) continue;
    const place = `${order_id} ${line_no} ${warehouse_id}`;
    byPlace.set(place, {
      order_id,
      line_no,
      warehouse_id,
      qty: (byPlace.get(place)?.qty ?? 0n) + picked_qty - shipped_qty,
    });
  }
  return [...byPlace.values()];
}

/** Which lines shrink, and by how much; the rows themselves are changed. Pure. */
export function shrinkTo(
  pickings: readonly PickingRow[],
  lines: readonly PickingLineRow[],
  reserved: readonly Reserved[],
): Shrunk[] {
  const byId = new Map(pickings.map((row) => [row.id, row]));
  const key = (order: string, line: number, warehouse: string) => `${order} ${line} ${warehouse}`;
  const excess = new Map<string, bigint>();
  for (const line of lines) {
    const row = byId.get(line.picking_id);
    if (row === undefined) continue;
    const place = key(line.order_id, line.line_no, row.warehouse_id);
    excess.set(place, (excess.get(place) ?? 0n) + line.qty - line.shipped_qty);
  }
  for (const row of reserved) {
    const place = key(row.order_id, row.line_no, row.warehouse_id);
    excess.set(place, (excess.get(place) ?? 0n) - row.qty);
  }
  const rank = (row: PickingRow) => (row.state === 'open' ? 0 : 1);
  const candidates = lines
    .flatMap((line) => {
      const row = byId.get(line.picking_id);
      return row === undefined || row.state === 'ready' ? [] : [{ line, row }];
    })
    .sort((a, b) => rank(a.row) - rank(b.row) || (a.row.id < b.row.id ? 1 : -1));
  return candidates.flatMap(({ line, row }) => {
    const place = key(line.order_id, line.line_no, row.warehouse_id);
    const over = excess.get(place) ?? 0n;
    if (over <= 0n) return [];
    const by = over < line.qty ? over : line.qty;
    line.qty -= by;
    excess.set(place, over - by);
    return [{ line, row, by }];
  });
}

async function saveShrunk(
  tx: Tx,
  pickings: readonly PickingRow[],
  lines: readonly PickingLineRow[],
  shrunk: readonly Shrunk[],
  by: { now: Date; requestId: string },
): Promise<void> {
  const touched = pickings.filter(({ id }) => shrunk.some(({ row }) => row.id === id));
  const events = touched.map((row): NewEvent => {
    const empty = lines.filter(({ picking_id }) => picking_id === row.id).every(({ qty }) => qty === 0n);
    row.version += 1;
    if (empty) row.state = 'cancelled';
    const gone = shrunk
      .filter((each) => each.row === row)
      .map(({ line, by: qty }) => ({ lineNo: line.line_no, qty: formatQty(qty) }));
    return pickingEvent(row, empty ? 'picking.cancelled' : 'picking.reduced', { lines: gone });
  });
  const cancelled = touched.filter(({ state }) => state === 'cancelled').map(({ id }) => id);
  // A cancelled list keeps its lines as a record; a live one loses those that came to nothing.
  const gone = shrunk.filter(({ line, row }) => line.qty === 0n && row.state !== 'cancelled').map(({ line }) => line);
  const kept = shrunk.filter(({ line }) => line.qty > 0n).map(({ line }) => line);
  await Promise.all([
    updateRows(tx, pickingTable, ['state', 'version'], touched),
    deleteRows(tx, pickingLineTable, gone),
    updateRows(tx, pickingLineTable, ['qty'], kept),
    tx.run(
      sql`update task set closed_at = ${by.now} where document_id = any(${cancelled}::uuid[]) and closed_at is null`,
    ),
    insertRows(
      tx,
      eventTable,
      events.map((event) => ({
        id: newId(by.now),
        document_type: event.documentType,
        document_id: event.documentId,
        document_no: event.documentNo,
        version: event.version,
        type: event.type,
        at: by.now,
        partner_id: event.partnerId,
        actor_id: null,
        actor_kind: 'system',
        cause: { requestId: by.requestId },
        payload: event.payload,
      })),
    ),
  ]);
}

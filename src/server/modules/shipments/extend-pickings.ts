/** Goods that an order waited for lie in the warehouse: its open picking list grows, or a new one is opened. Source: R5.1. */
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../platform/db/table.ts';
import type { Env, NewEvent, TaskChange } from '../../platform/pipeline/types.ts';
import {
  lineFact,
  nextPickingNos,
  type PickingNeed,
  pickingEvent,
  planPickings,
  savePickings,
} from './picking-plan.ts';
import { type PickingLineRow, type PickingRow, pickingLineTable, pickingTable } from './shipment-tables.ts';

/**
 * Puts what arrived on picking lists. The orders must be in effect and locked by the caller. Six statements at most, however many orders.
 */
export async function extendPickings(
  tx: Tx,
  needs: readonly PickingNeed[],
  env: Env,
): Promise<{ events: NewEvent[]; tasks: TaskChange[] }> {
  const first = needs[0];
  if (first === undefined) return { events: [], tasks: [] };
  const [open, lines] = await openPickings(
    tx,
    needs.map(({ orderId }) => orderId),
  );
  const events: NewEvent[] = [];
  const grown = new Map<string, { row: PickingRow; added: { line_no: number; product_id: string; qty: bigint }[] }>();
  const changed: PickingLineRow[] = [];
  const added: PickingLineRow[] = [];
  const rest: PickingNeed[] = needs.map((need) => ({
    ...need,
    reservations: need.reservations.filter((piece) => {
      const row = open.find(
        ({ order_id, warehouse_id }) => order_id === need.orderId && warehouse_id === piece.warehouse_id,
      );
      if (row === undefined) return true;
      const known = [...lines, ...added].find(
        ({ picking_id, line_no }) => picking_id === row.id && line_no === piece.line_no,
      );
      if (known === undefined) added.push(newLine(row, piece));
      else {
        known.qty += piece.qty;
        if (lines.includes(known)) changed.push(known);
      }
      const entry = grown.get(row.id) ?? { row, added: [] };
      entry.added.push(piece);
      grown.set(row.id, entry);
      return false;
    }),
  }));
  for (const { row, added: pieces } of grown.values()) {
    row.version += 1;
    events.push(pickingEvent(row, 'picking.extended', { lines: pieces.map(lineFact) }));
  }
  const places = new Set(
    rest.flatMap(({ orderId, reservations }) => reservations.map(({ warehouse_id }) => `${orderId} ${warehouse_id}`)),
  );
  const numbers = await nextPickingNos(tx, places.size, env, first.now);
  const plan = planPickings(rest, numbers, env);
  await Promise.all([
    updateRows(
      tx,
      pickingTable,
      ['version'],
      [...grown.values()].map(({ row }) => row),
    ),
    updateRows(tx, pickingLineTable, ['qty'], [...new Set(changed)]),
    insertRows(tx, pickingLineTable, added),
    savePickings(tx, plan.pickings, plan.lines),
  ]);
  return { events: [...events, ...plan.events], tasks: plan.tasks };
}

const openPickings = (tx: Tx, orderIds: readonly string[]) =>
  Promise.all([
    tx.query<PickingRow>(sql`
      select distinct on (order_id, warehouse_id) ${columnsOf(pickingTable)} from picking
      where order_id = any(${orderIds}::uuid[]) and state = 'open' order by order_id, warehouse_id, id`),
    tx.query<PickingLineRow>(sql`
      select ${columnsOf(pickingLineTable, 'l')} from picking_line l join picking p on p.id = l.picking_id
      where p.order_id = any(${orderIds}::uuid[]) and p.state = 'open'`),
  ]);

const newLine = (row: PickingRow, piece: { line_no: number; product_id: string; qty: bigint }): PickingLineRow => ({
  picking_id: row.id,
  order_id: row.order_id,
  line_no: piece.line_no,
  partner_id: row.partner_id,
  product_id: piece.product_id,
  qty: piece.qty,
  picked_qty: 0n,
  shipped_qty: 0n,
});

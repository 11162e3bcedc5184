/** Writes what the decisions of a batch have touched: a fixed number of statements, however many commands. */
import { sql, type Tx } from '../../platform/db/database.ts';
import { deleteRows, insertRows, updateRows } from '../../platform/db/table.ts';
import { stockMoveTable, stockTable } from '../inventory/index.ts';
import { orderLine, reservation } from '../orders/index.ts';
import type { Execution } from './execution.ts';
import { pickingLineTable, pickingTable, shipmentLineTable, shipmentTable, trackingTable } from './shipment-tables.ts';

const PICKING_CHANGING = [
  'state',
  'started_by',
  'started_at',
  'ready_by',
  'ready_at',
  'short_reason',
  'version',
] as const;
const SHIPMENT_CHANGING = [
  'state',
  'carrier_id',
  'waybill_no',
  'missing_data_reason',
  'expected_on',
  'delivered_at',
  'received_by',
  'receipt_note',
  'has_exception',
  'last_news_at',
  'version',
] as const;

export async function saveExecution(tx: Tx, { touched }: Execution): Promise<void> {
  const newLines = [...touched.newPickingLines];
  const keptLines = [...touched.pickingLines].filter(
    (line) => !touched.newPickingLines.has(line) && !touched.goneLines.has(line),
  );
  const reserved = [...touched.reservations].filter((row) => !touched.newReservations.has(row));
  await Promise.all([
    saveOrders(tx, touched),
    updateRows(tx, orderLine, ['picked_qty', 'shipped_qty', 'delivered_qty'], [...touched.lines]),
    updateRows(tx, stockTable, ['on_hand_qty', 'reserved_qty'], [...touched.stock]),
    insertRows(tx, pickingTable, [...touched.newPickings]),
    updateRows(
      tx,
      pickingTable,
      PICKING_CHANGING,
      [...touched.pickings].filter((row) => !touched.newPickings.has(row)),
    ),
    deleteRows(tx, pickingLineTable, [...touched.goneLines]),
    insertRows(tx, pickingLineTable, newLines),
    updateRows(tx, pickingLineTable, ['qty', 'picked_qty', 'shipped_qty'], keptLines),
    insertRows(tx, shipmentTable, [...touched.newShipments]),
    updateRows(
      tx,
      shipmentTable,
      SHIPMENT_CHANGING,
      [...touched.shipments].filter((row) => !touched.newShipments.has(row)),
    ),
    insertRows(tx, shipmentLineTable, [...touched.newShipmentLines]),
    updateRows(tx, shipmentLineTable, ['received_qty', 'lost_qty'], [...touched.shipmentLines]),
    insertRows(tx, trackingTable, [...touched.tracking]),
    deleteRows(
      tx,
      reservation,
      reserved.filter(({ qty }) => qty === 0n),
    ),
    updateRows(
      tx,
      reservation,
      ['qty'],
      reserved.filter(({ qty }) => qty > 0n),
    ),
    insertRows(
      tx,
      reservation,
      [...touched.newReservations].filter(({ qty }) => qty > 0n),
    ),
    insertRows(tx, stockMoveTable, [...touched.moves]),
  ]);
}

async function saveOrders(tx: Tx, { orders }: Execution['touched']): Promise<void> {
  if (orders.size === 0) return;
  const rows = [...orders];
  await tx.run(sql`
    update sales_order o set version = u.version, delivery_status = u.delivery_status, state = u.state, completed_at = u.completed_at, state_since = u.state_since
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::int[], ${rows.map((row) => row.delivery_status)}::text[],
      ${rows.map(({ state }) => state)}::text[], ${rows.map((row) => row.completed_at)}::timestamptz[], ${rows.map((row) => row.state_since)}::timestamptz[])
      as u(id, version, delivery_status, state, completed_at, state_since)
    where o.id = u.id`);
}

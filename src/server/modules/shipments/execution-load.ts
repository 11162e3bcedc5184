/**
 * Loads orders in execution for a set of commands, in one flight: orders locked in id order, stock rows by key, and then, in one statement,
 * everything that hangs on the orders. A fixed number of statements.
 */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { empty, join, raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { type Cells, hanging } from '../../platform/db/hanging.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import { isGoods, type StockLevel } from '../inventory/index.ts';
import { type ReservationRow, reservation } from '../orders/index.ts';
import {
  type ExecLine,
  type ExecOrder,
  type ExecOrderRow,
  type Execution,
  type Held,
  nothingTouched,
  stockKey,
} from './execution.ts';
import { nextPickingNos } from './picking-plan.ts';
import {
  type PickingLineRow,
  type PickingRow,
  pickingLineTable,
  pickingTable,
  type ShipmentLineRow,
  type ShipmentRow,
  shipmentLineTable,
  shipmentTable,
} from './shipment-tables.ts';

/** What a command names; orders are found through their documents. */
export type Named = { orderId?: string; pickingId?: string; shipmentId?: string };
export type LoadOptions = {
  /** Reservations on stock and stock rows, locked. */
  stock?: boolean;
  pickingNos?: number;
  shipmentNos?: number;
  env: Env;
  now: Date;
};

/** What hangs on an order o in execution. */
const PARTS = {
  lines: hanging<Omit<ExecLine, 'is_goods'> & { kind: string }>(
    {
      order_id: 'uuid',
      line_no: 'int',
      partner_id: 'uuid',
      product_id: 'uuid',
      qty: 'bigint',
      picked_qty: 'bigint',
      shipped_qty: 'bigint',
      delivered_qty: 'bigint',
      closed_qty: 'bigint',
      promised_on: 'date?',
      sku: 'text',
      unit: 'text',
      whole_units: 'boolean',
      kind: 'text',
    },
    sql`(select l.order_id, l.line_no, l.partner_id, l.product_id, l.qty, l.picked_qty, l.shipped_qty, l.delivered_qty, l.closed_qty, l.promised_on,
      p.sku, p.unit, p.whole_units, p.kind from order_line l join product p on p.id = l.product_id where l.order_id = o.id) x`,
    sql`x.line_no`,
  ),
  pickings: hanging<PickingRow>(pickingTable.columns, sql`picking x where x.order_id = o.id`, sql`x.id`),
  pickingLines: hanging<PickingLineRow>(
    pickingLineTable.columns,
    sql`picking_line x where x.picking_id = any(array(select id from picking where order_id = o.id))`,
    sql`x.picking_id, x.line_no`,
  ),
  shipments: hanging<ShipmentRow>(shipmentTable.columns, sql`shipment x where x.order_id = o.id`, sql`x.id`),
  shipmentLines: hanging<ShipmentLineRow>(
    shipmentLineTable.columns,
    sql`shipment_line x where x.shipment_id = any(array(select id from shipment where order_id = o.id))`,
    sql`x.shipment_id, x.line_no, x.picking_id`,
  ),
  // Its own, and what stands against the whole partner.
  holds: hanging<Held>(
    { kind: 'text', reason: 'text' },
    sql`hold x where x.released_at is null and (x.order_id = o.id or (x.order_id is null and x.partner_id = o.partner_id))`,
    sql`x.order_id is null, x.id`,
  ),
};
/** Read only where goods move. */
const STOCK_PARTS = {
  reservations: hanging<ReservationRow>(
    reservation.columns,
    sql`reservation x where x.supply_id is null and x.order_id = o.id`,
    sql`x.line_no, x.promised_on, x.id`,
  ),
  issues: hanging<{ id: string; product_id: string; source_id: string }>(
    { id: 'uuid', product_id: 'uuid', source_id: 'uuid' },
    sql`stock_move x where x.kind = 'issue' and x.source_type = 'shipment' and x.source_id = any(array(select id from shipment where order_id = o.id))`,
    sql`x.id`,
  ),
};
type OrderFound = ExecOrderRow &
  Record<keyof typeof PARTS, Cells> &
  Partial<Record<keyof typeof STOCK_PARTS, Cells>> & { warehouses: string[]; carriers: string[] };

const selected = (parts: Record<string, { value: Sql }>) =>
  join(Object.entries(parts).map(([name, { value }]) => sql`${value} as "${raw(name)}"`));

const COLUMNS = sql`o.id, o.no, o.partner_id, o.state, o.version, o.delivery_status, o.delivery_address, o.receiver, o.receiver_phone,
  o.gross_amount, o.paid_amount, o.invoiced_amount, o.completed_at, o.state_since, o.created_at, o.policy_level, o.policy_agreement_id,
  array(select id from warehouse) as warehouses, array(select id from carrier where is_active) as carriers, ${selected(PARTS)}`;
const STOCK_COLUMNS = selected(STOCK_PARTS);

export async function loadExecution(tx: Tx, named: readonly Named[], options: LoadOptions): Promise<Execution> {
  const ids = sql`any(array(${orderIdsOf(named)}))`;
  const { stock = false } = options;
  // Locked first, read in the statement behind it: what hangs on an order is then as its last holder left it.
  const [, levels, found, pickingNos, numbers] = await Promise.all([
    tx.run(sql`select from sales_order o where o.id = ${ids} order by o.id for update`),
    stock ? lockLevels(tx, ids) : [],
    tx.query<OrderFound>(
      sql`select ${COLUMNS}${stock ? sql`, ${STOCK_COLUMNS}` : empty} from sales_order o where o.id = ${ids} order by o.id`,
    ),
    nextPickingNos(tx, options.pickingNos ?? 0, options.env, options.now),
    shipmentNos(tx, options),
  ]);
  const orders = found.map(orderOf);
  return {
    orders: new Map(orders.map((order) => [order.row.id, order])),
    stock: new Map(levels.map((level) => [stockKey(level.product_id, level.warehouse_id), level])),
    issues: new Map(
      found
        .flatMap(({ issues = null }) => STOCK_PARTS.issues.rows(issues))
        .map(({ id, product_id, source_id }) => [`${source_id} ${product_id}`, id]),
    ),
    warehouses: new Set(found[0]?.warehouses),
    carriers: new Set(found[0]?.carriers),
    pickingNos,
    shipmentNos: numbers,
    touched: nothingTouched(),
  };
}

const lockLevels = (tx: Tx, ids: Sql) =>
  tx.query<StockLevel>(sql`
    select s.product_id, s.warehouse_id, s.on_hand_qty, s.reserved_qty from stock s
    where (s.product_id, s.warehouse_id) in (select l.product_id, p.warehouse_id from picking p join picking_line l on l.picking_id = p.id where p.order_id = ${ids})
    order by s.product_id, s.warehouse_id for update of s`);

function orderOf(found: OrderFound): ExecOrder {
  const { lines, pickings, pickingLines, shipments, shipmentLines, holds, reservations, ...rest } = found;
  const { warehouses: _warehouses, carriers: _carriers, issues: _issues, ...row } = rest;
  const ownLines = Map.groupBy(PARTS.pickingLines.rows(pickingLines), ({ picking_id }) => picking_id);
  const sentLines = Map.groupBy(PARTS.shipmentLines.rows(shipmentLines), ({ shipment_id }) => shipment_id);
  return {
    row,
    lines: PARTS.lines.rows(lines).map(({ kind, ...line }) => ({ ...line, is_goods: isGoods(kind) })),
    pickings: PARTS.pickings.rows(pickings).map((picking) => ({ row: picking, lines: ownLines.get(picking.id) ?? [] })),
    shipments: PARTS.shipments
      .rows(shipments)
      .map((shipment) => ({ row: shipment, lines: sentLines.get(shipment.id) ?? [] })),
    reservations: STOCK_PARTS.reservations.rows(reservations ?? null),
    holds: PARTS.holds.rows(holds),
  };
}

/** Orders named by themselves or through a document. */
function orderIdsOf(named: readonly Named[]): Sql {
  const orders = named.flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId]));
  const pickings = named.flatMap(({ pickingId }) => (pickingId === undefined ? [] : [pickingId]));
  const shipments = named.flatMap(({ shipmentId }) => (shipmentId === undefined ? [] : [shipmentId]));
  return sql`select unnest(${orders}::uuid[]) union select order_id from picking where id = any(${pickings}::uuid[])
    union select order_id from shipment where id = any(${shipments}::uuid[])`;
}

async function shipmentNos(tx: Tx, { shipmentNos: count = 0, env, now }: LoadOptions): Promise<string[]> {
  if (count === 0) return [];
  const year = bizDateOf(now, env.company.timeZone).slice(0, 4);
  const rows = await tx.query<{ no: string }>(sql`
    select 'SH-' || ${year}::text || '-' || to_char(nextval('shipment_no'), 'FM999999999000000') as no from generate_series(1, ${count}::int)`);
  return rows.map(({ no }) => no);
}

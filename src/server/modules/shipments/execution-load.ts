/** Loads orders in execution for a set of commands, in one flight: orders locked in id order, then stock rows by key. A fixed number of statements. */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
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

type IssueRow = { id: string; product_id: string; source_id: string };
type HoldColumns = { order_id: string | null; partner_id: string } & Held;

export async function loadExecution(tx: Tx, named: readonly Named[], options: LoadOptions): Promise<Execution> {
  const ids = orderIdsOf(named);
  const nothing = Promise.resolve([]);
  const { stock = false } = options;
  const orders = tx.query<ExecOrderRow>(sql`
    select o.id, o.no, o.partner_id, o.state, o.version, o.delivery_status, o.delivery_address, o.receiver, o.receiver_phone,
      o.gross_amount, o.paid_amount, o.invoiced_amount, o.completed_at, o.state_since
    from sales_order o where o.id in (${ids}) order by o.id for update`);
  const levels = stock
    ? tx.query<StockLevel>(sql`
        select s.product_id, s.warehouse_id, s.on_hand_qty, s.reserved_qty from stock s
        where (s.product_id, s.warehouse_id) in (select l.product_id, p.warehouse_id from picking p join picking_line l on l.picking_id = p.id where p.order_id in (${ids}))
        order by s.product_id, s.warehouse_id for update of s`)
    : nothing;
  const rows = await Promise.all([
    orders,
    levels,
    tx.query<Omit<ExecLine, 'is_goods'> & { kind: string }>(sql`
      select l.order_id, l.line_no, l.partner_id, l.product_id, l.qty, l.picked_qty, l.shipped_qty, l.delivered_qty, l.closed_qty, l.promised_on,
        p.sku, p.unit, p.whole_units, p.kind
      from order_line l join product p on p.id = l.product_id where l.order_id in (${ids}) order by l.order_id, l.line_no`),
    tx.query<PickingRow>(sql`select ${columnsOf(pickingTable)} from picking where order_id in (${ids}) order by id`),
    tx.query<PickingLineRow>(sql`
      select ${columnsOf(pickingLineTable, 'l')} from picking_line l join picking p on p.id = l.picking_id
      where p.order_id in (${ids}) order by l.picking_id, l.line_no`),
    tx.query<ShipmentRow>(sql`select ${columnsOf(shipmentTable)} from shipment where order_id in (${ids}) order by id`),
    tx.query<ShipmentLineRow>(sql`
      select ${columnsOf(shipmentLineTable, 'l')} from shipment_line l join shipment s on s.id = l.shipment_id
      where s.order_id in (${ids}) order by l.shipment_id, l.line_no, l.picking_id`),
    tx.query<HoldColumns>(sql`
      select order_id, partner_id, kind, reason from hold where released_at is null and order_id in (${ids})
      union all
      select order_id, partner_id, kind, reason from hold where released_at is null and order_id is null
        and partner_id in (select o.partner_id from sales_order o where o.id in (${ids}))`),
    tx.query<{ id: string }>(sql`select id from warehouse`),
    tx.query<{ id: string }>(sql`select id from carrier where is_active`),
    stock
      ? tx.query<ReservationRow>(sql`
          select ${columnsOf(reservation)} from reservation where supply_id is null and order_id in (${ids}) order by order_id, line_no, promised_on, id`)
      : nothing,
    stock
      ? tx.query<IssueRow>(sql`
          select m.id, m.product_id, m.source_id from stock_move m join shipment s on s.id = m.source_id
          where m.kind = 'issue' and m.source_type = 'shipment' and s.order_id in (${ids})`)
      : nothing,
    nextPickingNos(tx, options.pickingNos ?? 0, options.env, options.now),
    shipmentNos(tx, options),
  ]);
  return assemble(rows);
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
    select 'SH-' || ${year}::text || '-' || lpad(nextval('shipment_no')::text, 6, '0') as no from generate_series(1, ${count}::int)`);
  return rows.map(({ no }) => no);
}

type Loaded = [
  ExecOrderRow[],
  StockLevel[],
  (Omit<ExecLine, 'is_goods'> & { kind: string })[],
  PickingRow[],
  PickingLineRow[],
  ShipmentRow[],
  ShipmentLineRow[],
  HoldColumns[],
  { id: string }[],
  { id: string }[],
  ReservationRow[],
  IssueRow[],
  string[],
  string[],
];

function assemble(loaded: Loaded): Execution {
  const [orderRows, levels, lines, pickings, pickingLines, shipments, shipmentLines, holds, warehouses, carriers] =
    loaded;
  const [, , , , , , , , , , reservations, issues, pickingNos, numbers] = loaded;
  const orders = new Map<string, ExecOrder>(
    orderRows.map((row) => [row.id, { row, lines: [], pickings: [], shipments: [], reservations: [], holds: [] }]),
  );
  for (const { kind, ...line } of lines) orders.get(line.order_id)?.lines.push({ ...line, is_goods: isGoods(kind) });
  const ownLines = groupBy(pickingLines, ({ picking_id }) => picking_id);
  for (const row of pickings) orders.get(row.order_id)?.pickings.push({ row, lines: ownLines.get(row.id) ?? [] });
  const sentLines = groupBy(shipmentLines, ({ shipment_id }) => shipment_id);
  for (const row of shipments) orders.get(row.order_id)?.shipments.push({ row, lines: sentLines.get(row.id) ?? [] });
  for (const row of reservations) orders.get(row.order_id)?.reservations.push(row);
  for (const { row, holds: own } of orders.values()) {
    own.push(
      ...holds
        .filter((hold) => (hold.order_id === null ? hold.partner_id === row.partner_id : hold.order_id === row.id))
        .map(({ kind, reason }) => ({ kind, reason })),
    );
  }
  return {
    orders,
    stock: new Map(levels.map((level) => [stockKey(level.product_id, level.warehouse_id), level])),
    issues: new Map(issues.map(({ id, product_id, source_id }) => [`${source_id} ${product_id}`, id])),
    warehouses: new Set(warehouses.map(({ id }) => id)),
    carriers: new Set(carriers.map(({ id }) => id)),
    pickingNos,
    shipmentNos: numbers,
    touched: nothingTouched(),
  };
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

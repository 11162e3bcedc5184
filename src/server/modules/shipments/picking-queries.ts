/** Reads of picking lists. */
import type { DeliveryStatus } from '../../../contract/machines/order.ts';
import { pickingMachine, type PickingState, type ShipmentState } from '../../../contract/machines/others.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { join, plannedAnew, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { turn } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import {
  countUpTo,
  type GoodsColumns,
  goodsColumns,
  type PlaceColumns,
  placeColumns,
  productView,
  warehouseView,
} from '../inventory/index.ts';
import { amongMeant, countOf, type DocumentsMeant, documentsMeant } from '../orders/index.ts';
import { pickingGuards } from './picking-rules.ts';
import {
  allowedActions,
  named,
  type OrderColumns,
  orderColumns,
  orderView,
  readHolder,
  readHolds,
  scopeCondition,
} from './view-parts.ts';

const TURN = turn(sql`k.state in ('open', 'picking')`, sql`k.ready_by_on`);

type PickingColumns = OrderColumns &
  PlaceColumns & {
    id: string;
    no: string;
    state: PickingState;
    ready_by_on: string | null;
    line_count: number;
    qty: bigint;
    picked_qty: bigint;
    shipped_qty: bigint;
    started_by: string | null;
    started_by_name: string | null;
    started_at: Date | null;
    ready_at: Date | null;
    created_at: Date;
    short_reason: string | null;
    delivery_address: string | null;
    version: number;
  };

const sums = sql`
  left join lateral (select count(*)::int as line_count, coalesce(sum(l.qty), 0)::bigint as qty, coalesce(sum(l.picked_qty), 0)::bigint as picked_qty, coalesce(sum(l.shipped_qty), 0)::bigint as shipped_qty
    from picking_line l where l.picking_id = k.id) s on true`;
const from = sql`from picking k join sales_order o on o.id = k.order_id join partner b on b.id = k.partner_id join warehouse w on w.id = k.warehouse_id`;
const columns = sql`k.id, k.no, k.state, k.ready_by_on, s.line_count, s.qty, s.picked_qty, s.shipped_qty, k.started_by, u.name as started_by_name, k.started_at, k.ready_at,
  k.created_at, k.short_reason, o.delivery_address, k.version, ${orderColumns}, ${placeColumns}`;

export type PickingFilter = {
  cursor?: string | undefined;
  limit: number;
  q?: string | undefined;
  state?: PickingState | undefined;
  warehouseId?: string | undefined;
  orderId?: string | undefined;
  partnerId?: string | undefined;
  readyByTo?: string | undefined;
  toShip?: 'true' | 'false' | undefined;
  mine?: 'true' | 'false' | undefined;
};
export type Viewer = { actor: Actor; now: Date; env: Env; locale: string };

/** Picking lists: those to be picked by the day on which they must be ready, then the others, the latest first. */
export async function listPickings(tx: Tx, filter: PickingFilter, viewer: Omit<Viewer, 'locale'>) {
  const after = decodeTypedCursor(filter.cursor, ['whole', 'id']);
  const meant = await documentsMeant(tx, filter.q, NUMBERS, viewer);
  const where = join(conditionsOf(filter, meant, viewer.actor), ' and ');
  const page = after === null ? sql`true` : sql`(${TURN}, k.id) > (${after[0]}::bigint, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    tx.query<PickingColumns & { turn: number }>(
      plannedAnew(sql`
      select ${columns}, ${TURN} as turn ${from} ${sums} left join app_user u on u.id = k.started_by where ${where} and ${page}
      order by ${TURN}, k.id limit ${filter.limit + 1}`),
    ),
    after === null ? countUpTo(tx, sql`from picking k where ${where}`) : undefined,
  ]);
  const today = bizDateOf(viewer.now, viewer.env.company.timeZone);
  return pageOf(
    rows,
    filter.limit,
    (row) => pickingItem(row, today),
    (row) => [String(row.turn), row.id],
    countOf(total, meant),
  );
}

const NUMBERS = { table: sql`picking`, numbers: [{ column: sql`no`, prefix: 'PK' }] };
/** Where something may lie ready that has not left: of the others no picking list is looked at. */
const UNDER_WAY: readonly DeliveryStatus[] = ['preparing', 'ready', 'part_shipped', 'part_delivered'];

function conditionsOf(filter: PickingFilter, meant: DocumentsMeant | null, actor: Actor): Sql[] {
  const conditions = [scopeCondition(actor, sql`k.partner_id`)];
  if (meant !== null) conditions.push(amongMeant(sql`k`, meant));
  if (filter.state !== undefined) conditions.push(sql`k.state = ${filter.state}`);
  if (filter.warehouseId !== undefined) conditions.push(sql`k.warehouse_id = ${filter.warehouseId}`);
  if (filter.orderId !== undefined) conditions.push(sql`k.order_id = ${filter.orderId}`);
  if (filter.partnerId !== undefined) conditions.push(sql`k.partner_id = ${filter.partnerId}`);
  if (filter.readyByTo !== undefined) conditions.push(sql`k.ready_by_on <= ${filter.readyByTo}`);
  const toShip = sql`(k.state = 'ready' and exists (select from picking_line l where l.picking_id = k.id and l.picked_qty > l.shipped_qty))`;
  if (filter.toShip === 'true')
    conditions.push(
      sql`k.order_id in (select x.id from sales_order x where x.delivery_status = any(${UNDER_WAY}::text[])) and ${toShip}`,
    );
  if (filter.toShip === 'false') conditions.push(sql`not ${toShip}`);
  if (filter.mine === 'true') conditions.push(sql`k.state = 'picking' and k.started_by = ${actor.userId}`);
  if (filter.mine === 'false')
    conditions.push(sql`(k.state <> 'picking' or k.started_by is distinct from ${actor.userId})`);
  return conditions;
}

const pickingItem = (row: PickingColumns, today: string) => ({
  id: row.id,
  no: row.no,
  state: row.state,
  order: orderView(row),
  warehouse: warehouseView(row),
  readyByOn: row.ready_by_on,
  isLate: (row.state === 'open' || row.state === 'picking') && row.ready_by_on !== null && row.ready_by_on < today,
  lineCount: row.line_count,
  qty: formatQty(row.qty),
  pickedQty: formatQty(row.picked_qty),
  shippedQty: formatQty(row.shipped_qty),
  startedBy: named(row.started_by, row.started_by_name),
  startedAt: row.started_at?.toISOString() ?? null,
  readyAt: row.ready_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

type LineColumns = GoodsColumns & {
  line_no: number;
  line_unit: string;
  note: string | null;
  qty: bigint;
  picked_qty: bigint;
  shipped_qty: bigint;
};

/** One picking list with lines, holder and what may be done. Refuses picking.not_found. */
export async function readPicking(tx: Tx, id: string, viewer: Viewer) {
  const [rows, lines, shipments, holder] = await Promise.all([
    tx.query<PickingColumns>(sql`
      select ${columns} ${from} ${sums} left join app_user u on u.id = k.started_by where k.id = ${id} and ${scopeCondition(viewer.actor, sql`k.partner_id`)}`),
    tx.query<LineColumns>(sql`
      select l.line_no, ol.unit as line_unit, ol.note, l.qty, l.picked_qty, l.shipped_qty, ${goodsColumns}
      from picking_line l join product p on p.id = l.product_id join order_line ol on ol.order_id = l.order_id and ol.line_no = l.line_no
      where l.picking_id = ${id} order by l.line_no`),
    tx.query<{ id: string; no: string; state: ShipmentState }>(sql`
      select s.id, s.no, s.state from shipment s where s.id in (select shipment_id from shipment_line where picking_id = ${id}) order by s.id`),
    readHolder(tx, id),
  ]);
  const row = rows[0];
  if (row === undefined) throw refuse('picking.not_found');
  const holds = await readHolds(tx, row.order_id);
  const facts = { orderState: row.order_state, holds, hasShipped: row.shipped_qty > 0n };
  const primary = row.state === 'open' ? 'start' : row.state === 'picking' ? 'finish' : undefined;
  return {
    ...pickingItem(row, bizDateOf(viewer.now, viewer.env.company.timeZone)),
    shortReason: row.short_reason,
    deliveryAddress: row.delivery_address,
    lines: lines.map((line) => ({
      lineNo: line.line_no,
      product: productView(line),
      unit: line.line_unit,
      qty: formatQty(line.qty),
      pickedQty: formatQty(line.picked_qty),
      shippedQty: formatQty(line.shipped_qty),
      note: line.note,
    })),
    shipments,
    holder,
    allowedActions: allowedActions(
      pickingMachine.rows,
      row.state,
      { actor: viewer.actor, locale: viewer.locale, primary },
      (action) => pickingMachine.refusals(action, row.state, pickingGuards, facts),
    ),
  };
}

/** Reads of shipments. Partners see their own, without internal notes and without the people of the company. */
import { type ShipmentState, shipmentMachine } from '../../../contract/machines/others.ts';
import { addDays, bizDateOf, startOfDay } from '../../kernel/biz-date.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { join, plannedAnew, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
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
import type { Viewer } from './picking-queries.ts';
import { type ShipmentFacts, shipmentGuards } from './shipment-rules.ts';
import {
  allowedActions,
  named,
  type OrderColumns,
  orderColumns,
  orderView,
  readHolder,
  scopeCondition,
} from './view-parts.ts';

type ShipmentColumns = OrderColumns &
  PlaceColumns & {
    id: string;
    no: string;
    state: ShipmentState;
    carrier_id: string | null;
    carrier_name: string | null;
    carrier_name_en: string | null;
    waybill_no: string | null;
    missing_data_reason: string | null;
    shipped_at: Date;
    expected_on: string | null;
    delivery_address: string | null;
    receiver: string | null;
    receiver_phone: string | null;
    delivered_at: Date | null;
    received_by: string | null;
    receipt_note: string | null;
    note: string | null;
    has_exception: boolean;
    last_news_at: Date;
    line_count: number;
    qty: bigint;
    difference_qty: bigint;
    version: number;
  };

const sums = sql`
  left join lateral (select count(distinct l.line_no)::int as line_count, coalesce(sum(l.qty), 0)::bigint as qty,
      coalesce(sum(case when l.received_qty is null then 0 else l.qty - l.received_qty - l.lost_qty end), 0)::bigint as difference_qty
    from shipment_line l where l.shipment_id = h.id) s on true`;
const from = sql`from shipment h join sales_order o on o.id = h.order_id join partner b on b.id = h.partner_id join warehouse w on w.id = h.warehouse_id`;
const columns = sql`h.id, h.no, h.state, h.carrier_id, c.name as carrier_name, c.name_en as carrier_name_en, h.waybill_no, h.missing_data_reason, h.shipped_at, h.expected_on, h.delivery_address, h.receiver,
  h.receiver_phone, h.delivered_at, h.received_by, h.receipt_note, h.note, h.has_exception, h.last_news_at, s.line_count, s.qty, s.difference_qty, h.version, ${orderColumns}, ${placeColumns}`;
const carrier = sql`left join carrier c on c.id = h.carrier_id`;

export type ShipmentFilter = {
  cursor?: string | undefined;
  limit: number;
  q?: string | undefined;
  state?: ShipmentState | undefined;
  orderId?: string | undefined;
  partnerId?: string | undefined;
  warehouseId?: string | undefined;
  carrierId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  late?: 'true' | 'false' | undefined;
  exception?: 'true' | 'false' | undefined;
};

const NUMBERS = {
  table: sql`shipment`,
  numbers: [{ column: sql`no`, prefix: 'SH' }, { column: sql`waybill_no` }],
};

/** Shipments, newest first. */
export async function listShipments(tx: Tx, filter: ShipmentFilter, viewer: Omit<Viewer, 'locale'>) {
  const after = decodeTypedCursor(filter.cursor, ['id']);
  const today = bizDateOf(viewer.now, viewer.env.company.timeZone);
  const meant = await documentsMeant(tx, filter.q, NUMBERS, viewer);
  const where = join(conditionsOf(filter, meant, viewer, today), ' and ');
  const [rows, total] = await Promise.all([
    tx.query<ShipmentColumns>(
      plannedAnew(sql`
      select ${columns} ${from} ${carrier} ${sums} where ${where} and ${after === null ? sql`true` : sql`h.id < ${after[0]}::uuid`}
      order by h.id desc limit ${filter.limit + 1}`),
    ),
    after === null ? countUpTo(tx, sql`from shipment h where ${where}`) : undefined,
  ]);
  return pageOf(
    rows,
    filter.limit,
    (row) => shipmentItem(row, today),
    (row) => [row.id],
    countOf(total, meant),
  );
}

function conditionsOf(
  filter: ShipmentFilter,
  meant: DocumentsMeant | null,
  { actor, env }: Omit<Viewer, 'locale'>,
  today: string,
): Sql[] {
  const { timeZone } = env.company;
  const conditions = [scopeCondition(actor, sql`h.partner_id`)];
  if (meant !== null) conditions.push(amongMeant(sql`h`, meant));
  if (filter.state !== undefined) conditions.push(sql`h.state = ${filter.state}`);
  if (filter.orderId !== undefined) conditions.push(sql`h.order_id = ${filter.orderId}`);
  if (filter.partnerId !== undefined) conditions.push(sql`h.partner_id = ${filter.partnerId}`);
  if (filter.warehouseId !== undefined) conditions.push(sql`h.warehouse_id = ${filter.warehouseId}`);
  if (filter.carrierId !== undefined) conditions.push(sql`h.carrier_id = ${filter.carrierId}`);
  if (filter.from !== undefined) conditions.push(sql`h.shipped_at >= ${startOfDay(filter.from, timeZone)}`);
  if (filter.to !== undefined) conditions.push(sql`h.shipped_at < ${startOfDay(addDays(filter.to, 1), timeZone)}`);
  if (filter.late === 'true') conditions.push(sql`h.state = 'shipped' and h.expected_on < ${today}`);
  if (filter.late === 'false')
    conditions.push(sql`not coalesce(h.state = 'shipped' and h.expected_on < ${today}, false)`);
  if (filter.exception !== undefined)
    conditions.push(filter.exception === 'true' ? sql`h.has_exception` : sql`not h.has_exception`);
  return conditions;
}

const shipmentItem = (row: ShipmentColumns, today: string) => ({
  id: row.id,
  no: row.no,
  state: row.state,
  order: orderView(row),
  warehouse: warehouseView(row),
  carrier:
    row.carrier_id === null ? null : { id: row.carrier_id, name: row.carrier_name ?? '', nameEn: row.carrier_name_en },
  waybillNo: row.waybill_no,
  shippedAt: row.shipped_at.toISOString(),
  expectedOn: row.expected_on,
  deliveredAt: row.delivered_at?.toISOString() ?? null,
  isLate: row.state === 'shipped' && row.expected_on !== null && row.expected_on < today,
  hasException: row.has_exception,
  hasDifference: row.difference_qty > 0n,
  lastNewsAt: row.last_news_at.toISOString(),
  lineCount: row.line_count,
  qty: formatQty(row.qty),
  version: row.version,
});

type LineColumns = GoodsColumns & {
  line_no: number;
  line_unit: string;
  qty: bigint;
  received_qty: bigint | null;
  lost_qty: bigint;
  has_room: boolean;
};
type TrackingColumns = {
  id: string;
  at: Date;
  kind: 'progress' | 'exception' | 'settled';
  exception_kind: 'late' | 'damaged' | 'lost' | 'refused' | 'short' | 'other' | null;
  place: string | null;
  note: string;
  new_expected_on: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  recorded_by_name: string | null;
};

const readLines = (tx: Tx, id: string) =>
  tx.query<LineColumns>(sql`
    select l.line_no, ol.unit as line_unit, sum(l.qty)::bigint as qty, sum(l.received_qty)::bigint as received_qty, sum(l.lost_qty)::bigint as lost_qty,
      bool_and(ol.picked_qty + ol.shipped_qty + ol.closed_qty + l.lost_qty <= ol.qty) as has_room, ${goodsColumns}
    from shipment_line l join product p on p.id = l.product_id join order_line ol on ol.order_id = l.order_id and ol.line_no = l.line_no
    where l.shipment_id = ${id} group by l.line_no, ol.unit, p.id order by l.line_no`);

const readRow = (tx: Tx, id: string, viewer: Viewer) =>
  tx.query<ShipmentColumns>(sql`
    select ${columns} ${from} ${carrier} ${sums} where h.id = ${id} and ${scopeCondition(viewer.actor, sql`h.partner_id`)}`);

/** One shipment with lines, tracking, holder and what may be done. Refuses shipment.not_found, also for another partner's. */
export async function readShipment(tx: Tx, id: string, viewer: Viewer) {
  const forPartner = viewer.actor.partnerId !== null;
  const [rows, lines, tracking, holder] = await Promise.all([
    readRow(tx, id, viewer),
    readLines(tx, id),
    tx.query<TrackingColumns>(sql`
      select t.id, t.at, t.kind, t.exception_kind, t.place, t.note, t.new_expected_on, t.recorded_at, t.recorded_by, u.name as recorded_by_name
      from tracking_event t left join app_user u on u.id = t.recorded_by where t.shipment_id = ${id} order by t.at, t.id`),
    readHolder(tx, id),
  ]);
  const row = rows[0];
  if (row === undefined) throw refuse('shipment.not_found');
  return {
    ...shipmentItem(row, bizDateOf(viewer.now, viewer.env.company.timeZone)),
    missingDataReason: forPartner ? null : row.missing_data_reason,
    deliveryAddress: row.delivery_address,
    receiver: row.receiver,
    receiverPhone: row.receiver_phone,
    receivedBy: row.received_by,
    receiptNote: row.receipt_note,
    note: forPartner ? null : row.note,
    lines: lines.map(lineView),
    tracking: tracking.map((event) => ({
      id: event.id,
      at: event.at.toISOString(),
      kind: event.kind,
      exceptionKind: event.exception_kind,
      place: event.place,
      note: event.note,
      newExpectedOn: event.new_expected_on,
      recordedAt: event.recorded_at.toISOString(),
      ...(forPartner ? {} : { recordedBy: named(event.recorded_by, event.recorded_by_name) }),
    })),
    holder: forPartner ? null : holder,
    allowedActions: actionsOf(row, lines, viewer),
  };
}

const lineView = (line: LineColumns) => ({
  lineNo: line.line_no,
  product: productView(line),
  unit: line.line_unit,
  qty: formatQty(line.qty),
  receivedQty: line.received_qty === null ? null : formatQty(line.received_qty),
  lostQty: formatQty(line.lost_qty),
});

function actionsOf(row: ShipmentColumns, lines: readonly LineColumns[], { actor, locale }: Viewer) {
  const facts: ShipmentFacts = {
    orderState: row.order_state,
    openDifference: row.difference_qty,
    restInUse: lines.some(({ has_room }) => !has_room),
  };
  const primary = row.state === 'shipped' ? 'deliver' : row.difference_qty > 0n ? 'settleDifference' : undefined;
  return allowedActions(shipmentMachine.rows, row.state, { actor, locale, primary }, (action) =>
    shipmentMachine.refusals(action, row.state, shipmentGuards, facts),
  );
}

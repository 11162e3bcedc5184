/**
 * Orders in execution, as the decisions on picking and shipping see them: rows of a batch, locked, that commands change in place, one after
 * the other, so that the second one sees what the first one did. What is touched is noted and written by execution-save.ts.
 * A decision checks first and changes afterwards: a refused command leaves no trace.
 */
import type { CaseColumns } from '../../platform/pipeline/policy-book.ts';
import type { DeliveryStatus, HoldKind, OrderState } from '../../../contract/machines/order.ts';
import { Refused, refuse } from '../../kernel/refusal.ts';
import type { Actor, Answer, Command, Decision, NewEvent, TaskChange } from '../../platform/pipeline/types.ts';
import { inScope } from '../../platform/pipeline/scope.ts';
import type { StockLevel, StockMoveRow } from '../inventory/index.ts';
import { deliveryStatus } from '../orders/delivery-status.ts';
import type { ReservationRow } from '../orders/index.ts';
import type { PickingLineRow, PickingRow, ShipmentLineRow, ShipmentRow, TrackingRow } from './shipment-tables.ts';

export type ExecOrderRow = {
  id: string;
  no: string;
  partner_id: string;
  state: OrderState;
  version: number;
  delivery_status: DeliveryStatus;
  delivery_address: string | null;
  receiver: string | null;
  receiver_phone: string | null;
  gross_amount: bigint;
  paid_amount: bigint;
  invoiced_amount: bigint;
  completed_at: Date | null;
  state_since: Date;
} & CaseColumns;
export type ExecLine = {
  order_id: string;
  line_no: number;
  partner_id: string;
  product_id: string;
  qty: bigint;
  picked_qty: bigint;
  shipped_qty: bigint;
  delivered_qty: bigint;
  closed_qty: bigint;
  promised_on: string | null;
  sku: string;
  unit: string;
  whole_units: boolean;
  is_goods: boolean;
};
export type Picking = { row: PickingRow; lines: PickingLineRow[] };
export type Shipment = { row: ShipmentRow; lines: ShipmentLineRow[] };
export type ExecOrder = {
  row: ExecOrderRow;
  lines: ExecLine[];
  pickings: Picking[];
  shipments: Shipment[];
  /** Those on stock; filled only when stock is loaded. */
  reservations: ReservationRow[];
  /** The live holds on it and on its partner. */
  holds: Held[];
};

/** A live hold. The reason is a code of the contract where the product placed it, otherwise what a person wrote. */
export type Held = { kind: HoldKind; reason: string };

export type Execution = {
  orders: Map<string, ExecOrder>;
  /** Stock rows by {@link stockKey}; filled only when stock is loaded. */
  stock: Map<string, StockLevel>;
  /** The goods issue of each shipment and product: `${shipmentId} ${productId}` → movement id. */
  issues: Map<string, string>;
  warehouses: Set<string>;
  carriers: Set<string>;
  pickingNos: string[];
  shipmentNos: string[];
  touched: Touched;
};

/** What has to be written. Rows are held by reference: their last value counts. */
export type Touched = {
  orders: Set<ExecOrderRow>;
  lines: Set<ExecLine>;
  pickings: Set<PickingRow>;
  newPickings: Set<PickingRow>;
  pickingLines: Set<PickingLineRow>;
  newPickingLines: Set<PickingLineRow>;
  goneLines: Set<PickingLineRow>;
  shipments: Set<ShipmentRow>;
  newShipments: Set<ShipmentRow>;
  shipmentLines: Set<ShipmentLineRow>;
  newShipmentLines: Set<ShipmentLineRow>;
  tracking: Set<TrackingRow>;
  reservations: Set<ReservationRow>;
  newReservations: Set<ReservationRow>;
  stock: Set<StockLevel>;
  moves: Set<StockMoveRow>;
};

export const nothingTouched = (): Touched => ({
  orders: new Set(),
  lines: new Set(),
  pickings: new Set(),
  newPickings: new Set(),
  pickingLines: new Set(),
  newPickingLines: new Set(),
  goneLines: new Set(),
  shipments: new Set(),
  newShipments: new Set(),
  shipmentLines: new Set(),
  newShipmentLines: new Set(),
  tracking: new Set(),
  reservations: new Set(),
  newReservations: new Set(),
  stock: new Set(),
  moves: new Set(),
});

export const stockKey = (productId: string, warehouseId: string) => `${productId} ${warehouseId}`;

export function requireOrder(state: Execution, actor: Actor, id: string): ExecOrder {
  const order = state.orders.get(id);
  if (order === undefined || !inScope(actor, order.row.partner_id)) throw refuse('order.not_found');
  return order;
}

/** The picking list with its order, at the version that the caller has seen. */
export function requirePicking(
  state: Execution,
  command: Command<unknown>,
  id: string,
): { order: ExecOrder; picking: Picking } {
  for (const order of state.orders.values()) {
    const picking = order.pickings.find(({ row }) => row.id === id);
    if (picking === undefined || !inScope(command.actor, order.row.partner_id)) continue;
    requireSameVersion(command, picking.row);
    return { order, picking };
  }
  throw refuse('picking.not_found');
}

/** The shipment with its order, at the version that the caller has seen. */
export function requireShipment(
  state: Execution,
  command: Command<unknown>,
  id: string,
): { order: ExecOrder; shipment: Shipment } {
  for (const order of state.orders.values()) {
    const shipment = order.shipments.find(({ row }) => row.id === id);
    if (shipment === undefined || !inScope(command.actor, order.row.partner_id)) continue;
    requireSameVersion(command, shipment.row);
    return { order, shipment };
  }
  throw refuse('shipment.not_found');
}

function requireSameVersion({ expectedVersion }: Command<unknown>, { version }: { version: number }): void {
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw refuse('request.version_stale', { version: String(version) });
}

export function requireLine(order: ExecOrder, lineNo: number, field: string): ExecLine {
  const line = order.lines.find(({ line_no }) => line_no === lineNo);
  if (line === undefined) throw refuse('line.not_found', { lineNo: String(lineNo) }, field);
  return line;
}

/** Refuses a list that names a line twice: which of the two should count? */
export function requireOnce(lines: readonly { lineNo: number }[]): void {
  const seen = new Set<number>();
  for (const { lineNo } of lines) {
    if (seen.has(lineNo)) throw refuse('field.invalid', { lineNo: String(lineNo) }, 'lines');
    seen.add(lineNo);
  }
}

/** Writes an event of the order: version up by one, delivery status worked out anew. */
export function orderEvent(
  state: Execution,
  order: ExecOrder,
  type: string,
  payload: Record<string, unknown>,
): NewEvent {
  const { row } = order;
  row.version += 1;
  row.delivery_status = deliveryStatus(
    order.lines,
    order.pickings.map((picking) => picking.row),
  );
  state.touched.orders.add(row);
  return {
    documentType: 'order',
    documentId: row.id,
    documentNo: row.no,
    version: row.version,
    type,
    partnerId: row.partner_id,
    payload: { ...payload, deliveryStatus: row.delivery_status },
  };
}

/** An event of a shipment: version up by one. */
export function shipmentEvent(
  state: Execution,
  { row }: Shipment,
  type: string,
  payload: Record<string, unknown> = {},
): NewEvent {
  row.version += 1;
  state.touched.shipments.add(row);
  return shipmentEventOf(row, type, payload);
}

/** An event of a shipment at the version that its row carries. */
export const shipmentEventOf = (row: ShipmentRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'shipment',
  documentId: row.id,
  documentNo: row.no,
  version: row.version,
  type,
  partnerId: row.partner_id,
  payload: { orderId: row.order_id, warehouseId: row.warehouse_id, ...payload },
});

type Document = { id: string; no: string; state: string; version: number };

/** The answer of a step: the document after it and where its order stands. */
export const resultOf = (
  document: Document,
  { row }: ExecOrder,
  also: { id: string; no: string; kind: string }[] = [],
  status = 200,
): Answer => ({
  status,
  body: {
    id: document.id,
    no: document.no,
    state: document.state,
    version: document.version,
    order: { id: row.id, no: row.no, state: row.state, version: row.version, deliveryStatus: row.delivery_status },
    also,
  },
  etag: document.version,
});

type Work<C> = { events: NewEvent[]; tasks: TaskChange[]; answer?: Answer; change?: C };

/** Runs a decision that throws its refusals. With `change` the answer is made after saving, without it the decision gives the answer. */
export function decided(work: () => Work<null> & { answer: Answer }): Decision<null>;
export function decided<C>(work: () => Work<C> & { change: C }): Decision<C>;
export function decided<C>(work: () => Work<C>): Decision<C | null> {
  try {
    const { change, ...rest } = work();
    return { ok: true, change: change ?? null, ...rest };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusals: error.refusals };
    throw error;
  }
}

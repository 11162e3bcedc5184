/**
 * Goods leave a warehouse: shipment, goods issue, reservation, order lines and picking lists change in one transaction. Part shipments: what
 * is not named stays ready. Source: R5.2.
 */
import { newId } from '../kernel/ids.ts';
import { formatQty } from '../kernel/qty.ts';
import { refuse, refuseIf } from '../kernel/refusal.ts';
import { defineBatch } from '../platform/pipeline/define.ts';
import type { Command, Env, NewEvent, TaskChange } from '../platform/pipeline/types.ts';
import { moveOf } from '../modules/inventory/index.ts';
import {
  dataRefusal,
  decided,
  type ExecOrder,
  type Execution,
  holdRefusal,
  loadExecution,
  notInEffect,
  orderEvent,
  pickingEvent,
  type Portion,
  portionsToShip,
  requireArrival,
  requireLine,
  requireOrder,
  requireTimes,
  resultOf,
  saveExecution,
  type Shipment,
  type ShippingData,
  shipmentEventOf,
  stockKey,
  trackTask,
} from '../modules/shipments/index.ts';

export type CreateShipment = ShippingData & {
  orderId: string;
  warehouseId: string;
  /** null: everything that stands ready in the warehouse. */
  lines: readonly { lineNo: number; qty: bigint }[] | null;
  shippedAt: Date;
  note: string | null;
};

export const createShipment = defineBatch<CreateShipment, Execution, null>({
  name: 'shipment.create',
  refuses: [
    'order.not_found',
    'order.wrong_state',
    'order.hold',
    'warehouse.not_found',
    'carrier.not_found',
    'shipment.nothing_ready',
    'shipment.exceeds_ready',
    'shipment.data_missing',
    'shipment.time_order',
    'line.not_found',
    'field.invalid',
    'stock.qty_whole',
    'stock.insufficient',
  ],
  maxBatch: 256,
  load: (tx, commands, env) =>
    loadExecution(
      tx,
      commands.map(({ input }) => ({ orderId: input.orderId })),
      { env, now: commands[0]?.now ?? new Date(0), stock: true, shipmentNos: commands.length },
    ),
  decide: (state, command, env) =>
    decided(() => {
      const order = requireOrder(state, command.actor, command.input.orderId);
      const portions = check(state, command, env, order);
      return dispatch(state, command, env, order, portions);
    }),
  save: saveExecution,
  savesAtOnce: true,
});

function check(state: Execution, { input, now }: Command<CreateShipment>, env: Env, order: ExecOrder): Portion[] {
  refuseIf([notInEffect(order.row.state), holdRefusal(order.holds, 'ship')].filter((refusal) => refusal !== null));
  if (!state.warehouses.has(input.warehouseId)) throw refuse('warehouse.not_found', undefined, 'warehouseId');
  if (input.carrierId !== null && !state.carriers.has(input.carrierId))
    throw refuse('carrier.not_found', undefined, 'carrierId');
  refuseIf([dataRefusal(input)].filter((refusal) => refusal !== null));
  requireTimes(input.shippedAt, now, 'shippedAt');
  requireArrival(input.expectedOn, input.shippedAt, env.company.timeZone, 'expectedOn');
  const portions = portionsToShip(order, input.warehouseId, input.lines);
  for (const [lineNo, qty] of byLine(portions)) requireReserved(state, order, input.warehouseId, lineNo, qty);
  return portions;
}

/** What leaves must be reserved for this line and lie in the warehouse: it is, unless the books are wrong. */
function requireReserved(state: Execution, order: ExecOrder, warehouseId: string, lineNo: number, qty: bigint): void {
  const reserved = reservedFor(order, warehouseId, lineNo).reduce((sum, row) => sum + row.qty, 0n);
  const level = state.stock.get(stockKey(requireLine(order, lineNo, 'lines').product_id, warehouseId));
  if (reserved < qty || level === undefined || level.reserved_qty < qty)
    throw refuse('stock.insufficient', { lineNo: String(lineNo) }, 'lines');
}

const reservedFor = (order: ExecOrder, warehouseId: string, lineNo: number) =>
  order.reservations.filter((row) => row.line_no === lineNo && row.warehouse_id === warehouseId);

function byLine(portions: readonly Portion[]): Map<number, bigint> {
  const lines = new Map<number, bigint>();
  for (const { line, qty } of portions) lines.set(line.line_no, (lines.get(line.line_no) ?? 0n) + qty);
  return lines;
}

function dispatch(state: Execution, command: Command<CreateShipment>, env: Env, order: ExecOrder, portions: Portion[]) {
  const shipment = newShipment(state, command, order, portions);
  issueGoods(state, command, order, shipment, byLine(portions));
  const { row } = shipment;
  const events: NewEvent[] = [
    shipmentEventOf(row, 'shipment.shipped', {
      orderNo: order.row.no,
      carrierId: row.carrier_id,
      waybillNo: row.waybill_no,
      shippedAt: row.shipped_at.toISOString(),
      expectedOn: row.expected_on,
      dataMissing: row.missing_data_reason !== null,
      lines: [...byLine(portions)].map(([lineNo, qty]) => ({ lineNo, qty: formatQty(qty) })),
    }),
  ];
  const tasks: TaskChange[] = [trackTask(row, order.row, env, command.now)];
  for (const picking of new Set(portions.map((portion) => portion.picking))) {
    picking.row.version += 1;
    state.touched.pickings.add(picking.row);
    events.push(pickingEvent(picking.row, 'picking.shipped', { shipmentId: row.id, shipmentNo: row.no }));
    if (picking.lines.every(({ picked_qty, shipped_qty }) => picked_qty === shipped_qty))
      tasks.push({ closeOf: picking.row.id });
  }
  events.push(
    orderEvent(state, order, 'order.shipped', {
      shipmentId: row.id,
      shipmentNo: row.no,
      waybillNo: row.waybill_no,
      expectedOn: row.expected_on,
    }),
  );
  return { events, tasks, answer: resultOf(row, order, [], 201) };
}

function newShipment(
  state: Execution,
  { input, actor, now }: Command<CreateShipment>,
  order: ExecOrder,
  portions: Portion[],
): Shipment {
  const no = state.shipmentNos.shift();
  if (no === undefined) throw new RangeError('no shipment number left');
  const row: Shipment['row'] = {
    id: newId(now),
    no,
    order_id: order.row.id,
    partner_id: order.row.partner_id,
    warehouse_id: input.warehouseId,
    state: 'shipped',
    carrier_id: input.carrierId,
    waybill_no: input.waybillNo,
    missing_data_reason: input.missingDataReason,
    shipped_at: input.shippedAt,
    expected_on: input.expectedOn,
    delivery_address: order.row.delivery_address,
    receiver: order.row.receiver,
    receiver_phone: order.row.receiver_phone,
    delivered_at: null,
    received_by: null,
    receipt_note: null,
    note: input.note,
    has_exception: false,
    last_news_at: input.shippedAt,
    created_by: actor.kind === 'system' ? null : actor.userId,
    version: 1,
    created_at: now,
  };
  const lines = portions.map(({ picking, line, qty }) => ({
    shipment_id: row.id,
    picking_id: picking.row.id,
    order_id: order.row.id,
    line_no: line.line_no,
    partner_id: order.row.partner_id,
    product_id: line.product_id,
    qty,
    received_qty: null,
    lost_qty: 0n,
  }));
  for (const { line, qty } of portions) {
    line.shipped_qty += qty;
    state.touched.pickingLines.add(line);
  }
  const shipment = { row, lines };
  order.shipments.push(shipment);
  state.touched.newShipments.add(row);
  for (const line of lines) state.touched.newShipmentLines.add(line);
  return shipment;
}

/** Reservation used up, stock down, a movement for each product, order lines on. */
function issueGoods(
  state: Execution,
  command: Command<CreateShipment>,
  order: ExecOrder,
  { row }: Shipment,
  lines: Map<number, bigint>,
): void {
  const issued = new Map<string, bigint>();
  for (const [lineNo, qty] of lines) {
    const line = requireLine(order, lineNo, 'lines');
    line.picked_qty -= qty;
    line.shipped_qty += qty;
    state.touched.lines.add(line);
    issued.set(line.product_id, (issued.get(line.product_id) ?? 0n) + qty);
    let open = qty;
    for (const reservation of reservedFor(order, row.warehouse_id, lineNo)) {
      const part = reservation.qty < open ? reservation.qty : open;
      if (part === 0n) continue;
      reservation.qty -= part;
      open -= part;
      state.touched.reservations.add(reservation);
    }
  }
  for (const [productId, qty] of issued) {
    const level = state.stock.get(stockKey(productId, row.warehouse_id));
    if (level === undefined) continue;
    level.on_hand_qty -= qty;
    level.reserved_qty -= qty;
    state.touched.stock.add(level);
    const move = moveOf(command, {
      productId,
      warehouseId: row.warehouse_id,
      kind: 'issue',
      qty: -qty,
      source_type: 'shipment',
      source_id: row.id,
      note: null,
    });
    state.touched.moves.add(move);
    state.issues.set(`${row.id} ${productId}`, move.id);
  }
}

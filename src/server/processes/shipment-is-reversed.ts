/** Goods come back undelivered: stock, reservation, order lines and picking lists are as before the dispatch. Source: R5.2. */
import { shipmentMachine } from '../../contract/machines/others.ts';
import { bizDateOf } from '../kernel/biz-date.ts';
import { newId } from '../kernel/ids.ts';
import { refuse, refuseIf } from '../kernel/refusal.ts';
import { defineBatch } from '../platform/pipeline/define.ts';
import type { Command, Env, NewEvent, TaskChange } from '../platform/pipeline/types.ts';
import { moveOf } from '../modules/inventory/index.ts';
import {
  arrangeTask,
  decided,
  type ExecOrder,
  type Execution,
  loadExecution,
  orderEvent,
  pickingEvent,
  requireLine,
  requireShipment,
  resultOf,
  saveExecution,
  type Shipment,
  shipmentEvent,
  shipmentFacts,
  shipmentGuards,
  stockKey,
} from '../modules/shipments/index.ts';

export type ReverseShipment = { shipmentId: string; reason: string };

export const reverseShipment = defineBatch<ReverseShipment, Execution, null>({
  name: 'shipment.reverse',
  refuses: ['shipment.not_found', 'shipment.wrong_state', 'order.wrong_state', 'request.version_stale'],
  maxBatch: 256,
  load: (tx, commands, env) =>
    loadExecution(
      tx,
      commands.map(({ input }) => ({ shipmentId: input.shipmentId })),
      { env, now: commands[0]?.now ?? new Date(0), stock: true },
    ),
  decide: (state, command, env) =>
    decided(() => {
      const { order, shipment } = requireShipment(state, command, command.input.shipmentId);
      const { row } = shipment;
      refuseIf(shipmentMachine.refusals('reverse', row.state, shipmentGuards, shipmentFacts(order, shipment)));
      takeBack(state, command, env, order, shipment);
      row.state = 'reversed';
      row.has_exception = false;
      const { reason } = command.input;
      const events: NewEvent[] = [shipmentEvent(state, shipment, 'shipment.reversed', { reason })];
      const tasks: TaskChange[] = [{ closeOf: row.id }];
      for (const picking of order.pickings.filter((each) =>
        shipment.lines.some(({ picking_id }) => picking_id === each.row.id),
      )) {
        picking.row.version += 1;
        state.touched.pickings.add(picking.row);
        events.push(pickingEvent(picking.row, 'picking.returned', { shipmentId: row.id, shipmentNo: row.no }));
        tasks.push({ closeOf: picking.row.id }, arrangeTask(picking.row, order.row, env, command.now));
      }
      events.push(
        orderEvent(state, order, 'order.shipment_reversed', { shipmentId: row.id, shipmentNo: row.no, reason }),
      );
      return { events, tasks, answer: resultOf(row, order) };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

function takeBack(
  state: Execution,
  command: Command<ReverseShipment>,
  env: Env,
  order: ExecOrder,
  { row, lines }: Shipment,
): void {
  const back = new Map<string, bigint>();
  for (const { picking_id, line_no, product_id, qty } of lines) {
    const orderLine = requireLine(order, line_no, 'lines');
    orderLine.shipped_qty -= qty;
    orderLine.picked_qty += qty;
    state.touched.lines.add(orderLine);
    const pickingLine = order.pickings
      .find((each) => each.row.id === picking_id)
      ?.lines.find((line) => line.line_no === line_no);
    if (pickingLine === undefined) throw refuse('line.not_found', { lineNo: String(line_no) });
    pickingLine.shipped_qty -= qty;
    state.touched.pickingLines.add(pickingLine);
    back.set(product_id, (back.get(product_id) ?? 0n) + qty);
    reserveAgain(state, command, env, order, {
      lineNo: line_no,
      productId: product_id,
      warehouseId: row.warehouse_id,
      qty,
    });
  }
  for (const [productId, qty] of back) {
    const level = state.stock.get(stockKey(productId, row.warehouse_id));
    const issue = state.issues.get(`${row.id} ${productId}`);
    if (level === undefined || issue === undefined) throw refuse('stock.not_found');
    level.on_hand_qty += qty;
    level.reserved_qty += qty;
    state.touched.stock.add(level);
    const place = { productId, warehouseId: row.warehouse_id };
    const source = { source_type: 'shipment', source_id: row.id, note: command.input.reason };
    state.touched.moves.add(moveOf(command, { ...place, ...source, kind: 'issue_back', qty, reverses: issue }));
  }
}

type Piece = { lineNo: number; productId: string; warehouseId: string; qty: bigint };

function reserveAgain(state: Execution, { now }: Command<unknown>, env: Env, order: ExecOrder, piece: Piece): void {
  const known = order.reservations.find(
    (row) => row.line_no === piece.lineNo && row.warehouse_id === piece.warehouseId && row.state === 'firm',
  );
  if (known !== undefined) {
    known.qty += piece.qty;
    state.touched.reservations.add(known);
    return;
  }
  const made = {
    id: newId(now),
    order_id: order.row.id,
    line_no: piece.lineNo,
    partner_id: order.row.partner_id,
    product_id: piece.productId,
    warehouse_id: piece.warehouseId,
    supply_id: null,
    qty: piece.qty,
    state: 'firm',
    promised_on: requireLine(order, piece.lineNo, 'lines').promised_on ?? bizDateOf(now, env.company.timeZone),
  };
  order.reservations.push(made);
  state.touched.newReservations.add(made);
}

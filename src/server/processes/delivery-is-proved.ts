/** Proof of delivery 簽收 with received quantities, by staff or by the partner for its own goods. Source: R5.2. */
import { shipmentMachine } from '../../contract/machines/others.ts';
import { formatQty } from '../kernel/qty.ts';
import { refuse, refuseIf } from '../kernel/refusal.ts';
import { defineBatch } from '../platform/pipeline/define.ts';
import type { TaskChange } from '../platform/pipeline/types.ts';
import {
  decided,
  differenceTask,
  type ExecOrder,
  type Execution,
  loadExecution,
  orderEvent,
  receivedLines,
  requireLine,
  requireShipment,
  requireTimes,
  resultOf,
  saveExecution,
  type Shipment,
  shipmentEvent,
  shipmentFacts,
  shipmentGuards,
} from '../modules/shipments/index.ts';
import { completeIfDone } from './order-completes.ts';

export type DeliverShipment = {
  shipmentId: string;
  at: Date;
  receivedBy: string;
  note: string | null;
  lines: readonly { lineNo: number; receivedQty: bigint }[];
};

/** What a decision leaves for the answer: the documents as they stand after saving. */
type Delivered = { shipment: Shipment; order: ExecOrder; now: Date; requestId: string };

export const deliverShipment = defineBatch<DeliverShipment, Execution, Delivered>({
  name: 'shipment.deliver',
  refuses: [
    'shipment.not_found',
    'shipment.wrong_state',
    'shipment.received_exceeds',
    'shipment.time_order',
    'line.not_found',
    'field.required',
    'field.invalid',
    'stock.qty_whole',
    'request.version_stale',
  ],
  maxBatch: 256,
  load: (tx, commands, env) =>
    loadExecution(
      tx,
      commands.map(({ input }) => ({ shipmentId: input.shipmentId })),
      { env, now: commands[0]?.now ?? new Date(0) },
    ),
  decide: (state, command, env) =>
    decided<Delivered>(() => {
      const { input, now, actor } = command;
      const { order, shipment } = requireShipment(state, command, input.shipmentId);
      const { row } = shipment;
      refuseIf(shipmentMachine.refusals('deliver', row.state, shipmentGuards, shipmentFacts(order, shipment)));
      requireTimes(input.at, now, 'at', row.shipped_at);
      const received = receivedLines(order, shipment, input.lines);
      const missing = received.filter(({ line, received: qty }) => qty < line.qty);
      if (missing.length > 0 && input.note === null) throw refuse('field.required', undefined, 'note');
      for (const { line, received: qty } of received) {
        const orderLine = requireLine(order, line.line_no, 'lines');
        orderLine.delivered_qty += qty;
        line.received_qty = qty;
        state.touched.lines.add(orderLine);
        state.touched.shipmentLines.add(line);
      }
      row.state = 'delivered';
      row.delivered_at = input.at;
      row.received_by = input.receivedBy;
      row.receipt_note = input.note;
      row.has_exception = false;
      if (input.at.getTime() > row.last_news_at.getTime()) row.last_news_at = input.at;
      const differences = missing.map(({ line, received: qty }) => ({
        lineNo: line.line_no,
        qty: formatQty(line.qty),
        receivedQty: formatQty(qty),
      }));
      const tasks: TaskChange[] = [{ closeOf: row.id }];
      if (differences.length > 0) tasks.push(differenceTask(row, order.row, env, now));
      return {
        events: [
          shipmentEvent(state, shipment, 'shipment.delivered', {
            at: input.at.toISOString(),
            byPartner: actor.kind === 'partner',
            differences,
          }),
          orderEvent(state, order, 'order.delivered', {
            shipmentId: row.id,
            shipmentNo: row.no,
            hasDifference: differences.length > 0,
          }),
        ],
        tasks,
        change: { shipment, order, now, requestId: command.requestId },
      };
    }),
  async save(tx, state, changes) {
    await saveExecution(tx, state);
    const delivered = changes.filter(({ order }) => order.row.delivery_status === 'delivered');
    const [first] = delivered;
    if (first === undefined) return;
    const done = await completeIfDone(tx, [...new Set(delivered.map(({ order }) => order.row.id))], first);
    for (const id of done) noteCompleted(state, id);
  },
  respond: async (_tx, _commands, changes) => changes.map(({ shipment, order }) => resultOf(shipment.row, order)),
});

/** The answer tells the order as it stands now. */
function noteCompleted(state: Execution, orderId: string): void {
  const order = state.orders.get(orderId);
  if (order === undefined) return;
  order.row.state = 'completed';
  order.row.version += 1;
}

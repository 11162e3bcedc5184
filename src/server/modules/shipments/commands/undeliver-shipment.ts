/** The way back of a proof of delivery that was wrong: the goods are on the road again. Source: R5.2. */
import { shipmentMachine } from '../../../../contract/machines/others.ts';
import { refuseIf } from '../../../kernel/refusal.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import {
  decided,
  type Execution,
  orderEvent,
  requireLine,
  requireShipment,
  resultOf,
  shipmentEvent,
} from '../execution.ts';
import { loadExecution } from '../execution-load.ts';
import { saveExecution } from '../execution-save.ts';
import { shipmentFacts, shipmentGuards } from '../shipment-rules.ts';
import { trackTask } from '../tasks.ts';

export type UndeliverShipment = { shipmentId: string; reason: string };

export const undeliverShipment = defineBatch<UndeliverShipment, Execution, null>({
  name: 'shipment.undeliver',
  refuses: [
    'shipment.not_found',
    'shipment.wrong_state',
    'order.wrong_state',
    'shipment.rest_in_use',
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
    decided(() => {
      const { order, shipment } = requireShipment(state, command, command.input.shipmentId);
      const { row } = shipment;
      refuseIf(shipmentMachine.refusals('undeliver', row.state, shipmentGuards, shipmentFacts(order, shipment)));
      for (const line of shipment.lines) {
        const orderLine = requireLine(order, line.line_no, 'lines');
        orderLine.delivered_qty -= line.received_qty ?? 0n;
        // What had been written off as lost is on the road again.
        orderLine.shipped_qty += line.lost_qty;
        line.received_qty = null;
        line.lost_qty = 0n;
        state.touched.lines.add(orderLine);
        state.touched.shipmentLines.add(line);
      }
      row.state = 'shipped';
      row.delivered_at = null;
      row.received_by = null;
      row.receipt_note = null;
      const { reason } = command.input;
      return {
        events: [
          shipmentEvent(state, shipment, 'shipment.delivery_reversed', { reason }),
          orderEvent(state, order, 'order.delivery_reversed', { shipmentId: row.id, shipmentNo: row.no, reason }),
        ],
        tasks: [{ closeOf: row.id }, trackTask(row, order.row, env, command.now)],
        answer: resultOf(row, order),
      };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

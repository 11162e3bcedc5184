/** What did not arrive is lost: the order line is open again for it, and order processing decides what becomes of the rest. Source: R5.2. */
import { shipmentMachine } from '../../../../contract/machines/others.ts';
import { formatQty } from '../../../kernel/qty.ts';
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
import { notInEffect } from '../picking-rules.ts';
import { shipmentFacts, shipmentGuards } from '../shipment-rules.ts';
import { lossTask } from '../tasks.ts';

export type SettleDifference = { shipmentId: string; reason: string };

export const settleDifference = defineBatch<SettleDifference, Execution, null>({
  name: 'shipment.settle_difference',
  refuses: [
    'shipment.not_found',
    'shipment.wrong_state',
    'order.wrong_state',
    'shipment.no_difference',
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
      refuseIf(shipmentMachine.refusals('settleDifference', row.state, shipmentGuards, shipmentFacts(order, shipment)));
      refuseIf([notInEffect(order.row.state)].filter((refusal) => refusal !== null));
      const lost = shipment.lines
        .map((line) => ({ line, qty: line.qty - (line.received_qty ?? line.qty) - line.lost_qty }))
        .filter(({ qty }) => qty > 0n);
      for (const { line, qty } of lost) {
        const orderLine = requireLine(order, line.line_no, 'lines');
        orderLine.shipped_qty -= qty;
        line.lost_qty += qty;
        state.touched.lines.add(orderLine);
        state.touched.shipmentLines.add(line);
      }
      const { reason } = command.input;
      const lines = lost.map(({ line, qty }) => ({ lineNo: line.line_no, lostQty: formatQty(qty) }));
      return {
        events: [
          shipmentEvent(state, shipment, 'shipment.difference_settled', { lines, reason }),
          orderEvent(state, order, 'order.loss_settled', { shipmentId: row.id, shipmentNo: row.no, lines, reason }),
        ],
        tasks: [{ closeOf: row.id, family: 'shipment.settle_difference' }, lossTask(order.row, env, command.now)],
        answer: resultOf(row, order),
      };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

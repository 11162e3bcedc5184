/** The way back of picking: goods return to their place and the list is open again. Not after goods of it have left. Source: R5.1. */
import { pickingMachine } from '../../../../contract/machines/others.ts';
import { refuseIf } from '../../../kernel/refusal.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import { decided, type Execution, orderEvent, requireLine, requirePicking, resultOf } from '../execution.ts';
import { loadExecution } from '../execution-load.ts';
import { saveExecution } from '../execution-save.ts';
import { pickingEvent, startTask } from '../picking-plan.ts';
import { pickingFacts, pickingGuards } from '../picking-rules.ts';

export type PutBackPicking = { pickingId: string; reason: string };

export const putBackPicking = defineBatch<PutBackPicking, Execution, null>({
  name: 'picking.put_back',
  refuses: ['picking.not_found', 'picking.wrong_state', 'order.already_shipped', 'request.version_stale'],
  maxBatch: 256,
  load: (tx, commands, env) =>
    loadExecution(
      tx,
      commands.map(({ input }) => ({ pickingId: input.pickingId })),
      { env, now: commands[0]?.now ?? new Date(0) },
    ),
  decide: (state, command, env) =>
    decided(() => {
      const { order, picking } = requirePicking(state, command, command.input.pickingId);
      refuseIf(pickingMachine.refusals('putBack', picking.row.state, pickingGuards, pickingFacts(order, picking)));
      for (const line of picking.lines) {
        const orderLine = requireLine(order, line.line_no, 'lines');
        orderLine.picked_qty -= line.picked_qty;
        line.picked_qty = 0n;
        state.touched.lines.add(orderLine);
        state.touched.pickingLines.add(line);
      }
      const { row } = picking;
      row.state = 'open';
      row.started_by = null;
      row.started_at = null;
      row.ready_by = null;
      row.ready_at = null;
      row.version += 1;
      state.touched.pickings.add(row);
      const { reason } = command.input;
      return {
        events: [
          pickingEvent(row, 'picking.put_back', { reason }),
          orderEvent(state, order, 'order.picking_put_back', { pickingId: row.id, pickingNo: row.no, reason }),
        ],
        tasks: [{ closeOf: row.id }, startTask(row, order.row, env, command.now)],
        answer: resultOf(row, order),
      };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

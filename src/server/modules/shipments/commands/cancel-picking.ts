/** An open picking list is given up; order processing decides what becomes of its lines. Source: R5.1. */
import { pickingMachine } from '../../../../contract/machines/others.ts';
import { refuseIf } from '../../../kernel/refusal.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import { decided, type Execution, requirePicking, resultOf } from '../execution.ts';
import { loadExecution } from '../execution-load.ts';
import { saveExecution } from '../execution-save.ts';
import { pickingEvent } from '../picking-plan.ts';
import { pickingFacts, pickingGuards } from '../picking-rules.ts';
import { shortTask } from '../tasks.ts';

export type CancelPicking = { pickingId: string; reason: string };

export const cancelPicking = defineBatch<CancelPicking, Execution, null>({
  name: 'picking.cancel',
  refuses: ['picking.not_found', 'picking.wrong_state', 'request.version_stale'],
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
      const { row } = picking;
      refuseIf(pickingMachine.refusals('cancel', row.state, pickingGuards, pickingFacts(order, picking)));
      row.state = 'cancelled';
      row.version += 1;
      state.touched.pickings.add(row);
      return {
        events: [pickingEvent(row, 'picking.cancelled', { reason: command.input.reason })],
        tasks: [
          { closeOf: row.id },
          { closeOf: order.row.id, family: 'order.short_pick' },
          shortTask(order.row, env, command.now),
        ],
        answer: resultOf(row, order),
      };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

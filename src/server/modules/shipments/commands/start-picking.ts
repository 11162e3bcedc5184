/** The warehouse begins to pick. Source: R5.1. */
import { pickingMachine } from '../../../../contract/machines/others.ts';
import { refuseIf } from '../../../kernel/refusal.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import type { Command, NewEvent } from '../../../platform/pipeline/types.ts';
import {
  decided,
  type Execution,
  type ExecOrder,
  orderEvent,
  type Picking,
  requirePicking,
  resultOf,
} from '../execution.ts';
import { loadExecution } from '../execution-load.ts';
import { saveExecution } from '../execution-save.ts';
import { pickingEvent } from '../picking-plan.ts';
import { pickingFacts, pickingGuards } from '../picking-rules.ts';
import { finishTask } from '../tasks.ts';

export type StartPicking = { pickingId: string };

export const startPicking = defineBatch<StartPicking, Execution, null>({
  name: 'picking.start',
  refuses: ['picking.not_found', 'picking.wrong_state', 'order.wrong_state', 'order.hold', 'request.version_stale'],
  maxBatch: 256,
  load: (tx, commands, env) =>
    loadExecution(
      tx,
      commands.map(({ input }) => input),
      { env, now: commands[0]?.now ?? new Date(0) },
    ),
  decide: (state, command, env) =>
    decided(() => {
      const { order, picking } = requirePicking(state, command, command.input.pickingId);
      requireStart(order, picking);
      const { now, actor } = command;
      return {
        events: begin(state, command, order, picking),
        tasks: [
          { closeOf: picking.row.id },
          finishTask(picking.row, order.row, env, now, actor.kind === 'staff' ? actor.userId : null),
        ],
        answer: resultOf(picking.row, order),
      };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

/** Refuses what stands against beginning. */
export function requireStart(order: ExecOrder, picking: Picking): void {
  refuseIf(pickingMachine.refusals('start', picking.row.state, pickingGuards, pickingFacts(order, picking)));
}

/** The list is being picked from now on. */
export function begin(
  state: Execution,
  { now, actor }: Command<unknown>,
  order: ExecOrder,
  { row }: Picking,
): NewEvent[] {
  row.state = 'picking';
  row.started_by = actor.userId;
  row.started_at = now;
  row.version += 1;
  state.touched.pickings.add(row);
  return [
    pickingEvent(row, 'picking.started'),
    orderEvent(state, order, 'order.picking_started', { pickingId: row.id, pickingNo: row.no }),
  ];
}

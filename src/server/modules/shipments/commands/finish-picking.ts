/** Goods ready 備貨就緒: picked quantities by line, begun in the same step if wanted. A short pick is handled, never ignored. Source: R5.1, R5.2. */
import { pickingMachine } from '../../../../contract/machines/others.ts';
import { formatQty } from '../../../kernel/qty.ts';
import { refuseIf } from '../../../kernel/refusal.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import type { Command, Env, NewEvent, TaskChange } from '../../../platform/pipeline/types.ts';
import {
  decided,
  type Execution,
  type ExecOrder,
  orderEvent,
  type Picking,
  requireLine,
  requirePicking,
  resultOf,
} from '../execution.ts';
import { loadExecution } from '../execution-load.ts';
import { saveExecution } from '../execution-save.ts';
import { pickingEvent, planPickings } from '../picking-plan.ts';
import { type FinishInput, type PickedLine, pickedLines, pickingFacts, pickingGuards } from '../picking-rules.ts';
import { arrangeTask, shortTask } from '../tasks.ts';
import { begin, requireStart } from './start-picking.ts';

export type FinishPicking = FinishInput & {
  pickingId: string;
  rest: 'pick_again' | 'report';
  /** A list that is still open is begun first. */
  begin: boolean;
};

export const finishPicking = defineBatch<FinishPicking, Execution, null>({
  name: 'picking.finish',
  refuses: [
    'picking.not_found',
    'picking.wrong_state',
    'picking.exceeds',
    'picking.nothing_picked',
    'picking.short_reason',
    'line.not_found',
    'stock.qty_whole',
    'field.invalid',
    'order.wrong_state',
    'order.hold',
    'request.version_stale',
  ],
  maxBatch: 256,
  load: (tx, commands, env) =>
    loadExecution(
      tx,
      commands.map(({ input }) => ({ pickingId: input.pickingId })),
      {
        env,
        now: commands[0]?.now ?? new Date(0),
        pickingNos: commands.filter(({ input }) => input.lines.length > 0 && input.rest === 'pick_again').length,
      },
    ),
  decide: (state, command, env) =>
    decided(() => {
      const { order, picking } = requirePicking(state, command, command.input.pickingId);
      const toBegin = command.input.begin && picking.row.state === 'open';
      if (toBegin) requireStart(order, picking);
      const from = toBegin ? 'picking' : picking.row.state;
      refuseIf(pickingMachine.refusals('finish', from, pickingGuards, pickingFacts(order, picking)));
      const picked = pickedLines(order, picking, command.input);
      const begun = toBegin ? begin(state, command, order, picking) : [];
      const { events, ...rest } = finish(state, command, env, order, picking, picked);
      return { events: [...begun, ...events], ...rest };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

function finish(
  state: Execution,
  command: Command<FinishPicking>,
  env: Env,
  order: ExecOrder,
  picking: Picking,
  picked: PickedLine[],
) {
  const { now, actor, input } = command;
  const { row } = picking;
  row.state = 'ready';
  row.ready_by = actor.userId;
  row.ready_at = now;
  row.short_reason = input.shortReason;
  row.version += 1;
  state.touched.pickings.add(row);
  const isShort = picked.some(({ short }) => short > 0n);
  const facts = picked.map(({ line, picked: qty }) => ({
    lineNo: line.line_no,
    qty: formatQty(line.qty),
    pickedQty: formatQty(qty),
  }));
  applyPicked(state, order, picking, picked);
  const again = isShort && input.rest === 'pick_again' ? pickAgain(state, env, order, picking, picked, now) : null;
  const events: NewEvent[] = [
    pickingEvent(row, 'picking.ready', {
      lines: facts,
      isShort,
      ...(isShort ? { shortReason: input.shortReason, rest: input.rest } : {}),
    }),
    ...(again?.events ?? []),
    orderEvent(state, order, 'order.goods_ready', { pickingId: row.id, pickingNo: row.no, isShort }),
  ];
  const tasks: TaskChange[] = [{ closeOf: row.id }, arrangeTask(row, order.row, env, now), ...(again?.tasks ?? [])];
  if (isShort) tasks.push({ closeOf: order.row.id, family: 'order.short_pick' }, shortTask(order.row, env, now));
  else if (order.row.delivery_status === 'ready') tasks.push({ closeOf: order.row.id, family: 'order.short_pick' });
  const also = (again?.pickings ?? []).map(({ id, no }) => ({ id, no, kind: 'picking' }));
  return { events, tasks, answer: resultOf(row, order, also) };
}

/** The list keeps what was picked; what was not is no longer on it. */
function applyPicked(state: Execution, order: ExecOrder, picking: Picking, picked: PickedLine[]): void {
  for (const { line, picked: qty } of picked) {
    const orderLine = requireLine(order, line.line_no, 'lines');
    orderLine.picked_qty += qty;
    state.touched.lines.add(orderLine);
    line.qty = qty;
    line.picked_qty = qty;
    if (qty === 0n) state.touched.goneLines.add(line);
    else state.touched.pickingLines.add(line);
  }
  picking.lines = picking.lines.filter(({ qty }) => qty > 0n);
}

function pickAgain(state: Execution, env: Env, order: ExecOrder, picking: Picking, picked: PickedLine[], now: Date) {
  const plan = planPickings(
    [
      {
        orderId: order.row.id,
        partnerId: order.row.partner_id,
        order: order.row,
        readyByOn: picking.row.ready_by_on,
        now,
        reservations: picked
          .filter(({ short }) => short > 0n)
          .map(({ line, short }) => ({
            line_no: line.line_no,
            product_id: line.product_id,
            warehouse_id: picking.row.warehouse_id,
            qty: short,
            supply_id: null,
          })),
      },
    ],
    state.pickingNos,
    env,
  );
  for (const row of plan.pickings) {
    state.touched.newPickings.add(row);
    const lines = plan.lines.filter(({ picking_id }) => picking_id === row.id);
    for (const line of lines) state.touched.newPickingLines.add(line);
    order.pickings.push({ row, lines });
  }
  return plan;
}

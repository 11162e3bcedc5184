/** Order processing asks for picking again: lists for everything that is reserved from stock and on no list. Source: R5.1. */
import { bizDateOf } from '../../../kernel/biz-date.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { type ExecOrder, requireOrder } from '../execution.ts';
import { loadExecution } from '../execution-load.ts';
import { nextPickingNos, planPickings, savePickings } from '../picking-plan.ts';
import { notInEffect, readyBy, unpickedReservations } from '../picking-rules.ts';

export type CreatePickings = { orderId: string };

export const createPickings = defineCommand<CreatePickings>({
  name: 'picking.create',
  refuses: ['order.not_found', 'order.wrong_state', 'picking.nothing_open'],
  async run({ tx, command, env, emit, task }, { orderId }) {
    const { now, actor } = command;
    const state = await loadExecution(tx, [{ orderId }], { env, now, stock: true });
    const order = requireOrder(state, actor, orderId);
    refuseIf([notInEffect(order.row.state)].filter((refusal) => refusal !== null));
    const reservations = unpickedReservations(order);
    if (reservations.length === 0) throw refuse('picking.nothing_open');
    const numbers = await nextPickingNos(
      tx,
      new Set(reservations.map(({ warehouse_id }) => warehouse_id)).size,
      env,
      now,
    );
    const today = bizDateOf(now, env.company.timeZone);
    const need = {
      orderId,
      partnerId: order.row.partner_id,
      order: order.row,
      reservations,
      readyByOn: readyBy(env.calendar, promisedFirst(order) ?? today, today),
      now,
    };
    const plan = planPickings([need], numbers, env);
    await savePickings(tx, plan.pickings, plan.lines);
    for (const event of plan.events) emit(event);
    task({ closeOf: orderId, family: 'order.short_pick' });
    for (const change of plan.tasks) task(change);
    return {
      status: 201,
      body: {
        orderId,
        pickings: plan.pickings.map(({ id, no, warehouse_id }) => ({ id, no, warehouseId: warehouse_id })),
      },
    };
  },
});

const promisedFirst = (order: ExecOrder): string | null =>
  order.reservations.map(({ promised_on }) => promised_on).sort()[0] ?? null;

/** Holds: rows that block named actions; whoever may release them is another person than who placed them. R4.1, R6.1. */
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { goOn } from '../order-steps.ts';
import { emit } from '../order-work.ts';
import { type OnOrder, orderCommand } from './shared.ts';

export const placeHold = orderCommand<OnOrder & { reason: string }>({
  name: 'orders.hold',
  refuses: ['order.wrong_state'],
  stock: false,
  steps(work, { reason }) {
    const { order } = work;
    if (order.row.state === 'completed' || order.row.state === 'cancelled')
      throw refuse('order.wrong_state', { action: 'hold', state: order.row.state });
    const id = newId(work.now);
    order.holds = [
      ...order.holds,
      {
        id,
        partner_id: order.row.partner_id,
        order_id: order.row.id,
        kind: 'manual',
        reason,
        amount: null,
        placed_by: work.command.actor.userId,
        placed_at: work.now,
        released_by: null,
        released_at: null,
        release_reason: null,
      },
    ];
    emit(work, 'order.hold_placed', { kind: 'manual', holdId: id });
  },
});

export const releaseHold = orderCommand<OnOrder & { holdId: string; reason: string }>({
  name: 'orders.release_hold',
  refuses: ['hold.not_found', 'hold.released', 'permission.four_eyes'],
  stock: true,
  steps(work, { holdId, reason }) {
    const { order } = work;
    const found = order.holds.find(({ id }) => id === holdId);
    if (found === undefined) throw refuse('hold.not_found');
    if (found.released_at !== null) throw refuse('hold.released');
    const { actor } = work.command;
    // A credit hold speaks for an order: whoever asked for the order does not release it. One's own manual hold one may take back.
    if (found.kind === 'credit' && [order.row.created_by, order.row.requested_by].includes(actor.personId))
      throw refuse('permission.four_eyes');
    order.holds = order.holds.map((row) =>
      row === found ? { ...row, released_by: actor.userId, released_at: work.now, release_reason: reason } : row,
    );
    emit(work, 'order.hold_released', { kind: found.kind, holdId });
    if (order.row.state === 'terms_review') goOn(work, 'report');
  },
});

/**
 * By the clock, when the partner does not reply (silence is no acceptance): first the goods become free for others, some days later the
 * notice lapses and the order returns to sales. And what happens when goods that were promised come on another day. R4.2, R4.3.
 */
import { refuse } from '../../../kernel/refusal.ts';
import { lapseDeadline, replyDeadline, reservedUntil } from '../availability-steps.ts';
import { reserved, roundIsLive } from '../order-rules.ts';
import { emit, go, release, requireAction, type Work } from '../order-work.ts';
import { reply } from '../reply.ts';
import { type OnOrder, orderCommand } from './shared.ts';

const tooEarly = (work: Work, action: string) => refuse('order.wrong_state', { action, state: work.order.row.state });

/** The reservation has run out before the notice lapses: the partner may still accept, if the same can be promised again then. */
export const freeGoods = orderCommand<OnOrder>({
  name: 'orders.free_goods',
  refuses: ['order.wrong_state'],
  stock: true,
  steps(work) {
    requireAction(work, 'freeGoods');
    const { row } = work.order;
    if (row.reserved_until === null || reserved(work.order, work.now)) throw tooEarly(work, 'freeGoods');
    release(work, { keepDates: true });
    go(work, 'freeGoods', { payload: { round: row.round } });
  },
});

export const lapseOrder = orderCommand<OnOrder>({
  name: 'orders.lapse',
  refuses: ['order.wrong_state'],
  stock: true,
  steps(work) {
    requireAction(work, 'lapse');
    const { order, now } = work;
    const waits = order.row.state === 'awaiting_partner';
    if (waits ? roundIsLive(order, now) : order.row.reserved_until === null || reserved(order, now))
      throw tooEarly(work, 'lapse');
    if (waits) reply(work, null, 'lapsed');
    release(work);
    order.row.reply_due_at = null;
    go(work, 'lapse', { payload: { round: order.row.round } });
  },
});

/** What was promised comes on another day: the content is no longer what was confirmed. The notice is void and availability is confirmed anew. */
export const voidPromise = orderCommand<OnOrder & { cause: string }>({
  name: 'orders.void_promise',
  refuses: ['order.wrong_state'],
  stock: false,
  steps(work, { cause }) {
    const { row } = work.order;
    if (row.state === 'awaiting_partner') reply(work, null, 'recalled');
    row.reply_due_at = null;
    go(work, 'movePromise', { payload: { round: row.round, cause } });
  },
});

/** The calendar of the year has been published: the dates of the notice are computed again, from its sending. */
export const moveReplyDate = orderCommand<OnOrder>({
  name: 'orders.move_reply_date',
  refuses: ['order.wrong_state'],
  stock: false,
  steps(work) {
    const { order } = work;
    const round = order.rounds.at(-1);
    if (order.row.state !== 'awaiting_partner' || round === undefined) throw tooEarly(work, 'moveReplyDate');
    const due = replyDeadline(work, round.sent_at);
    const from = round.due_at;
    const moved = { ...round, due_at: due.at, lapses_at: lapseDeadline(work, due.at) };
    order.rounds = order.rounds.map((row) => (row === round ? moved : row));
    order.row.reply_due_at = due.at;
    if (order.row.reserved_until !== null) order.row.reserved_until = reservedUntil(work, round.sent_at);
    emit(work, 'order.reply_date_moved', {
      round: round.round,
      from: from.toISOString(),
      to: due.at.toISOString(),
    });
  },
});

/** The confirmation goes to the partner; recall, objection, revision, withdrawal. Acceptance is processes/order-takes-effect.ts. R4.3. */
import type { z } from 'zod';
import type { OrderUpdate } from '../../../../contract/orders.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { confirmationContent, orderRefusals } from '../order-rules.ts';
import {
  checkCredit,
  factsOf,
  promisePlans,
  replyDeadline,
  reservedUntil,
  submit,
  takeReservations,
} from '../order-steps.ts';
import type { RoundRow } from '../order-tables.ts';
import { go, release, requireAction, type Work } from '../order-work.ts';
import { applyChanges, namesOf } from './edit-order.ts';
import { type OnOrder, orderCommand } from './shared.ts';

export const sendConfirmation = orderCommand<OnOrder>({
  name: 'orders.send_confirmation',
  refuses: ['order.wrong_state', 'order.reservation_lapsed', 'order.hold'],
  stock: true,
  steps(work) {
    requireAction(work, 'sendConfirmation');
    renewReservations(work);
    refuseIf(orderRefusals('sendConfirmation', factsOf(work)));
    const { order } = work;
    const { content, hash } = confirmationContent(order);
    const due = replyDeadline(work);
    Object.assign(order.row, {
      round: order.row.round + 1,
      reply_due_at: due.at,
      reserved_until: reservedUntil(work),
      confirmed_at: work.now,
    });
    order.rounds = [
      ...order.rounds,
      {
        order_id: order.row.id,
        round: order.row.round,
        partner_id: order.row.partner_id,
        content,
        content_hash: hash,
        sent_by: work.command.actor.kind === 'system' ? null : work.command.actor.userId,
        sent_at: work.now,
        due_at: due.at,
        reply: null,
        replied_by: null,
        replied_at: null,
        reply_from: null,
        reply_evidence: null,
        reasons: [],
      },
    ];
    go(work, 'sendConfirmation', {
      payload: { round: order.row.round, hash, dueAt: due.at.toISOString(), gross: order.row.gross_amount.toString() },
      due,
    });
  },
});

/** After a lapse the goods are promised anew, if they are still there: what was promised before is not promised for ever. */
function renewReservations(work: Work): void {
  const { order } = work;
  const live = order.row.reserved_until !== null && order.row.reserved_until.getTime() >= work.now.getTime();
  if (live) return;
  release(work);
  checkCredit(work);
  const plans = promisePlans(work);
  if (plans.every(({ short }) => short === 0n)) takeReservations(work, plans);
}

export const currentRound = (work: Work): RoundRow => {
  const round = work.order.rounds.at(-1);
  if (round === undefined || round.reply !== null) throw refuse('order.round_changed');
  return round;
};

/** Answers the current round. The hash must be that of what was sent last. */
export function reply(
  work: Work,
  hash: string | null,
  answer: Partial<RoundRow> & { reply: 'accepted' | 'objected' | 'recalled' | 'lapsed' },
): RoundRow {
  const round = currentRound(work);
  if (hash !== null && hash !== round.content_hash)
    throw refuse('order.round_changed', { round: String(round.round) }, 'contentHash');
  const { actor, from } = work.command;
  const answered: RoundRow = {
    ...round,
    replied_by: actor.kind === 'system' ? null : actor.userId,
    replied_at: work.now,
    reply_from: from ?? null,
    ...answer,
  };
  work.order.rounds = work.order.rounds.map((row) => (row === round ? answered : row));
  return answered;
}

export const objectToOrder = orderCommand<
  OnOrder & { contentHash: string; reasons: { lineNo?: number | undefined; reason: string }[] }
>({
  name: 'orders.object',
  refuses: ['order.wrong_state', 'order.round_changed', 'line.not_found'],
  stock: false,
  steps(work, { contentHash, reasons }) {
    requireAction(work, 'object');
    reasons.forEach(({ lineNo }, i) => {
      if (lineNo !== undefined && !work.order.lines.some(({ line_no }) => line_no === lineNo))
        throw refuse('line.not_found', { lineNo: String(lineNo) }, `reasons.${i}.lineNo`);
    });
    reply(work, contentHash, {
      reply: 'objected',
      reasons: reasons.map(({ lineNo, reason }) => ({ lineNo: lineNo ?? null, reason, answer: null })),
    });
    go(work, 'object', {
      payload: { round: work.order.row.round, lines: reasons.map(({ lineNo }) => lineNo ?? null) },
    });
  },
});

export const recallConfirmation = orderCommand<OnOrder & { reason: string }>({
  name: 'orders.recall',
  refuses: ['order.wrong_state'],
  stock: false,
  steps(work, { reason }) {
    requireAction(work, 'recall');
    reply(work, null, { reply: 'recalled' });
    work.order.row.reply_due_at = null;
    go(work, 'recall', { payload: { round: work.order.row.round, reason } });
  },
});

/** By the clock: nobody answered, and silence is no acceptance. Reservations lapse; sales must promise anew. */
export const lapseOrder = orderCommand<OnOrder>({
  name: 'orders.lapse',
  refuses: ['order.wrong_state'],
  stock: true,
  steps(work) {
    requireAction(work, 'lapse');
    const { row } = work.order;
    if (row.reserved_until === null || row.reserved_until.getTime() > work.now.getTime())
      throw refuse('order.wrong_state', { action: 'lapse', state: row.state });
    if (row.state === 'awaiting_partner') reply(work, null, { reply: 'lapsed' });
    release(work);
    row.reply_due_at = null;
    go(work, 'lapse', { payload: { round: row.round } });
  },
});

export const reviseOrder = orderCommand<
  OnOrder & {
    answers: { lineNo?: number | undefined; answer: string }[];
    changes?: z.infer<typeof OrderUpdate> | undefined;
  }
>({
  name: 'orders.revise',
  refuses: ['order.wrong_state', 'order.objection_open', 'product.not_found', 'price.missing', 'order.po_duplicate'],
  stock: true,
  needs: ({ changes }) => namesOf(changes),
  steps(work, { answers, changes }) {
    requireAction(work, 'revise');
    const { order } = work;
    const round = order.rounds.at(-1);
    if (round === undefined) throw refuse('order.round_changed');
    const reasons = round.reasons.map((reason) => ({
      ...reason,
      answer: answers.find(({ lineNo }) => (lineNo ?? null) === reason.lineNo)?.answer ?? reason.answer,
    }));
    refuseIf(
      orderRefusals('revise', factsOf(work, { unanswered: reasons.filter(({ answer }) => answer === null).length })),
    );
    order.rounds = order.rounds.map((row) => (row === round ? { ...row, reasons } : row));
    release(work);
    if (changes !== undefined) applyChanges(work, changes);
    go(work, 'revise', { payload: { round: round.round } });
    // The same checks as a first submission: terms and availability of the changed content are confirmed anew.
    order.row.state = 'draft';
    submit(work, { onShortage: 'report', acceptDifferences: 'all' });
  },
});

export const withdrawOrder = orderCommand<OnOrder & { reason: string }>({
  name: 'orders.withdraw',
  refuses: ['order.wrong_state'],
  stock: true,
  steps(work, { reason }) {
    requireAction(work, 'withdraw');
    if (work.order.row.state === 'awaiting_partner') reply(work, null, { reply: 'recalled' });
    release(work);
    work.order.row.reply_due_at = null;
    go(work, 'withdraw', { payload: { reason } });
    work.next = null;
  },
});

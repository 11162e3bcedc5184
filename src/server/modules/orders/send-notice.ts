/** The confirmation notice goes to the partner: a round with exactly what is sent, its hash, and the clocks that begin. Source: R4.3. */
import { lapseDeadline, replyDeadline, reservedUntil } from './availability-steps.ts';
import { confirmationContent } from './order-rules.ts';
import { go, type Work } from './order-work.ts';

/** `automatic`: the product sends by itself, as the policy says, in the transaction of the step before. */
export function sendNotice(work: Work, automatic = false): void {
  const { order } = work;
  const { actor } = work.command;
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
      sent_by: automatic || actor.kind === 'system' ? null : actor.userId,
      sent_at: work.now,
      due_at: due.at,
      silence_accepts: work.partner.silence_accepts,
      lapses_at: lapseDeadline(work, due.at),
      reply: null,
      reply_how: null,
      replied_by: null,
      replied_at: null,
      reply_from: null,
      reply_evidence: null,
      reply_attachment_id: null,
      reply_contact_id: null,
      reasons: [],
    },
  ];
  go(work, 'sendConfirmation', {
    payload: {
      round: order.row.round,
      hash,
      dueAt: due.at.toISOString(),
      gross: order.row.gross_amount.toString(),
      ...(automatic ? { automatic: ['sendConfirmation'] } : {}),
    },
    due,
  });
}

/** The confirmation goes to the partner; recall, objection, revision, withdrawal. Acceptance is processes/order-takes-effect.ts. R4.3. */
import type { z } from 'zod';
import type { OrderUpdate } from '../../../../contract/orders.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { orderRefusals, reserved } from '../order-rules.ts';
import { factsOf, submit } from '../order-steps.ts';
import { go, release, requireAction } from '../order-work.ts';
import { type Proof, proofFacts, reply } from '../reply.ts';
import { sendNotice } from '../send-notice.ts';
import { applyChanges, namesOf } from './edit-order.ts';
import { type OnOrder, orderCommand } from './shared.ts';

export const sendConfirmation = orderCommand<OnOrder>({
  name: 'orders.send_confirmation',
  refuses: ['order.wrong_state', 'order.reservation_lapsed', 'order.hold'],
  stock: false,
  steps(work) {
    requireAction(work, 'sendConfirmation');
    refuseIf(orderRefusals('sendConfirmation', factsOf(work)));
    sendNotice(work);
  },
});

export const objectToOrder = orderCommand<
  OnOrder & Proof & { contentHash: string; reasons: { lineNo?: number | undefined; reason: string }[] }
>({
  name: 'orders.object',
  refuses: [
    'order.wrong_state',
    'order.round_changed',
    'line.not_found',
    'order.evidence_missing',
    'order.document_missing',
    'attachment.not_found',
  ],
  stock: false,
  needs: ({ attachmentId }) => ({ attachmentId }),
  steps(work, { contentHash, reasons, ...proof }) {
    requireAction(work, 'object');
    refuseIf(orderRefusals('object', factsOf(work, proofFacts(work, proof))));
    reasons.forEach(({ lineNo }, i) => {
      if (lineNo !== undefined && !work.order.lines.some(({ line_no }) => line_no === lineNo))
        throw refuse('line.not_found', { lineNo: String(lineNo) }, `reasons.${i}.lineNo`);
    });
    const round = reply(work, contentHash, 'objected', proof, {
      reasons: reasons.map(({ lineNo, reason }) => ({ lineNo: lineNo ?? null, reason, answer: null })),
    });
    go(work, 'object', {
      payload: { round: round.round, how: round.reply_how, lines: reasons.map(({ lineNo }) => lineNo ?? null) },
    });
  },
});

export const recallConfirmation = orderCommand<OnOrder & { reason: string }>({
  name: 'orders.recall',
  refuses: ['order.wrong_state'],
  stock: false,
  steps(work, { reason }) {
    requireAction(work, 'recall');
    reply(work, null, 'recalled');
    work.order.row.reply_due_at = null;
    go(work, 'recall', {
      payload: { round: work.order.row.round, reason },
      ...(reserved(work.order, work.now) ? {} : { task: 'order.recheck_availability' as const }),
    });
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
    if (work.order.row.state === 'awaiting_partner') reply(work, null, 'recalled');
    release(work);
    work.order.row.reply_due_at = null;
    go(work, 'withdraw', { payload: { reason } });
    work.next = null;
  },
});

/** What happens to an inquiry until it becomes an order: asked back, answered, checked, declined, withdrawn, reopened. R3.2. */
import { refuse } from '../../../kernel/refusal.ts';
import { parseQty } from '../../../kernel/qty.ts';
import { sql } from '../../../platform/db/database.ts';
import { updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { gapsOf, inquiryLineTable } from '../inquiry-tables.ts';
import { learnTerms } from '../match-products.ts';
import { answerWithInquiry, goInquiry, lockInquiry, requireInquiryAction } from './shared.ts';

type OnInquiry = { inquiryId: string };

export const askBack = defineCommand<OnInquiry & { note?: string | undefined }>({
  name: 'inquiries.ask_back',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state'],
  async run(context, { inquiryId, note }) {
    const found = await lockInquiry(context, inquiryId);
    requireInquiryAction(context, found, 'askBack');
    found.row.gaps_note = note ?? null;
    await goInquiry(context, found, 'askBack', {
      gaps: found.lines.flatMap((line) => gapsOf(line).map((gap) => ({ lineNo: line.line_no, gap }))),
    });
    return answerWithInquiry(context, inquiryId);
  },
});

type AnswerLine = {
  lineNo: number;
  productId?: string | undefined;
  qty?: string | undefined;
  requestedOn?: string | undefined;
  spec?: string | undefined;
};

export const answerInquiry = defineCommand<
  OnInquiry & { requestedOn?: string | undefined; note?: string | undefined; lines: AnswerLine[] }
>({
  name: 'inquiries.answer',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state', 'line.not_found', 'product.not_found'],
  async run(context, input) {
    const found = await lockInquiry(context, input.inquiryId);
    requireInquiryAction(context, found, 'answer');
    const named = input.lines.flatMap(({ productId }) => productId ?? []);
    const products = await context.tx.query<{ id: string }>(
      sql`select id from product where id = any(${named}::uuid[])`,
    );
    const changed = input.lines.map((answer, i) => {
      const line = found.lines.find(({ line_no }) => line_no === answer.lineNo);
      if (line === undefined) throw refuse('line.not_found', { lineNo: String(answer.lineNo) }, `lines.${i}.lineNo`);
      if (answer.productId !== undefined && !products.some(({ id }) => id === answer.productId))
        throw refuse('product.not_found', { product: answer.productId }, `lines.${i}.productId`);
      return {
        ...line,
        product_id: answer.productId ?? line.product_id,
        qty: answer.qty === undefined ? line.qty : parseQty(answer.qty),
        requested_on: answer.requestedOn ?? line.requested_on ?? input.requestedOn ?? null,
        spec: answer.spec ?? line.spec,
      };
    });
    const corrected = changed.filter(
      (line) => line.product_id !== found.lines.find(({ line_no }) => line_no === line.line_no)?.product_id,
    );
    const { actor, now } = context.command;
    await learnTerms(
      context.tx,
      found.row.partner_id,
      corrected.flatMap(({ wanted, spec, product_id }) =>
        product_id === null ? [] : [{ wanted, spec, productId: product_id }],
      ),
      { userId: actor.kind === 'system' ? null : actor.userId, now },
    );
    const rest =
      input.requestedOn === undefined
        ? []
        : found.lines
            .filter((line) => line.requested_on === null && !changed.some(({ line_no }) => line_no === line.line_no))
            .map((line) => ({ ...line, requested_on: input.requestedOn ?? null }));
    await updateRows(
      context.tx,
      inquiryLineTable,
      ['product_id', 'qty', 'requested_on', 'spec'],
      [...changed, ...rest],
    );
    if (input.requestedOn !== undefined) found.row.requested_on = input.requestedOn;
    if (input.note !== undefined) found.row.note = input.note;
    found.row.gaps_note = null;
    // The partner's own answer confirms; a change by sales asks for its word again.
    if (found.row.needs_confirmation) {
      found.row.confirmed_by = actor.partnerId === null ? null : actor.userId;
      found.row.confirmed_at = actor.partnerId === null ? null : now;
    }
    await goInquiry(context, found, 'answer', {
      lines: changed.map(({ line_no }) => line_no),
      products: corrected.map(({ line_no, product_id }) => ({ lineNo: line_no, productId: product_id })),
    });
    return answerWithInquiry(context, input.inquiryId);
  },
});

export const checkInquiry = defineCommand<OnInquiry>({
  name: 'inquiries.check',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state', 'inquiry.incomplete', 'inquiry.line_unmatched'],
  async run(context, { inquiryId }) {
    const found = await lockInquiry(context, inquiryId);
    requireInquiryAction(context, found, 'check');
    await goInquiry(context, found, 'check');
    return answerWithInquiry(context, inquiryId);
  },
});

export const confirmInquiry = defineCommand<OnInquiry>({
  name: 'inquiries.confirm',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state', 'inquiry.nothing_to_confirm'],
  async run(context, { inquiryId }) {
    const found = await lockInquiry(context, inquiryId);
    requireInquiryAction(context, found, 'confirm');
    found.row.confirmed_by = context.command.actor.userId;
    found.row.confirmed_at = context.command.now;
    await goInquiry(context, found, 'confirm');
    return answerWithInquiry(context, inquiryId);
  },
});

export const declineInquiry = defineCommand<OnInquiry & { reason: string }>({
  name: 'inquiries.decline',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state'],
  async run(context, { inquiryId, reason }) {
    const found = await lockInquiry(context, inquiryId);
    requireInquiryAction(context, found, 'decline');
    found.row.decline_reason = reason;
    await goInquiry(context, found, 'decline', { reason });
    return answerWithInquiry(context, inquiryId);
  },
});

export const withdrawInquiry = defineCommand<OnInquiry>({
  name: 'inquiries.withdraw',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state'],
  async run(context, { inquiryId }) {
    const found = await lockInquiry(context, inquiryId);
    requireInquiryAction(context, found, 'withdraw');
    await goInquiry(context, found, 'withdraw');
    return answerWithInquiry(context, inquiryId);
  },
});

export const reopenInquiry = defineCommand<OnInquiry>({
  name: 'inquiries.reopen',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state'],
  async run(context, { inquiryId }) {
    const found = await lockInquiry(context, inquiryId);
    requireInquiryAction(context, found, 'reopen');
    found.row.decline_reason = null;
    await goInquiry(context, found, 'reopen');
    return answerWithInquiry(context, inquiryId);
  },
});

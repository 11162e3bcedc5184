/** Price and terms against the agreement: each deviation is settled on record before the order goes on. R4.1. */
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { orderRefusals } from '../order-rules.ts';
import { pow10 } from '../../../kernel/decimal.ts';
import { currencyScale, formatAmount } from '../../../kernel/money.ts';
import { approvalDays, givenBesides } from '../approved-deviations.ts';
import { NO_DISCOUNT, setAddress, usualAddress } from '../order-input.ts';
import { givenAway, needsApproval } from '../order-price-rules.ts';
import { closeQuestion, factsOf, goOn, price, termsReviewed } from '../order-steps.ts';
import type { DiscrepancyRow } from '../order-tables.ts';
import { emit, go, release, requireAction, type Work } from '../order-work.ts';
import { type OnOrder, orderCommand } from './shared.ts';

type Settle = OnOrder & {
  discrepancyId: string;
  how: 'take_back' | 'agreed_by_partner' | 'approve';
  evidence?: string | undefined;
};

export const settleDiscrepancy = orderCommand<Settle>({
  name: 'orders.settle_discrepancy',
  refuses: [
    'order.wrong_state',
    'discrepancy.not_found',
    'discrepancy.settled',
    'discrepancy.needs_approval',
    'order.evidence_missing',
    'permission.four_eyes',
    'permission.limit_exceeded',
    'permission.partner_limit',
    'permission.salesperson_limit',
    'permission.denied',
    'price.missing',
  ],
  stock: true,
  needs: ({ how }) => ({ approval: how === 'approve' }),
  steps(work, input) {
    if (work.order.row.state !== 'terms_review')
      throw refuse('order.wrong_state', { action: 'settleDiscrepancy', state: work.order.row.state });
    const found = work.order.discrepancies.find(({ id }) => id === input.discrepancyId);
    if (found === undefined) throw refuse('discrepancy.not_found', undefined, 'discrepancyId');
    if (found.state !== 'open') throw refuse('discrepancy.settled', { state: found.state }, 'discrepancyId');
    if (input.how === 'take_back') takeBack(work, found);
    else {
      if (input.how === 'approve') refuseApproval(work, found);
      else if (needsApproval(found)) throw refuse('discrepancy.needs_approval', undefined, 'how');
      else if ((input.evidence ?? '').trim() === '') throw refuse('order.evidence_missing', undefined, 'evidence');
      settle(work, found, input.how === 'approve' ? 'approved' : 'agreed_by_partner', input.evidence);
    }
    emit(work, 'order.discrepancy_settled', {
      discrepancyId: found.id,
      kind: found.kind,
      lineNo: found.line_no,
      how: input.how,
      effect: found.effect_amount.toString(),
    });
    closeQuestion(work);
    goOn(work, 'report');
  },
});

function settle(work: Work, found: DiscrepancyRow, state: string, evidence: string | undefined): void {
  work.order.discrepancies = work.order.discrepancies.map((row) =>
    row === found
      ? { ...row, state, settled_by: work.command.actor.userId, settled_at: work.now, evidence: evidence ?? null }
      : row,
  );
}

/**
 * Nobody approves what he himself asked for (two keys of one maker are one person), nor more than his limit: his own, or else the greatest of
 * his roles. The limit is asked of all that the order gives away, settled or not, so that a deviation cannot be made small by parting it;
 * and of what was approved within the policy's period for the same partner, and for the same person who asked.
 */
function refuseApproval(work: Work, found: DiscrepancyRow): void {
  const { actor } = work.command;
  if (!actor.permissions.has('order.approve_discrepancy'))
    throw refuse('permission.denied', { permission: 'order.approve_discrepancy' });
  const { requested_by, created_by } = work.order.row;
  if ([found.raised_by, requested_by, created_by].includes(actor.personId)) throw refuse('permission.four_eyes');
  const own = found.effect_amount < 0n ? 0n : found.effect_amount;
  const whole = givenAway(work.order.discrepancies);
  const limit = approvalLimit(work);
  if ((own > whole ? own : whole) > limit) throw refuse('permission.limit_exceeded');
  if (found.effect_amount >= 0n) return;
  const besides = givenBesides(work.order, found.raised_by, work.state, work.env, work.now);
  const days = String(approvalDays(work.env, work.now));
  if (whole + besides.toPartner > limit)
    throw refuse('permission.partner_limit', { days, given: formatAmount(besides.toPartner, work.order.row.currency) });
  if (whole + besides.byPerson > limit && work.env.policy.at('approval.by_salesperson', work.now).value === 1)
    throw refuse('permission.salesperson_limit', { days });
}

/** In minor units of the order's currency; nothing unless a limit is set. */
function approvalLimit(work: Work): bigint {
  const { actor } = work.command;
  if (actor.approvalLimit !== null) return actor.approvalLimit;
  const limits = (['manager', 'finance', 'sales'] as const)
    .filter((role) => actor.roles.includes(role))
    .map((role) => work.env.policy.at(`approval.${role}`, work.now).value);
  return BigInt(Math.max(0, ...limits)) * pow10(currencyScale(work.order.row.currency));
}

type Answer = { discrepancyId: string; agrees: boolean; note?: string | undefined };

/** The partner's own answer. It settles what is not to our cost; the rest it puts on record for whoever decides. */
export const answerDiscrepancies = orderCommand<OnOrder & { answers: Answer[] }>({
  name: 'orders.answer_discrepancies',
  refuses: ['order.wrong_state', 'discrepancy.not_found', 'discrepancy.settled'],
  stock: true,
  steps(work, { answers }) {
    const { order, command, now } = work;
    if (order.row.state !== 'terms_review')
      throw refuse('order.wrong_state', { action: 'answerDiscrepancies', state: order.row.state });
    answers.forEach(({ discrepancyId, agrees, note }, i) => {
      const found = order.discrepancies.find(({ id }) => id === discrepancyId);
      if (found === undefined) throw refuse('discrepancy.not_found', undefined, `answers.${i}.discrepancyId`);
      if (found.state !== 'open')
        throw refuse('discrepancy.settled', { state: found.state }, `answers.${i}.discrepancyId`);
      const settles = agrees && !needsApproval(found);
      order.discrepancies = order.discrepancies.map((row) =>
        row === found
          ? {
              ...row,
              partner_answer: agrees ? 'agreed' : 'refused',
              partner_answered_by: command.actor.userId,
              partner_answered_at: now,
              partner_note: note ?? null,
              ...(settles ? { state: 'agreed_by_partner', settled_by: command.actor.userId, settled_at: now } : {}),
            }
          : row,
      );
    });
    const agreed = answers.filter(({ agrees }) => agrees).length;
    emit(work, 'order.discrepancies_answered', { agreed, refused: answers.length - agreed });
    closeQuestion(work);
    goOn(work, 'report');
  },
});

/** Back to what is agreed: the deviation disappears because the order no longer deviates. */
function takeBack(work: Work, found: DiscrepancyRow): void {
  const { order } = work;
  if (found.kind === 'price_missing')
    throw refuse('price.missing', {
      skus:
        work.state.products.get(order.lines.find(({ line_no }) => line_no === found.line_no)?.product_id ?? '')?.sku ??
        '',
    });
  if (found.kind === 'payment_method') order.row.payment_method = work.partner.payment_method;
  if (found.kind === 'payment_term') order.row.payment_term = work.partner.payment_term;
  if (found.kind === 'discount' && found.line_no === null) Object.assign(order.row, NO_DISCOUNT);
  if (found.kind === 'delivery_place') {
    const address = usualAddress(work);
    if (address === null) throw refuse('address.not_found');
    setAddress(work, address);
  }
  if (found.line_no !== null) {
    order.lines = order.lines.map((line) => {
      if (line.line_no !== found.line_no) return line;
      if (found.kind === 'price') return { ...line, unit_price: line.agreed_price ?? line.unit_price };
      if (found.kind === 'free_goods') return { ...line, free: false, unit_price: line.agreed_price ?? 0n };
      return { ...line, discount_amount: 0n };
    });
  }
  // The prices of the submission hold, however long the checks take.
  price(work, work.order.row.pricing_on ?? work.today);
}

export const passTerms = orderCommand<OnOrder>({
  name: 'orders.pass_terms',
  refuses: ['order.wrong_state', 'order.discrepancy_open', 'order.credit_hold', 'order.hold'],
  stock: true,
  steps(work) {
    requireAction(work, 'passTerms');
    refuseIf(orderRefusals('passTerms', factsOf(work)));
    termsReviewed(work, work.command.actor.userId);
    const { version, agreement_no, agreement_version } = work.order.row;
    go(work, 'passTerms', {
      payload: { reviewedVersion: version, agreementNo: agreement_no, agreementVersion: agreement_version },
    });
    goOn(work, 'report');
  },
});

export const sendBack = orderCommand<OnOrder & { reason: string }>({
  name: 'orders.send_back',
  refuses: ['order.wrong_state'],
  stock: true,
  steps(work, { reason }) {
    requireAction(work, 'sendBack');
    release(work);
    work.order.row.shortages = [];
    go(work, 'sendBack', { payload: { reason } });
  },
});

/** Steps that commands on orders are made of. Each changes the order at work or refuses. Source: R3.3–R4.3. */
import { articleOf, holderOf } from '../../../contract/tasks.ts';
import { newId } from '../../kernel/ids.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse, refuseIf } from '../../kernel/refusal.ts';
import type { PricingContext } from '../pricing/line-price-rules.ts';
import { isService, promisePlans, reserve } from './availability-steps.ts';
import { addressText, amount, usualAddress } from './order-input.ts';
import { poKey, pricingFor } from './order-load.ts';
import { deviations, priceLines, promotionUse, sameDeviation, unpriced } from './order-price-rules.ts';
import { compareWithInquiry, headroom, type OrderFacts, orderRefusals } from './order-rules.ts';
import type { Order } from './order-tables.ts';
import { deadlineOf, emit, go, policyOf, switchedOn, type Work } from './order-work.ts';
import { sendNotice } from './send-notice.ts';
import { reportShortage } from './shortage-steps.ts';

/** Prices the order for a day, today unless said otherwise, and notes each deviation; what was settled before and is unchanged stays settled. */
export function price(work: Work, on = work.today): void {
  const { order, partner, before } = work;
  const submitted = before !== null && !['draft', 'objected'].includes(order.row.state) ? before : null;
  priceLines(order, pricingContext(work, on, submitted), submitted);
  const usual = usualAddress(work);
  const agreed = {
    place: usual === null ? null : addressText(usual),
    yearlyPercent: policyOf(work, 'terms.cost_of_money').value,
  };
  order.discrepancies = deviations(order, partner, agreed).map((found) => {
    const known = order.discrepancies.find((earlier) => sameDeviation(earlier, found));
    return (
      known ?? {
        id: newId(work.now),
        order_id: order.row.id,
        partner_id: order.row.partner_id,
        yearly_percent: null,
        ...found,
        state: 'open',
        raised_by: work.command.actor.personId,
        raised_at: work.now,
        settled_by: null,
        settled_at: null,
        evidence: null,
        agreement_no: partner.agreement_no,
        agreement_version: partner.agreement_version,
        reply_due_at: answerDue(work).at,
        partner_answer: null,
        partner_answered_by: null,
        partner_answered_at: null,
        partner_note: null,
      }
    );
  });
}

const productIn = (state: Work['state']) => (id: string) => state.products.get(id);

function pricingContext({ state, order, before, partner }: Work, on: string, submitted: Order | null): PricingContext {
  const own = promotionUse(before);
  return {
    ...pricingFor(state, partner, on),
    currency: order.row.currency,
    taxInclusive: order.row.tax_inclusive,
    quotaLeft: ({ id, quota_qty, used_qty }) =>
      quota_qty === null ? null : quota_qty - used_qty + (own.get(id) ?? 0n),
    kept: new Set((submitted?.lines ?? []).flatMap(({ why }) => why.flatMap(({ id }) => id ?? []))),
  };
}

export function factsOf(work: Work, input?: OrderFacts['input'], promised: boolean | null = null): OrderFacts {
  const { order, state } = work;
  const poNo = order.row.po_no;
  const takenBy = poNo === null ? undefined : state.takenPo.get(poKey(order.row.partner_id, poNo));
  const differences =
    order.row.inquiry_id === null
      ? []
      : compareWithInquiry(state.inquiryLines.get(order.row.id) ?? [], order.lines, productIn(state)).filter(
          ({ differs }) => differs,
        );
  return {
    order,
    partnerState: work.partner.state,
    partnerHolds: state.partnerHolds.get(order.row.partner_id) ?? [],
    now: work.now,
    openDifferences: differences.filter(({ key }) => !order.differences.some((accepted) => accepted.key === key))
      .length,
    poTaken: takenBy !== undefined && takenBy !== order.row.id,
    promised,
    serviceLines: new Set(
      order.lines.filter((line) => isService(state.products.get(line.product_id))).map(({ line_no }) => line_no),
    ),
    ...(input === undefined ? {} : { input }),
  };
}

export type SubmitOptions = {
  onShortage: 'report' | 'refuse';
  acceptDifferences?: readonly string[] | 'all';
  expectedGross?: string;
};

/** Submits, and goes on by itself as far as nothing stands in the way. */
export function submit(work: Work, options: SubmitOptions): void {
  acceptDifferences(work, options.acceptDifferences ?? []);
  price(work);
  refuseIf(orderRefusals('submit', factsOf(work)));
  const missing = unpriced(work.order);
  if (missing.length > 0)
    throw refuse(
      'price.missing',
      { skus: missing.map((line) => work.state.products.get(line.product_id)?.sku ?? '').join(', ') },
      'lines',
    );
  refuseChangedPrice(work, options.expectedGross);
  Object.assign(work.order.row, {
    submitted_at: work.now,
    terms_reviewed_at: null,
    terms_reviewed_by: null,
    // What was laid down or answered for an earlier content does not bind this one.
    corrections: [],
    production_answers: [],
  });
  const askPartner =
    work.command.actor.kind !== 'partner' && work.order.discrepancies.some(({ state }) => state === 'open');
  go(work, 'submit', {
    payload: {
      ...(work.before === null ? { created: true, channel: work.order.row.channel } : {}),
      gross: work.order.row.gross_amount.toString(),
      lines: work.order.lines.length,
      ...(askPartner ? { discrepancyReplyDueAt: answerDue(work).at.toISOString() } : {}),
    },
  });
  goOn(work, options.onShortage);
  if (askPartner) askForAnswers(work);
}

const ANSWER_TASK = 'order.answer_discrepancies';

/** By when the partner is asked to answer deviations from the agreement. */
const answerDue = (work: Work) => deadlineOf(work, 'order.discrepancy');

/** All deviations are put to the partner together: a task with one deadline beside the review of sales. */
function askForAnswers(work: Work): void {
  const { row } = work.order;
  work.tasks.push({
    open: {
      kind: ANSWER_TASK,
      documentType: 'order',
      documentId: row.id,
      documentNo: row.no,
      partnerId: row.partner_id,
      holder: holderOf(ANSWER_TASK),
      article: articleOf(ANSWER_TASK),
      due: answerDue(work),
    },
  });
}
/** Nothing is left for the partner to answer. */
export function closeQuestion(work: Work): void {
  const open = work.order.discrepancies.some(
    ({ state, partner_answer }) => state === 'open' && partner_answer === null,
  );
  if (!open) work.tasks.push({ closeOf: work.order.row.id, family: ANSWER_TASK });
}

function refuseChangedPrice(work: Work, expected: string | undefined): void {
  if (expected === undefined) return;
  const { currency, gross_amount } = work.order.row;
  if (amount(expected, currency, 'expectedGrossAmount') !== gross_amount)
    throw refuse('price.changed', { expected, now: formatAmount(gross_amount, currency) }, 'expectedGrossAmount');
}

function acceptDifferences(work: Work, keys: readonly string[] | 'all'): void {
  const { order } = work;
  if (order.row.inquiry_id === null || keys.length === 0) return;
  for (const item of compareWithInquiry(
    work.state.inquiryLines.get(order.row.id) ?? [],
    order.lines,
    productIn(work.state),
  )) {
    if (
      !item.differs ||
      (keys !== 'all' && !keys.includes(item.key)) ||
      order.differences.some(({ key }) => key === item.key)
    )
      continue;
    order.differences = [
      ...order.differences,
      {
        order_id: order.row.id,
        partner_id: order.row.partner_id,
        key: item.key,
        inquiry_value: item.inquiryValue,
        order_value: item.orderValue,
        accepted_by: work.command.actor.userId,
        accepted_at: work.now,
      },
    ];
  }
}

/** What the product does by itself after a person's step: pass the terms, promise and reserve, or report the shortage. */
export function goOn(work: Work, onShortage: 'report' | 'refuse'): void {
  const automatic: string[] = [];
  if (work.order.row.state === 'terms_review') {
    checkCredit(work);
    if (!switchedOn(work, 'order.auto_pass_terms') || orderRefusals('passTerms', factsOf(work)).length > 0) return;
    termsReviewed(work, null);
    go(work, 'passTerms', { quiet: true });
    automatic.push('passTerms');
  }
  if (work.order.row.state !== 'availability_review') return;
  const plans = promisePlans(work);
  const short = plans.filter((plan) => plan.short > 0n);
  if (short.length > 0 && onShortage === 'refuse') {
    const line = work.order.lines.find(({ line_no }) => line_no === short[0]?.lineNo);
    const available = (line?.qty ?? 0n) - (short[0]?.short ?? 0n);
    throw refuse(
      'stock.insufficient',
      { lines: short.map(({ lineNo }) => lineNo).join(', '), available: formatQty(available) },
      `lines.${(short[0]?.lineNo ?? 1) - 1}.qty`,
    );
  }
  if (!switchedOn(work, 'order.auto_pass_availability')) {
    if (automatic.length > 0) emit(work, 'order.terms_passed', { automatic });
    return;
  }
  if (short.length > 0) reportShortage(work, plans, automatic);
  else {
    reserve(work, plans, [...automatic, 'passAvailability']);
    sendBySwitch(work);
  }
}

/** Once everything is confirmed, the notice goes out by itself where the policy says so. */
export function sendBySwitch(work: Work): void {
  if (!switchedOn(work, 'order.auto_send_confirmation')) return;
  if (orderRefusals('sendConfirmation', factsOf(work)).length === 0) sendNotice(work, true);
}

/** The review is an act on record even where nothing deviates: when, by whom, against which version of the agreement. */
export function termsReviewed(work: Work, by: string | null): void {
  Object.assign(work.order.row, {
    terms_reviewed_at: work.now,
    terms_reviewed_by: by,
    agreement_no: work.partner.agreement_no,
    agreement_version: work.partner.agreement_version,
  });
}

/** Over the limit is a hold for finance or a manager, never a refusal; a hold that was released for at least this amount counts. */
export function checkCredit(work: Work): void {
  const { order, state } = work;
  // What the order holds already is in the partner's account until the step is done, also when the step has released it.
  const over = creditOverrun(work, order.row.gross_amount - (work.before?.row.held_amount ?? 0n));
  const live = order.holds.find((hold) => hold.kind === 'credit' && hold.released_at === null);
  if (over === null) {
    // Nothing stands in the way any more: the hold that the product placed is lifted by the product.
    if (live !== undefined) {
      order.holds = order.holds.map((hold) =>
        hold === live ? { ...hold, released_at: work.now, release_reason: null } : hold,
      );
      emit(work, 'order.hold_released', { kind: 'credit', holdId: live.id });
    }
    return;
  }
  if (live !== undefined || state.credit.get(order.row.partner_id) === undefined) return;
  const id = newId(work.now);
  order.holds = [
    ...order.holds,
    {
      id,
      partner_id: order.row.partner_id,
      order_id: order.row.id,
      kind: 'credit',
      // A code: the words stand in the reader's language.
      reason: 'order.credit_hold',
      amount: over,
      placed_by: null,
      placed_at: work.now,
      released_by: null,
      released_at: null,
      release_reason: null,
    },
  ];
  emit(work, 'order.hold_placed', { kind: 'credit', holdId: id, amount: over.toString() });
}

/** By how much the order would go over the partner's limit; null when it fits, or finance has released it for this amount. */
export function creditOverrun(work: Work, additional: bigint): bigint | null {
  const { order, state } = work;
  const credit = state.credit.get(order.row.partner_id);
  const room = credit === undefined ? null : headroom(credit);
  if (room === null || room >= additional) return null;
  const over = additional - room;
  const released = order.holds.some(
    (hold) => hold.kind === 'credit' && hold.released_by !== null && (hold.amount ?? 0n) >= over,
  );
  return released ? null : over;
}

/** Price and terms against the agreement: each deviation is settled on record before the order goes on. R4.1. */
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { orderRefusals } from '../order-rules.ts';
import { factsOf, goOn, price } from '../order-steps.ts';
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
    'order.evidence_missing',
    'permission.four_eyes',
    'permission.limit_exceeded',
    'permission.denied',
    'price.missing',
  ],
  stock: true,
  steps(work, input) {
    if (work.order.row.state !== 'terms_review')
      throw refuse('order.wrong_state', { action: 'settleDiscrepancy', state: work.order.row.state });
    const found = work.order.discrepancies.find(({ id }) => id === input.discrepancyId);
    if (found === undefined) throw refuse('discrepancy.not_found', undefined, 'discrepancyId');
    if (found.state !== 'open') throw refuse('discrepancy.settled', { state: found.state }, 'discrepancyId');
    if (input.how === 'take_back') takeBack(work, found);
    else {
      if (input.how === 'approve') refuseApproval(work, found);
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

/** Nobody approves what he himself asked for, nor more than his limit. */
function refuseApproval(work: Work, found: DiscrepancyRow): void {
  const { actor } = work.command;
  if (!actor.permissions.has('order.approve_discrepancy'))
    throw refuse('permission.denied', { permission: 'order.approve_discrepancy' });
  if (found.raised_by === actor.personId || work.order.row.created_by === actor.userId)
    throw refuse('permission.four_eyes');
  const size = found.effect_amount < 0n ? -found.effect_amount : found.effect_amount;
  if (actor.approvalLimit === null || size > actor.approvalLimit) throw refuse('permission.limit_exceeded');
}

/** Back to what is agreed: the deviation disappears because the order no longer deviates. */
function takeBack(work: Work, found: DiscrepancyRow): void {
  const { order } = work;
  if (found.kind === 'price_missing')
    throw refuse('price.missing', {
      skus:
        work.state.products.get(order.lines.find(({ line_no }) => line_no === found.line_no)?.product_id ?? '')?.sku ??
        '',
    });
  if (found.kind === 'payment_term') order.row.payment_term = work.partner.payment_term;
  if (found.kind === 'discount' && found.line_no === null) order.row.order_discount_amount = 0n;
  if (found.kind === 'delivery_place') {
    const address =
      work.state.addressesOf.get(order.row.partner_id)?.find(({ is_default }) => is_default) ??
      work.state.addressesOf.get(order.row.partner_id)?.[0];
    if (address === undefined) throw refuse('address.not_found');
    Object.assign(order.row, {
      address_id: address.id,
      delivery_address: [address.region_text, address.detail].filter(Boolean).join(' '),
      receiver: address.receiver,
      receiver_phone: address.phone,
    });
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
    go(work, 'passTerms', { payload: { reviewedVersion: work.order.row.version } });
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

/** An order as its readers get it. Pure: rows in, wire shape out. A partner sees dates and its own words, never stock, cost or internal names of places. */
import type { z } from 'zod';
import {
  HOLD_BLOCKS,
  type HoldKind,
  type OrderAction,
  orderMachine,
  type OrderState,
} from '../../../contract/machines/order.ts';
import type { OrderView } from '../../../contract/orders.ts';
import { formatDecimal, PRICE_SCALE, RATE_SCALE } from '../../kernel/decimal.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refusalView, sentence } from '../../platform/http/messages.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { fromBase } from '../catalog/unit-rules.ts';
import type { PartnerCard } from './order-names.ts';
import type { ProductRow } from './order-masters.ts';
import { orderRefusals, type OrderFacts, promotionDiscount, reserved } from './order-rules.ts';
import { needsApproval } from './order-price-rules.ts';
import type { HoldRow, LineRow, OrderSeen, ReservationRow } from './order-tables.ts';

export type View = z.infer<typeof OrderView>;

export type PromisedSupply = { no: string; kind: string; expected_on: string };

export type ViewParts = {
  order: OrderSeen;
  partner: PartnerCard;
  partnerHolds: readonly HoldRow[];
  products: ReadonlyMap<string, ProductRow>;
  warehouseNames: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, { name: string }>;
  supplies: ReadonlyMap<string, PromisedSupply>;
  /** Contacts who replied, and files that a reply rests on, by id. */
  proofNames: ReadonlyMap<string, string>;
  openDifferences: number;
  inquiryNo: string | null;
  task: {
    kind: string;
    side: string;
    role: string;
    user_id: string | null;
    due_at: Date | null;
    due_is_provisional: boolean;
  } | null;
  plan: readonly { item_no: number; kind: string; due_on: string | null; amount: bigint; paid_amount: bigint }[];
  shipments: readonly {
    id: string;
    no: string;
    state: string;
    waybill_no: string | null;
    carrier: { id: string; name: string; name_en: string | null } | null;
    shipped_at: Date;
    expected_on: string | null;
    delivered_at: Date | null;
  }[];
  pickings: readonly { id: string; no: string; state: string; warehouse_name: string; ready_by_on: string | null }[];
  invoices: readonly {
    id: string;
    no: string;
    state: string;
    gross_amount: bigint;
    issued_on: string;
    tax_invoice_no: string | null;
  }[];
  payments: readonly { id: string; no: string; amount: bigint; received_on: string }[];
  cutOver: { reference: string; agreed_on: string; order_version: number } | null;
  actor: Actor;
  locale: string;
  now: Date;
};

/** Stage of the regulation (R2) for the finer state. */
export function stageOf(state: OrderState, deliveryStatus: string): View['stage'] {
  switch (state) {
    case 'draft':
      return 'preliminary';
    case 'terms_review':
    case 'availability_review':
    case 'shortage':
    case 'to_confirm':
    case 'objected':
      return 'to_be_confirmed';
    case 'awaiting_partner':
      return 'awaiting_reply';
    case 'in_effect':
      return deliveryStatus === 'none' ? 'in_effect' : 'in_execution';
    case 'completed':
      return 'completed';
    case 'cancelled':
      return 'cancelled';
    default: {
      const never: never = state;
      throw new Error(`unknown state ${String(never)}`);
    }
  }
}

/** What one presses next in each state; the rest are side roads. */
const PRIMARY: Partial<Record<OrderState, OrderAction>> = {
  draft: 'submit',
  terms_review: 'passTerms',
  availability_review: 'passAvailability',
  shortage: 'settleShortage',
  to_confirm: 'sendConfirmation',
  awaiting_partner: 'accept',
  objected: 'revise',
  in_effect: 'complete',
};

const primaryOf = (order: OrderSeen, now: Date): OrderAction | undefined =>
  order.row.state === 'to_confirm' && !reserved(order, now) ? 'recheckAvailability' : PRIMARY[order.row.state];

export function orderView(parts: ViewParts): View {
  const { order, partner, actor } = parts;
  const { row } = order;
  const forPartner = actor.partnerId !== null;
  const name = (id: string | null) => (id === null ? null : (parts.people.get(id)?.name ?? null));
  const money = (value: bigint) => formatAmount(value, row.currency);
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    no: row.no,
    version: row.version,
    revision: row.revision,
    round: row.round,
    state: row.state,
    stage: stageOf(row.state, row.delivery_status),
    deliveryStatus: row.delivery_status,
    paymentStatus: row.payment_status,
    invoiceStatus: row.invoice_status,
    partner: { id: partner.id, no: partner.no, name: partner.name, nameEn: partner.name_en },
    salesOwner:
      partner.sales_owner_id === null ? null : { id: partner.sales_owner_id, name: partner.sales_owner_name ?? '' },
    channel: row.channel as View['channel'],
    customerName: row.customer_name,
    ownStock: row.own_stock,
    poNo: row.po_no,
    inquiry: row.inquiry_id === null ? null : { id: row.inquiry_id, no: parts.inquiryNo ?? '' },
    currency: row.currency,
    taxInclusive: row.tax_inclusive,
    paymentMethod: row.payment_method,
    paymentTerm: row.payment_term,
    requestedOn: row.requested_on,
    deliveryMethod: row.delivery_method,
    addressId: row.address_id,
    deliveryAddress: row.delivery_address,
    receiver: row.receiver,
    receiverPhone: row.receiver_phone,
    note: row.note,
    orderDiscountAmount: money(row.order_discount_amount),
    orderDiscountRate: row.order_discount_rate === null ? null : formatDecimal(row.order_discount_rate, RATE_SCALE),
    promotionDiscountAmount: money(promotionDiscount(order.lines)),
    netAmount: money(row.net_amount),
    taxAmount: money(row.tax_amount),
    grossAmount: money(row.gross_amount),
    paidAmount: money(row.paid_amount),
    invoicedAmount: money(row.invoiced_amount),
    pricingOn: row.pricing_on,
    createdAt: row.created_at.toISOString(),
    createdBy: name(row.created_by),
    submittedAt: iso(row.submitted_at),
    termsReview:
      row.terms_reviewed_at === null
        ? null
        : {
            at: row.terms_reviewed_at.toISOString(),
            by: name(row.terms_reviewed_by),
            agreementNo: row.agreement_no,
            agreementVersion: row.agreement_version,
          },
    replyDueAt: iso(row.reply_due_at),
    reservedUntil: iso(row.reserved_until),
    effectiveAt: iso(row.effective_at),
    completedAt: iso(row.completed_at),
    stateSince: row.state_since.toISOString(),
    holder:
      parts.task === null
        ? null
        : {
            side: parts.task.side === 'partner' ? 'partner' : 'staff',
            role: parts.task.role,
            userName: name(parts.task.user_id),
            taskKind: parts.task.kind,
            dueAt: iso(parts.task.due_at),
            provisional: parts.task.due_is_provisional,
          },
    lines: order.lines.map((line) => lineView(line, parts, order.reservations, forPartner)),
    discrepancies: order.discrepancies.map((found) => ({
      id: found.id,
      lineNo: found.line_no,
      kind: found.kind as View['discrepancies'][number]['kind'],
      agreed: found.agreed,
      ordered: found.ordered,
      effectAmount: money(found.effect_amount),
      yearlyPercent: found.yearly_percent,
      needsApproval: needsApproval(found),
      agreementNo: found.agreement_no,
      agreementVersion: found.agreement_version,
      replyDueAt: iso(found.reply_due_at),
      partnerAnswer: found.partner_answer as View['discrepancies'][number]['partnerAnswer'],
      partnerAnsweredAt: iso(found.partner_answered_at),
      partnerNote: found.partner_note,
      state: found.state as View['discrepancies'][number]['state'],
      settledBy: name(found.settled_by),
      settledAt: iso(found.settled_at),
      evidence: forPartner ? null : found.evidence,
    })),
    shortages: row.shortages.map((option) => ({
      ...option,
      warehouse: forPartner ? null : (option.warehouse ?? null),
    })),
    corrections: forPartner
      ? []
      : row.corrections.map((correction) => ({
          ...correction,
          by: name(correction.by),
          warehouse: parts.warehouseNames.get(correction.warehouseId ?? '') ?? null,
          supplyNo: parts.supplies.get(correction.supplyId ?? '')?.no ?? null,
        })),
    productionQuestions: forPartner
      ? []
      : row.production_answers.map((asked) => ({ ...asked, answeredBy: name(asked.answeredBy) })),
    rounds: order.rounds.map((round) => ({
      round: round.round,
      contentHash: round.content_hash,
      sentAt: round.sent_at.toISOString(),
      sentBy: name(round.sent_by),
      dueAt: round.due_at.toISOString(),
      silenceAccepts: round.silence_accepts,
      lapsesAt: round.lapses_at.toISOString(),
      reply: round.reply as View['rounds'][number]['reply'],
      how: round.reply_how,
      repliedBy: parts.proofNames.get(round.reply_contact_id ?? '') ?? name(round.replied_by),
      repliedAt: iso(round.replied_at),
      from: forPartner ? null : round.reply_from,
      evidence: round.reply_evidence,
      attachment:
        round.reply_attachment_id === null
          ? null
          : { id: round.reply_attachment_id, fileName: parts.proofNames.get(round.reply_attachment_id) ?? '' },
      reasons: round.reasons,
    })),
    holds: [...order.holds.filter(({ released_at }) => released_at === null), ...parts.partnerHolds].map((hold) => ({
      id: hold.id,
      kind: hold.kind as HoldKind,
      reason: sentence({ code: hold.reason }, parts.locale).title,
      amount: hold.amount === null ? null : money(hold.amount),
      wholePartner: hold.order_id === null,
      placedAt: hold.placed_at.toISOString(),
      placedBy: name(hold.placed_by),
      blocks: [...HOLD_BLOCKS[hold.kind as HoldKind]],
    })),
    cutOver: parts.cutOver === null ? null : { reference: parts.cutOver.reference, agreedOn: parts.cutOver.agreed_on },
    paymentPlan: parts.plan.map((item) => ({
      itemNo: item.item_no,
      kind: item.kind,
      dueOn: item.due_on,
      amount: money(item.amount),
      paidAmount: money(item.paid_amount),
    })),
    shipments: parts.shipments.map((shipment) => ({
      id: shipment.id,
      no: shipment.no,
      state: shipment.state,
      waybillNo: shipment.waybill_no,
      carrierName: shipment.carrier?.name ?? null,
      carrierNameEn: shipment.carrier?.name_en ?? null,
      shippedAt: shipment.shipped_at.toISOString(),
      expectedOn: shipment.expected_on,
      deliveredAt: iso(shipment.delivered_at),
    })),
    pickings: forPartner
      ? []
      : parts.pickings.map((picking) => ({
          id: picking.id,
          no: picking.no,
          state: picking.state,
          warehouseName: picking.warehouse_name,
          readyByOn: picking.ready_by_on,
        })),
    invoices: parts.invoices.map((invoice) => ({
      id: invoice.id,
      no: invoice.no,
      state: invoice.state,
      grossAmount: money(invoice.gross_amount),
      issuedOn: invoice.issued_on,
      taxInvoiceNo: invoice.tax_invoice_no,
    })),
    payments: parts.payments.map((payment) => ({
      id: payment.id,
      no: payment.no,
      amount: money(payment.amount),
      receivedOn: payment.received_on,
    })),
    allowedActions: allowedActions(parts),
  };
}

type Promised = Pick<ReservationRow, 'qty' | 'promised_on' | 'warehouse_id' | 'supply_id'>;

/** Which stock or which receipt covers a piece. Partners learn quantity and day only. */
export function promiseView(
  row: Promised,
  warehouseNames: ReadonlyMap<string, string>,
  supplies: ReadonlyMap<string, PromisedSupply>,
  forPartner: boolean,
): View['lines'][number]['promises'][number] {
  const supply = row.supply_id === null || forPartner ? undefined : supplies.get(row.supply_id);
  return {
    qty: formatQty(row.qty),
    promisedOn: row.promised_on,
    warehouse: forPartner ? null : { id: row.warehouse_id, name: warehouseNames.get(row.warehouse_id) ?? '' },
    fromSupply: forPartner ? null : row.supply_id,
    supply:
      supply === undefined
        ? null
        : { no: supply.no, kind: supply.kind as 'production', expectedOn: supply.expected_on },
  };
}

function lineView(
  line: LineRow,
  parts: ViewParts,
  reservations: readonly ReservationRow[],
  forPartner: boolean,
): View['lines'][number] {
  const product = parts.products.get(line.product_id);
  const money = (value: bigint) => formatAmount(value, parts.order.row.currency);
  return {
    lineNo: line.line_no,
    productId: line.product_id,
    sku: product?.sku ?? '',
    name: product?.name ?? '',
    nameHans: product?.name_hans ?? null,
    nameEn: product?.name_en ?? null,
    spec: product?.spec ?? null,
    kind: product?.kind ?? 'stock',
    qty: formatQty(line.qty),
    unit: line.unit,
    orderedQty: formatQty(fromBase(line.qty, line.unit_factor) ?? line.qty),
    orderedUnit: line.order_unit ?? line.unit,
    requestedOn: line.requested_on,
    note: line.note,
    free: line.free,
    gift: line.promotion_id !== null,
    why: [...line.why],
    unitPrice: formatDecimal(line.unit_price, PRICE_SCALE, 2),
    agreedPrice: line.agreed_price === null ? null : formatDecimal(line.agreed_price, PRICE_SCALE, 2),
    taxRate: formatDecimal(line.tax_rate, RATE_SCALE),
    discountAmount: money(line.discount_amount),
    orderDiscountShare: money(line.order_discount_share),
    promotionShare: money(line.promotion_share_amount),
    netAmount: money(line.net_amount),
    taxAmount: money(line.tax_amount),
    grossAmount: money(line.gross_amount),
    promisedOn: line.promised_on,
    promises: reservations
      .filter((row) => row.line_no === line.line_no)
      .map((row) => promiseView(row, parts.warehouseNames, parts.supplies, forPartner)),
    pickedQty: formatQty(line.picked_qty),
    shippedQty: formatQty(line.shipped_qty),
    deliveredQty: formatQty(line.delivered_qty),
    closedQty: formatQty(line.closed_qty),
    invoicedAmount: money(line.invoiced_gross_amount),
  };
}

/** Every action that the life-cycle table gives this person in this state, with all reasons that stand against it now. */
function allowedActions(parts: ViewParts): View['allowedActions'] {
  const { order, actor } = parts;
  const facts: OrderFacts = {
    order,
    partnerState: parts.partner.state,
    partnerHolds: parts.partnerHolds,
    now: parts.now,
    openDifferences: parts.openDifferences,
    poTaken: false,
    promised: null,
    cutOver: parts.cutOver === null ? null : { orderVersion: parts.cutOver.order_version },
    serviceLines: new Set(
      order.lines
        .filter(({ product_id }) => ['service', 'freight'].includes(parts.products.get(product_id)?.kind ?? ''))
        .map(({ line_no }) => line_no),
    ),
  };
  const rows = orderMachine.rows.filter(
    (row) =>
      (row.from as readonly string[]).includes(order.row.state) &&
      (row.actor as readonly string[]).includes(actor.kind) &&
      actor.permissions.has(row.permission as never) &&
      // Of use only to an order that was taken over.
      (row.action !== 'undoCutOver' || parts.cutOver !== null),
  );
  return rows.map((row) => ({
    action: row.action,
    refusals: orderRefusals(row.action, facts).map((refusal) => refusalView(refusal, parts.locale)),
    ...(primaryOf(order, parts.now) === row.action ? { primary: true } : {}),
  }));
}

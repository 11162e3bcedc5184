/** Shapes of orders on the wire: what callers send and what they get. Operations stand in orders.ts. Source: R3.3–R4.3, R5.3. */
import { z } from 'zod';
import {
  AllowedAction,
  Amount,
  BizDate,
  Code,
  Currency,
  DiscountRate,
  Id,
  Instant,
  LongText,
  Named,
  PartnerRef,
  PositiveAmount,
  PositiveQty,
  Price,
  Qty,
  Rate,
  Text,
} from './common.ts';
import { PriceStep } from './price-steps.ts';
import { DELIVERY_STATUSES, INVOICE_STATUSES, ORDER_STATES, PAYMENT_STATUSES } from './machines/order.ts';

export const MAX_LINES = 500;

export const PAYMENT_METHODS = ['bank_transfer', 'acceptance_bill', 'online', 'cash', 'cheque'] as const;

/** Usual ways for goods to go, told in the reader's language. A house may write its own words instead. */
export const DELIVERY_METHODS = ['delivery', 'freight', 'express', 'pickup'] as const;
export const DeliveryMethod = Text(60).meta({
  id: 'DeliveryMethod',
  description: 'One of delivery | freight | express | pickup, or words of one’s own',
});

export const PAYMENT_TERM_KINDS = ['prepaid', 'deposit_balance', 'net_days', 'month_end_days', 'instalments'] as const;
export const PaymentTerm = z
  .strictObject({
    kind: z.enum(PAYMENT_TERM_KINDS),
    days: z.number().int().min(0).max(365).optional(),
    depositRate: Rate.optional(),
    parts: z.number().int().min(2).max(36).optional(),
  })
  .meta({
    id: 'PaymentTerm',
    description:
      'prepaid | deposit_balance (depositRate, days) | net_days (days) | month_end_days (days) | instalments (parts, monthly)',
  });

/** A line as callers give it. The price comes from the agreement; only staff may name another, which makes a discrepancy. */
export const OrderLineInput = z
  .strictObject({
    productId: Id.optional(),
    sku: Code(64).optional(),
    /** In `unit`: one of the product's units, by its name or English name; left out: its base unit. A unit price is per that unit. */
    qty: PositiveQty,
    unit: Text(20).optional(),
    requestedOn: BizDate.optional(),
    note: LongText(500).optional(),
    unitPrice: Price.optional(),
    discountAmount: Amount.optional(),
    free: z.boolean().optional(),
  })
  .refine((line) => (line.productId === undefined) !== (line.sku === undefined), {
    error: 'field.required',
    path: ['sku'],
  })
  .meta({ id: 'OrderLineInput', description: 'Exactly one of productId and sku' });

const header = {
  customerName: Text(200).optional(),
  ownStock: z.boolean().optional(),
  // null clears what stands there
  poNo: Code(64).nullable().optional(),
  requestedOn: BizDate.optional(),
  // null: as usual for the place, else for the company
  deliveryMethod: DeliveryMethod.nullable().optional(),
  addressId: Id.optional(),
  deliveryAddress: Text(300).optional(),
  receiver: Text(100).optional(),
  receiverPhone: Text(40).optional(),
  note: LongText(2000).nullable().optional(),
  // null: as agreed with the partner
  paymentMethod: z.enum(PAYMENT_METHODS).nullable().optional(),
  paymentTerm: PaymentTerm.nullable().optional(),
  // What is taken off the whole order: an amount, or a part of what the lines come to; naming one replaces the other, null takes it away.
  orderDiscountAmount: PositiveAmount.nullable().optional(),
  orderDiscountRate: DiscountRate.nullable().optional(),
};

export const CHANNELS = ['portal', 'api', 'email', 'excel', 'phone', 'sales'] as const;

export const OrderCreate = z
  .strictObject({
    partnerId: Id.optional(),
    channel: z.enum(CHANNELS).optional(),
    ...header,
    lines: z.array(OrderLineInput).max(MAX_LINES, 'order.too_many_lines'),
    submit: z.boolean().optional(),
    onShortage: z.enum(['report', 'refuse']).optional(),
    expectedGrossAmount: Amount.optional(),
  })
  .meta({ id: 'OrderCreate' });

export const OrderUpdate = z
  .strictObject({ ...header, lines: z.array(OrderLineInput).max(MAX_LINES, 'order.too_many_lines').optional() })
  .meta({ id: 'OrderUpdate' });

export const LinePromise = z
  .object({
    qty: Qty,
    promisedOn: BizDate,
    warehouse: z.object({ id: Id, name: z.string() }).nullable(),
    fromSupply: z.string().nullable(),
    /** The receipt or production run that brings the piece; null: it lies in the warehouse. */
    supply: z
      .object({ no: z.string(), kind: z.enum(['production', 'purchase', 'transfer', 'capacity']), expectedOn: BizDate })
      .nullable(),
  })
  .meta({
    id: 'LinePromise',
    description: 'Which piece is promised from where. Partners see dates and quantities only.',
  });

export const OrderLineView = z
  .object({
    lineNo: z.number().int(),
    productId: Id,
    sku: z.string(),
    name: z.string(),
    nameHans: z.string().nullable(),
    nameEn: z.string().nullable(),
    spec: z.string().nullable(),
    kind: z.string(),
    /** In the base unit, as stock and deliveries count. */
    qty: Qty,
    unit: z.string(),
    /** As ordered: 2 箱 where `qty` says 24 件. Prices are per `orderedUnit`. */
    orderedQty: Qty,
    orderedUnit: z.string(),
    requestedOn: BizDate.nullable(),
    note: z.string().nullable(),
    free: z.boolean(),
    /** The line was given by a promotion: agreed, not for anybody to change. */
    gift: z.boolean(),
    unitPrice: Price,
    agreedPrice: Price.nullable(),
    /** Why the price is what it is. */
    why: z.array(PriceStep),
    taxRate: Rate,
    discountAmount: Amount,
    orderDiscountShare: Amount,
    /** The line's part of what promotions take off the whole order. */
    promotionShare: Amount,
    netAmount: Amount,
    taxAmount: Amount,
    grossAmount: Amount,
    promisedOn: BizDate.nullable(),
    promises: z.array(LinePromise),
    pickedQty: Qty,
    shippedQty: Qty,
    deliveredQty: Qty,
    closedQty: Qty,
    invoicedAmount: Amount,
  })
  .meta({ id: 'OrderLine' });

export const DiscrepancyView = z
  .object({
    id: Id,
    lineNo: z.number().int().nullable(),
    kind: z.enum([
      'price',
      'discount',
      'free_goods',
      'payment_method',
      'payment_term',
      'delivery_place',
      'price_missing',
    ]),
    agreed: z.string().nullable(),
    ordered: z.string().nullable(),
    /** Ordered − agreed: below zero is to our cost. */
    /** ordered − agreed: negative is to our cost. */
    effectAmount: Amount,
    /** Of another payment term the effect is the cost of money by this percentage a year; null: it is a difference of amounts. */
    yearlyPercent: z.number().int().nullable(),
    /** Only an approval settles it, not the partner’s agreement alone. */
    needsApproval: z.boolean(),
    /** The agreement that it deviates from; null: none was in force. */
    agreementNo: z.string().nullable(),
    agreementVersion: z.number().int().nullable(),
    replyDueAt: Instant.nullable(),
    partnerAnswer: z.enum(['agreed', 'refused']).nullable(),
    partnerAnsweredAt: Instant.nullable(),
    partnerNote: z.string().nullable(),
    state: z.enum(['open', 'taken_back', 'agreed_by_partner', 'approved']),
    settledBy: z.string().nullable(),
    settledAt: Instant.nullable(),
    evidence: z.string().nullable(),
  })
  .meta({ id: 'Discrepancy' });

export const SHORTAGE_CHOICES = ['later_date', 'split', 'other_warehouse', 'substitute', 'reduce'] as const;

/** What order processing lays down for a line instead of the system's proposal; `anyWarehouse`: the partner takes it from another warehouse. */
export const PromiseCorrection = z
  .object({
    lineNo: z.number().int(),
    warehouseId: Id.nullable(),
    supplyId: Id.nullable(),
    notBefore: BizDate.nullable(),
    anyWarehouse: z.boolean(),
    reason: z.string(),
    by: Id.nullable(),
    at: Instant,
  })
  .meta({ id: 'PromiseCorrection' });

/** What production is asked about a line that its plan does not hold yet, and its answer. */
export const ProductionQuestion = z
  .object({
    lineNo: z.number().int(),
    productId: Id,
    qty: Qty,
    wantedOn: BizDate.nullable(),
    askedAt: Instant,
    answer: z.enum(['can', 'cannot']).nullable(),
    on: BizDate.nullable(),
    reason: z.string().nullable(),
    answeredBy: Id.nullable(),
    answeredAt: Instant.nullable(),
  })
  .meta({ id: 'ProductionQuestion' });

export const ShortageOption = z
  .object({
    kind: z.enum(SHORTAGE_CHOICES),
    lineNo: z.number().int(),
    /** The other warehouse that the goods would come from; staff only. */
    warehouse: z.object({ id: Id, name: z.string() }).nullable().optional(),
    availableQty: Qty,
    on: BizDate.nullable(),
    substitute: z
      .object({
        productId: Id,
        sku: z.string(),
        name: z.string(),
        nameHans: z.string().nullable().optional(),
        nameEn: z.string().nullable(),
        unitPrice: Price.nullable(),
        priceDifference: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ShortageOption' });

export const REPLY_HOWS = ['portal', 'document', 'code', 'clause'] as const;

export const RoundView = z
  .object({
    round: z.number().int(),
    contentHash: z.string(),
    sentAt: Instant,
    sentBy: z.string().nullable(),
    dueAt: Instant,
    /** By a clause of the agreement, told when it was sent: no reply is acceptance. */
    silenceAccepts: z.boolean(),
    /** Not answered by then, the notice lapses and the order returns to sales. */
    lapsesAt: Instant,
    reply: z.enum(['accepted', 'objected', 'recalled', 'lapsed']).nullable(),
    /** portal: signed in; document: the partner's paper, recorded by sales; code: one-time code; clause: silence, by the agreement. */
    how: z.enum(REPLY_HOWS).nullable(),
    repliedBy: z.string().nullable(),
    repliedAt: Instant.nullable(),
    /** Address that the reply came from; staff only. */
    from: z.string().nullable(),
    evidence: z.string().nullable(),
    attachment: z.object({ id: Id, fileName: z.string() }).nullable(),
    reasons: z.array(
      z.object({ lineNo: z.number().int().nullable(), reason: z.string(), answer: z.string().nullable() }),
    ),
  })
  .meta({ id: 'ConfirmationRound' });

export const HoldView = z
  .object({
    id: Id,
    kind: z.enum(['credit', 'overdue', 'termination', 'manual']),
    /** What a person wrote, or the product's own reason in the reader's language. */
    reason: z.string(),
    amount: Amount.nullable(),
    wholePartner: z.boolean(),
    placedAt: Instant,
    placedBy: z.string().nullable(),
    blocks: z.array(z.string()),
  })
  .meta({ id: 'Hold' });

export const OrderView = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    revision: z.number().int(),
    round: z.number().int(),
    state: z.enum(ORDER_STATES),
    stage: z.string(),
    deliveryStatus: z.enum(DELIVERY_STATUSES),
    paymentStatus: z.enum(PAYMENT_STATUSES),
    invoiceStatus: z.enum(INVOICE_STATUSES),
    partner: PartnerRef,
    salesOwner: Named.nullable(),
    channel: z.enum(CHANNELS),
    customerName: z.string().nullable(),
    ownStock: z.boolean(),
    poNo: z.string().nullable(),
    inquiry: z.object({ id: Id, no: z.string() }).nullable(),
    currency: Currency,
    taxInclusive: z.boolean(),
    paymentMethod: z.string(),
    paymentTerm: PaymentTerm,
    requestedOn: BizDate.nullable(),
    deliveryMethod: z.string().nullable(),
    addressId: Id.nullable(),
    deliveryAddress: z.string().nullable(),
    receiver: z.string().nullable(),
    receiverPhone: z.string().nullable(),
    note: z.string().nullable(),
    orderDiscountAmount: Amount,
    /** The part that was named, where it was not an amount. */
    orderDiscountRate: Rate.nullable(),
    /** What promotions take off the whole order. */
    promotionDiscountAmount: Amount,
    netAmount: Amount,
    taxAmount: Amount,
    grossAmount: Amount,
    paidAmount: Amount,
    invoicedAmount: Amount,
    pricingOn: BizDate.nullable(),
    createdAt: Instant,
    createdBy: z.string().nullable(),
    submittedAt: Instant.nullable(),
    /** The review of price and terms: when, by whom (null: by the product), against which version of which agreement. */
    termsReview: z
      .object({
        at: Instant,
        by: z.string().nullable(),
        agreementNo: z.string().nullable(),
        agreementVersion: z.number().int().nullable(),
      })
      .nullable(),
    replyDueAt: Instant.nullable(),
    reservedUntil: Instant.nullable(),
    effectiveAt: Instant.nullable(),
    completedAt: Instant.nullable(),
    stateSince: Instant,
    holder: z
      .object({
        side: z.enum(['staff', 'partner']),
        role: z.string(),
        userName: z.string().nullable(),
        taskKind: z.string(),
        dueAt: Instant.nullable(),
        provisional: z.boolean(),
      })
      .nullable(),
    lines: z.array(OrderLineView),
    discrepancies: z.array(DiscrepancyView),
    shortages: z.array(ShortageOption),
    /** Staff only. */
    corrections: z.array(
      PromiseCorrection.extend({
        by: z.string().nullable(),
        warehouse: z.string().nullable(),
        supplyNo: z.string().nullable(),
      }),
    ),
    productionQuestions: z.array(ProductionQuestion.extend({ answeredBy: z.string().nullable() })),
    rounds: z.array(RoundView),
    holds: z.array(HoldView),
    /** Taken over from the system before, under this number. */
    cutOver: z.object({ reference: z.string(), agreedOn: BizDate }).nullable(),
    paymentPlan: z.array(
      z.object({
        itemNo: z.number().int(),
        kind: z.string(),
        dueOn: BizDate.nullable(),
        amount: Amount,
        paidAmount: Amount,
      }),
    ),
    shipments: z.array(
      z.object({
        id: Id,
        no: z.string(),
        state: z.string(),
        waybillNo: z.string().nullable(),
        carrierName: z.string().nullable(),
        carrierNameEn: z.string().nullable(),
        shippedAt: Instant,
        expectedOn: BizDate.nullable(),
        deliveredAt: Instant.nullable(),
      }),
    ),
    pickings: z.array(
      z.object({ id: Id, no: z.string(), state: z.string(), warehouseName: z.string(), readyByOn: BizDate.nullable() }),
    ),
    invoices: z.array(
      z.object({
        id: Id,
        no: z.string(),
        state: z.string(),
        grossAmount: Amount,
        issuedOn: BizDate,
        taxInvoiceNo: z.string().nullable(),
      }),
    ),
    payments: z.array(z.object({ id: Id, no: z.string(), amount: Amount, receivedOn: BizDate })),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'Order' });

export const OrderRow = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    state: z.enum(ORDER_STATES),
    deliveryStatus: z.enum(DELIVERY_STATUSES),
    paymentStatus: z.enum(PAYMENT_STATUSES),
    invoiceStatus: z.enum(INVOICE_STATUSES),
    partner: PartnerRef,
    salesOwner: Named.nullable(),
    customerName: z.string().nullable(),
    poNo: z.string().nullable(),
    currency: Currency,
    grossAmount: Amount,
    paidAmount: Amount,
    requestedOn: BizDate.nullable(),
    createdAt: Instant,
    stateSince: Instant,
    onHold: z.boolean(),
    dueAt: Instant.nullable(),
  })
  .meta({ id: 'OrderRow' });

export const ORDER_SORTS = ['created', '-created', 'gross', '-gross', 'requested', '-requested'] as const;
export const OrderFilters = {
  state: z.union([z.enum(ORDER_STATES), z.array(z.enum(ORDER_STATES))]).optional(),
  deliveryStatus: z.union([z.enum(DELIVERY_STATUSES), z.array(z.enum(DELIVERY_STATUSES))]).optional(),
  paymentStatus: z.enum(PAYMENT_STATUSES).optional(),
  invoiceStatus: z.enum(INVOICE_STATUSES).optional(),
  partnerId: Id.optional(),
  salesOwnerId: Id.optional(),
  productId: Id.optional(),
  /** A hold of the order or of its partner is live. */
  onHold: z.enum(['true', 'false']).optional(),
  q: z.string().max(100).optional(),
  createdFrom: BizDate.optional(),
  createdTo: BizDate.optional(),
  sort: z.enum(ORDER_SORTS).optional(),
};

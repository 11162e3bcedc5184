/** Receipts 收款, their allocation to orders, the partner's account, open items, opening balances. Source: R6.1, R6.2. */
import { z } from 'zod';
import {
  AllowedAction,
  Amount,
  BizDate,
  Code,
  Currency,
  Id,
  Instant,
  LongText,
  Named,
  Page,
  PageQuery,
  PartnerRef,
  PositiveAmount,
  Reason,
  Text,
} from './common.ts';
import { ORDER_STATES, PAYMENT_STATUSES } from './machines/order.ts';
import { PAYMENT_STATES } from './machines/others.ts';
import { operation } from './operation.ts';
import { PAYMENT_METHODS } from './partners.ts';

const Flag = z.enum(['true', 'false'], 'field.bad_parameter');
/** `opening`: an advance taken over at cut-over; nobody records one by hand. */
export const RECEIPT_METHODS = [...PAYMENT_METHODS, 'opening'] as const;
export const PLAN_KINDS = ['full', 'deposit', 'balance', 'instalment'] as const;
export const MAX_ALLOCATIONS = 200;

/** A part of a payment on one item of an order's payment plan. */
export const AllocationView = z
  .object({
    id: Id,
    orderId: Id,
    orderNo: z.string(),
    poNo: z.string().nullable(),
    itemNo: z.number().int(),
    kind: z.enum(PLAN_KINDS),
    dueOn: BizDate.nullable(),
    amount: Amount,
    madeAt: Instant,
    madeBy: Named.nullable(),
    reversedAt: Instant.nullable(),
  })
  .meta({ id: 'Allocation' });

const paymentFields = {
  id: Id,
  no: z.string(),
  version: z.number().int(),
  state: z.enum(PAYMENT_STATES),
  partner: PartnerRef,
  currency: Currency,
  amount: Amount,
  allocatedAmount: Amount,
  unallocatedAmount: Amount,
  receivedOn: BizDate,
  method: z.enum(RECEIPT_METHODS),
  /** Who paid, when that is not the partner itself (代付). */
  payerName: z.string().nullable(),
  payerDiffers: z.boolean(),
  /** Paid in another way than the partner's file says. */
  methodDiffers: z.boolean(),
  bankRef: z.string().nullable(),
  recordedAt: Instant,
  confirmedAt: Instant.nullable(),
};
export const PaymentRow = z.object(paymentFields).meta({ id: 'PaymentRow' });
export const PaymentView = z
  .object({
    ...paymentFields,
    /** Internal; null for partners. */
    note: z.string().nullable(),
    reverseReason: z.string().nullable(),
    recordedBy: Named.nullable(),
    confirmedBy: Named.nullable(),
    allocations: z.array(AllocationView),
    postings: z.array(
      z.object({
        voucherNo: z.string(),
        postedOn: BizDate,
        debitAccount: z.string(),
        creditAccount: z.string(),
        amount: Amount,
        reversal: z.boolean(),
      }),
    ),
    /** What a person may do now: confirm, allocate, unallocate, reverse. */
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'Payment' });

export const AllocationInput = z.strictObject({ orderId: Id, amount: PositiveAmount }).meta({ id: 'AllocationInput' });
const Allocations = z.array(AllocationInput).max(MAX_ALLOCATIONS, 'field.too_many');

export const PaymentRecord = z
  .strictObject({
    partnerId: Id,
    amount: PositiveAmount,
    /** Only to make sure: it must be the partner's currency. */
    currency: Currency.optional(),
    receivedOn: BizDate,
    method: z.enum(PAYMENT_METHODS),
    payerName: Text(200).optional(),
    /** The bank's reference of the entry: taken once. */
    bankRef: Code(100).optional(),
    note: LongText(1000).optional(),
    /** The money is there: confirm in the same step. Needed when allocations are given. */
    confirm: z.boolean().optional(),
    allocations: Allocations.optional(),
  })
  .meta({ id: 'PaymentRecord' });

/** What a payment could be allocated to. `proposed`: what one press of a button would take. */
export const PaymentProposal = z
  .object({
    orderId: Id,
    orderNo: z.string(),
    poNo: z.string().nullable(),
    orderState: z.enum(ORDER_STATES),
    paymentStatus: z.enum(PAYMENT_STATUSES),
    effectiveAt: Instant.nullable(),
    dueOn: BizDate.nullable(),
    overdueDays: z.number().int(),
    grossAmount: Amount,
    openAmount: Amount,
    /** Of what is open, what is due by today. */
    dueAmount: Amount,
    exact: z.boolean(),
    proposedAmount: Amount,
  })
  .meta({ id: 'PaymentProposal' });

export const PaymentProposals = z
  .object({
    /** Receipts of the partner that no order has taken up; of one receipt: what is left of it. */
    unallocatedAmount: Amount,
    items: z.array(PaymentProposal),
  })
  .meta({ id: 'PaymentProposals' });

/** One line of a partner's account. debit: the partner owes more; credit: less. */
export const LedgerLine = z
  .object({
    id: Id,
    postedOn: BizDate,
    voucherNo: z.string(),
    kind: z.enum(['invoice', 'payment', 'opening', 'reversal']),
    documentType: z.enum(['invoice', 'payment', 'opening']),
    documentId: Id,
    documentNo: z.string().nullable(),
    orderId: Id.nullable(),
    orderNo: z.string().nullable(),
    poNo: z.string().nullable(),
    memo: z.string().nullable(),
    debitAmount: Amount,
    creditAmount: Amount,
    balanceAmount: Amount,
  })
  .meta({ id: 'LedgerLine' });
export const PartnerLedger = z
  .object({
    partner: PartnerRef,
    currency: Currency,
    from: BizDate,
    to: BizDate,
    openingAmount: Amount,
    debitAmount: Amount,
    creditAmount: Amount,
    closingAmount: Amount,
    /** Up to 2,000 lines; `complete` says whether these are all. The sums are always of all. */
    lines: z.array(LedgerLine),
    complete: z.boolean(),
  })
  .meta({ id: 'PartnerLedger' });

/** What a partner has to pay, by age of the due date. */
export const OpenItemsRow = z
  .object({
    partner: PartnerRef,
    salesOwner: Named.nullable(),
    currency: Currency,
    /** The account: invoiced less received. Negative: an advance. */
    balanceAmount: Amount,
    /** Receipts that no order has taken up. */
    unallocatedAmount: Amount,
    openAmount: Amount,
    notDueAmount: Amount,
    days1To30Amount: Amount,
    days31To60Amount: Amount,
    days61To90Amount: Amount,
    over90Amount: Amount,
    oldestDueOn: BizDate.nullable(),
    orderCount: z.number().int(),
  })
  .meta({ id: 'OpenItemsRow' });

export const OpeningBalanceView = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    partner: PartnerRef,
    currency: Currency,
    /** Positive: the partner owes it. Negative: an advance of the partner. */
    amount: Amount,
    postedOn: BizDate,
    reference: z.string(),
    /** The advance as a receipt, so that it can be allocated to orders. */
    paymentId: Id.nullable(),
    reversedAt: Instant.nullable(),
  })
  .meta({ id: 'OpeningBalance' });

const params = z.object({ paymentId: Id });
const act = <const T extends string>(verb: T) => `/api/v1/payments/:paymentId/${verb}` as const;
const ACT = { method: 'POST', params, response: PaymentView, idempotent: true, versioned: true } as const;
const ALLOCATE = [
  'payment.exceeds_unallocated',
  'payment.exceeds_open',
  'payment.currency',
  'order.not_found',
  'order.wrong_state',
  'field.amount_decimals',
] as const;

export const PAYMENT_SORTS = ['received', '-received', 'amount', '-amount'] as const;
export const PaymentFilters = {
  state: z.enum(PAYMENT_STATES, 'field.bad_parameter').optional(),
  partnerId: Id.optional(),
  orderId: Id.optional(),
  method: z.enum(RECEIPT_METHODS, 'field.bad_parameter').optional(),
  /** Confirmed and not fully taken up by orders. */
  unallocated: Flag.optional(),
  payerDiffers: Flag.optional(),
  from: BizDate.optional(),
  to: BizDate.optional(),
  /** Number, bank reference, payer, partner. */
  q: z.string().max(100).optional(),
  sort: z.enum(PAYMENT_SORTS, 'field.bad_parameter').optional(),
};

export const OpenItemFilters = {
  partnerId: Id.optional(),
  overdue: Flag.optional(),
  q: z.string().max(100).optional(),
};

export const paymentsList = operation({
  id: 'paymentsList',
  method: 'GET',
  path: '/api/v1/payments',
  summary: 'Receipts, newest first',
  article: 'R6.2',
  can: 'payment.read',
  query: z.strictObject({ ...PageQuery, ...PaymentFilters }),
  response: Page(PaymentRow),
  errors: ['request.bad_cursor'],
});
export const paymentGet = operation({
  id: 'paymentGet',
  method: 'GET',
  path: '/api/v1/payments/:paymentId',
  summary: 'One receipt with its allocations and postings',
  article: 'R6.2',
  can: 'payment.read',
  params,
  response: PaymentView,
  errors: ['payment.not_found'],
});
export const paymentRecord = operation({
  id: 'paymentRecord',
  method: 'POST',
  path: '/api/v1/payments',
  summary: 'Record a receipt; with `confirm` and `allocations` everything in one step',
  article: 'R6.2',
  can: 'payment.record',
  body: PaymentRecord,
  response: PaymentView,
  status: 201,
  idempotent: true,
  errors: ['partner.not_found', 'payment.duplicate_ref', 'payment.future_date', 'payment.not_confirmed', ...ALLOCATE],
});
export const paymentConfirm = operation({
  ...ACT,
  id: 'paymentConfirm',
  path: act('confirm'),
  summary: 'The money has come in: posted to the partner’s account',
  article: 'R6.2',
  can: 'payment.record',
  body: z.strictObject({ allocations: Allocations.optional() }),
  errors: ['payment.not_found', 'payment.wrong_state', ...ALLOCATE],
});
export const paymentAllocate = operation({
  ...ACT,
  id: 'paymentAllocate',
  path: act('allocate'),
  summary: 'Allocate to orders, whose plan items are filled in their order; never more than is open',
  article: 'R6.2',
  can: 'payment.record',
  body: z.strictObject({ allocations: Allocations.min(1, 'field.too_short') }),
  errors: ['payment.not_found', 'payment.wrong_state', ...ALLOCATE],
});
export const paymentUnallocate = operation({
  ...ACT,
  id: 'paymentUnallocate',
  path: '/api/v1/payments/:paymentId/allocations/:allocationId/reverse',
  params: z.object({ paymentId: Id, allocationId: Id }),
  summary: 'Take one allocation back: the receipt is free again, the order open',
  article: 'R6.2',
  can: 'payment.reverse',
  body: z.strictObject({ reason: Reason }),
  errors: [
    'payment.not_found',
    'payment.wrong_state',
    'allocation.not_found',
    'allocation.reversed',
    'order.wrong_state',
  ],
});
export const paymentReverse = operation({
  ...ACT,
  id: 'paymentReverse',
  path: act('reverse'),
  summary: 'Take a receipt back; its posting is mirrored. Allocations go first',
  article: 'R6.2',
  can: 'payment.reverse',
  body: z.strictObject({ reason: Reason }),
  errors: ['payment.not_found', 'payment.wrong_state', 'payment.allocated'],
});
export const paymentProposals = operation({
  id: 'paymentProposals',
  method: 'GET',
  path: act('proposals'),
  summary: 'Open orders of the partner for this receipt: exact matches first, then oldest due',
  article: 'R6.2',
  can: 'payment.record',
  params,
  response: PaymentProposals,
  errors: ['payment.not_found'],
});
export const partnerProposals = operation({
  id: 'partnerProposals',
  method: 'GET',
  path: '/api/v1/partners/:partnerId/open-orders',
  summary: 'Open orders of a partner for a receipt that is being entered',
  article: 'R6.2',
  can: 'payment.record',
  params: z.object({ partnerId: Id }),
  query: z.strictObject({ amount: PositiveAmount.optional() }),
  response: PaymentProposals,
  errors: ['partner.not_found'],
});
export const partnerLedger = operation({
  id: 'partnerLedger',
  method: 'GET',
  path: '/api/v1/partners/:partnerId/ledger',
  summary: 'The partner’s account in a period: opening balance, each movement, closing balance',
  article: 'R6.2',
  can: 'payment.read',
  params: z.object({ partnerId: Id }),
  query: z.strictObject({ from: BizDate, to: BizDate }),
  response: PartnerLedger,
  errors: ['partner.not_found'],
});
export const openItems = operation({
  id: 'openItems',
  method: 'GET',
  path: '/api/v1/open-items',
  summary: 'What partners have to pay, by age; the largest overdue first',
  article: 'R6.1',
  can: 'payment.read',
  query: z.strictObject({ ...PageQuery, ...OpenItemFilters }),
  response: Page(OpenItemsRow).extend({
    currency: Currency,
    totals: OpenItemsRow.pick({
      openAmount: true,
      notDueAmount: true,
      days1To30Amount: true,
      days31To60Amount: true,
      days61To90Amount: true,
      over90Amount: true,
      unallocatedAmount: true,
    }),
  }),
  errors: ['request.bad_cursor'],
});
/** One item of the payment plan of an order in effect that is not paid in full. `dueOn` is null while what makes it due has not happened. */
export const DueItem = z
  .object({
    order: z.object({ id: Id, no: z.string(), poNo: z.string().nullable() }),
    partner: PartnerRef,
    itemNo: z.number().int(),
    kind: z.enum(PLAN_KINDS),
    dueOn: BizDate.nullable(),
    overdue: z.boolean(),
    currency: Currency,
    amount: Amount,
    paidAmount: Amount,
    openAmount: Amount,
  })
  .meta({ id: 'DueItem' });
export const dueItems = operation({
  id: 'dueItems',
  method: 'GET',
  path: '/api/v1/due-items',
  summary: 'What is still to be paid on orders in effect, item by item, the earliest due first',
  article: 'R6.1',
  can: 'payment.read',
  query: z.strictObject({ ...PageQuery, partnerId: Id.optional(), overdue: Flag.optional() }),
  response: Page(DueItem),
  errors: ['request.bad_cursor'],
});
export const openingBalancePost = operation({
  id: 'openingBalancePost',
  method: 'POST',
  path: '/api/v1/opening-balances',
  summary: 'Take over what a partner owed, or had paid in advance, before the cut-over',
  article: 'R6.2',
  can: 'cutover.run',
  body: z.strictObject({
    partnerId: Id,
    amount: Amount,
    postedOn: BizDate,
    reference: Code(60),
    currency: Currency.optional(),
  }),
  response: OpeningBalanceView,
  status: 201,
  idempotent: true,
  errors: [
    'partner.not_found',
    'opening_balance.duplicate',
    'opening_balance.zero',
    'payment.currency',
    'payment.future_date',
    'field.amount_decimals',
  ],
});
export const openingBalanceList = operation({
  id: 'openingBalanceList',
  method: 'GET',
  path: '/api/v1/opening-balances',
  summary: 'Opening balances, newest first',
  article: 'R6.2',
  can: 'cutover.run',
  query: z.strictObject({ ...PageQuery, partnerId: Id.optional() }),
  response: Page(OpeningBalanceView),
  errors: ['request.bad_cursor'],
});
export const openingBalanceReverse = operation({
  id: 'openingBalanceReverse',
  method: 'POST',
  path: '/api/v1/opening-balances/:openingBalanceId/reverse',
  summary: 'The way back: the posting is mirrored',
  article: 'R6.2',
  can: 'cutover.run',
  params: z.object({ openingBalanceId: Id }),
  body: z.strictObject({ reason: Reason }),
  response: OpeningBalanceView,
  idempotent: true,
  versioned: true,
  errors: ['opening_balance.not_found', 'opening_balance.reversed', 'payment.allocated'],
});

export const paymentOperations = [
  paymentsList,
  paymentGet,
  paymentRecord,
  paymentConfirm,
  paymentAllocate,
  paymentUnallocate,
  paymentReverse,
  paymentProposals,
  partnerProposals,
  partnerLedger,
  openItems,
  dueItems,
  openingBalancePost,
  openingBalanceList,
  openingBalanceReverse,
] as const;

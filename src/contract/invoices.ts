/** Invoices 發票: issue, delivery, receipt, red-letter invoices. Source: R6.3. */
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
  PositiveQty,
  Qty,
  Rate,
  Reason,
  RefusalView,
  Text,
} from './common.ts';
import { DELIVERY_STATUSES, INVOICE_STATUSES, PAYMENT_STATUSES } from './machines/order.ts';
import { INVOICE_STATES } from './machines/others.ts';
import { operation } from './operation.ts';
import { MAX_LINES } from './orders.ts';
import { INVOICE_KINDS } from './partners.ts';
import { SignedQty } from './stock.ts';

const Flag = z.enum(['true', 'false'], 'field.bad_parameter');
/** before_shipment: goods on it have not left yet, so the tax falls due earlier. before_payment: a reason is on record. */
export const INVOICE_WARNINGS = ['before_shipment', 'before_payment'] as const;
export const INVOICE_WAYS = ['email', 'post', 'platform', 'by_hand'] as const;
/** 開票有誤, 銷貨退回, 服務中止, 銷售折讓 */
export const RED_REASONS = ['wrong_invoice', 'goods_returned', 'service_ended', 'allowance'] as const;

/** The buyer as the partner's file said at the moment of issue. */
export const InvoiceBuyer = z
  .object({
    title: z.string(),
    taxNo: z.string().nullable(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    bankName: z.string().nullable(),
    bankAccount: z.string().nullable(),
  })
  .meta({ id: 'InvoiceBuyer' });
/** A red-letter invoice carries negative quantities and amounts. */
export const InvoiceLineView = z
  .object({
    lineNo: z.number().int(),
    productId: Id,
    sku: z.string(),
    name: z.string(),
    spec: z.string().nullable(),
    taxCode: z.string().nullable(),
    qty: SignedQty,
    unit: z.string(),
    taxRate: Rate,
    netAmount: Amount,
    taxAmount: Amount,
    grossAmount: Amount,
  })
  .meta({ id: 'InvoiceLine' });

const invoiceFields = {
  id: Id,
  no: z.string(),
  version: z.number().int(),
  state: z.enum(INVOICE_STATES),
  kind: z.enum(INVOICE_KINDS),
  /** A red-letter invoice, which takes another one back in full. */
  isRed: z.boolean(),
  partner: PartnerRef,
  order: z.object({ id: Id, no: z.string(), poNo: z.string().nullable(), customerName: z.string().nullable() }),
  /** Number of the tax authority. */
  taxInvoiceNo: z.string().nullable(),
  currency: Currency,
  netAmount: Amount,
  taxAmount: Amount,
  grossAmount: Amount,
  issuedOn: BizDate,
  sentAt: Instant.nullable(),
  receivedAt: Instant.nullable(),
  warnings: z.array(z.enum(INVOICE_WARNINGS)),
};
export const InvoiceRow = z.object(invoiceFields).meta({ id: 'InvoiceRow' });
export const InvoiceView = z
  .object({
    ...invoiceFields,
    buyer: InvoiceBuyer,
    lines: z.array(InvoiceLineView),
    issuedBy: Named.nullable(),
    deliveryMethod: z.enum(INVOICE_WAYS).nullable(),
    deliveryRef: z.string().nullable(),
    receivedBy: z.string().nullable(),
    beforePaymentReason: z.string().nullable(),
    /** The blue invoice that this red one takes back. */
    reverses: z.object({ id: Id, no: z.string(), taxInvoiceNo: z.string().nullable() }).nullable(),
    /** The red invoice that took this one back. */
    reversedBy: z.object({ id: Id, no: z.string(), taxInvoiceNo: z.string().nullable() }).nullable(),
    redReason: z.enum(RED_REASONS).nullable(),
    redFormNo: z.string().nullable(),
    reverseNote: z.string().nullable(),
    /** What a person may do now: send, receive, unreceive, setTaxNo, reverse. */
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'Invoice' });

/** What of an order can be invoiced, and whether something stands in the way. */
export const InvoiceableView = z
  .object({
    orderId: Id,
    orderNo: z.string(),
    partner: PartnerRef,
    currency: Currency,
    deliveryStatus: z.enum(DELIVERY_STATUSES),
    paymentStatus: z.enum(PAYMENT_STATUSES),
    invoiceStatus: z.enum(INVOICE_STATUSES),
    grossAmount: Amount,
    paidAmount: Amount,
    invoicedAmount: Amount,
    openAmount: Amount,
    /** What the partner's file proposes. */
    kind: z.enum(INVOICE_KINDS),
    buyer: InvoiceBuyer,
    /** By kind: fields of the buyer that are missing or malformed. */
    buyerProblems: z.array(z.object({ kind: z.enum(INVOICE_KINDS), fields: z.array(z.string()) })),
    lines: z.array(
      z.object({
        lineNo: z.number().int(),
        productId: Id,
        sku: z.string(),
        name: z.string(),
        unit: z.string(),
        taxRate: Rate,
        qty: Qty,
        shippedQty: Qty,
        invoicedQty: Qty,
        openQty: Qty,
        openAmount: Amount,
      }),
    ),
    /** The whole rest is more than what was paid: a reason is needed. */
    needsReason: z.boolean(),
    warnings: z.array(z.enum(INVOICE_WARNINGS)),
    refusals: z.array(RefusalView),
  })
  .meta({ id: 'Invoiceable' });

const params = z.object({ invoiceId: Id });
const act = <const T extends string>(verb: T) => `/api/v1/invoices/:invoiceId/${verb}` as const;
const ACT = { method: 'POST', params, response: InvoiceView, idempotent: true, versioned: true } as const;
const COMMON = ['invoice.not_found', 'invoice.wrong_state'] as const;

export const INVOICE_SORTS = ['issued', '-issued', 'gross', '-gross'] as const;
export const InvoiceFilters = {
  state: z.enum(INVOICE_STATES, 'field.bad_parameter').optional(),
  kind: z.enum(INVOICE_KINDS, 'field.bad_parameter').optional(),
  partnerId: Id.optional(),
  orderId: Id.optional(),
  isRed: Flag.optional(),
  /** Issued or sent, and nobody has confirmed its receipt. */
  notReceived: Flag.optional(),
  /** The tax authority's number is not entered yet. */
  withoutTaxNo: Flag.optional(),
  from: BizDate.optional(),
  to: BizDate.optional(),
  /** Number, tax number, order, partner's own number, partner. */
  q: z.string().max(100).optional(),
  sort: z.enum(INVOICE_SORTS, 'field.bad_parameter').optional(),
};

export const invoicesList = operation({
  id: 'invoicesList',
  method: 'GET',
  path: '/api/v1/invoices',
  summary: 'Invoices, newest first',
  article: 'R6.3',
  can: 'invoice.read',
  query: z.strictObject({ ...PageQuery, ...InvoiceFilters }),
  response: Page(InvoiceRow),
  errors: ['request.bad_cursor'],
});
export const invoiceGet = operation({
  id: 'invoiceGet',
  method: 'GET',
  path: '/api/v1/invoices/:invoiceId',
  summary: 'One invoice with lines, delivery and receipt',
  article: 'R6.3',
  can: 'invoice.read',
  params,
  response: InvoiceView,
  errors: ['invoice.not_found'],
});
export const invoiceableGet = operation({
  id: 'invoiceableGet',
  method: 'GET',
  path: '/api/v1/orders/:orderId/invoiceable',
  summary: 'What of an order can be invoiced, line by line',
  article: 'R6.3',
  can: 'invoice.issue',
  params: z.object({ orderId: Id }),
  response: InvoiceableView,
  errors: ['order.not_found'],
});
export const invoiceIssue = operation({
  id: 'invoiceIssue',
  method: 'POST',
  path: '/api/v1/invoices',
  summary: 'Issue an invoice for an order: what is left of it, or named quantities',
  article: 'R6.3',
  can: 'invoice.issue',
  body: z.strictObject({
    orderId: Id,
    /** Left out: the kind in the partner's file. */
    kind: z.enum(INVOICE_KINDS).optional(),
    lines: z
      .array(z.strictObject({ lineNo: z.number().int().positive(), qty: PositiveQty }))
      .min(1, 'field.too_short')
      .max(MAX_LINES, 'field.too_many')
      .optional(),
    /** Why it is issued before the money is there, where the policy asks for payment first. */
    beforePaymentReason: Reason.optional(),
    taxInvoiceNo: Code(20).optional(),
  }),
  response: InvoiceView,
  status: 201,
  idempotent: true,
  errors: [
    'order.not_found',
    'order.wrong_state',
    'line.not_found',
    'invoice.exceeds_due',
    'invoice.buyer_data',
    'invoice.not_paid',
    'invoice.tax_no_format',
    'invoice.number_taken',
    'stock.qty_whole',
  ],
});
export const invoiceSend = operation({
  ...ACT,
  id: 'invoiceSend',
  path: act('send'),
  summary: 'Sent to the partner: way and reference; the clock for its receipt starts',
  article: 'R6.3',
  can: 'invoice.issue',
  body: z.strictObject({ method: z.enum(INVOICE_WAYS), ref: Text(200).optional() }),
  errors: COMMON,
});
export const invoiceReceive = operation({
  ...ACT,
  id: 'invoiceReceive',
  path: act('receive'),
  summary: 'The partner has it: who, and when',
  article: 'R6.3',
  can: 'invoice.receive',
  body: z.strictObject({ receivedBy: Text(100), receivedAt: Instant.optional() }),
  errors: [...COMMON, 'invoice.time_order'],
});
export const invoiceUnreceive = operation({
  ...ACT,
  id: 'invoiceUnreceive',
  path: act('unreceive'),
  summary: 'The way back: it was not received after all',
  article: 'R6.3',
  can: 'invoice.receive',
  body: z.strictObject({ reason: Reason }),
  errors: COMMON,
});
export const invoiceSetTaxNo = operation({
  ...ACT,
  id: 'invoiceSetTaxNo',
  path: act('set-tax-no'),
  summary: 'Enter or mend the tax authority’s number',
  article: 'R6.3',
  can: 'invoice.issue',
  body: z.strictObject({ taxInvoiceNo: Code(20) }),
  errors: ['invoice.not_found', 'invoice.tax_no_format', 'invoice.number_taken'],
});
export const invoiceReverse = operation({
  ...ACT,
  id: 'invoiceReverse',
  path: act('reverse'),
  summary: 'Take an invoice back in full by a red-letter invoice, which is the answer',
  article: 'R6.3',
  can: 'invoice.issue',
  body: z.strictObject({
    redReason: z.enum(RED_REASONS),
    note: LongText(1000).optional(),
    redFormNo: Code(40).optional(),
  }),
  errors: COMMON,
});

export const invoiceOperations = [
  invoicesList,
  invoiceGet,
  invoiceableGet,
  invoiceIssue,
  invoiceSend,
  invoiceReceive,
  invoiceUnreceive,
  invoiceSetTaxNo,
  invoiceReverse,
] as const;

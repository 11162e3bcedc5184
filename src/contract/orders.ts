/** Operations on orders, quotes, and the timeline. Source: R3.3–R4.3, R5.3. */
import { z } from 'zod';
import { Amount, BizDate, Id, LongText, Page, PageQuery, Reason } from './common.ts';
import { operation } from './operation.ts';
import { LINES, SUBMIT } from './order-errors.ts';
import { orderCompareInquiry, orderCompareRounds, orderTimeline } from './order-reads.ts';
import { quoteCreate } from './quotes.ts';
import {
  MAX_LINES,
  OrderCreate,
  OrderUpdate,
  OrderView,
  OrderRow,
  OrderFilters,
  SHORTAGE_CHOICES,
} from './order-shapes.ts';
import { orderCreateMany } from './orders-bulk.ts';

export * from './order-shapes.ts';

const params = z.object({ orderId: Id });
const VIEW = { params, response: OrderView, idempotent: true, versioned: true, method: 'POST' } as const;
const act = <const T extends string>(verb: T) => `/api/v1/orders/:orderId/${verb}` as const;
const COMMON = ['order.not_found', 'order.wrong_state'] as const;

/** What a reply rests on that sales records for the partner: the words, and the partner's document among the files of the order. */
const evidence = { evidence: LongText(2000).optional(), attachmentId: Id.optional() };

export const orderList = operation({
  id: 'orderList',
  method: 'GET',
  path: '/api/v1/orders',
  summary: 'Orders, filtered and paged',
  article: 'R5.3',
  can: 'order.read',
  query: z.strictObject({ ...PageQuery, ...OrderFilters }),
  /** total: exact up to 1,000; beyond, about so many where totalIsEstimate says so, otherwise at least so many. */
  response: Page(OrderRow).extend({ totalIsEstimate: z.boolean() }),
  errors: ['request.bad_cursor'],
});
export const orderGet = operation({
  id: 'orderGet',
  method: 'GET',
  path: '/api/v1/orders/:orderId',
  summary: 'One order with everything about it',
  article: 'R5.3',
  can: 'order.read',
  params,
  response: OrderView,
  errors: ['order.not_found'],
});
export const orderCreate = operation({
  id: 'orderCreate',
  method: 'POST',
  path: '/api/v1/orders',
  summary: 'Create an order; with submit it is priced, checked and reserved at once',
  article: 'R3.3',
  can: 'order.create',
  body: OrderCreate,
  response: OrderView,
  status: 201,
  idempotent: true,
  errors: ['partner.not_found', ...LINES, ...SUBMIT, 'field.unknown'],
});
export const orderUpdate = operation({
  id: 'orderUpdate',
  method: 'PATCH',
  path: '/api/v1/orders/:orderId',
  summary: 'Change a draft',
  article: 'R3.3',
  can: 'order.create',
  params,
  body: OrderUpdate,
  response: OrderView,
  idempotent: true,
  versioned: true,
  errors: [...COMMON, ...LINES],
});
export const orderCopy = operation({
  id: 'orderCopy',
  method: 'POST',
  path: act('copy'),
  summary: 'A new draft with the lines of an earlier order',
  article: 'R3.3',
  can: 'order.create',
  params,
  response: OrderView,
  status: 201,
  idempotent: true,
  errors: ['order.not_found', 'partner.not_active'],
});
export const orderSubmit = operation({
  ...VIEW,
  id: 'orderSubmit',
  path: act('submit'),
  summary: 'Submit a draft for checking',
  article: 'R3.3',
  can: 'order.submit',
  body: z.strictObject({
    onShortage: z.enum(['report', 'refuse']).optional(),
    acceptInquiryDifferences: z.array(z.string().max(80)).max(2000).optional(),
    expectedGrossAmount: Amount.optional(),
  }),
  errors: [...COMMON, ...LINES, ...SUBMIT],
});
export const orderSettleDiscrepancy = operation({
  ...VIEW,
  id: 'orderSettleDiscrepancy',
  path: act('settle-discrepancy'),
  summary: 'Settle one deviation from the agreement: take back, agreed by the partner on record, or approved',
  article: 'R4.1',
  can: 'order.settle_discrepancy',
  body: z.strictObject({
    discrepancyId: Id,
    how: z.enum(['take_back', 'agreed_by_partner', 'approve']),
    evidence: LongText(2000).optional(),
  }),
  errors: [
    ...COMMON,
    'discrepancy.not_found',
    'discrepancy.needs_approval',
    'discrepancy.settled',
    'order.evidence_missing',
    'permission.four_eyes',
    'permission.limit_exceeded',
    'permission.partner_limit',
    'permission.salesperson_limit',
    'permission.denied',
    'price.missing',
  ],
});
export const orderAnswerDiscrepancies = operation({
  ...VIEW,
  id: 'orderAnswerDiscrepancies',
  path: act('answer-discrepancies'),
  summary: 'The partner’s answer to deviations from the agreement, one by one',
  article: 'R4.1',
  can: 'order.answer_discrepancy',
  body: z.strictObject({
    answers: z
      .array(z.strictObject({ discrepancyId: Id, agrees: z.boolean(), note: LongText(2000).optional() }))
      .min(1)
      .max(MAX_LINES),
  }),
  errors: [...COMMON, 'discrepancy.not_found', 'discrepancy.settled'],
});
export const orderPassTerms = operation({
  ...VIEW,
  id: 'orderPassTerms',
  path: act('pass-terms'),
  summary: 'Price and terms are as agreed, or settled',
  article: 'R4.1',
  can: 'order.pass_terms',
  errors: [...COMMON, 'order.discrepancy_open', 'order.credit_hold', 'order.hold'],
});
export const orderSendBack = operation({
  ...VIEW,
  id: 'orderSendBack',
  path: act('send-back'),
  summary: 'Back to draft, with a reason; reservations are released',
  article: 'R4.1',
  can: 'order.send_back',
  body: z.strictObject({ reason: Reason }),
  errors: [...COMMON],
});
export const orderPassAvailability = operation({
  ...VIEW,
  id: 'orderPassAvailability',
  path: act('pass-availability'),
  summary: 'Every line is promised; stock is reserved',
  article: 'R4.2',
  can: 'order.pass_availability',
  errors: [...COMMON, 'order.not_promised'],
});
export const orderReportShortage = operation({
  ...VIEW,
  id: 'orderReportShortage',
  path: act('report-shortage'),
  summary: 'Not everything can be promised: options are worked out and sales is told',
  article: 'R4.2',
  can: 'order.report_shortage',
  errors: [...COMMON, 'order.promised'],
});
export const orderSettleShortage = operation({
  ...VIEW,
  id: 'orderSettleShortage',
  path: act('settle-shortage'),
  summary: 'The answer to a shortage, by line',
  article: 'R4.2',
  can: 'order.settle_shortage',
  body: z.strictObject({
    lines: z
      .array(
        z.strictObject({
          lineNo: z.number().int().positive(),
          choice: z.enum(SHORTAGE_CHOICES),
          /** Which substitute, where several are offered. */
          productId: Id.optional(),
        }),
      )
      .min(1)
      .max(MAX_LINES),
    evidence: LongText(2000).optional(),
  }),
  errors: [
    ...COMMON,
    'order.shortage_option',
    'order.evidence_missing',
    'line.not_found',
    'price.missing',
    'order.qty_minimum',
  ],
});
export const orderCorrectPromise = operation({
  ...VIEW,
  id: 'orderCorrectPromise',
  path: act('correct-promise'),
  summary:
    'Another date, warehouse or receipt than the system proposes, by line and with a reason; without any of them the proposal holds again',
  article: 'R4.2',
  can: 'order.correct_promise',
  body: z.strictObject({
    lines: z
      .array(
        z.strictObject({
          lineNo: z.number().int().positive(),
          warehouseId: Id.optional(),
          supplyId: Id.optional(),
          notBefore: BizDate.optional(),
          reason: Reason,
        }),
      )
      .min(1)
      .max(MAX_LINES),
  }),
  errors: [...COMMON, 'line.not_found', 'warehouse.not_found', 'supply.not_found'],
});
export const orderAnswerProduction = operation({
  ...VIEW,
  id: 'orderAnswerProduction',
  path: act('answer-production'),
  summary: 'Production answers for what its plan does not hold: by when it can be made, or why it cannot',
  article: 'R4.2',
  can: 'order.answer_production',
  body: z.strictObject({
    lineNo: z.number().int().positive(),
    /** The day on which it can be there; left out: it cannot be made. */
    on: BizDate.optional(),
    warehouseId: Id.optional(),
    reason: Reason.optional(),
  }),
  errors: [
    ...COMMON,
    'order.no_question',
    'order.production_reason',
    'warehouse.not_found',
    'supply.past_date',
    'stock.qty_whole',
  ],
});
export const orderSendConfirmation = operation({
  ...VIEW,
  id: 'orderSendConfirmation',
  path: act('send-confirmation'),
  summary: 'Send the confirmation to the partner; the reply clock starts',
  article: 'R4.3',
  can: 'order.send_confirmation',
  errors: [...COMMON, 'order.reservation_lapsed', 'order.hold'],
});
export const orderAccept = operation({
  ...VIEW,
  id: 'orderAccept',
  path: act('accept'),
  summary: 'Accept exactly what was sent: the order takes effect',
  article: 'R4.3',
  can: 'order.accept',
  body: z.strictObject({ contentHash: z.string().max(64), ...evidence }),
  errors: [
    ...COMMON,
    'order.round_changed',
    'order.reservation_lapsed',
    'order.credit_hold',
    'order.hold',
    'order.evidence_missing',
    'order.document_missing',
    'attachment.not_found',
  ],
});
export const orderObject = operation({
  ...VIEW,
  id: 'orderObject',
  path: act('object'),
  summary: 'Object with reasons, by line; sales records an objection with the partner’s document',
  article: 'R4.3',
  can: 'order.object',
  body: z.strictObject({
    contentHash: z.string().max(64),
    reasons: z
      .array(z.strictObject({ lineNo: z.number().int().positive().optional(), reason: Reason }))
      .min(1)
      .max(MAX_LINES),
    ...evidence,
  }),
  errors: [
    ...COMMON,
    'order.round_changed',
    'line.not_found',
    'order.evidence_missing',
    'order.document_missing',
    'attachment.not_found',
  ],
});
export const orderRecheckAvailability = operation({
  ...VIEW,
  id: 'orderRecheckAvailability',
  path: act('recheck-availability'),
  summary: 'Check again what can be promised, after a reservation has lapsed or new goods have come',
  article: 'R4.2',
  can: 'order.recheck_availability',
  errors: [...COMMON, 'order.still_reserved'],
});
export const orderRecall = operation({
  ...VIEW,
  id: 'orderRecall',
  path: act('recall'),
  summary: 'Take a sent confirmation back',
  article: 'R4.3',
  can: 'order.recall',
  body: z.strictObject({ reason: Reason }),
  errors: [...COMMON],
});
export const orderRevise = operation({
  ...VIEW,
  id: 'orderRevise',
  path: act('revise'),
  summary: 'Answer each objection and change the order: the next round',
  article: 'R4.3',
  can: 'order.revise',
  body: z.strictObject({
    answers: z.array(z.strictObject({ lineNo: z.number().int().positive().optional(), answer: Reason })).max(MAX_LINES),
    changes: OrderUpdate.optional(),
  }),
  errors: [...COMMON, ...LINES, 'order.objection_open', 'price.missing', 'order.po_duplicate', 'order.no_lines'],
});
export const orderWithdraw = operation({
  ...VIEW,
  id: 'orderWithdraw',
  path: act('withdraw'),
  summary: 'Withdraw before effect; everything is released',
  article: 'R3.3',
  can: 'order.withdraw',
  body: z.strictObject({ reason: Reason }),
  errors: [...COMMON],
});
export const orderShortClose = operation({
  ...VIEW,
  id: 'orderShortClose',
  path: act('short-close'),
  summary: 'Close the open rest of a line, with the partner’s consent',
  article: 'R5.2',
  can: 'order.short_close',
  body: z.strictObject({ lineNo: z.number().int().positive(), reason: Reason, consent: LongText(2000).optional() }),
  errors: [...COMMON, 'line.not_found', 'order.nothing_open', 'order.consent_missing'],
});
export const orderAcceptService = operation({
  ...VIEW,
  id: 'orderAcceptService',
  path: act('accept-service'),
  summary: 'Services and freight done: accepted instead of shipped',
  article: 'R3.2',
  can: 'order.accept_service',
  body: z.strictObject({
    lineNos: z.array(z.number().int().positive()).min(1).max(MAX_LINES),
    note: LongText(2000).optional(),
  }),
  errors: [...COMMON, 'line.not_found', 'order.not_service', 'order.nothing_open'],
});
export const orderComplete = operation({
  ...VIEW,
  id: 'orderComplete',
  path: act('complete'),
  summary: 'Complete: delivered or closed, paid and invoiced',
  article: 'R2',
  can: 'order.complete',
  errors: [...COMMON, 'order.not_delivered', 'order.not_paid', 'order.not_invoiced'],
});
export const holdPlace = operation({
  ...VIEW,
  id: 'holdPlace',
  path: act('hold'),
  summary: 'Place a manual hold',
  article: 'R6.1',
  can: 'hold.place',
  body: z.strictObject({ reason: Reason }),
  errors: [...COMMON],
});
export const holdRelease = operation({
  ...VIEW,
  id: 'holdRelease',
  path: '/api/v1/orders/:orderId/holds/:holdId/release',
  params: z.object({ orderId: Id, holdId: Id }),
  summary: 'Release a hold',
  article: 'R4.1',
  can: 'hold.release',
  body: z.strictObject({ reason: Reason }),
  errors: ['order.not_found', 'hold.not_found', 'hold.released', 'permission.four_eyes', 'hold.role'],
});

export const orderOperations = [
  orderList,
  orderGet,
  orderCreate,
  orderCreateMany,
  orderUpdate,
  orderCopy,
  orderSubmit,
  orderSettleDiscrepancy,
  orderAnswerDiscrepancies,
  orderPassTerms,
  orderSendBack,
  orderPassAvailability,
  orderReportShortage,
  orderSettleShortage,
  orderCorrectPromise,
  orderAnswerProduction,
  orderSendConfirmation,
  orderAccept,
  orderObject,
  orderRecheckAvailability,
  orderRecall,
  orderRevise,
  orderWithdraw,
  orderShortClose,
  orderAcceptService,
  orderComplete,
  holdPlace,
  holdRelease,
  quoteCreate,
  orderCompareInquiry,
  orderCompareRounds,
  orderTimeline,
] as const;

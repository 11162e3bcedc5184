/**
 * The life of an order: what people decide. Deliveries, payments and invoices stand beside it as derived statuses, holds as rows.
 * This table is the only place where the transitions are written. Source: R3.3–R4.3, R5–R7.
 */
import { defineMachine } from '../machine.ts';

export const ORDER_STATES = [
  'draft',
  'terms_review',
  'availability_review',
  'shortage',
  'to_confirm',
  'awaiting_partner',
  'objected',
  'in_effect',
  'completed',
  'cancelled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

const BEFORE_EFFECT = ['draft', 'terms_review', 'availability_review', 'shortage', 'to_confirm', 'awaiting_partner', 'objected'] as const;

export const orderMachine = defineMachine({
  name: 'order',
  initial: 'draft',
  states: ORDER_STATES,
  finals: ['completed', 'cancelled'],
  rows: [
    {
      action: 'submit',
      from: ['draft'],
      to: 'terms_review',
      actor: ['staff', 'partner'],
      permission: 'order.submit',
      guards: [
        'partner.not_active',
        'order.no_lines',
        'order.customer_missing',
        'order.delivery_missing',
        'order.inquiry_difference',
        'order.po_duplicate',
      ],
      clock: 'order.review',
      event: 'order.submitted',
      task: 'order.review_terms',
      article: 'R3.3',
      reversedBy: 'sendBack',
    },
    {
      action: 'passTerms',
      from: ['terms_review'],
      to: 'availability_review',
      actor: ['staff', 'system'],
      permission: 'order.pass_terms',
      guards: ['order.discrepancy_open', 'order.credit_hold', 'order.hold'],
      clock: 'order.availability',
      event: 'order.terms_passed',
      task: 'order.check_availability',
      article: 'R4.1',
      reversedBy: 'sendBack',
    },
    {
      action: 'sendBack',
      from: ['terms_review', 'availability_review', 'shortage', 'to_confirm'],
      to: 'draft',
      actor: ['staff'],
      permission: 'order.send_back',
      guards: [],
      clock: 'order.preliminary',
      event: 'order.sent_back',
      task: 'order.mend_draft',
      article: 'R4.1',
      reversedBy: 'submit',
    },
    {
      action: 'passAvailability',
      from: ['availability_review'],
      to: 'to_confirm',
      actor: ['staff', 'system'],
      permission: 'order.pass_availability',
      guards: ['order.not_promised'],
      clock: 'order.notice',
      event: 'order.availability_passed',
      task: 'order.send_confirmation',
      article: 'R4.2',
      reversedBy: 'sendBack',
    },
    {
      action: 'reportShortage',
      from: ['availability_review'],
      to: 'shortage',
      actor: ['staff', 'system'],
      permission: 'order.report_shortage',
      guards: ['order.promised'],
      clock: 'order.shortage',
      event: 'order.shortage_reported',
      task: 'order.settle_shortage',
      article: 'R4.2',
      reversedBy: 'settleShortage',
    },
    {
      action: 'settleShortage',
      from: ['shortage'],
      to: ['availability_review', 'terms_review'],
      actor: ['staff', 'partner'],
      permission: 'order.settle_shortage',
      guards: ['order.evidence_missing'],
      clock: 'order.availability',
      event: 'order.shortage_settled',
      task: 'order.check_availability',
      article: 'R4.2',
      reversedBy: 'sendBack',
    },
    {
      action: 'sendConfirmation',
      from: ['to_confirm'],
      to: 'awaiting_partner',
      actor: ['staff', 'system'],
      permission: 'order.send_confirmation',
      guards: ['order.reservation_lapsed', 'order.hold'],
      clock: 'order.reply',
      event: 'order.confirmation_sent',
      task: 'order.reply',
      article: 'R4.3',
      reversedBy: 'recall',
    },
    {
      action: 'accept',
      from: ['awaiting_partner'],
      to: 'in_effect',
      actor: ['partner', 'staff', 'system'],
      permission: 'order.accept',
      guards: ['order.evidence_missing', 'order.reservation_lapsed', 'order.credit_hold', 'order.hold'],
      clock: 'picking.start',
      event: 'order.took_effect',
      task: 'picking.start',
      article: 'R4.3',
    },
    {
      action: 'object',
      from: ['awaiting_partner'],
      to: 'objected',
      actor: ['partner'],
      permission: 'order.object',
      guards: [],
      clock: 'order.discrepancy',
      event: 'order.objected',
      task: 'order.answer_objection',
      article: 'R4.3',
      reversedBy: 'revise',
    },
    {
      action: 'recall',
      from: ['awaiting_partner'],
      to: 'to_confirm',
      actor: ['staff'],
      permission: 'order.recall',
      guards: [],
      clock: 'order.notice',
      event: 'order.recalled',
      task: 'order.send_confirmation',
      article: 'R4.3',
      reversedBy: 'sendConfirmation',
    },
    {
      action: 'lapse',
      from: ['awaiting_partner', 'to_confirm'],
      to: 'to_confirm',
      actor: ['system'],
      permission: 'order.recall',
      guards: [],
      clock: 'order.notice',
      event: 'order.lapsed',
      task: 'order.recheck_availability',
      article: 'R4.3',
      reversedBy: 'sendConfirmation',
    },
    {
      action: 'revise',
      from: ['objected'],
      to: 'terms_review',
      actor: ['staff'],
      permission: 'order.revise',
      guards: ['order.objection_open'],
      clock: 'order.review',
      event: 'order.revised',
      task: 'order.review_terms',
      article: 'R4.3',
      reversedBy: 'sendBack',
    },
    {
      action: 'withdraw',
      from: BEFORE_EFFECT,
      to: 'cancelled',
      actor: ['staff', 'partner'],
      permission: 'order.withdraw',
      guards: [],
      event: 'order.withdrawn',
      article: 'R3.3',
    },
    {
      action: 'shortClose',
      from: ['in_effect'],
      to: 'in_effect',
      actor: ['staff'],
      permission: 'order.short_close',
      guards: ['order.nothing_open', 'order.consent_missing'],
      event: 'order.line_closed',
      article: 'R5.2',
    },
    {
      action: 'acceptService',
      from: ['in_effect'],
      to: 'in_effect',
      actor: ['staff', 'partner'],
      permission: 'order.accept_service',
      guards: ['order.not_service'],
      event: 'order.service_accepted',
      article: 'R3.2',
    },
    {
      action: 'complete',
      from: ['in_effect'],
      to: 'completed',
      actor: ['staff', 'system'],
      permission: 'order.complete',
      guards: ['order.not_delivered', 'order.not_paid', 'order.not_invoiced'],
      event: 'order.completed',
      article: 'R2',
    },
  ],
});

export type OrderAction = (typeof orderMachine)['rows'][number]['action'];

/** Stages of the regulation that people see (R2), over the finer states. */
export const ORDER_STAGES = ['preliminary', 'to_be_confirmed', 'awaiting_reply', 'in_effect', 'in_execution', 'completed'] as const;
export type OrderStage = (typeof ORDER_STAGES)[number] | 'cancelled';

export const DELIVERY_STATUSES = ['none', 'preparing', 'ready', 'part_shipped', 'shipped', 'part_delivered', 'delivered'] as const;
export const PAYMENT_STATUSES = ['none_due', 'due', 'part_paid', 'paid', 'overdue', 'credit'] as const;
export const INVOICE_STATUSES = ['none', 'requested', 'part_invoiced', 'invoiced', 'received'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** Which actions a hold of each kind blocks. */
export const HOLD_BLOCKS = {
  credit: ['passTerms', 'accept'],
  overdue: ['passTerms', 'accept', 'startPick', 'ship'],
  termination: ['passTerms', 'accept', 'startPick', 'ship'],
  manual: ['passTerms', 'sendConfirmation', 'accept', 'startPick', 'ship'],
} as const;
export type HoldKind = keyof typeof HOLD_BLOCKS;

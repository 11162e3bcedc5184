/**
 * Who is told what: one table, from which the reader of the log writes notices. N1 … N10 are the rows of the hand-offs (process.md).
 * Events that tell nobody anything new are listed as silent, so that a test can say which event was forgotten.
 */
import { REMINDERS } from '../../platform/tasks/reminder-times.ts';
import type { Role, StaffRole } from '../../../contract/roles.ts';

/**
 * owner: the partner's sales contact and who stands in for him (managers where there is none). holder: who holds the open tasks of the
 * document; staff_holder: those of them who are ours. assignee: the person named in the event. partner.…: the partner's people with these duties. Otherwise everybody of that role.
 */
export type Audience =
  | 'owner'
  | 'holder'
  | 'staff_holder'
  | 'assignee'
  | 'partner.orders'
  | 'partner.finance'
  | StaffRole;

/** The partner's roles behind a duty. */
export const PARTNER_AUDIENCES = {
  'partner.orders': ['partner_admin', 'partner_buyer'],
  'partner.finance': ['partner_admin', 'partner_finance'],
} as const satisfies Record<string, readonly Role[]>;

/** What a rule may look at besides the event. */
export type RuleFacts = {
  /** Kinds of the open tasks of the document. */
  openTasks: readonly string[];
  /** Deviations of the order from the agreement that nobody has settled. */
  openDiscrepancies: number;
  /** Some of the order is promised from goods that production still has to make. */
  restsOnProduction: boolean;
};
export type RuleEvent = { type: string; actorKind: string; payload: Record<string, unknown> };

export type NoticeRule = {
  /** Row of the hand-offs, or where else it is asked for. */
  n: string;
  article: string;
  to: readonly Audience[];
  /** Name of the notice; the event's type unless said otherwise. */
  kind?: string;
  when?: (event: RuleEvent, facts: RuleFacts) => boolean;
  /** Values of the event that the receiver may see. */
  show?: readonly string[];
  /** A receipt, or what the product found out by itself: also for the person whose act caused the event. */
  receipt?: boolean;
  /** The notice is about the document that the event names, not about the event's own (a message). */
  about?: 'named_document';
};

/** A message on a receipt or an invoice is for those who look after money. */
const isAboutMoney = (payload: RuleEvent['payload']) =>
  ['payment', 'invoice'].includes(String(payload['documentType']));
const has = (name: string) => (event: RuleEvent) =>
  event.payload[name] !== undefined && event.payload[name] !== null && event.payload[name] !== false;
const withTask =
  (kind: string) =>
  (_: RuleEvent, { openTasks }: RuleFacts) =>
    openTasks.includes(kind);

export const NOTICE_RULES: Readonly<Record<string, readonly NoticeRule[]>> = {
  // N1: inquiries
  'inquiry.received': [
    { n: 'N1', article: 'R3.2', to: ['owner'] },
    { n: 'N1', article: 'R3.2', to: ['partner.orders'], kind: 'inquiry.receipt', receipt: true },
    {
      n: 'N1',
      article: 'R3.2',
      to: ['partner.orders'],
      kind: 'inquiry.confirmation_asked',
      when: has('needsConfirmation'),
      receipt: true,
    },
  ],
  'inquiry.confirmed': [{ n: 'N1', article: 'R3.2', to: ['owner'] }],
  'inquiry.asked_back': [{ n: 'N1', article: 'R3.2', to: ['partner.orders'] }],
  'inquiry.answered': [{ n: 'N1', article: 'R3.2', to: ['owner'] }],
  'inquiry.ready': [{ n: 'N1', article: 'R3.3', to: ['owner'] }],
  'inquiry.converted': [{ n: 'N1', article: 'R3.3', to: ['partner.orders'], show: ['orderNo'] }],
  'inquiry.declined': [{ n: 'N1', article: 'R3.2', to: ['partner.orders'] }],
  'inquiry.withdrawn': [{ n: 'N1', article: 'R3.2', to: ['owner', 'partner.orders'] }],
  'inquiry.idle_warned': [
    { n: 'N1', article: 'R3.2', to: ['owner', 'partner.orders'], show: ['closesAt'], receipt: true },
  ],
  'inquiry.lapsed': [{ n: 'N1', article: 'R3.2', to: ['owner', 'partner.orders'], receipt: true }],
  'inquiry.reopened': [{ n: 'N1', article: 'R3.2', to: ['owner', 'partner.orders'] }],

  // Mail that nobody knows by itself (E1): those who look after partners decide
  'intake.quarantined': [{ n: 'N1', article: 'R3.2', to: ['sales'], show: ['reason'] }],
  'intake.restored': [{ n: 'N1', article: 'R3.2', to: ['sales'] }],

  // N2, N3: checks
  'order.submitted': [
    { n: 'N3', article: 'R3.3', to: ['owner', 'order_processing'] },
    {
      n: 'N2',
      article: 'R4.1',
      to: ['partner.orders'],
      kind: 'order.discrepancy_raised',
      when: (_, { openDiscrepancies }) => openDiscrepancies > 0,
      show: ['discrepancyReplyDueAt'],
    },
  ],
  'order.discrepancies_answered': [{ n: 'N2', article: 'R4.1', to: ['owner'], show: ['agreed', 'refused'] }],
  'order.discrepancy_settled': [{ n: 'N2', article: 'R4.1', to: ['owner', 'partner.orders'], show: ['lineNo', 'how'] }],
  'order.terms_passed': [
    { n: 'N3', article: 'R4.2', to: ['order_processing'], when: withTask('order.check_availability') },
  ],
  'order.sent_back': [{ n: 'N3', article: 'R4.1', to: ['owner', 'holder'] }],
  'order.availability_passed': [{ n: 'N3', article: 'R4.2', to: ['owner'] }],
  'order.shortage_reported': [
    { n: 'N3', article: 'R4.2', to: ['owner'], receipt: true },
    { n: 'N3', article: 'R4.2', to: ['partner.orders'], kind: 'order.shortage_options', receipt: true },
    {
      n: 'N3',
      article: 'R4.2',
      to: ['production'],
      kind: 'order.production_asked',
      when: withTask('order.production_answer'),
    },
  ],
  'order.promise_corrected': [{ n: 'N3', article: 'R4.2', to: ['owner'] }],
  'order.production_answered': [{ n: 'N3', article: 'R4.2', to: ['owner', 'order_processing'] }],
  'order.shortage_settled': [{ n: 'N3', article: 'R4.2', to: ['owner', 'order_processing'] }],

  // N4: confirmation
  'order.confirmation_sent': [{ n: 'N4', article: 'R4.3', to: ['partner.orders'], show: ['round'] }],
  'order.took_effect': [
    {
      n: 'N4',
      article: 'R4.3',
      to: ['owner', 'partner.orders', 'order_processing', 'production', 'warehouse', 'finance'],
    },
    {
      n: 'N5',
      article: 'R5.1',
      to: ['production'],
      kind: 'order.production_needed',
      when: (_, { restsOnProduction }) => restsOnProduction,
    },
  ],
  'order.objected': [{ n: 'N4', article: 'R4.3', to: ['owner'], show: ['round'] }],
  'order.recalled': [{ n: 'N4', article: 'R4.3', to: ['owner', 'partner.orders'], show: ['round'] }],
  'order.reservation_lapsed': [
    { n: 'N4', article: 'R4.2', to: ['owner', 'partner.orders', 'order_processing'], show: ['round'] },
  ],
  'order.reply_date_moved': [{ n: 'N4', article: 'R4.3', to: ['owner', 'partner.orders'], show: ['round'] }],
  'order.promise_voided': [{ n: 'N4', article: 'R4.3', to: ['owner', 'partner.orders', 'order_processing'] }],
  'order.lapsed': [{ n: 'N4', article: 'R4.3', to: ['owner', 'partner.orders', 'manager'], show: ['round'] }],
  'order.revised': [{ n: 'N4', article: 'R4.3', to: ['owner', 'partner.orders'] }],
  'order.withdrawn': [{ n: 'N4', article: 'R3.3', to: ['owner', 'partner.orders', 'order_processing'] }],

  // N5: preparing
  'picking.opened': [{ n: 'N5', article: 'R5.1', to: ['warehouse'] }],
  'picking.extended': [{ n: 'N5', article: 'R5.1', to: ['warehouse'], kind: 'picking.opened' }],
  'picking.ready': [{ n: 'N5', article: 'R5.1', to: ['order_processing', 'holder'], show: ['isShort'] }],
  'picking.put_back': [{ n: 'N5', article: 'R5.1', to: ['order_processing', 'logistics'] }],
  'picking.cancelled': [{ n: 'N5', article: 'R5.1', to: ['order_processing', 'owner'] }],
  'order.promise_moved': [
    { n: 'N5', article: 'R5.1', to: ['owner', 'partner.orders', 'order_processing'], kind: 'order.promise_delayed' },
  ],
  'order.goods_arrived': [{ n: 'N5', article: 'R5.1', to: ['order_processing', 'owner'] }],

  // N6: delivery
  'shipment.shipped': [
    {
      n: 'N6',
      article: 'R5.2',
      to: ['owner', 'partner.orders'],
      show: ['orderNo', 'waybillNo', 'shippedAt', 'expectedOn'],
    },
  ],
  'shipment.tracked': [
    {
      n: 'N6',
      article: 'R5.2',
      to: ['owner', 'partner.orders', 'order_processing'],
      kind: 'shipment.exception',
      when: ({ payload }) => payload['kind'] === 'exception',
      show: ['exceptionKind', 'expectedOn'],
    },
    {
      n: 'N6',
      article: 'R5.2',
      to: ['owner', 'partner.orders', 'order_processing'],
      kind: 'shipment.new_arrival',
      when: (event) => event.payload['kind'] !== 'exception' && has('hasNewArrival')(event),
      show: ['expectedOn', 'oldExpectedOn'],
    },
  ],
  'shipment.delivered': [
    { n: 'N6', article: 'R5.2', to: ['owner', 'partner.orders', 'order_processing'], show: ['at'] },
  ],
  'shipment.delivery_reversed': [{ n: 'N6', article: 'R5.2', to: ['owner', 'partner.orders', 'order_processing'] }],
  'shipment.difference_settled': [{ n: 'N6', article: 'R5.2', to: ['owner', 'partner.orders', 'order_processing'] }],
  'shipment.reversed': [{ n: 'N6', article: 'R5.2', to: ['owner', 'partner.orders', 'order_processing'] }],
  'order.line_closed': [{ n: 'N6', article: 'R5.2', to: ['owner', 'partner.orders', 'warehouse'] }],
  'order.completed': [{ n: 'N6', article: 'R2', to: ['owner', 'partner.orders'] }],

  // N8: holds
  'order.hold_placed': [
    { n: 'N8', article: 'R6.1', to: ['owner', 'partner.orders', 'order_processing', 'warehouse'], show: ['kind'] },
    { n: 'N8', article: 'R6.1', to: ['finance'], kind: 'order.hold_to_decide', show: ['kind'] },
  ],
  'order.hold_released': [
    { n: 'N8', article: 'R6.1', to: ['owner', 'partner.orders', 'order_processing', 'warehouse'], show: ['kind'] },
  ],
  'partner.hold_placed': [
    {
      n: 'N8',
      article: 'R6.1',
      to: ['owner', 'partner.orders', 'order_processing', 'warehouse', 'finance'],
      show: ['kind'],
    },
  ],
  'partner.hold_released': [
    { n: 'N8', article: 'R6.1', to: ['owner', 'partner.orders', 'order_processing', 'warehouse'], show: ['kind'] },
  ],

  // N9, N10: money
  'payment.recorded': [{ n: 'N9', article: 'R6.2', to: ['finance'] }],
  'payment.confirmed': [
    { n: 'N9', article: 'R6.2', to: ['owner', 'order_processing', 'partner.finance'] },
    { n: 'N10', article: 'R6.3', to: ['finance'], kind: 'payment.to_invoice' },
  ],
  'payment.reversed': [{ n: 'N9', article: 'R6.2', to: ['owner', 'order_processing', 'partner.finance'] }],
  'invoice.issued': [{ n: 'N10', article: 'R6.3', to: ['partner.finance', 'owner'] }],
  'invoice.sent': [{ n: 'N10', article: 'R6.3', to: ['partner.finance'] }],
  'invoice.received': [{ n: 'N10', article: 'R6.3', to: ['finance'] }],
  'invoice.receipt_reversed': [{ n: 'N10', article: 'R6.3', to: ['finance'] }],
  'invoice.reversed': [{ n: 'N10', article: 'R6.3', to: ['partner.finance', 'finance', 'owner'] }],

  // applications and partners
  'application.submitted': [{ n: 'R3.1', article: 'R3.1', to: ['sales'] }],
  'application.amended': [{ n: 'R3.1', article: 'R3.1', to: ['sales'] }],
  'application.withdrawn': [{ n: 'R3.1', article: 'R3.1', to: ['sales'] }],
  'partner.changed': [
    {
      n: 'R2',
      article: 'R2',
      to: ['owner', 'partner.orders'],
      kind: 'partner.owner_changed',
      when: ({ payload }) => Object.hasOwn(Object(payload['changes']), 'salesOwnerId'),
    },
  ],
  'partner.change_proposed': [
    { n: 'R3.1', article: 'R3.1', to: ['owner'], when: ({ payload }) => payload['reviewer'] === 'sales' },
    {
      n: 'R3.1',
      article: 'R3.1',
      to: ['finance'],
      kind: 'partner.invoicing_proposed',
      when: ({ payload }) => payload['reviewer'] === 'finance',
    },
  ],
  'partner.change_accepted': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'partner.orders', 'partner.finance'] }],
  'partner.change_refused': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'partner.orders', 'partner.finance'] }],
  'partner.confirmation_asked': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'partner.orders'] }],
  'partner.confirmed': [{ n: 'R3.1', article: 'R3.1', to: ['owner'] }],
  'partner.agreement_created': [{ n: 'R4.1', article: 'R4.1', to: ['owner', 'partner.orders'] }],
  'partner.licence_run_out': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'partner.orders'], receipt: true }],
  'partner.agreement_expiring': [{ n: 'R4.1', article: 'R4.1', to: ['owner', 'partner.orders'], show: ['validTo'] }],
  'partner.merged': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'finance', 'order_processing'] }],
  'partner.took_over': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'partner.orders'] }],
  'partner.activated': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'partner.orders'] }],
  'partner.suspended': [{ n: 'R3.1', article: 'R3.1', to: ['owner', 'finance', 'order_processing', 'partner.orders'] }],
  'partner.terminated': [
    { n: 'N18', article: 'R10.2', to: ['owner', 'finance', 'order_processing', 'partner.orders'] },
  ],

  // conversation and tasks
  'message.posted': [
    {
      n: 'R2',
      article: 'R2',
      to: ['owner', 'partner.orders', 'holder'],
      about: 'named_document',
      when: ({ payload }) => payload['isInternal'] !== true && !isAboutMoney(payload),
    },
    {
      n: 'R2',
      article: 'R2',
      to: ['owner', 'finance', 'partner.finance'],
      about: 'named_document',
      when: ({ payload }) => payload['isInternal'] !== true && isAboutMoney(payload),
    },
    {
      n: 'R2',
      article: 'R2',
      to: ['owner', 'staff_holder'],
      kind: 'message.noted',
      about: 'named_document',
      when: ({ payload }) => payload['isInternal'] === true,
    },
  ],
  'task.reassigned': [{ n: 'R2', article: 'R2', to: ['assignee'], about: 'named_document', show: ['taskKind'] }],
};

/**
 * Events of life-cycle tables and their neighbours that tell nobody: the acting person sees them, or another event of the same act speaks
 * (an order has events of its own for what happens to its shipments and invoices; those documents speak).
 */
export const SILENT_EVENTS: readonly string[] = [
  'application.accepted',
  'application.asked_back',
  'application.erased',
  'application.refused',
  'application.reopened',
  'order.created',
  'order_template.saved',
  'order_template.changed',
  'order_template.deleted',
  'order.cut_over',
  'order.cut_over_undone',
  'order.partner_merged',
  'order.changed',
  'order.availability_rechecked',
  'order.service_accepted',
  'order.picking_started',
  'order.picking_put_back',
  'order.goods_ready',
  'order.shipped',
  'order.shipment_reversed',
  'order.delivered',
  'order.delivery_reversed',
  'order.loss_settled',
  'order.invoiced',
  'order.invoice_reversed',
  'order.invoices_received',
  'order.invoice_receipt_reversed',
  'order.payment_allocated',
  'order.payment_unallocated',
  'order.payment_status_changed',
  'picking.started',
  'picking.shipped',
  'picking.returned',
  'payment.allocated',
  'payment.unallocated',
  'payment.opened',
  'opening_balance.posted',
  'opening_balance.reversed',
  'invoice.tax_no_set',
  'message.retracted',
  'attachment.added',
  'intake.received',
  'intake.settled',
  'intake.released',
  'intake.discarded',
  'intake.set',
  'attachment.retracted',
  'supply.planned',
  'supply.received',
  'supply.rescheduled',
  'supply.reduced',
  'supply.cancelled',
  'supply.receipt_reversed',
];

/** Notices that the clock writes, not an event: see deadlines.ts. */
const CLOCK_NOTICES = [...REMINDERS, 'payment.due_soon', 'payment.overdue'] as const;

/** Every kind of notice: what the texts in three languages are needed for. */
export const noticeKinds = (): string[] => [
  ...new Set([
    ...Object.entries(NOTICE_RULES).flatMap(([type, rules]) => rules.map(({ kind }) => kind ?? type)),
    ...CLOCK_NOTICES,
  ]),
];

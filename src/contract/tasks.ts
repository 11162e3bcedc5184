/** Kinds of tasks: who holds each, and the article it stands under. The `task` column of the life-cycle tables names these kinds. Source: R2, process.md. */
import type { Role } from './roles.ts';

export type TaskKindRow = {
  /** Whose work it is: a role of the company, or a role of the partner's people. */
  side: 'staff' | 'partner';
  role: Role;
  /** With `owner` the task goes to the partner's sales contact by name, as long as there is one. */
  to: 'role' | 'owner';
  article: string;
  /** When the partner's people started the document, the task is theirs. */
  ifByPartner?: { side: 'partner'; role: Role };
};

export const TASK_KINDS = {
  'inquiry.handle': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R3.2',
  },
  'inquiry.convert': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R3.3',
  },
  'inquiry.answer': {
    side: 'partner',
    role: 'partner_buyer',
    to: 'role',
    article: 'R3.2',
  },
  'inquiry.confirm': {
    side: 'partner',
    role: 'partner_buyer',
    to: 'role',
    article: 'R3.2',
  },
  'intake.review': {
    side: 'staff',
    role: 'sales',
    to: 'role',
    article: 'R3.2',
  },
  'order.review_terms': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R4.1',
  },
  'order.answer_discrepancies': {
    side: 'partner',
    role: 'partner_buyer',
    to: 'role',
    article: 'R4.1',
  },
  'order.mend_draft': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R3.3',
    ifByPartner: { side: 'partner', role: 'partner_buyer' },
  },
  'order.check_availability': {
    side: 'staff',
    role: 'order_processing',
    to: 'role',
    article: 'R4.2',
  },
  'order.production_answer': {
    side: 'staff',
    role: 'production',
    to: 'role',
    article: 'R4.2',
  },
  'order.settle_shortage': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R4.2',
  },
  'order.send_confirmation': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R4.3',
  },
  'order.reply': {
    side: 'partner',
    role: 'partner_buyer',
    to: 'role',
    article: 'R4.3',
  },
  'order.answer_objection': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R4.3',
  },
  'order.recheck_availability': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R4.3',
  },
  'order.complete': {
    side: 'staff',
    role: 'order_processing',
    to: 'role',
    article: 'R2',
  },
  'picking.start': {
    side: 'staff',
    role: 'warehouse',
    to: 'role',
    article: 'R5.1',
  },
  'picking.finish': {
    side: 'staff',
    role: 'warehouse',
    to: 'role',
    article: 'R5.1',
  },
  'shipment.arrange': {
    side: 'staff',
    role: 'order_processing',
    to: 'role',
    article: 'R5.2',
  },
  'order.short_pick': {
    side: 'staff',
    role: 'order_processing',
    to: 'role',
    article: 'R5.1',
  },
  'shipment.track': {
    side: 'staff',
    role: 'logistics',
    to: 'role',
    article: 'R5.3',
  },
  'shipment.exception': {
    side: 'staff',
    role: 'logistics',
    to: 'role',
    article: 'R5.2',
  },
  'shipment.settle_difference': {
    side: 'staff',
    role: 'logistics',
    to: 'role',
    article: 'R5.2',
  },
  'order.settle_loss': {
    side: 'staff',
    role: 'order_processing',
    to: 'role',
    article: 'R5.2',
  },
  'payment.confirm': {
    side: 'staff',
    role: 'finance',
    to: 'role',
    article: 'R6.2',
  },
  'invoice.issue': {
    side: 'staff',
    role: 'finance',
    to: 'role',
    article: 'R6.3',
  },
  'invoice.send': {
    side: 'staff',
    role: 'finance',
    to: 'role',
    article: 'R6.3',
  },
  'invoice.follow_up': {
    side: 'staff',
    role: 'finance',
    to: 'role',
    article: 'R6.3',
  },
  'application.review': {
    side: 'staff',
    role: 'sales',
    to: 'role',
    article: 'R3.1',
  },
  'application.await': {
    side: 'staff',
    role: 'sales',
    to: 'role',
    article: 'R3.1',
  },
  // a mail or webhook that could not be sent
  'outgoing.mend': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R4.3',
  },
  'outgoing.check': {
    side: 'staff',
    role: 'system_admin',
    to: 'role',
    article: 'R4.3',
  },
  'partner.review_change': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R3.1',
  },
  'partner.review_invoicing': {
    side: 'staff',
    role: 'finance',
    to: 'role',
    article: 'R3.1',
  },
  'partner.confirm': {
    side: 'partner',
    role: 'partner_admin',
    to: 'role',
    article: 'R3.1',
  },
  'partner.reconfirm': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R3.1',
  },
  'partner.renew_agreement': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R4.1',
  },
  'partner.complete': {
    side: 'staff',
    role: 'sales',
    to: 'owner',
    article: 'R3.1',
  },
} as const satisfies Record<string, TaskKindRow>;

export type TaskKind = keyof typeof TASK_KINDS;

export const isTaskKind = (kind: string): kind is TaskKind => Object.hasOwn(TASK_KINDS, kind);

/** The article under which a task of this kind stands. */
export const articleOf = (kind: TaskKind): string => TASK_KINDS[kind].article;

/**
 * Who holds a new task. `salesOwnerId`: the partner's sales contact, who gets tasks of sales by name; without one they lie in the role's
 * queue. `byPartner`: the document was started by the partner's own people.
 */
export function holderOf(
  kind: TaskKind,
  facts: { salesOwnerId?: string | null; byPartner?: boolean } = {},
): { side: 'staff' | 'partner'; role: Role; userId: string | null } {
  const row: TaskKindRow = TASK_KINDS[kind];
  if (facts.byPartner === true && row.ifByPartner !== undefined) return { ...row.ifByPartner, userId: null };
  return {
    side: row.side,
    role: row.role,
    userId: row.to === 'owner' ? (facts.salesOwnerId ?? null) : null,
  };
}

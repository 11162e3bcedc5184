/** Roles and what each may do. The permission matrix in docs, the access tests and the menus come from here. Source: R2, and the separation of the three administrators. */

export const STAFF_ROLES = [
  'sales',
  'order_processing',
  'production',
  'warehouse',
  'logistics',
  'finance',
  'after_sales',
  'data_analyst',
  'supervision',
  'manager',
  'system_admin',
  'security_admin',
  'auditor',
] as const;

export const PARTNER_ROLES = ['partner_admin', 'partner_buyer', 'partner_finance', 'partner_after_sales'] as const;

export const ROLES = [...STAFF_ROLES, ...PARTNER_ROLES] as const;

export type StaffRole = (typeof STAFF_ROLES)[number];
export type PartnerRole = (typeof PARTNER_ROLES)[number];
export type Role = (typeof ROLES)[number];

/** The administrator roles that exclude each other: a person holds at most one of them (GB/T 22239, separation of duties). */
export const EXCLUSIVE_ROLES: readonly Role[] = ['system_admin', 'security_admin', 'auditor'];

const STAFF_READ: readonly Role[] = [
  'sales',
  'order_processing',
  'production',
  'warehouse',
  'logistics',
  'finance',
  'after_sales',
  'data_analyst',
  'supervision',
  'manager',
  'auditor',
];
const EVERY_STAFF: readonly Role[] = STAFF_ROLES;
const PARTNER: readonly Role[] = PARTNER_ROLES;
const BUYERS: readonly Role[] = ['partner_admin', 'partner_buyer'];

/** permission → roles. A permission that is not named here is held by nobody. */
export const PERMISSIONS = {
  'session.use': [...EVERY_STAFF, ...PARTNER],
  'notice.read': [...EVERY_STAFF, ...PARTNER],
  'task.read': [...EVERY_STAFF, ...PARTNER],
  'task.reassign': ['manager', 'sales', 'order_processing', 'warehouse', 'logistics', 'finance'],
  'search.use': [...STAFF_READ, ...PARTNER],
  'user.read': ['security_admin', 'auditor', 'manager'],
  'user.manage': ['security_admin'],
  'key.manage': ['security_admin'],
  'staff.read': EVERY_STAFF,
  // one's own absence; management also a colleague's
  'delegation.use': EVERY_STAFF,
  'delegation.manage': ['manager'],
  'access_log.read': ['auditor', 'security_admin'],
  'event.read': ['auditor', 'supervision', 'manager'],
  'company.read': [...EVERY_STAFF, ...PARTNER],
  'company.manage': ['system_admin'],
  'mail.manage': ['system_admin'],
  // mails and webhooks on their way; partners: those of their own endpoints
  'outgoing.read': ['sales', 'manager', 'system_admin', 'auditor', 'partner_admin'],
  'outgoing.manage': ['sales', 'system_admin', 'partner_admin'],
  'webhook.read': ['system_admin', 'auditor', 'partner_admin'],
  'webhook.manage': ['system_admin', 'partner_admin'],
  'policy.read': EVERY_STAFF,
  'policy.manage': ['manager'],
  'partner.read': [...STAFF_READ, ...PARTNER],
  'partner.write': ['sales', 'manager'],
  // what a partner keeps up by itself: delivery addresses, its own item codes
  'partner.maintain': ['sales', 'manager', ...BUYERS],
  'application.read': ['sales', 'manager', 'auditor'],
  'application.review': ['sales', 'manager'],
  'partner.documents': ['sales', 'manager', 'finance', 'partner_admin', 'partner_finance'],
  // changes of one's own file, which somebody of ours looks at; staff take back what they have entered
  'partner.propose': ['sales', 'manager', 'partner_admin', 'partner_finance'],
  'partner.review_change': ['sales', 'manager', 'finance'],
  'partner.confirm': ['sales', 'manager', 'partner_admin', 'partner_finance'],
  'partner.merge': ['manager'],
  'partner.credit': ['finance', 'manager'],
  'product.read': [...STAFF_READ, ...PARTNER],
  'product.write': ['sales', 'order_processing', 'manager'],
  'price.read': ['sales', 'order_processing', 'finance', 'manager', 'data_analyst', 'supervision', 'auditor'],
  'price.write': ['sales', 'manager'],
  'cost.read': ['finance', 'manager', 'data_analyst', 'auditor'],
  'stock.read': STAFF_READ,
  'stock.receive': ['warehouse', 'production'],
  'stock.adjust': ['warehouse'],
  'stock.plan': ['production', 'order_processing'],
  'quote.make': ['sales', 'order_processing', 'manager', ...BUYERS],
  'inquiry.read': [...STAFF_READ, ...PARTNER],
  'inquiry.create': ['sales', ...BUYERS],
  'inquiry.handle': ['sales'],
  'inquiry.answer': ['sales', ...BUYERS],
  'inquiry.withdraw': ['sales', ...BUYERS],
  // mail that comes in: quarantine, and the mailboxes themselves
  'intake.read': ['sales', 'order_processing', 'manager', 'supervision', 'auditor'],
  'intake.decide': ['sales', 'manager'],
  'intake.manage': ['system_admin'],
  'order.read': [...STAFF_READ, ...PARTNER],
  'order.create': ['sales', ...BUYERS],
  'order.submit': ['sales', ...BUYERS],
  'order.pass_terms': ['sales', 'manager'],
  'order.settle_discrepancy': ['sales', 'manager', 'finance'],
  // each within his limit, which is none unless it is set
  'order.approve_discrepancy': ['manager', 'finance', 'sales'],
  'order.answer_discrepancy': BUYERS,
  'order.send_back': ['sales', 'order_processing'],
  'order.pass_availability': ['order_processing'],
  'order.report_shortage': ['order_processing'],
  'order.settle_shortage': ['sales', ...BUYERS],
  'order.correct_promise': ['order_processing'],
  'order.answer_production': ['production'],
  'order.recheck_availability': ['sales', 'order_processing'],
  'order.send_confirmation': ['sales'],
  'order.accept': ['sales', ...BUYERS],
  'order.object': ['sales', ...BUYERS],
  'order.recall': ['sales'],
  'order.revise': ['sales'],
  'order.withdraw': ['sales', ...BUYERS],
  'order.short_close': ['order_processing'],
  'order.accept_service': ['order_processing', 'sales', ...BUYERS],
  'order.complete': ['order_processing'],
  // links that show a customer how the goods travel
  'order.share': ['sales', ...BUYERS],
  'order.message': [...STAFF_READ, ...PARTNER],
  'hold.place': ['sales', 'finance', 'manager', 'order_processing'],
  'hold.release': ['finance', 'manager'],
  'shipment.read': [...STAFF_READ, ...PARTNER],
  'pick.work': ['warehouse'],
  'shipment.plan': ['order_processing', 'warehouse'],
  'shipment.dispatch': ['logistics', 'order_processing'],
  'shipment.track': ['logistics', 'order_processing'],
  'shipment.deliver': ['logistics', 'order_processing', ...BUYERS],
  'shipment.reverse': ['logistics', 'warehouse'],
  'payment.read': [
    'sales',
    'order_processing',
    'finance',
    'manager',
    'data_analyst',
    'supervision',
    'auditor',
    'partner_admin',
    'partner_finance',
    'partner_buyer',
  ],
  'payment.record': ['finance'],
  'payment.reverse': ['finance'],
  'invoice.read': [
    'sales',
    'order_processing',
    'finance',
    'manager',
    'data_analyst',
    'supervision',
    'auditor',
    'partner_admin',
    'partner_finance',
    'partner_buyer',
  ],
  'invoice.issue': ['finance'],
  'invoice.receive': ['finance', 'partner_admin', 'partner_finance'],
  'import.run': ['sales', 'order_processing', 'warehouse', 'finance', 'manager', 'system_admin'],
  'cutover.run': ['finance', 'system_admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** All permissions of a set of roles. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) =>
    (PERMISSIONS[permission] as readonly Role[]).some((role) => roles.includes(role)),
  );
}

export const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text);

/** Who may hold which roles. Pure. Source: R2; the three administrators of GB/T 22239 exclude each other. */
import { EXCLUSIVE_ROLES, PARTNER_ROLES, type Role } from '../../../contract/roles.ts';
import type { Refusal } from '../../kernel/refusal.ts';

const isPartnerRole = (role: Role) => (PARTNER_ROLES as readonly Role[]).includes(role);

/** What is wrong with these roles for a person (or key) of the company or of a partner. */
export function roleRefusals(roles: readonly Role[], ofPartner: boolean): Refusal[] {
  const refusals: Refusal[] = [];
  if (roles.some((role) => isPartnerRole(role) !== ofPartner))
    refusals.push({ code: 'user.partner_roles', field: 'roles' });
  const administrators = roles.filter((role) => EXCLUSIVE_ROLES.includes(role));
  if (administrators.length > 1)
    refusals.push({ code: 'user.roles_exclude', field: 'roles', params: { roles: administrators.join(', ') } });
  return refusals;
}

/**
 * Whether somebody may make a key with these roles. The security administrator gives out business rights that he does not hold himself,
 * as with users, but never those of an administrator; everybody else gives at most what he has.
 */
export function mayMakeKey(maker: readonly Role[], roles: readonly Role[]): boolean {
  if (maker.includes('security_admin')) return !roles.some((role) => EXCLUSIVE_ROLES.includes(role));
  return roles.every((role) => maker.includes(role));
}

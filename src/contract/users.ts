/** People, their roles, API keys, absence, the access log. */
import { z } from 'zod';
import { Amount, BizDate, Id, Instant, Page, PageQuery, PartnerRef, PositiveAmount, Text } from './common.ts';
import { operation } from './operation.ts';
import { LocaleCode, Login, RoleName } from './session.ts';

export const USER_STATES = ['invited', 'active', 'disabled'] as const;
const Roles = z.array(RoleName).min(1, 'field.too_short').max(8, 'field.too_many');
const Email = z.email('field.email').max(200, 'field.too_long');

export const UserView = z
  .object({
    id: Id,
    version: z.number().int(),
    kind: z.enum(['staff', 'partner']),
    login: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    locale: LocaleCode,
    state: z.enum(USER_STATES),
    roles: z.array(RoleName),
    partnerId: Id.nullable(),
    partnerName: z.string().nullable(),
    partnerNameEn: z.string().nullable(),
    /** The most that this person may approve, in the base currency; null: nothing. */
    approvalLimit: Amount.nullable(),
    createdAt: Instant,
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: 'User' });

/** A one-time link's token: shown once. null when the same request came twice and the first answer carried it. */
const once = { token: z.string().nullable(), expiresAt: Instant };

export const usersList = operation({
  id: 'usersList',
  method: 'GET',
  path: '/api/v1/users',
  summary: 'People of the company and of its partners, by name',
  can: 'user.read',
  query: z.strictObject({
    ...PageQuery,
    q: z.string().max(100).optional(),
    kind: z.enum(['staff', 'partner']).optional(),
    state: z.enum(USER_STATES).optional(),
    role: RoleName.optional(),
    partnerId: Id.optional(),
  }),
  response: Page(UserView),
  errors: ['request.bad_cursor'],
});
export const userGet = operation({
  id: 'userGet',
  method: 'GET',
  path: '/api/v1/users/:userId',
  summary: 'One person',
  can: 'user.read',
  params: z.object({ userId: Id }),
  response: UserView,
  errors: ['user.not_found'],
});
/** Whoever invites does not read partner files: names only. */
export const userPartnersList = operation({
  id: 'userPartnersList',
  method: 'GET',
  path: '/api/v1/users/partners',
  summary: 'Partners that a person or a key can belong to: names only, by name; search by number or name',
  article: 'R2',
  can: 'user.manage',
  query: z.strictObject({ q: z.string().max(100).optional() }),
  response: z.object({ items: z.array(PartnerRef) }),
  errors: [],
});
export const userInvite = operation({
  id: 'userInvite',
  method: 'POST',
  path: '/api/v1/users',
  summary: 'Invite a person; the one-time link is handed over by whoever invites',
  article: 'R2',
  can: 'user.manage',
  body: z.strictObject({
    login: Login,
    name: Text(100),
    nameEn: Text(100).nullable().optional(),
    email: Email.nullable().optional(),
    phone: Text(40).nullable().optional(),
    locale: LocaleCode.optional(),
    roles: Roles,
    /** Given: a person of this partner; left out: staff. */
    partnerId: Id.nullable().optional(),
    approvalLimit: PositiveAmount.nullable().optional(),
  }),
  response: z.object({ user: UserView, ...once }).meta({ id: 'UserInvited' }),
  status: 201,
  idempotent: true,
  errors: [
    'user.login_taken',
    'user.roles_exclude',
    'user.partner_roles',
    'partner.not_found',
    'field.email',
    'field.amount_decimals',
  ],
});
export const userUpdate = operation({
  id: 'userUpdate',
  method: 'PATCH',
  path: '/api/v1/users/:userId',
  summary: 'Change a person: data, roles, approval limit, disabled or enabled. Sessions end when rights change',
  article: 'R2',
  can: 'user.manage',
  params: z.object({ userId: Id }),
  body: z
    .strictObject({
      name: Text(100),
      nameEn: Text(100).nullable(),
      email: Email.nullable(),
      phone: Text(40).nullable(),
      roles: Roles,
      approvalLimit: PositiveAmount.nullable(),
      state: z.enum(['active', 'disabled']),
    })
    .partial()
    .meta({ id: 'UserUpdate', description: 'Only what is given is changed; null empties' }),
  response: UserView,
  idempotent: true,
  versioned: true,
  errors: [
    'user.not_found',
    'user.roles_exclude',
    'user.partner_roles',
    'user.self_change',
    'user.wrong_state',
    'user.last_security_admin',
    'field.email',
    'field.amount_decimals',
  ],
});
export const userResetLink = operation({
  id: 'userResetLink',
  method: 'POST',
  path: '/api/v1/users/:userId/reset-link',
  summary: 'Make a one-time link to set a new password; earlier links no longer work',
  can: 'user.manage',
  params: z.object({ userId: Id }),
  response: z.object(once).meta({ id: 'OneTimeLink' }),
  status: 201,
  idempotent: true,
  errors: ['user.not_found', 'user.wrong_state', 'user.self_change'],
});

export const KeyView = z
  .object({
    id: Id,
    name: z.string(),
    /** The start of the key, to tell keys apart: qk_<prefix>_… */
    prefix: z.string(),
    roles: z.array(RoleName),
    partnerId: Id.nullable(),
    partnerName: z.string().nullable(),
    partnerNameEn: z.string().nullable(),
    madeBy: z.string(),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export const keysList = operation({
  id: 'keysList',
  method: 'GET',
  path: '/api/v1/keys',
  summary: 'API keys, newest first',
  can: 'key.manage',
  query: z.strictObject({ ...PageQuery, live: z.enum(['true', 'false']).optional(), partnerId: Id.optional() }),
  response: Page(KeyView),
  errors: ['request.bad_cursor'],
});
export const keyCreate = operation({
  id: 'keyCreate',
  method: 'POST',
  path: '/api/v1/keys',
  summary:
    'Make an API key: a service account of its own, for the company or for one partner. The secret is shown once',
  can: 'key.manage',
  body: z.strictObject({
    name: Text(100),
    roles: Roles,
    partnerId: Id.nullable().optional(),
    expiresAt: Instant.nullable().optional(),
  }),
  response: z.object({ key: KeyView, secret: z.string().nullable() }).meta({ id: 'ApiKeyMade' }),
  status: 201,
  idempotent: true,
  errors: [
    'key.stronger_than_maker',
    'key.expiry_past',
    'user.partner_roles',
    'user.roles_exclude',
    'partner.not_found',
  ],
});
export const keyRevoke = operation({
  id: 'keyRevoke',
  method: 'POST',
  path: '/api/v1/keys/:keyId/revoke',
  summary: 'Revoke a key; its next request is refused',
  can: 'key.manage',
  params: z.object({ keyId: Id }),
  response: KeyView,
  idempotent: true,
  errors: ['key.not_found', 'key.revoked'],
});

export const DelegationView = z
  .object({
    id: Id,
    user: z.object({ id: Id, name: z.string() }),
    deputy: z.object({ id: Id, name: z.string() }),
    fromOn: BizDate,
    toOn: BizDate,
    endedAt: Instant.nullable(),
    /** In force today. */
    active: z.boolean(),
  })
  .meta({ id: 'Delegation' });
export const delegationsList = operation({
  id: 'delegationsList',
  method: 'GET',
  path: '/api/v1/delegations',
  summary: 'Absences that are in force or to come, by first day',
  article: 'R2',
  can: 'delegation.use',
  query: z.strictObject({ userId: Id.optional() }),
  response: z.object({ items: z.array(DelegationView) }),
  errors: [],
});
export const delegationCreate = operation({
  id: 'delegationCreate',
  method: 'POST',
  path: '/api/v1/delegations',
  summary: 'Name a deputy for an absence: one’s own, or (management) a colleague’s. The deputy gets the tasks too',
  article: 'R2',
  can: 'delegation.use',
  body: z.strictObject({ userId: Id.optional(), deputyId: Id, fromOn: BizDate, toOn: BizDate }),
  response: DelegationView,
  status: 201,
  idempotent: true,
  errors: ['user.not_found', 'delegation.period', 'delegation.deputy', 'delegation.overlap', 'permission.denied'],
});
export const delegationEnd = operation({
  id: 'delegationEnd',
  method: 'POST',
  path: '/api/v1/delegations/:delegationId/end',
  summary: 'End a deputyship before its time',
  article: 'R2',
  can: 'delegation.use',
  params: z.object({ delegationId: Id }),
  response: DelegationView,
  idempotent: true,
  errors: ['delegation.not_found', 'delegation.ended', 'permission.denied'],
});

export const ACCESS_KINDS = [
  'sign_in',
  'sign_in_failed',
  'sign_in_locked',
  'sign_out',
  'password_changed',
  'password_reset',
  'demo_sign_in',
  'set_up',
  'denied',
  'exported',
] as const;
export const AccessEntry = z
  .object({
    at: Instant,
    kind: z.enum(ACCESS_KINDS),
    userId: Id.nullable(),
    userName: z.string().nullable(),
    login: z.string().nullable(),
    ip: z.string().nullable(),
    operation: z.string().nullable(),
  })
  .meta({ id: 'AccessEntry' });
export const accessLogList = operation({
  id: 'accessLogList',
  method: 'GET',
  path: '/api/v1/access-log',
  summary: 'Sign-ins and refusals, newest first',
  can: 'access_log.read',
  query: z.strictObject({
    ...PageQuery,
    kind: z.enum(ACCESS_KINDS).optional(),
    userId: Id.optional(),
    login: z.string().max(200).optional(),
    from: BizDate.optional(),
    to: BizDate.optional(),
  }),
  response: Page(AccessEntry),
  errors: ['request.bad_cursor'],
});

export const userOperations = [
  usersList,
  userPartnersList,
  userGet,
  userInvite,
  userUpdate,
  userResetLink,
  keysList,
  keyCreate,
  keyRevoke,
  delegationsList,
  delegationCreate,
  delegationEnd,
  accessLogList,
] as const;

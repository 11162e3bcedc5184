/** Signing in and out, one's own account, the first set-up of an installation. */
import { z } from 'zod';
import { Code, Currency, Id, Instant, Text } from './common.ts';
import { operation } from './operation.ts';
import { ROLES } from './roles.ts';

export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;
export const LocaleCode = z.enum(LOCALES).meta({ id: 'Locale' });
export const RoleName = z.enum(ROLES).meta({ id: 'Role' });

/** Passwords are never trimmed or folded; the lower bound and what is too common is judged by the server with codes of their own. */
export const Password = z
  .string()
  .max(256, 'field.too_long')
  .refine((s) => s.isWellFormed() && !s.includes('\u0000'), 'field.text_encoding')
  .meta({ id: 'Password', format: 'password' });
/** What people sign in with, as they type it. */
export const Login = Code(200).meta({
  id: 'Login',
  description: 'Mail address or name; upper and lower case are the same',
});

export const SessionView = z
  .object({
    actor: z.object({
      userId: Id,
      kind: z.enum(['staff', 'partner']),
      name: z.string(),
      nameEn: z.string().nullable(),
      login: z.string(),
      roles: z.array(RoleName),
      permissions: z.array(z.string()),
      partnerId: Id.nullable(),
      partnerName: z.string().nullable(),
      partnerNameEn: z.string().nullable(),
      locale: LocaleCode,
    }),
    company: z.object({
      name: z.string(),
      nameEn: z.string().nullable(),
      timeZone: z.string(),
      currency: z.string(),
      deliveryMethod: z.string().nullable(),
    }),
    /** The installation shows the demo company. */
    demo: z.boolean(),
  })
  .meta({ id: 'Session' });

export const sessionSignIn = operation({
  id: 'sessionSignIn',
  method: 'POST',
  path: '/api/v1/session',
  summary: 'Sign in with login and password; sets the session cookie',
  can: 'public',
  body: z.strictObject({ login: Text(200), password: Password }),
  response: SessionView,
  errors: ['session.bad_credentials', 'session.locked'],
});
export const sessionGet = operation({
  id: 'sessionGet',
  method: 'GET',
  path: '/api/v1/session',
  summary: 'Who is signed in, and what they may do',
  can: 'session.use',
  response: SessionView,
  errors: [],
});
export const sessionSignOut = operation({
  id: 'sessionSignOut',
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'Sign out here',
  can: 'session.use',
  response: z.undefined(),
  status: 204,
  errors: [],
});
export const sessionSignOutEverywhere = operation({
  id: 'sessionSignOutEverywhere',
  method: 'POST',
  path: '/api/v1/session/sign-out-everywhere',
  summary: 'End every session of one’s own, this one too',
  can: 'session.use',
  response: z.undefined(),
  status: 204,
  errors: [],
});

export const OwnSessionView = z
  .object({
    id: Id,
    /** The one that asks. */
    current: z.boolean(),
    createdAt: Instant,
    lastSeenAt: Instant,
    userAgent: z.string().nullable(),
    ip: z.string().nullable(),
  })
  .meta({ id: 'OwnSession' });
export const sessionsList = operation({
  id: 'sessionsList',
  method: 'GET',
  path: '/api/v1/sessions',
  summary: 'One’s own open sessions, newest first',
  can: 'session.use',
  response: z.object({ items: z.array(OwnSessionView) }),
  errors: [],
});
export const sessionRevoke = operation({
  id: 'sessionRevoke',
  method: 'DELETE',
  path: '/api/v1/sessions/:sessionId',
  summary: 'End one of one’s own sessions',
  can: 'session.use',
  params: z.object({ sessionId: Id }),
  response: z.undefined(),
  status: 204,
  errors: ['session.not_found'],
});

export const DemoIdentity = z
  .object({
    userId: Id,
    kind: z.enum(['staff', 'partner']),
    name: z.string(),
    nameEn: z.string().nullable(),
    roles: z.array(RoleName),
    partnerName: z.string().nullable(),
    partnerNameEn: z.string().nullable(),
  })
  .meta({ id: 'DemoIdentity' });
export const sessionDemoIdentities = operation({
  id: 'sessionDemoIdentities',
  method: 'GET',
  path: '/api/v1/session/demo',
  summary: 'People of the demo company whose place one can take; only on the machine itself',
  can: 'public',
  response: z.object({ items: z.array(DemoIdentity) }),
  errors: ['session.demo_unavailable'],
});
export const sessionDemoSignIn = operation({
  id: 'sessionDemoSignIn',
  method: 'POST',
  path: '/api/v1/session/demo',
  summary: 'Take the place of a person of the demo company',
  can: 'public',
  body: z.strictObject({ userId: Id }),
  response: SessionView,
  errors: ['session.demo_unavailable', 'user.not_found'],
});

export const userUpdateSelf = operation({
  id: 'userUpdateSelf',
  method: 'PATCH',
  path: '/api/v1/session/profile',
  summary: 'Choose one’s own language',
  can: 'session.use',
  body: z.strictObject({ locale: LocaleCode }),
  response: SessionView,
  errors: [],
});
export const passwordChange = operation({
  id: 'passwordChange',
  method: 'POST',
  path: '/api/v1/session/password',
  summary: 'Change one’s own password; other sessions end',
  can: 'session.use',
  body: z.strictObject({ oldPassword: Password, newPassword: Password }),
  response: z.undefined(),
  status: 204,
  errors: ['password.wrong', 'password.too_short', 'password.too_common', 'session.locked'],
});

/** One-time links carry their token behind #, so that it never reaches a log. */
const OneTimeToken = z.string().min(1, 'token.invalid').max(100, 'token.invalid');
export const passwordResetCheck = operation({
  id: 'passwordResetCheck',
  method: 'POST',
  path: '/api/v1/password-reset/check',
  summary: 'Whose password a one-time link sets',
  can: 'public',
  body: z.strictObject({ token: OneTimeToken }),
  response: z.object({ login: z.string(), name: z.string(), purpose: z.enum(['invite', 'reset']) }),
  errors: ['token.invalid'],
});
export const passwordReset = operation({
  id: 'passwordReset',
  method: 'POST',
  path: '/api/v1/password-reset',
  summary: 'Set the password with a one-time link (invitation or reset)',
  can: 'public',
  body: z.strictObject({ token: OneTimeToken, newPassword: Password }),
  response: z.undefined(),
  status: 204,
  errors: ['token.invalid', 'password.too_short', 'password.too_common'],
});

const FirstPerson = z.strictObject({
  login: Login,
  name: Text(100),
  nameEn: Text(100).nullable().optional(),
  password: Password,
});
export const setupGet = operation({
  id: 'setupGet',
  method: 'GET',
  path: '/api/v1/setup',
  summary: 'Whether this installation waits for its first set-up',
  can: 'public',
  response: z.object({ needed: z.boolean() }),
  errors: [],
});
export const setupCreate = operation({
  id: 'setupCreate',
  method: 'POST',
  path: '/api/v1/setup',
  summary: 'Set up the company and its two first people, with the code printed at the start of the server',
  can: 'public',
  body: z.strictObject({
    code: z.string().min(1, 'token.invalid').max(60, 'token.invalid'),
    locale: LocaleCode.optional(),
    company: z.strictObject({
      name: Text(200),
      nameEn: Text(200).nullable().optional(),
      currency: Currency,
      timeZone: z.string().max(60, 'field.too_long').default('Asia/Shanghai'),
    }),
    /** Runs the installation: company data, calendar, warehouses. */
    systemAdmin: FirstPerson,
    /** Looks after users, roles and keys. Two people: nobody holds both roles. */
    securityAdmin: FirstPerson,
  }),
  response: z.object({ companyId: Id }),
  status: 201,
  errors: [
    'setup.done',
    'token.invalid',
    'field.currency',
    'company.time_zone',
    'user.login_taken',
    'password.too_short',
    'password.too_common',
    'session.locked',
  ],
});

export const sessionOperations = [
  sessionSignIn,
  sessionGet,
  sessionSignOut,
  sessionSignOutEverywhere,
  sessionsList,
  sessionRevoke,
  sessionDemoIdentities,
  sessionDemoSignIn,
  userUpdateSelf,
  passwordChange,
  passwordResetCheck,
  passwordReset,
  setupGet,
  setupCreate,
] as const;

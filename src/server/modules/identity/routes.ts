import {
  passwordChange,
  passwordReset,
  passwordResetCheck,
  sessionDemoIdentities,
  sessionDemoSignIn,
  sessionGet,
  sessionRevoke,
  sessionSignIn,
  sessionSignOut,
  sessionSignOutEverywhere,
  sessionsList,
  userUpdateSelf,
} from '../../../contract/session.ts';
import {
  accessLogList,
  delegationCreate,
  delegationEnd,
  delegationsList,
  keyCreate,
  keyRevoke,
  keysList,
  userGet,
  userInvite,
  userPartnersList,
  userResetLink,
  userUpdate,
  usersList,
} from '../../../contract/users.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { hashToken, newApiKey, newToken } from '../../platform/auth/tokens.ts';
import { type AfterWrite, type Route, raw, read, write } from '../../platform/http/route.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import { listAccess } from './access-log-queries.ts';
import { createKey } from './commands/create-key.ts';
import { createDelegation, endDelegation } from './commands/delegate.ts';
import { inviteUser } from './commands/invite-user.ts';
import { makeResetLink } from './commands/make-reset-link.ts';
import { revokeKey } from './commands/revoke-key.ts';
import { updateUser } from './commands/update-user.ts';
import { listDelegations } from './delegation-queries.ts';
import { demoIdentities, demoSignIn } from './demo-sign-in.ts';
import { listKeys } from './key-queries.ts';
import {
  changeOwnPassword,
  checkLink,
  getSession,
  resetByLink,
  revokeSession,
  signIn,
  signOut,
  signOutEverywhere,
  updateSelf,
} from './session-handlers.ts';
import { listOwnSessions } from './sessions.ts';
import { listUsers, partnersOfUsers, readUser } from './user-queries.ts';

const forgetActors: AfterWrite = ({ authenticator }) => authenticator.forget();
const today = (env: Env, now: Date) => bizDateOf(now, env.company.timeZone);
const link = () => {
  const token = newToken();
  return { token, tokenHash: hashToken(token) };
};
const newKey = () => {
  const { key, prefix } = newApiKey();
  return { secret: key, prefix, keyHash: hashToken(key) };
};

const sessionRoutes: Route[] = [
  raw(sessionSignIn, signIn),
  raw(sessionGet, getSession),
  raw(sessionSignOut, signOut),
  raw(sessionSignOutEverywhere, signOutEverywhere),
  read(sessionsList, async ({ tx, actor, now }) => ({ items: await listOwnSessions(tx, actor, now) })),
  raw(sessionRevoke, revokeSession),
  raw(sessionDemoIdentities, demoIdentities),
  raw(sessionDemoSignIn, demoSignIn),
  raw(userUpdateSelf, updateSelf),
  raw(passwordChange, changeOwnPassword),
  raw(passwordResetCheck, checkLink),
  raw(passwordReset, resetByLink),
];

const userRoutes: Route[] = [
  read(usersList, ({ tx, query, env }) => listUsers(tx, query, env.company.currency)),
  read(userPartnersList, async ({ tx, query }) => ({ items: await partnersOfUsers(tx, query.q) })),
  read(userGet, ({ tx, params, env }) => readUser(tx, params.userId, env.company.currency)),
  write(
    userInvite,
    inviteUser,
    ({ body }) => ({ ...body, ...link() }),
    forgetActors,
    (answer, { token }) => ({ ...answer, token }),
  ),
  write(userUpdate, updateUser, ({ params, body }) => ({ ...body, ...params }), forgetActors),
  write(
    userResetLink,
    makeResetLink,
    ({ params }) => ({ ...params, ...link() }),
    forgetActors,
    (answer, { token }) => ({ ...answer, token }),
  ),
];

const keyRoutes: Route[] = [
  read(keysList, ({ tx, query, now }) => listKeys(tx, query, now)),
  write(
    keyCreate,
    createKey,
    ({ body }) => ({ ...body, ...newKey() }),
    forgetActors,
    (answer, { secret }) => ({ ...answer, secret }),
  ),
  write(keyRevoke, revokeKey, ({ params }) => params, forgetActors),
];

const absenceRoutes: Route[] = [
  read(delegationsList, async ({ tx, query, env, now }) => ({
    items: await listDelegations(tx, today(env, now), query.userId),
  })),
  write(delegationCreate, createDelegation, ({ body }) => body, forgetActors),
  write(delegationEnd, endDelegation, ({ params }) => params, forgetActors),
];

export const identityRoutes: Route[] = [
  ...sessionRoutes,
  ...userRoutes,
  ...keyRoutes,
  ...absenceRoutes,
  read(accessLogList, ({ tx, query, env }) => listAccess(tx, query, env.company.timeZone)),
];

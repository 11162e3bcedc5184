/** Signing in and out, and one's own password. These set cookies, so they are no plain reads or writes. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type {
  passwordChange,
  passwordReset,
  passwordResetCheck,
  sessionGet,
  sessionRevoke,
  sessionSignIn,
  SessionView,
  userUpdateSelf,
} from '../../../contract/session.ts';
import { refuse } from '../../kernel/refusal.ts';
import { foldText } from '../../kernel/text.ts';
import { type AccessKind, accessLogTable, accessRow } from '../../platform/auth/access-log.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { announceAccessChange } from '../../platform/auth/watch-access.ts';
import { hashToken, newToken } from '../../platform/auth/tokens.ts';
import { COMPANY, sql } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { SESSION_COOKIE } from '../../platform/http/app.ts';
import type { RawCall } from '../../platform/http/route.ts';
import type { Services } from '../../platform/http/services.ts';
import { execute } from '../../platform/pipeline/run.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { changePassword, resetPassword } from './commands/set-password.ts';
import { readLink } from './one-time-links.ts';
import { hashPassword, passwordFits, refuseWeakPassword } from './passwords.ts';
import {
  clearSessionCookie,
  deviceTokenOf,
  endSessions,
  openSession,
  ownSessionId,
  sessionView,
  setDeviceCookie,
  setSessionCookie,
} from './sessions.ts';
import { admitAttempt, attemptSucceeded, rememberDevice } from './sign-in-guard.ts';

type View = z.output<typeof SessionView>;
type CallOf<O> = O extends { params?: infer P; query?: infer Q; body?: infer B }
  ? RawCall<NonNullable<P>, NonNullable<Q>, NonNullable<B>>
  : never;
type AnyCall = { services: Services; request: FastifyRequest; reply: FastifyReply; now: Date };

/** The actor of an operation that is not public. */
export function someone(actor: Actor | null): Actor {
  if (actor === null) throw refuse('session.required');
  return actor;
}

/** Counts the attempt, or refuses it with the time to wait. */
export async function admitted({ services, request, now }: AnyCall, login: string): Promise<bigint> {
  const attempt = await admitAttempt(services.database, {
    loginFolded: foldText(login),
    ip: request.ip,
    deviceToken: deviceTokenOf(request),
    now,
  });
  if (attempt.ok) return attempt.attemptId;
  services.accessLog.note({ at: now, kind: 'sign_in_locked', login, ip: request.ip });
  throw refuse('session.locked', {
    retryAfter: String(attempt.retryAfter),
    minutes: String(Math.ceil(attempt.retryAfter / 60)),
  });
}

type Account = { id: string; epoch: number; password_hash: string | null };

export async function signIn(call: CallOf<typeof sessionSignIn>): Promise<View> {
  const { body, services, request, now } = call;
  const attemptId = await admitted(call, body.login);
  const rows = await services.database.read(COMPANY, (tx) =>
    tx.query<Account>(
      sql`select id, epoch, password_hash from app_user where login_folded = ${foldText(body.login)} and kind <> 'service' and state = 'active'`,
    ),
  );
  const account = rows[0];
  // Done for unknown people as well: the same work, the same answer.
  const fits = await passwordFits(account?.password_hash ?? null, body.password);
  if (account === undefined || !fits) {
    services.accessLog.note({
      at: now,
      kind: 'sign_in_failed',
      userId: account?.id ?? null,
      login: body.login,
      ip: request.ip,
    });
    throw refuse('session.bad_credentials');
  }
  return beginSession(call, account, { login: body.login, kind: 'sign_in', attemptId });
}

/** Opens the session, sets the cookies, ends the session that this browser had before. */
export async function beginSession(
  call: AnyCall,
  account: { id: string; epoch: number },
  how: { login: string; kind: AccessKind; attemptId?: bigint },
): Promise<View> {
  const { services, request, reply, now } = call;
  const deviceToken = deviceTokenOf(request) ?? newToken();
  const before = request.cookies[SESSION_COOKIE];
  const token = await services.database.write(COMPANY, async (tx) => {
    if (before !== undefined)
      await tx.run(
        sql`update user_session set revoked_at = ${now} where token_hash = ${hashToken(before)} and revoked_at is null`,
      );
    if (how.attemptId !== undefined) {
      await attemptSucceeded(tx, how.attemptId, now);
      await rememberDevice(tx, deviceToken, account.id, now);
    }
    await insertRows(tx, accessLogTable, [
      accessRow({ at: now, kind: how.kind, userId: account.id, login: how.login, ip: request.ip }),
    ]);
    return openSession(tx, account, now, { userAgent: request.headers['user-agent'], ip: request.ip });
  });
  services.authenticator.forget();
  const actor = await services.authenticator.bySession(token, now);
  // Disabled in the moment between.
  if (actor === null) throw refuse('session.bad_credentials');
  setSessionCookie(request, reply, token);
  if (how.attemptId !== undefined) setDeviceCookie(request, reply, deviceToken);
  return sessionView(services, actor, now);
}

export const getSession = ({ services, actor, now }: CallOf<typeof sessionGet>): Promise<View> =>
  sessionView(services, someone(actor), now);

async function end(call: AnyCall & { actor: Actor | null }, sessionId: string | undefined): Promise<number> {
  const { services, request, now } = call;
  const actor = someone(call.actor);
  const ended = await services.database.write(COMPANY, (tx) =>
    endSessions(tx, now, { userId: actor.userId, ...(sessionId === undefined ? {} : { sessionId }) }),
  );
  services.authenticator.forget();
  if (ended > 0)
    services.accessLog.note({ at: now, kind: 'sign_out', userId: actor.userId, login: actor.login, ip: request.ip });
  return ended;
}

export async function signOut(call: AnyCall & { actor: Actor | null }): Promise<undefined> {
  await end(call, ownSessionId(someone(call.actor)));
  clearSessionCookie(call.request, call.reply);
}

export async function signOutEverywhere(call: AnyCall & { actor: Actor | null }): Promise<undefined> {
  ownSessionId(someone(call.actor));
  await end(call, undefined);
  clearSessionCookie(call.request, call.reply);
}

export async function revokeSession(call: CallOf<typeof sessionRevoke>): Promise<undefined> {
  const own = ownSessionId(someone(call.actor));
  if ((await end(call, call.params.sessionId)) === 0) throw refuse('session.not_found');
  if (call.params.sessionId === own) clearSessionCookie(call.request, call.reply);
}

export async function updateSelf({ services, actor, body, now }: CallOf<typeof userUpdateSelf>): Promise<View> {
  const self = someone(actor);
  await services.database.write(COMPANY, (tx) =>
    Promise.all([
      tx.run(sql`update app_user set locale = ${body.locale} where id = ${self.userId}`),
      announceAccessChange(tx),
    ]),
  );
  services.authenticator.forget();
  return sessionView(services, { ...self, accountLocale: body.locale }, now);
}

const commandOf = <I>(call: AnyCall & { requestId: string }, actor: Actor, input: I) => ({
  input,
  actor,
  now: call.now,
  requestId: call.requestId,
  from: call.request.ip,
});

async function companyNames({ services, now }: AnyCall): Promise<(string | null)[]> {
  const { company } = await services.settings.env(now);
  return [company.name, company.nameEn];
}

export async function changeOwnPassword(call: CallOf<typeof passwordChange>): Promise<undefined> {
  const { services, body, now } = call;
  const actor = someone(call.actor);
  ownSessionId(actor);
  const attemptId = await admitted(call, actor.login);
  const rows = await services.database.read(COMPANY, (tx) =>
    tx.query<Account>(sql`select id, epoch, password_hash from app_user where id = ${actor.userId}`),
  );
  if (!(await passwordFits(rows[0]?.password_hash ?? null, body.oldPassword)))
    throw refuse('password.wrong', undefined, 'oldPassword');
  await services.database.write(COMPANY, (tx) => attemptSucceeded(tx, attemptId, now));
  refuseWeakPassword(body.newPassword, [...(await companyNames(call)), actor.name, actor.login]);
  await execute(
    services.runtime,
    changePassword,
    commandOf(call, actor, { passwordHash: await hashPassword(body.newPassword) }),
  );
  services.authenticator.forget();
}

export async function checkLink({
  services,
  body,
  now,
}: CallOf<typeof passwordResetCheck>): Promise<{ login: string; name: string; purpose: 'invite' | 'reset' }> {
  const link = await services.database.read(COMPANY, (tx) => readLink(tx, hashToken(body.token), now, false));
  return { login: link.login, name: link.name, purpose: link.purpose };
}

export async function resetByLink(call: CallOf<typeof passwordReset>): Promise<undefined> {
  const { services, body, now } = call;
  const tokenHash = hashToken(body.token);
  const link = await services.database.read(COMPANY, (tx) => readLink(tx, tokenHash, now, false));
  refuseWeakPassword(body.newPassword, [...(await companyNames(call)), link.name, link.name_en, link.login]);
  await execute(
    services.runtime,
    resetPassword,
    commandOf(call, systemActor, { tokenHash, passwordHash: await hashPassword(body.newPassword) }),
  );
  services.authenticator.forget();
}

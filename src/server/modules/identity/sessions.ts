/** Sessions: made, shown, ended. The cookie holds a random token; the database its hash. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { OwnSessionView, SessionView } from '../../../contract/session.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sessionEnd } from '../../platform/auth/authenticate.ts';
import { hashToken, newToken } from '../../platform/auth/tokens.ts';
import { announceAccessChange } from '../../platform/auth/watch-access.ts';
import { COMPANY, sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { SESSION_COOKIE } from '../../platform/http/app.ts';
import { asLocale } from '../../platform/http/messages.ts';
import type { Services } from '../../platform/http/services.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { sessionTable } from './identity-tables.ts';

export const DEVICE_COOKIE = 'qc_device';
const DEVICE_SECONDS = 400 * 24 * 3600;

type Origin = { userAgent: string | undefined; ip: string };

/** A new session for a person; returns the token for the cookie. */
export async function openSession(
  tx: Tx,
  user: { id: string; epoch: number },
  now: Date,
  origin: Origin,
): Promise<string> {
  const token = newToken();
  await insertRows(tx, sessionTable, [
    {
      token_hash: hashToken(token),
      id: newId(now),
      user_id: user.id,
      epoch: user.epoch,
      created_at: now,
      last_seen_at: now,
      expires_at: sessionEnd(now, now),
      revoked_at: null,
      user_agent: printable(origin.userAgent),
      ip: origin.ip,
    },
  ]);
  return token;
}

const printable = (text: string | undefined) =>
  text === undefined ? null : text.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);

const isHttps = (request: FastifyRequest) =>
  request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'strict', path: '/', secure: isHttps(request) });
}
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, { httpOnly: true, sameSite: 'strict', path: '/', secure: isHttps(request) });
}
/** Long-lived, good for nothing but being recognised at the next sign-in. */
export function setDeviceCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(DEVICE_COOKIE, token, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/api/v1/session',
    secure: isHttps(request),
    maxAge: DEVICE_SECONDS,
  });
}
export function deviceTokenOf(request: FastifyRequest): string | null {
  const token = request.cookies[DEVICE_COOKIE];
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null;
}

/** Ends the sessions that the condition names; the access of all nodes is told. Returns how many there were. */
export async function endSessions(tx: Tx, now: Date, which: { userId: string; sessionId?: string }): Promise<number> {
  const ended = await tx.run(
    sql`update user_session set revoked_at = ${now} where user_id = ${which.userId} and revoked_at is null and expires_at > ${now} and (${which.sessionId ?? null}::uuid is null or id = ${which.sessionId ?? null})`,
  );
  await announceAccessChange(tx);
  return ended;
}

/** The id of the session that asks; keys have none. */
export function ownSessionId(actor: Actor): string {
  if (actor.credential.kind !== 'session') throw refuse('session.required');
  return actor.credential.id;
}

type OwnRow = { id: string; created_at: Date; last_seen_at: Date; user_agent: string | null; ip: string | null };
export async function listOwnSessions(tx: Tx, actor: Actor, now: Date): Promise<z.output<typeof OwnSessionView>[]> {
  const current = ownSessionId(actor);
  const rows = await tx.query<OwnRow>(sql`
    select s.id, s.created_at, s.last_seen_at, s.user_agent, s.ip from user_session s join app_user u on u.id = s.user_id
    where s.user_id = ${actor.userId} and s.revoked_at is null and s.expires_at > ${now} and s.epoch = u.epoch order by s.last_seen_at desc, s.id desc limit 200`);
  return rows.map((row) => ({
    id: row.id,
    current: row.id === current,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    userAgent: row.user_agent,
    ip: row.ip,
  }));
}

export async function sessionView(services: Services, actor: Actor, now: Date): Promise<z.output<typeof SessionView>> {
  const { company } = await services.settings.env(now);
  const { partnerId } = actor;
  type Names = { name_en: string | null; partner_name: string | null; partner_name_en: string | null };
  const [names] = await services.database.read(COMPANY, (tx) =>
    tx.query<Names>(sql`
      select u.name_en, p.name as partner_name, p.name_en as partner_name_en
      from app_user u left join partner p on p.id = u.partner_id where u.id = ${actor.userId}`),
  );
  return {
    actor: {
      userId: actor.userId,
      kind: actor.kind === 'partner' ? 'partner' : 'staff',
      name: actor.name,
      nameEn: names?.name_en ?? null,
      login: actor.login,
      roles: [...actor.roles],
      permissions: [...actor.permissions],
      partnerId,
      partnerName: names?.partner_name ?? null,
      partnerNameEn: names?.partner_name_en ?? null,
      locale: asLocale(actor.accountLocale),
    },
    company: {
      name: company.name,
      nameEn: company.nameEn,
      timeZone: company.timeZone,
      currency: company.currency,
      deliveryMethod: company.deliveryMethod,
    },
    demo: services.demo,
  };
}

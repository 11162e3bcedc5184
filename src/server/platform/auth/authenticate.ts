/**
 * From a cookie or a key to an actor. Kept for a few seconds so that reads are cheap; every write checks session, key and epoch again
 * inside its transaction, so that a revocation holds at the next write at once. Reads learn of it by a notification of the database
 * (watch-access.ts); while that line is down, nothing is kept.
 */
import type { Role } from '../../../contract/roles.ts';
import { permissionsOf } from '../../../contract/roles.ts';
import { addMs } from '../../kernel/clock.ts';
import { COMPANY, type Database, type Scope, sql } from '../db/database.ts';
import type { Actor } from '../pipeline/types.ts';
import { hashToken } from './tokens.ts';

/** A session ends this long after it was last used … */
export const IDLE_MS = 30 * 60_000;
/** … and this long after it began, used or not. */
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Use is written down at most this often. */
const SEEN_EVERY_MS = 60_000;
const KEEP_MS = 2000;
const KEEP_AT_MOST = 10_000;

/** When a session that is used at `now` and began at `createdAt` ends. */
export function sessionEnd(createdAt: Date, now: Date): Date {
  const [idle, absolute] = [addMs(now, IDLE_MS), addMs(createdAt, ABSOLUTE_MS)];
  return idle < absolute ? idle : absolute;
}

type ActorRow = {
  credential_id: string;
  expires_at: Date | null;
  seen_at: Date | null;
  epoch: number;
  user_id: string;
  kind: 'staff' | 'partner' | 'service';
  name: string;
  login: string;
  locale: string;
  partner_id: string | null;
  approval_limit_amount: bigint | null;
  person_id: string;
  roles: Role[];
  team_partner_ids: string[] | null;
};

/** What the company's settings say about who sees what. */
export type AccessFacts = { ownTeamOnly: boolean; today: string };

export type Authenticator = {
  bySession(token: string, now: Date): Promise<Actor | null>;
  byKey(key: string, now: Date): Promise<Actor | null>;
  /** Forget what is kept: called when a session, key or user changes. */
  forget(): void;
  /** Whether changes made by other nodes are heard of; only then is anything kept. */
  hears(yes: boolean): void;
};

type Kept = { actor: Actor; readAt: number; expiresAt: Date | null; seenAt: Date | null };

export function authenticator(database: Database, facts: (now: Date) => Promise<AccessFacts>): Authenticator {
  const kept = new Map<string, Kept>();
  let hearing = false;
  let generation = 0;

  async function find(kind: 'session' | 'key', secret: string, now: Date): Promise<Actor | null> {
    const hash = hashToken(secret);
    const name = kind + hash.toString('base64');
    const tick = performance.now();
    let entry = kept.get(name);
    if (entry === undefined || tick - entry.readAt >= KEEP_MS) {
      const readIn = generation;
      const row = await readActor(database, kind, hash, now, await facts(now));
      if (row === null) {
        kept.delete(name);
        return null;
      }
      entry = { ...row, readAt: tick };
      if (kept.size >= KEEP_AT_MOST) kept.clear();
      // What was read before a change must not be kept after it.
      if (hearing && readIn === generation) kept.set(name, entry);
    }
    if (entry.expiresAt !== null && entry.expiresAt <= now) return null;
    if (entry.seenAt === null || now.getTime() - entry.seenAt.getTime() >= SEEN_EVERY_MS) {
      entry.seenAt = now;
      const end = await writeSeen(database, kind, hash, now);
      if (kind === 'session' && end !== null) entry.expiresAt = end;
    }
    return entry.actor;
  }

  return {
    bySession: (token, now) => find('session', token, now),
    byKey: (key, now) => find('key', key, now),
    forget() {
      generation += 1;
      kept.clear();
    },
    hears(yes) {
      hearing = yes;
      generation += 1;
      kept.clear();
    },
  };
}

async function readActor(
  database: Database,
  kind: 'session' | 'key',
  hash: Buffer,
  now: Date,
  facts: AccessFacts,
): Promise<Omit<Kept, 'readAt'> | null> {
  const columns = actorColumns(facts.today);
  const rows = await database.read(COMPANY, (tx) =>
    tx.query<ActorRow>(
      kind === 'session'
        ? sql`select s.id as credential_id, s.expires_at, s.last_seen_at as seen_at, ${columns} from user_session s join app_user u on u.id = s.user_id
              where s.token_hash = ${hash} and s.revoked_at is null and s.expires_at > ${now} and s.epoch = u.epoch and u.state = 'active'`
        : sql`select k.id as credential_id, k.expires_at, k.last_used_at as seen_at, ${columns} from api_key k join app_user u on u.id = k.user_id
              where k.key_hash = ${hash} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now}) and u.state = 'active'`,
    ),
  );
  const row = rows[0];
  return row === undefined
    ? null
    : { actor: actorOf(row, kind, facts.ownTeamOnly), expiresAt: row.expires_at, seenAt: row.seen_at };
}

/** Writes the use down and moves the end of a session. Returns the new end; null when the session is gone. */
async function writeSeen(database: Database, kind: 'session' | 'key', hash: Buffer, now: Date): Promise<Date | null> {
  const rows = await database.write(COMPANY, (tx) =>
    tx.query<{ expires_at: Date | null }>(
      kind === 'session'
        ? sql`update user_session set last_seen_at = ${now}, expires_at = least(${addMs(now, IDLE_MS)}::timestamptz, created_at + interval '12 hours')
              where token_hash = ${hash} and revoked_at is null and expires_at > ${now} returning expires_at`
        : sql`update api_key set last_used_at = ${now} where key_hash = ${hash} returning expires_at`,
    ),
  );
  return rows[0]?.expires_at ?? null;
}

/** Partners of a sales person: own ones, those as deputy, those of the team, and those of colleagues who are away and named them. */
const actorColumns = (
  today: string,
) => sql`u.epoch, u.id as user_id, u.kind, u.name, u.login, u.locale, u.partner_id, u.approval_limit_amount,
  coalesce(u.made_by, u.id) as person_id,
  (select coalesce(array_agg(r.role order by r.role), '{}') from user_role r where r.user_id = u.id) as roles,
  (select array_agg(p.id) from partner p where p.sales_owner_id = u.id or p.deputy_owner_id = u.id
     or p.sales_owner_id in (select m.user_id from sales_team_member m join sales_team_member mine on mine.team_id = m.team_id where mine.user_id = u.id)
     or p.sales_owner_id in (select d.user_id from delegation d where d.deputy_id = u.id and d.ended_at is null and ${today}::date between d.from_on and d.to_on)) as team_partner_ids`;

const isOnlySales = (roles: readonly Role[]) => roles.length > 0 && roles.every((role) => role === 'sales');

function actorOf(row: ActorRow, kind: 'session' | 'key', ownTeamOnly: boolean): Actor {
  return {
    userId: row.user_id,
    kind: row.kind === 'partner' || row.partner_id !== null ? 'partner' : 'staff',
    personId: row.kind === 'service' ? row.person_id : row.user_id,
    name: row.name,
    login: row.login,
    locale: row.locale,
    roles: row.roles,
    permissions: new Set(permissionsOf(row.roles)),
    partnerId: row.partner_id,
    approvalLimit: row.approval_limit_amount,
    scope: scopeOf(row, ownTeamOnly),
    credential: { kind, id: row.credential_id, epoch: row.epoch },
  };
}

function scopeOf(row: ActorRow, ownTeamOnly: boolean): Scope {
  if (row.partner_id !== null) return { kind: 'partners', ids: [row.partner_id] };
  if (ownTeamOnly && isOnlySales(row.roles)) return { kind: 'partners', ids: row.team_partner_ids ?? [], inside: true };
  return COMPANY;
}

/** The actor of what the product does by itself: readers, jobs, deadlines. */
export const systemActor: Actor = {
  userId: '00000000-0000-7000-8000-000000000000',
  kind: 'system',
  personId: '00000000-0000-7000-8000-000000000000',
  name: 'Qucheng',
  login: 'system',
  locale: 'zh-Hant',
  roles: [],
  permissions: new Set(),
  partnerId: null,
  approvalLimit: null,
  scope: COMPANY,
  credential: { kind: 'system' },
};

/**
 * From a cookie or a key to an actor. Kept for a while so that requests are cheap; every write checks session, key and epoch again
 * inside its transaction, so that a revocation holds at the next write at once. Reads learn of it by a notification of the database
 * (watch-access.ts); while that line is down, nothing is kept. What a crowd has to look up or write down goes in one statement. A session
 * whose end has moved waits until that is written; that a key was used is written a moment later, and nobody waits.
 */
import type { Role } from '../../../contract/roles.ts';
import { permissionsOf } from '../../../contract/roles.ts';
import { addMs } from '../../kernel/clock.ts';
import { noting } from '../../kernel/noting.ts';
import { together } from '../../kernel/together.ts';
import { COMPANY, type Database, type Scope, sql } from '../db/database.ts';
import type { Actor } from '../pipeline/types.ts';
import { hashToken } from './tokens.ts';

/** A session ends this long after it was last used … */
export const IDLE_MS = 30 * 60_000;
/** … and this long after it began, used or not. */
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Use is written down at most this often. */
const SEEN_EVERY_MS = 60_000;
const KEEP_MS = 60_000;
const NOTE_AFTER_MS = 500;
const KEEP_AT_MOST = 10_000;

/** When a session that is used at `now` and began at `createdAt` ends. */
export function sessionEnd(createdAt: Date, now: Date): Date {
  const [idle, absolute] = [addMs(now, IDLE_MS), addMs(createdAt, ABSOLUTE_MS)];
  return idle < absolute ? idle : absolute;
}

type ActorRow = {
  credential: string;
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
  merged_partner_ids: string[] | null;
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
  /** Every use of a key so far is written down. */
  flush(): Promise<void>;
};

type Kind = 'session' | 'key';
type Found = { actor: Actor; expiresAt: Date | null; seenAt: Date | null };
type Kept = Found & { readAt: number };
/** The hash in base64, and when it was shown. */
type Credential = { name: string; now: Date };

export function authenticator(
  database: Database,
  facts: (now: Date) => Promise<AccessFacts>,
  onError: (error: unknown) => void,
): Authenticator {
  const kept = new Map<string, Kept>();
  let hearing = false;
  let generation = 0;
  const reading = {
    session: together<Credential, Found | null>((asked) => readActors(database, 'session', asked, facts)),
    key: together<Credential, Found | null>((asked) => readActors(database, 'key', asked, facts)),
  };
  const movingEnds = together<Credential, Date | null>((used) => writeSeen(database, used));
  const uses = noting<Credential>((used) => writeUsed(database, used), { afterMs: NOTE_AFTER_MS, onError });

  async function find(kind: Kind, secret: string, now: Date): Promise<Actor | null> {
    const name = hashToken(secret).toString('base64');
    const place = kind + name;
    const tick = performance.now();
    let entry = kept.get(place);
    if (entry === undefined || tick - entry.readAt >= KEEP_MS) {
      const readIn = generation;
      const found = await reading[kind]({ name, now });
      if (found === null) {
        kept.delete(place);
        return null;
      }
      entry = { ...found, readAt: tick };
      if (kept.size >= KEEP_AT_MOST) kept.clear();
      // What was read before a change must not be kept after it.
      if (hearing && readIn === generation) kept.set(place, entry);
    }
    if (entry.expiresAt !== null && entry.expiresAt <= now) return null;
    if (entry.seenAt === null || now.getTime() - entry.seenAt.getTime() >= SEEN_EVERY_MS) {
      entry.seenAt = now;
      if (kind === 'key') uses.note({ name, now });
      else entry.expiresAt = (await movingEnds({ name, now })) ?? entry.expiresAt;
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
    flush: uses.flush,
  };
}

/** Credentials as columns for unnest: hash in base64, instant of the request. */
const columnsOf = (asked: readonly Credential[]) =>
  sql`unnest(${asked.map(({ name }) => name)}::text[], ${asked.map(({ now }) => now)}::timestamptz[]) as c(name, now)`;

async function readActors(
  database: Database,
  kind: Kind,
  asked: readonly Credential[],
  facts: (now: Date) => Promise<AccessFacts>,
): Promise<(Found | null)[]> {
  const { ownTeamOnly, today } = await facts(asked[0]?.now ?? new Date(0));
  const rows = await database.read(COMPANY, (tx) =>
    tx.query<ActorRow>(
      kind === 'session'
        ? sql`select c.name as credential, s.id as credential_id, s.expires_at, s.last_seen_at as seen_at, ${actorColumns(today)}
              from ${columnsOf(asked)} join user_session s on s.token_hash = decode(c.name, 'base64') join app_user u on u.id = s.user_id
              where s.revoked_at is null and s.expires_at > c.now and s.epoch = u.epoch and u.state = 'active'`
        : sql`select c.name as credential, k.id as credential_id, k.expires_at, k.last_used_at as seen_at, ${actorColumns(today)}
              from ${columnsOf(asked)} join api_key k on k.key_hash = decode(c.name, 'base64') join app_user u on u.id = k.user_id
              where k.revoked_at is null and (k.expires_at is null or k.expires_at > c.now) and u.state = 'active'`,
    ),
  );
  const byName = new Map(rows.map((row) => [row.credential, row]));
  return asked.map(({ name }) => {
    const row = byName.get(name);
    return row === undefined
      ? null
      : { actor: actorOf(row, kind, ownTeamOnly), expiresAt: row.expires_at, seenAt: row.seen_at };
  });
}

/** Rows are locked in the order of the hashes, so that two nodes wait for each other in one order. */
const hashesOf = (used: readonly Credential[]) =>
  sql`select decode(n, 'base64') from unnest(${used.map(({ name }) => name)}::text[]) n`;

/** Writes down that sessions were used, and moves their ends. Returns the new ends; null: the session is gone. */
async function writeSeen(database: Database, used: readonly Credential[]): Promise<(Date | null)[]> {
  const rows = await database.write(COMPANY, async (tx) => {
    void tx.run(sql`select from user_session where token_hash in (${hashesOf(used)}) order by token_hash for update`);
    return tx.query<{ name: string; expires_at: Date | null }>(
      sql`update user_session s set last_seen_at = c.now, expires_at = least(c.now + ${IDLE_MS}::int * interval '1 millisecond', s.created_at + interval '12 hours')
          from ${columnsOf(used)} where s.token_hash = decode(c.name, 'base64') and s.revoked_at is null and s.expires_at > c.now returning c.name, s.expires_at`,
    );
  });
  const ends = new Map(rows.map((row) => [row.name, row.expires_at]));
  return used.map(({ name }) => ends.get(name) ?? null);
}

async function writeUsed(database: Database, used: readonly Credential[]): Promise<void> {
  await database.write(COMPANY, async (tx) => {
    void tx.run(sql`select from api_key where key_hash in (${hashesOf(used)}) order by key_hash for update`);
    await tx.run(
      sql`update api_key k set last_used_at = c.now from ${columnsOf(used)} where k.key_hash = decode(c.name, 'base64')`,
    );
  });
}

/** Partners of a sales person: own ones, those as deputy, those of the team, and those of colleagues who are away and named them. */
const actorColumns = (
  today: string,
) => sql`u.epoch, u.id as user_id, u.kind, u.name, u.login, u.locale, u.partner_id, u.approval_limit_amount,
  coalesce(u.made_by, u.id) as person_id,
  (select coalesce(array_agg(r.role order by r.role), '{}') from user_role r where r.user_id = u.id) as roles,
  (select array_agg(p.id) from partner p where p.sales_owner_id = u.id or p.deputy_owner_id = u.id
     or p.sales_owner_id in (select m.user_id from sales_team_member m join sales_team_member mine on mine.team_id = m.team_id where mine.user_id = u.id)
     or p.sales_owner_id in (select d.user_id from delegation d where d.deputy_id = u.id and d.ended_at is null and ${today}::date between d.from_on and d.to_on)) as team_partner_ids,
  -- events of a file that was merged into this one keep its id
  (select array_agg(p.id) from partner p where u.partner_id is not null and p.merged_into_id = u.partner_id) as merged_partner_ids`;

const isOnlySales = (roles: readonly Role[]) => roles.length > 0 && roles.every((role) => role === 'sales');

function actorOf(row: ActorRow, kind: 'session' | 'key', ownTeamOnly: boolean): Actor {
  return {
    userId: row.user_id,
    kind: row.kind === 'partner' || row.partner_id !== null ? 'partner' : 'staff',
    personId: row.kind === 'service' ? row.person_id : row.user_id,
    name: row.name,
    login: row.login,
    locale: row.locale,
    accountLocale: row.locale,
    roles: row.roles,
    permissions: new Set(permissionsOf(row.roles)),
    partnerId: row.partner_id,
    approvalLimit: row.approval_limit_amount,
    scope: scopeOf(row, ownTeamOnly),
    credential: { kind, id: row.credential_id, epoch: row.epoch },
  };
}

function scopeOf(row: ActorRow, ownTeamOnly: boolean): Scope {
  if (row.partner_id !== null) return { kind: 'partners', ids: [row.partner_id, ...(row.merged_partner_ids ?? [])] };
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
  accountLocale: 'zh-Hant',
  roles: [],
  permissions: new Set(),
  partnerId: null,
  approvalLimit: null,
  scope: COMPANY,
  credential: { kind: 'system' },
};

/**
 * From a cookie or a key to an actor. Kept for a few seconds so that reads are cheap; every write checks session, key and epoch again
 * inside its transaction, so that a revocation holds at the next write at once and at the next read within the time named here.
 */
import type { Role } from '../../../contract/roles.ts';
import { permissionsOf } from '../../../contract/roles.ts';
import { COMPANY, type Database, type Scope, sql } from '../db/database.ts';
import type { Actor } from '../pipeline/types.ts';
import { hashToken } from './tokens.ts';

const KEEP_MS = 2000;
const KEEP_AT_MOST = 10_000;

type ActorRow = {
  credential_id: string;
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

export type Authenticator = {
  bySession(token: string, now: Date): Promise<Actor | null>;
  byKey(key: string, now: Date): Promise<Actor | null>;
  /** Forget what is cached: called when a session, key or user changes. */
  forget(): void;
};

export function authenticator(database: Database, seesOnlyOwnTeam: () => Promise<boolean>): Authenticator {
  const cache = new Map<string, { actor: Actor | null; at: number }>();

  async function remembered(kind: 'session' | 'key', secret: string, now: Date): Promise<Actor | null> {
    const hash = hashToken(secret);
    const name = kind + hash.toString('base64');
    const hit = cache.get(name);
    const tick = performance.now();
    if (hit !== undefined && tick - hit.at < KEEP_MS) return hit.actor;
    const actor = await readActor(database, kind, hash, now, await seesOnlyOwnTeam());
    if (cache.size >= KEEP_AT_MOST) cache.clear();
    cache.set(name, { actor, at: tick });
    return actor;
  }

  return {
    bySession: (token, now) => remembered('session', token, now),
    byKey: (key, now) => remembered('key', key, now),
    forget: () => cache.clear(),
  };
}

async function readActor(database: Database, kind: 'session' | 'key', hash: Buffer, now: Date, ownTeamOnly: boolean): Promise<Actor | null> {
  const rows = await database.read(COMPANY, (tx) =>
    tx.query<ActorRow>(
      kind === 'session'
        ? sql`select s.id as credential_id, ${actorColumns} from user_session s join app_user u on u.id = s.user_id
              where s.token_hash = ${hash} and s.revoked_at is null and s.expires_at > ${now} and s.epoch = u.epoch and u.state = 'active'`
        : sql`select k.id as credential_id, ${actorColumns} from api_key k join app_user u on u.id = k.user_id
              where k.key_hash = ${hash} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now}) and u.state = 'active'`,
    ),
  );
  const row = rows[0];
  return row === undefined ? null : actorOf(row, kind, ownTeamOnly);
}

const actorColumns = sql`u.epoch, u.id as user_id, u.kind, u.name, u.login, u.locale, u.partner_id, u.approval_limit_amount,
  coalesce(u.made_by, u.id) as person_id,
  (select coalesce(array_agg(r.role), '{}') from user_role r where r.user_id = u.id) as roles,
  (select array_agg(p.id) from partner p where p.sales_owner_id = u.id or p.deputy_owner_id = u.id or p.sales_owner_id in
     (select m.user_id from sales_team_member m join sales_team_member mine on mine.team_id = m.team_id where mine.user_id = u.id)) as team_partner_ids`;

const ONLY_SALES: readonly Role[] = ['sales'];

function actorOf(row: ActorRow, kind: 'session' | 'key', ownTeamOnly: boolean): Actor {
  const onlySales = row.kind !== 'partner' && row.partner_id === null && row.roles.length > 0 && row.roles.every((role) => ONLY_SALES.includes(role));
  const scope: Scope =
    row.partner_id !== null
      ? { kind: 'partners', ids: [row.partner_id] }
      : onlySales && ownTeamOnly
        ? { kind: 'partners', ids: row.team_partner_ids ?? [] }
        : COMPANY;
  return {
    userId: row.user_id,
    kind: row.kind === 'service' && row.partner_id !== null ? 'partner' : row.kind === 'service' ? 'staff' : row.kind,
    personId: row.kind === 'service' ? row.person_id : row.user_id,
    name: row.name,
    login: row.login,
    locale: row.locale,
    roles: row.roles,
    permissions: new Set(permissionsOf(row.roles)),
    partnerId: row.partner_id,
    approvalLimit: row.approval_limit_amount,
    scope,
    credential: { kind, id: row.credential_id, epoch: row.epoch },
  };
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

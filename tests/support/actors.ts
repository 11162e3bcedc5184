/** People and keys for tests: rows put in as the owner, with real sessions and real API keys, so that every request takes the real way in. */
import type pg from 'pg';
import { PARTNER_ROLES, type Role } from '../../src/contract/roles.ts';
import { addMs, instant } from '../../src/server/kernel/clock.ts';
import { newId } from '../../src/server/kernel/ids.ts';
import { foldText } from '../../src/server/kernel/text.ts';
import { hashToken, newApiKey, newToken } from '../../src/server/platform/auth/tokens.ts';

/** Connections as the owner of the tables, with the company's scope. */
export type Owner = Pick<pg.Pool, 'query'>;

export type Person = {
  userId: string;
  kind: 'staff' | 'partner' | 'service';
  partnerId: string | null;
  roles: readonly Role[];
  login: string;
};
export type Session = { id: string; token: string };
export type MadeKey = { id: string; key: string };

export type PersonOptions = {
  roles: readonly Role[];
  partnerId?: string | null;
  name?: string;
  login?: string;
  /** Minor units of the base currency. */
  approvalLimit?: bigint;
  state?: 'invited' | 'active' | 'disabled';
};

let made = 0;
const next = () => {
  made += 1;
  return made;
};

export async function insertPerson(owner: Owner, now: Date, options: PersonOptions): Promise<Person> {
  const { roles, partnerId = null } = options;
  const ofPartner = roles.some((role) => (PARTNER_ROLES as readonly Role[]).includes(role));
  if (ofPartner !== (partnerId !== null))
    throw new Error(`roles ${roles.join()} ${ofPartner ? 'need a partnerId' : 'are not for partners'}`);
  const userId = newId(now);
  const number = next();
  const login = options.login ?? `${roles.join('+').replaceAll('_', '-') || 'nobody'}-${number}@example.test`;
  const kind = partnerId === null ? 'staff' : 'partner';
  await owner.query(
    `insert into app_user (id, kind, partner_id, login, login_folded, name, state, approval_limit_amount, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      userId,
      kind,
      partnerId,
      login,
      foldText(login),
      options.name ?? `${roles.join('+') || 'nobody'} ${number}`,
      options.state ?? 'active',
      options.approvalLimit?.toString() ?? null,
      now,
    ],
  );
  await owner.query('insert into user_role (user_id, role) select $1, unnest($2::text[])', [userId, roles]);
  return { userId, kind, partnerId, roles, login };
}

/** A signed-in browser, as after a successful sign-in. */
export async function insertSession(owner: Owner, now: Date, userId: string): Promise<Session> {
  const token = newToken();
  const id = newId(now);
  await owner.query(
    `insert into user_session (token_hash, id, user_id, epoch, created_at, last_seen_at, expires_at)
     select $1, $2, id, epoch, $4, $4, $5 from app_user where id = $3`,
    [hashToken(token), id, userId, now, addMs(now, 30 * 60_000)],
  );
  return { id, token };
}

export type KeyOptions = {
  roles: readonly Role[];
  partnerId?: string | null;
  madeBy: string;
  expiresAt?: Date;
  revoked?: boolean;
};

/** An API key with its service account. */
export async function insertKey(owner: Owner, now: Date, options: KeyOptions): Promise<MadeKey & Person> {
  const { roles, partnerId = null, madeBy } = options;
  const userId = newId(now);
  const login = `key-${next()}`;
  await owner.query(
    `insert into app_user (id, kind, partner_id, login, login_folded, name, state, made_by, created_at) values ($1, 'service', $2, $3, $3, $3, 'active', $4, $5)`,
    [userId, partnerId, login, madeBy, now],
  );
  await owner.query('insert into user_role (user_id, role) select $1, unnest($2::text[])', [userId, roles]);
  const { key, prefix } = newApiKey();
  const id = newId(now);
  await owner.query(
    `insert into api_key (id, key_hash, prefix, name, user_id, made_by, created_at, expires_at, revoked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      hashToken(key),
      prefix,
      login,
      userId,
      madeBy,
      now,
      options.expiresAt ?? null,
      options.revoked === true ? now : null,
    ],
  );
  return { id, key, userId, kind: 'service', partnerId, roles, login };
}

export type PartnerOptions = {
  no?: string;
  name?: string;
  ownerId?: string | null;
  currency?: string;
  state?: string;
  level?: string;
  paymentTerm?: Record<string, unknown>;
};

/** A partner, active and prepaid unless said otherwise, with its credit account. */
export async function insertPartner(owner: Owner, now: Date, options: PartnerOptions): Promise<string> {
  const id = newId(now);
  const number = next();
  const name = options.name ?? `伙伴${number}`;
  await owner.query(
    `insert into partner (id, no, state, name, name_folded, level, sales_owner_id, currency, payment_term, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    [
      id,
      options.no ?? `T${String(number).padStart(4, '0')}`,
      options.state ?? 'active',
      name,
      foldText(name),
      options.level ?? null,
      options.ownerId ?? null,
      options.currency ?? 'CNY',
      options.paymentTerm ?? { kind: 'prepaid' },
      now,
    ],
  );
  await owner.query('insert into credit_account (partner_id, currency) values ($1, $2)', [
    id,
    options.currency ?? 'CNY',
  ]);
  return id;
}

export const FIRST_INSTANT = instant('2026-03-10T02:00:00Z');

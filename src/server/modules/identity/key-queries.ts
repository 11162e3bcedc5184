import type { z } from 'zod';
import type { KeyView, keysList } from '../../../contract/users.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';

type View = z.output<typeof KeyView>;
type Row = {
  id: string;
  name: string;
  prefix: string;
  roles: View['roles'];
  partner_id: string | null;
  partner_name: string | null;
  partner_name_en: string | null;
  made_by: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
};

const SELECT = sql`select k.id, k.name, k.prefix, u.partner_id, p.name as partner_name, p.name_en as partner_name_en, m.name as made_by, k.created_at, k.expires_at, k.revoked_at, k.last_used_at,
  (select coalesce(array_agg(r.role order by r.role), '{}') from user_role r where r.user_id = u.id) as roles`;
const FROM = sql`from api_key k join app_user u on u.id = k.user_id join app_user m on m.id = k.made_by left join partner p on p.id = u.partner_id`;

const view = (row: Row): View => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  roles: row.roles,
  partnerId: row.partner_id,
  partnerName: row.partner_name,
  partnerNameEn: row.partner_name_en,
  madeBy: row.made_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export async function readKey(tx: Tx, keyId: string): Promise<View> {
  const rows = await tx.query<Row>(sql`${SELECT} ${FROM} where k.id = ${keyId}`);
  if (rows[0] === undefined) throw refuse('key.not_found');
  return view(rows[0]);
}

type Query = z.output<NonNullable<(typeof keysList)['query']>>;

/** Keys, newest first. `live`: neither revoked nor expired. */
export async function listKeys(
  tx: Tx,
  query: Query,
  now: Date,
): Promise<{ items: View[]; nextCursor: string | null; total: number | null; totalIsExact: boolean }> {
  const after = decodeTypedCursor(query.cursor, ['id']);
  const live = query.live === undefined ? null : query.live === 'true';
  const where = sql`(${live}::boolean is null or (k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})) = ${live}::boolean)
    and (${query.partnerId ?? null}::uuid is null or u.partner_id = ${query.partnerId ?? null})`;
  const [rows, counts] = await Promise.all([
    tx.query<Row>(
      sql`${SELECT} ${FROM} where ${where} and (${after?.[0] ?? null}::uuid is null or k.id < ${after?.[0] ?? null}::uuid) order by k.id desc limit ${query.limit + 1}`,
    ),
    after === null
      ? tx.query<{ n: bigint }>(sql`select count(*) as n from (select 1 ${FROM} where ${where} limit ${COUNT_UP_TO}) c`)
      : Promise.resolve([]),
  ]);
  return pageOf(rows, query.limit, view, (row) => [row.id], totalOf(counts));
}

import type { z } from 'zod';
import type { UserView, userPartnersList, usersList } from '../../../contract/users.ts';
import { refuse } from '../../kernel/refusal.ts';
import { formatAmount } from '../../kernel/money.ts';
import { foldText } from '../../kernel/text.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import { asLocale } from '../../platform/http/messages.ts';

type View = z.output<typeof UserView>;
export type UserViewRow = {
  id: string;
  version: number;
  kind: View['kind'];
  login: string;
  name: string;
  name_en: string | null;
  email: string | null;
  phone: string | null;
  locale: string;
  state: View['state'];
  roles: View['roles'];
  partner_id: string | null;
  partner_name: string | null;
  partner_name_en: string | null;
  approval_limit_amount: bigint | null;
  created_at: Date;
  last_seen_at: Date | null;
};

const COLUMNS = sql`u.id, u.version, u.kind, u.login, u.name, u.name_en, u.email, u.phone, u.locale, u.state, u.partner_id, u.approval_limit_amount, u.created_at,
  p.name as partner_name, p.name_en as partner_name_en,
  (select coalesce(array_agg(r.role order by r.role), '{}') from user_role r where r.user_id = u.id) as roles,
  (select max(s.last_seen_at) from user_session s where s.user_id = u.id) as last_seen_at`;
const FROM = sql`from app_user u left join partner p on p.id = u.partner_id`;

export const userView = (row: UserViewRow, currency: string): View => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  login: row.login,
  name: row.name,
  nameEn: row.name_en,
  email: row.email,
  phone: row.phone,
  locale: asLocale(row.locale),
  state: row.state,
  roles: row.roles,
  partnerId: row.partner_id,
  partnerName: row.partner_name,
  partnerNameEn: row.partner_name_en,
  approvalLimit: row.approval_limit_amount === null ? null : formatAmount(row.approval_limit_amount, currency),
  createdAt: row.created_at.toISOString(),
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
});

/** One person; service accounts of keys are no persons. */
export async function readUser(tx: Tx, userId: string, currency: string): Promise<View> {
  const rows = await tx.query<UserViewRow>(
    sql`select ${COLUMNS} ${FROM} where u.id = ${userId} and u.kind <> 'service'`,
  );
  if (rows[0] === undefined) throw refuse('user.not_found');
  return userView(rows[0], currency);
}

type Query = z.output<NonNullable<(typeof usersList)['query']>>;

/** People by name, then id. */
export async function listUsers(
  tx: Tx,
  query: Query,
  currency: string,
): Promise<{ items: View[]; nextCursor: string | null; total: number | null; totalIsExact: boolean }> {
  const after = decodeTypedCursor(query.cursor, ['text', 'id']);
  const where = filters(query);
  const rowsAsked = tx.query<UserViewRow>(sql`
    select ${COLUMNS} ${FROM} where ${where}
      and (${after?.[1] ?? null}::uuid is null or (u.name, u.id) > (${after?.[0] ?? null}, ${after?.[1] ?? null}::uuid))
    order by u.name, u.id limit ${query.limit + 1}`);
  const counted =
    after === null
      ? tx.query<{ n: bigint }>(sql`select count(*) as n from (select 1 ${FROM} where ${where} limit ${COUNT_UP_TO}) c`)
      : Promise.resolve([]);
  const [rows, counts] = await Promise.all([rowsAsked, counted]);
  return pageOf(
    rows,
    query.limit,
    (row) => userView(row, currency),
    (row) => [row.name, row.id],
    totalOf(counts),
  );
}

const PARTNERS_FOUND = 20;
type Found = z.output<typeof userPartnersList.response>['items'];
/** Those that are merged into others have no people any more. */
export async function partnersOfUsers(tx: Tx, asked: string | undefined): Promise<Found> {
  const text = likeText(asked);
  const folded = text === null ? null : foldText(text);
  const rows = await tx.query<{ id: string; no: string; name: string; name_en: string | null }>(sql`
    select p.id, p.no, p.name, p.name_en from partner p where p.state <> 'merged'
      and (${text}::text is null or p.no ilike '%' || ${text}::text || '%' or p.name_folded like '%' || ${folded}::text || '%'
        or p.short_name ilike '%' || ${text}::text || '%' or p.name_en ilike '%' || ${text}::text || '%'
        or p.pinyin like '%' || ${folded}::text || '%' or p.pinyin_initials like '%' || ${folded}::text || '%')
    order by p.name, p.id limit ${PARTNERS_FOUND}`);
  return rows.map(({ id, no, name, name_en }) => ({ id, no, name, nameEn: name_en }));
}

function filters(query: Query): Sql {
  const text = likeText(query.q);
  const folded = text === null ? null : foldText(text);
  return sql`u.kind <> 'service'
    and (${query.kind ?? null}::text is null or u.kind = ${query.kind ?? null})
    and (${query.state ?? null}::text is null or u.state = ${query.state ?? null})
    and (${query.partnerId ?? null}::uuid is null or u.partner_id = ${query.partnerId ?? null})
    and (${query.role ?? null}::text is null or exists (select 1 from user_role r where r.user_id = u.id and r.role = ${query.role ?? null}))
    and (${folded}::text is null or lower(u.name) like '%' || ${folded} || '%' or lower(coalesce(u.name_en, '')) like '%' || ${folded} || '%' or u.login_folded like '%' || ${folded} || '%')`;
}

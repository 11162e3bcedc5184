import type { z } from 'zod';
import type { AccessEntry, accessLogList } from '../../../contract/users.ts';
import { addDays, startOfDay } from '../../kernel/biz-date.ts';
import { foldText } from '../../kernel/text.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';

type View = z.output<typeof AccessEntry>;
type Row = {
  id: bigint;
  at: Date;
  kind: View['kind'];
  user_id: string | null;
  user_name: string | null;
  login: string | null;
  ip: string | null;
  operation: string | null;
};
type Query = z.output<NonNullable<(typeof accessLogList)['query']>>;

/** Sign-ins and refusals, newest first. */
export async function listAccess(
  tx: Tx,
  query: Query,
  timeZone: string,
): Promise<{ items: View[]; nextCursor: string | null; total: number | null; totalIsExact: boolean }> {
  const after = decodeTypedCursor(query.cursor, ['whole']);
  const from = query.from === undefined ? null : startOfDay(query.from, timeZone);
  const to = query.to === undefined ? null : startOfDay(addDays(query.to, 1), timeZone);
  const login = query.login === undefined ? null : foldText(query.login);
  const where = sql`(${query.kind ?? null}::text is null or a.kind = ${query.kind ?? null})
    and (${query.userId ?? null}::uuid is null or a.user_id = ${query.userId ?? null})
    and (${login}::text is null or lower(a.login) = ${login})
    and (${from}::timestamptz is null or a.at >= ${from}) and (${to}::timestamptz is null or a.at < ${to})`;
  const [rows, counts] = await Promise.all([
    tx.query<Row>(sql`select a.id, a.at, a.kind, a.user_id, u.name as user_name, a.login, a.ip, a.operation from access_log a left join app_user u on u.id = a.user_id
      where ${where} and (${after?.[0] ?? null}::bigint is null or a.id < ${after?.[0] ?? null}::bigint) order by a.id desc limit ${query.limit + 1}`),
    after === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from access_log a where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : Promise.resolve([]),
  ]);
  return pageOf(rows, query.limit, view, (row) => [row.id.toString()], totalOf(counts));
}

const view = (row: Row): View => ({
  at: row.at.toISOString(),
  kind: row.kind,
  userId: row.user_id,
  userName: row.user_name,
  login: row.login,
  ip: row.ip,
  operation: row.operation,
});

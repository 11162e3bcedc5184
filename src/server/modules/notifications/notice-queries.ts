/** My notices, newest first. */
import type { z } from 'zod';
import type { NoticeView, noticeList } from '../../../contract/work.ts';
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import type { RowOf } from '../../platform/db/table.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { poNoOf } from './order-reference.ts';
import type { noticeTable } from './notice-tables.ts';
import { holding } from './task-queries.ts';

type View = z.output<typeof NoticeView>;
type Query = z.output<NonNullable<typeof noticeList.query>>;
type Row = RowOf<typeof noticeTable> & {
  po_no: string | null;
  partner_name: string | null;
  partner_name_en: string | null;
};

const COUNT_UP_TO = 10_000;

export async function readNoticeList(tx: Tx, query: Query, actor: Actor, locale: string) {
  const cursor = decodeTypedCursor(query.cursor, ['id']);
  const where = sql`n.user_id = ${actor.userId}${unread(query)}`;
  const after = cursor === null ? empty : sql` and n.id < ${cursor[0]}::uuid`;
  const [rows, counted] = await Promise.all([
    tx.query<Row>(sql`
      select n.*, ${poNoOf('n')}, p.name as partner_name, p.name_en as partner_name_en from notice n left join partner p on p.id = n.partner_id
      where ${where}${after} order by n.id desc limit ${query.limit + 1}::int`),
    tx.query<{ count: number }>(
      sql`select count(*)::int as count from (select from notice n where ${where} limit ${COUNT_UP_TO + 1}::int) c`,
    ),
  ]);
  const total = counted[0]?.count ?? 0;
  return pageOf(
    rows,
    query.limit,
    (row) => noticeView(row, locale),
    (row) => [row.id],
    { count: Math.min(total, COUNT_UP_TO), exact: total <= COUNT_UP_TO },
  );
}

function unread(query: Query): Sql {
  if (query.unread === undefined) return empty;
  return query.unread === 'true' ? sql` and n.read_at is null` : sql` and n.read_at is not null`;
}

function noticeView(row: Row, locale: string): View {
  const partnerName = locale === 'en' ? (row.partner_name_en ?? row.partner_name) : row.partner_name;
  return {
    id: row.id,
    kind: row.kind,
    documentType: row.document_type,
    documentId: row.document_id,
    documentNo: row.document_no,
    poNo: row.po_no,
    params: { ...(row.params as Record<string, unknown>), ...(partnerName === null ? {} : { partnerName }) },
    dueAt: row.due_at?.toISOString() ?? null,
    at: row.at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}

/** The two numbers at the top of every page. */
export async function readUnreadCount(
  tx: Tx,
  viewer: { actor: Actor; env: Env; now: Date },
): Promise<{ count: number; tasks: number }> {
  const [notices, tasks] = await Promise.all([
    tx.query<{ count: number }>(sql`
      select count(*)::int as count from (select from notice where user_id = ${viewer.actor.userId} and read_at is null limit 1000) n`),
    tx.query<{ count: number }>(sql`
      select count(*)::int as count from (select from task t where t.closed_at is null and ${holding(viewer, false)} limit 1000) t`),
  ]);
  return { count: notices[0]?.count ?? 0, tasks: tasks[0]?.count ?? 0 };
}

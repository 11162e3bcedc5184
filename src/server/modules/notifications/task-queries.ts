/** My tasks: those given to me, those in the queues of my roles, and those of people whom I stand in for. Source: R2. */
import type { z } from 'zod';
import type { taskList, TaskView } from '../../../contract/work.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { instantOfMs } from '../../kernel/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { poNoOf } from './order-reference.ts';

type View = z.output<typeof TaskView>;
type Query = z.output<NonNullable<typeof taskList.query>>;

export type TaskListRow = {
  id: string;
  kind: string;
  document_type: string;
  document_id: string;
  document_no: string;
  po_no: string | null;
  partner_name: string | null;
  partner_name_en: string | null;
  role: string;
  user_name: string | null;
  article: string | null;
  due_at: Date | null;
  due_is_provisional: boolean;
  opened_at: Date;
  closed_at: Date | null;
};

const COUNT_UP_TO = 10_000;
const NO_DUE = '-';

export async function readTaskList(
  tx: Tx,
  query: Query,
  viewer: { actor: Actor; env: Env; now: Date; locale: string },
) {
  const { now, locale } = viewer;
  const where = sql`t.closed_at is null and ${holding(viewer, query.all === 'true')}${query.kind === undefined ? empty : sql` and t.kind = ${query.kind}`}`;
  const [rows, counted] = await Promise.all([
    tx.query<TaskListRow>(sql`
      select ${taskListColumns} ${taskListSource} where ${where}${afterCursor(query.cursor)}
      order by coalesce(t.due_at, 'infinity'), t.id limit ${query.limit + 1}::int`),
    tx.query<{ count: number }>(
      sql`select count(*)::int as count from (select from task t where ${where} limit ${COUNT_UP_TO + 1}::int) c`,
    ),
  ]);
  const total = counted[0]?.count ?? 0;
  return pageOf(
    rows,
    query.limit,
    (row) => taskView(row, now, locale),
    (row) => [row.due_at === null ? NO_DUE : String(row.due_at.getTime()), row.id],
    { count: Math.min(total, COUNT_UP_TO), exact: total <= COUNT_UP_TO },
  );
}

export const taskListColumns: Sql = sql`t.id, t.kind, t.document_type, t.document_id, t.document_no, ${poNoOf('t')}, p.name as partner_name, p.name_en as partner_name_en, t.role,
  u.name as user_name, t.article, t.due_at, t.due_is_provisional, t.opened_at, t.closed_at`;
export const taskListSource: Sql = sql`from task t left join partner p on p.id = t.partner_id left join app_user u on u.id = t.user_id`;

export const taskView = (row: TaskListRow, now: Date, locale: string): View => ({
  id: row.id,
  kind: row.kind,
  documentType: row.document_type,
  documentId: row.document_id,
  documentNo: row.document_no,
  poNo: row.po_no,
  partnerName: locale === 'en' ? (row.partner_name_en ?? row.partner_name) : row.partner_name,
  role: row.role,
  userName: row.user_name,
  article: row.article,
  dueAt: row.due_at?.toISOString() ?? null,
  provisional: row.due_is_provisional,
  overdue: row.closed_at === null && row.due_at !== null && row.due_at < now,
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
});

/** Roles that look after the tasks of all others when they ask for all. */
const OVERSEERS = ['manager', 'supervision', 'auditor'];

/** Which tasks are somebody's. With `all` also those that colleagues of the same roles hold by name; sales see what their partners have to do. */
export function holding({ actor, env, now }: { actor: Actor; env: Env; now: Date }, all: boolean): Sql {
  const { userId, roles, partnerId } = actor;
  if (partnerId !== null) {
    const everything = all || roles.includes('partner_admin');
    const own = sql`(t.user_id = ${userId} or (t.user_id is null and t.role = any(${[...roles]}::text[])))`;
    return sql`t.side = 'partner' and t.partner_id = ${partnerId}${everything ? empty : sql` and ${own}`}`;
  }
  if (all && roles.some((role) => OVERSEERS.includes(role))) return sql`true`;
  const today = bizDateOf(now, env.company.timeZone);
  if (all) {
    const partnerSide = roles.includes('sales') ? sql`t.side = 'partner'` : sql`false`;
    return sql`((t.side = 'staff' and t.role = any(${[...roles]}::text[])) or ${partnerSide})`;
  }
  return sql`t.side = 'staff' and (t.user_id = ${userId} or (t.user_id is null and t.role = any(${[...roles]}::text[]))
    or t.user_id in (select d.user_id from delegation d where d.deputy_id = ${userId} and d.from_on <= ${today}::date and d.to_on >= ${today}::date and d.ended_at is null))`;
}

function afterCursor(cursor: string | undefined): Sql {
  const values = decodeTypedCursor(cursor, ['text', 'id']);
  if (values === null) return empty;
  const [due = '', id = ''] = values;
  if (due === NO_DUE) return sql` and t.due_at is null and t.id > ${id}`;
  if (!/^\d{1,14}$/.test(due)) throw refuse('request.bad_cursor', undefined, 'cursor');
  return sql` and (coalesce(t.due_at, 'infinity'), t.id) > (${instantOfMs(Number.parseInt(due, 10))}::timestamptz, ${id}::uuid)`;
}

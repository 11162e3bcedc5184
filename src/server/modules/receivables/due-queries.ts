/** What is still to be paid, item by item of the payment plans. Source: R6.1. */
import type { z } from 'zod';
import type { DueItem, dueItems } from '../../../contract/payments.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { formatAmount } from '../../kernel/money.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';

type Query = z.output<NonNullable<typeof dueItems.query>>;
type Row = {
  order_id: string;
  order_no: string;
  po_no: string | null;
  partner_id: string;
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
  item_no: number;
  kind: z.infer<typeof DueItem>['kind'];
  due_on: string | null;
  sorts_on: string;
  currency: string;
  amount: bigint;
  paid_amount: bigint;
};

/** Items without a date stand after all others. */
const NOT_YET = '9999-12-31';

/** Open items of orders in effect, the earliest due first. Amounts are decimal text in the partner's currency. */
export async function listDueItems(tx: Tx, query: Query, { scope }: Actor, env: Env, now: Date) {
  const today = bizDateOf(now, env.company.timeZone);
  const own = scope.kind === 'company' ? null : [...scope.ids];
  const cursor = decodeTypedCursor(query.cursor, ['date', 'id', 'whole']);
  const partnerId = query.partnerId ?? null;
  const overdue = query.overdue ?? null;
  const open = sql`
    from payment_plan_item i join sales_order o on o.id = i.order_id and o.state = 'in_effect' join partner p on p.id = i.partner_id
    where i.paid_amount < i.amount and (${own}::uuid[] is null or i.partner_id = any(${own}::uuid[]))
      and (${partnerId}::uuid is null or i.partner_id = ${partnerId}::uuid)
      and (${overdue}::text is null or coalesce(i.due_on < ${today}, false) = (${overdue}::text = 'true'))`;
  const [rows, counts] = await Promise.all([
    tx.query<Row>(sql`
      select i.order_id, o.no as order_no, o.po_no, p.id as partner_id, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en,
        i.item_no, i.kind, i.due_on, coalesce(i.due_on, ${NOT_YET}::date) as sorts_on, o.currency, i.amount, i.paid_amount
      ${open} and (${cursor?.[0] ?? null}::date is null
        or (coalesce(i.due_on, ${NOT_YET}::date), i.order_id, i.item_no) > (${cursor?.[0] ?? null}::date, ${cursor?.[1] ?? null}::uuid, ${cursor?.[2] ?? null}::int))
      order by sorts_on, i.order_id, i.item_no limit ${query.limit + 1}`),
    cursor === null
      ? tx.query<{ n: bigint }>(sql`select count(*) as n from (select 1 ${open} limit ${COUNT_UP_TO}) c`)
      : [],
  ]);
  const item = (row: Row): z.infer<typeof DueItem> => ({
    order: { id: row.order_id, no: row.order_no, poNo: row.po_no },
    partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
    itemNo: row.item_no,
    kind: row.kind,
    dueOn: row.due_on,
    overdue: row.due_on !== null && row.due_on < today,
    currency: row.currency,
    amount: formatAmount(row.amount, row.currency),
    paidAmount: formatAmount(row.paid_amount, row.currency),
    openAmount: formatAmount(row.amount - row.paid_amount, row.currency),
  });
  return pageOf(rows, query.limit, item, (row) => [row.sorts_on, row.order_id, String(row.item_no)], totalOf(counts));
}

/**
 * The list of orders, by keyset: a page deep in the list costs what the first one costs, and every filter has an index that serves it.
 * Under row-level security an index is used only for comparisons, so words are first turned into ids.
 */
import type { z } from 'zod';
import type { orderList } from '../../../contract/orders.ts';
import { addDays, bizDateOf, startOfDay } from '../../kernel/biz-date.ts';
import { firstIdAt } from '../../kernel/ids.ts';
import { formatAmount } from '../../kernel/money.ts';
import { containing, numberRanges } from '../../kernel/number-ranges.ts';
import { foldText } from '../../kernel/text.ts';
import { empty, join, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { type OrderRow, salesOrder } from './order-tables.ts';

type ListQuery = z.output<NonNullable<typeof orderList.query>>;
type Reader = { actor: Actor; env: Env; now: Date };
type ListRow = OrderRow & {
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
  owner_id: string | null;
  owner_name: string | null;
  on_hold: boolean;
  due_at: Date | null;
  sort_value: string;
};

/** What is counted one by one; beyond, the tables of figures say about how many there are, or nobody does. */
const COUNT_UP_TO = 1000;

const SORTS = {
  created: { column: sql`o.id`, kind: 'id', type: sql`uuid` },
  gross: { column: sql`o.gross_amount`, kind: 'whole', type: sql`bigint` },
  requested: { column: sql`coalesce(o.requested_on, date '2999-12-31')`, kind: 'date', type: sql`date` },
} as const;

const sortOf = (name: string): keyof typeof SORTS =>
  name.endsWith('gross') ? 'gross' : name.endsWith('requested') ? 'requested' : 'created';

export async function readOrderList(tx: Tx, query: ListQuery, reader: Reader) {
  const sort = query.sort ?? '-created';
  const descending = sort.startsWith('-');
  const { column: own, kind, type } = SORTS[sortOf(sort)];
  // The lines of a product lie in the order of their orders: the newest are found without looking at the others.
  const [from, column] =
    query.productId === undefined
      ? [sql`sales_order o`, own]
      : [
          sql`(select distinct order_id from order_line where product_id = ${query.productId}) l join sales_order o on o.id = l.order_id`,
          kind === 'id' ? sql`l.order_id` : own,
        ];
  const cursor = decodeTypedCursor(query.cursor, [kind, 'id']);
  const direction = descending ? sql`desc` : sql`asc`;
  const compare = descending ? sql`<` : sql`>`;
  const after =
    cursor === null
      ? empty
      : sql` and (${column}, o.id) ${compare} (${cursor[0]}::text::${type}, ${cursor[1]}::text::uuid)`;
  const where = filters(query, reader, await meant(tx, query, reader));
  const [rows, total] = await Promise.all([
    tx.query<ListRow>(sql`
      select ${columnsOf(salesOrder, 'o')}, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en, u.id as owner_id, u.name as owner_name, o.sort_value,
        ${onHold} as on_hold,
        (select min(t.due_at) from task t where t.document_id = o.id and t.closed_at is null) as due_at
      from (select o.*, ${column}::text as sort_value from ${from} where true${where}${after}
        order by ${column} ${direction}, o.id ${direction} limit ${query.limit + 1}) o
      join partner p on p.id = o.partner_id left join app_user u on u.id = p.sales_owner_id
      order by ${own} ${direction}, o.id ${direction}`),
    cursor === null ? countOf(tx, query, reader, from, where) : undefined,
  ]);
  const page = pageOf(rows, query.limit, listItem, (row) => [row.sort_value, row.id], total);
  return { ...page, totalIsEstimate: total?.isEstimate ?? false };
}

const onHold = sql`exists (select from hold h where h.released_at is null and (h.order_id = o.id or (h.order_id is null and h.partner_id = o.partner_id)))`;

type Count = { count: number; exact: boolean; isEstimate: boolean };

/** Exact up to a bound. Beyond, filters that the figures know are answered from there: about so many, a second old at most. */
async function countOf(tx: Tx, query: ListQuery, { actor }: Reader, from: Sql, where: Sql): Promise<Count> {
  const counted = tx.query<{ count: number }>(
    sql`select count(*)::int as count from (select from ${from} where true${where} limit ${COUNT_UP_TO + 1}::int) c`,
  );
  const { cursor: _cursor, limit: _limit, sort: _sort, state, deliveryStatus, partnerId, ...others } = query;
  const known = Object.values(others).every((value) => value === undefined);
  const estimated = known
    ? tx.query<{ count: bigint }>(sql`
        select coalesce(sum(f.order_count), 0)::bigint as count from figure_state f
        where true${equals(sql`f.state`, state)}${equals(sql`f.delivery_status`, deliveryStatus)}${partnerId === undefined ? empty : sql` and f.partner_id = ${partnerId}`}${ownOf(sql`f.partner_id`, actor, partnerId)}`)
    : null;
  const count = (await counted)[0]?.count ?? 0;
  const about = Number.parseInt(((await estimated)?.[0]?.count ?? 0n).toString(), 10);
  if (count <= COUNT_UP_TO) return { count, exact: true, isEstimate: false };
  return { count: Math.max(about, COUNT_UP_TO), exact: false, isEstimate: about > COUNT_UP_TO };
}

const equals = (column: Sql, value: string | readonly string[] | undefined): Sql =>
  value === undefined ? empty : sql` and ${column} = any(${[value].flat()}::text[])`;

/** Row-level security says the same; said in the statement it lets the index of the partner serve. Where one partner is asked for, that is named already. */
const ownOf = (column: Sql, { scope }: Actor, partnerId?: string): Sql =>
  scope.kind === 'company' || partnerId !== undefined ? empty : sql` and ${column} = any(${[...scope.ids]}::uuid[])`;

type Meant = { orderIds: string[]; partnerIds: string[] };
const MOST_FOUND = 200;

/** What somebody looks for: orders by the beginning of their number, of the partner's number, of the customer's name; partners by name or number. */
async function meant(tx: Tx, { q }: ListQuery, { actor, env, now }: Reader): Promise<Meant | null> {
  const typed = q?.trim().normalize('NFKC') ?? '';
  if (typed === '') return null;
  const year = Number.parseInt(bizDateOf(now, env.company.timeZone).slice(0, 4), 10);
  const ownNo = numberRanges(typed, { prefix: 'SO', year });
  const plain = numberRanges(typed, { year });
  const like = containing(foldText(typed));
  const own = ownOf(sql`x.partner_id`, actor);
  const within = (column: Sql, from: Sql, { from: low, to: high }: typeof plain, id: Sql) => sql`
    select r.id from unnest(${low}::text[], ${high}::text[]) as v(lo, hi) cross join lateral
      (select ${id} as id from ${from} x where x.${column} ~>=~ v.lo and x.${column} ~<~ v.hi${own} order by x.${column} using ~>~ limit ${MOST_FOUND}::int) r`;
  const [orders, partners] = await Promise.all([
    tx.query<{ id: string }>(sql`
      ${within(sql`no`, sql`sales_order`, ownNo, sql`x.id`)} union
      ${within(sql`po_no`, sql`partner_po`, plain, sql`x.order_id`)} union
      ${within(sql`customer_name`, sql`sales_order`, plain, sql`x.id`)}`),
    tx.query<{ id: string }>(sql`
      select p.id from partner p where (p.name_folded like ${like} or lower(coalesce(p.name_en, '')) like ${like} or lower(p.no) like ${like} or p.pinyin_initials like ${like})
        ${ownOf(sql`p.id`, actor)} limit ${MOST_FOUND}::int`),
  ]);
  return { orderIds: orders.map(({ id }) => id), partnerIds: partners.map(({ id }) => id) };
}

function filters(query: ListQuery, { actor, env }: Reader, found: Meant | null): Sql {
  const { timeZone } = env.company;
  const parts: Sql[] = [];
  if (query.paymentStatus !== undefined) parts.push(sql`o.payment_status = ${query.paymentStatus}`);
  if (query.invoiceStatus !== undefined) parts.push(sql`o.invoice_status = ${query.invoiceStatus}`);
  if (query.partnerId !== undefined) parts.push(sql`o.partner_id = ${query.partnerId}`);
  if (query.salesOwnerId !== undefined)
    parts.push(sql`o.partner_id = any(array(select id from partner where sales_owner_id = ${query.salesOwnerId}))`);
  // Ids begin with the instant of their order: a range of days is a range of the primary key.
  if (query.createdFrom !== undefined) {
    const from = startOfDay(query.createdFrom, timeZone);
    parts.push(sql`o.id >= ${firstIdAt(from)} and o.created_at >= ${from}`);
  }
  if (query.createdTo !== undefined) {
    const to = startOfDay(addDays(query.createdTo, 1), timeZone);
    parts.push(sql`o.id < ${firstIdAt(to)} and o.created_at < ${to}`);
  }
  if (query.onHold === 'false') parts.push(sql`not ${onHold}`);
  if (query.onHold === 'true')
    parts.push(sql`(o.id = any(array(select order_id from hold where released_at is null and order_id is not null))
      or o.partner_id = any(array(select partner_id from hold where released_at is null and order_id is null)))`);
  if (found !== null)
    parts.push(
      sql`(o.id = any(${found.orderIds}::uuid[])${found.partnerIds.length === 0 ? empty : sql` or o.partner_id = any(${found.partnerIds}::uuid[])`})`,
    );
  const rest = parts.length === 0 ? empty : sql` and ${join(parts, ' and ')}`;
  return sql`${ownOf(sql`o.partner_id`, actor, query.partnerId)}${equals(sql`o.state`, query.state)}${equals(sql`o.delivery_status`, query.deliveryStatus)}${rest}`;
}

const listItem = (row: ListRow) => ({
  id: row.id,
  no: row.no,
  version: row.version,
  state: row.state,
  deliveryStatus: row.delivery_status,
  paymentStatus: row.payment_status,
  invoiceStatus: row.invoice_status,
  partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
  salesOwner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
  customerName: row.customer_name,
  poNo: row.po_no,
  currency: row.currency,
  grossAmount: formatAmount(row.gross_amount, row.currency),
  paidAmount: formatAmount(row.paid_amount, row.currency),
  requestedOn: row.requested_on,
  createdAt: row.created_at.toISOString(),
  stateSince: row.state_since.toISOString(),
  onHold: row.on_hold,
  dueAt: row.due_at?.toISOString() ?? null,
});

/**
 * The list of orders, by keyset: a page deep in the list costs what the first one costs, and every filter has an index that serves it.
 * Under row-level security an index is used only for comparisons, so words are first turned into ids.
 */
import type { z } from 'zod';
import { DELIVERY_STATUSES, ORDER_STATES, PAYMENT_STATUSES } from '../../../contract/machines/order.ts';
import type { orderList } from '../../../contract/orders.ts';
import { addDays, startOfDay } from '../../kernel/biz-date.ts';
import { firstIdAt } from '../../kernel/ids.ts';
import { formatAmount } from '../../kernel/money.ts';
import {
  empty,
  join,
  plannedAnew,
  quiet,
  raw,
  sql,
  type Sql,
  type Statement,
  type Tx,
} from '../../platform/db/database.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { loadPartnerCards, type PartnerCard } from './order-names.ts';
import { countOf as countOfFound, type OrdersMeant, ownOf as ownRows, ordersMeant } from './order-search.ts';
import type { OrderRow } from './order-tables.ts';

type ListQuery = z.output<NonNullable<typeof orderList.query>>;
type Reader = { actor: Actor; env: Env; now: Date };
const COLUMNS = [
  'id',
  'no',
  'version',
  'state',
  'delivery_status',
  'payment_status',
  'invoice_status',
  'partner_id',
  'customer_name',
  'po_no',
  'currency',
  'gross_amount',
  'paid_amount',
  'requested_on',
  'created_at',
  'state_since',
] as const satisfies readonly (keyof OrderRow)[];
type ListRow = Pick<OrderRow, (typeof COLUMNS)[number]> & { on_hold: boolean; due_at: Date | null; sort_value: string };

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
  const { column, kind, type } = SORTS[sortOf(sort)];
  const cursor = decodeTypedCursor(query.cursor, [kind, 'id']);
  const direction = descending ? sql`desc` : sql`asc`;
  const compare = descending ? sql`<` : sql`>`;
  const after =
    cursor === null
      ? empty
      : sql` and (${column}, o.id) ${compare} (${cursor[0]}::text::${type}, ${cursor[1]}::text::uuid)`;
  const asked = await ask(tx, query, reader);
  const planned = plannedFor(query, reader, asked);
  const where = filters(query, reader, asked);
  // Awaited last, and not at all when a statement before has failed.
  const total = cursor === null ? quiet(countOf(tx, query, reader, where, planned)) : undefined;
  const matching = sql`${fromOf(query, kind, direction, after)}${where}${after}`;
  const ordered = sql`order by ${column} ${direction}, o.id ${direction}`;
  // In the text: a plan that does not know it takes it for a tenth of the table.
  const limit = raw(`${pageFor(query.limit) + 1}`);
  // Few are fetched as the filters find them, and sorted: along the sort they might lie far apart. Many are found along it.
  const found =
    wordMeansFew(asked) || (await findsFew(tx, query, reader, where, total))
      ? sql`(${fetched(query, reader, sql`o.id, ${column} as sort_value`, sql`${where}${after}`)} offset 0) f`
      : along(
          query,
          kind,
          (same) => sql`(select o.id, ${column} as sort_value from ${matching}${same} ${ordered} limit ${limit}) f`,
        );
  const [rows, versions] = await Promise.all([
    tx.query<ListRow>(
      planned(sql`
        select ${join(COLUMNS.map((name) => raw(`o.${name}`)))}, p.sort_value::text as sort_value, ${onHold} as on_hold,
          (select min(t.due_at) from task t where t.document_id = o.id and t.closed_at is null) as due_at
        from (select f.id, f.sort_value from ${found} order by f.sort_value ${direction}, f.id ${direction} limit ${limit}) p
        join sales_order o on o.id = p.id
        order by p.sort_value ${direction}, p.id ${direction}`),
    ),
    tx.query<{ version: bigint }>(sql`select version from master_version`),
  ]);
  const shelf = reader.env.masters.at(versions[0]?.version ?? 0n);
  const partners = await loadPartnerCards(tx, shelf, [...new Set(rows.map(({ partner_id }) => partner_id))]);
  const counted = countOfFound(await total, asked.word);
  const page = pageOf(
    rows,
    query.limit,
    (row) => listItem(row, partners.get(row.partner_id)),
    (row) => [row.sort_value, row.id],
    counted,
  );
  return { ...page, totalIsEstimate: counted?.isEstimate ?? false };
}

/**
 * Orders of one state lie in each sort's order in an index; a partner's of one state, and orders of one delivery and payment status, in the
 * order of their creation. Of each group that may be meant `first` takes a page: a group on its own would be looked for along all orders,
 * where all that was delivered and paid lies behind everything newer.
 */
function along(query: ListQuery, kind: string, first: (same: Sql) => Sql): Sql {
  const { state, deliveryStatus, paymentStatus, partnerId, productId } = query;
  // With a product too, which few of one state may have and many of another.
  if (isByInvoice(query) || (productId !== undefined && kind !== 'id'))
    return sql`(${eachState(query, (same) => sql`select f.* from ${first(same)}`)}) f`;
  const anyOf = (named: string | readonly string[] | undefined, all: readonly string[]) =>
    typeof named === 'string' ? sql`(values (${named}::text))` : sql`unnest(${each(named ?? all)}::text[])`;
  const byState = () =>
    sql`${anyOf(state, ORDER_STATES)} s(name) cross join lateral ${first(sql` and o.state = s.name`)}`;
  if (kind !== 'id') return byState();
  if (productId === undefined && (deliveryStatus ?? paymentStatus) !== undefined)
    return sql`${anyOf(deliveryStatus, DELIVERY_STATUSES)} d(name) cross join ${anyOf(paymentStatus, PAYMENT_STATUSES)} p(name)
      cross join lateral ${first(sql` and o.delivery_status = d.name and o.payment_status = p.name`)}`;
  return state !== undefined || (partnerId !== undefined && productId === undefined) ? byState() : first(empty);
}

/** Each once: what is asked for twice is shown once. */
const each = (named: string | readonly string[]): string[] => [...new Set([named].flat())];

/**
 * Of one invoice status nearly all completed orders may be, or none: which index serves differs from state to state, and PostgreSQL knows
 * by the statistics of both. Each state is a statement of its own for it.
 */
const isByInvoice = ({ invoiceStatus, productId }: ListQuery): boolean =>
  invoiceStatus !== undefined && productId === undefined;
const eachState = ({ state }: ListQuery, rows: (same: Sql) => Sql): Sql =>
  join(
    each(state ?? ORDER_STATES).map((name) => sql`(${rows(sql` and o.state = ${name}`)})`),
    ' union all ',
  );

/** All that the filters find, in no order. */
function fetched(query: ListQuery, { actor }: Reader, columns: Sql, where: Sql): Sql {
  const rows = (same: Sql) =>
    sql`select ${columns} from sales_order o where true${ofProduct(query, actor)}${where}${same}`;
  return isByInvoice(query) ? eachState(query, rows) : rows(empty);
}

/**
 * The lines of a product lie in the order of their orders: the newest, or the oldest, are found without looking at the others. In another
 * order PostgreSQL compares walking along it, which meets the product sooner the more orders have it, with fetching all that have it.
 */
function fromOf({ productId }: ListQuery, kind: string, direction: Sql, after: Sql): Sql {
  if (productId === undefined) return sql`sales_order o where true`;
  if (kind !== 'id')
    return sql`sales_order o where exists (select from order_line l where l.order_id = o.id and l.product_id = ${productId})`;
  return sql`(select distinct o.id from (select order_id as id from order_line where product_id = ${productId}) o where true${after} order by o.id ${direction}) l join sales_order o on o.id = l.id where true`;
}

const ordersOfProduct = (productId: string, actor: Actor): Sql =>
  sql`select distinct o.order_id from order_line o where o.product_id = ${productId}${ownOf(sql`o.partner_id`, actor)}`;
/** For where they are fetched one by one. */
const ofProduct = ({ productId }: ListQuery, actor: Actor): Sql =>
  productId === undefined ? empty : sql` and o.id = any(array(${ordersOfProduct(productId, actor)}))`;

/** Whether the filters find few, or few orders have the product that is asked for. The count of the first page has said it already, unless more than a product is asked for. */
async function findsFew(
  tx: Tx,
  query: ListQuery,
  reader: Reader,
  where: Sql,
  total: Promise<Count> | undefined,
): Promise<boolean> {
  const { cursor: _cursor, limit: _limit, sort: _sort, productId, ...filter } = query;
  const nothingElse = Object.values(filter).every((value) => value === undefined);
  if (liesInOrder(query, reader)) return false;
  if (total !== undefined && (productId === undefined || nothingElse)) return (await total).exact;
  if (productId !== undefined) return (await upTo(tx, ordersOfProduct(productId, reader.actor))) <= COUNT_UP_TO;
  return (await upTo(tx, fetched(query, reader, sql`1`, where))) <= COUNT_UP_TO;
}

/**
 * What has an index in the order that is asked for: what it meets first is the page, however many there are. All orders, and those of one
 * state, lie in each order; those of one partner, product, range of days, or delivery and payment status in the order of their creation.
 */
function liesInOrder(query: ListQuery, { actor }: Reader): boolean {
  const { cursor: _cursor, limit: _limit, sort = '-created', partnerId, ...filter } = query;
  const { productId, state, createdFrom, createdTo, deliveryStatus, paymentStatus, ...others } = filter;
  if (Object.values(others).some((value) => value !== undefined)) return false;
  const groups = [partnerId, productId, state, createdFrom ?? createdTo, deliveryStatus ?? paymentStatus];
  const named = groups.filter((value) => value !== undefined).length;
  if (named === 0) return true;
  if (named > 1) return false;
  const isByCreation = sortOf(sort) === 'created';
  // Of the other groups somebody who sees few partners may see little.
  if (partnerId !== undefined || actor.scope.kind !== 'company') return partnerId !== undefined && isByCreation;
  return isByCreation || state !== undefined;
}

/** What a word means is looked up by id, unless it means partners: never many, whatever else is asked for. */
const wordMeansFew = ({ word }: Asked): boolean => word?.partnerIds.length === 0;

type Planned = (one: Sql) => Statement;
/** What lies in order, and what a word alone has found, has one good plan, whoever is asked for. Of somebody's partners few or many may be seen. */
function plannedFor(query: ListQuery, reader: Reader, asked: Asked): Planned {
  const { cursor: _cursor, limit: _limit, sort: _sort, q: _q, ...filter } = query;
  const isWordAlone = wordMeansFew(asked) && Object.values(filter).every((value) => value === undefined);
  const seesAll = reader.actor.scope.kind === 'company' || query.partnerId !== undefined;
  return isWordAlone || (seesAll && liesInOrder(query, reader)) ? (one) => one : plannedAnew;
}

/** Rows are found by the page, so that prepared statements are few. */
const PAGES = [10, 50, 100];
const MOST_ON_A_PAGE = 200;
const pageFor = (limit: number): number => PAGES.find((rows) => rows >= limit) ?? MOST_ON_A_PAGE;

/** How many rows there are, counted one by one; one more than the bound says that there are more. */
async function upTo(tx: Tx, rows: Sql, planned: Planned = plannedAnew): Promise<number> {
  const counted = await tx.query<{ count: number }>(
    planned(sql`select count(*)::int as count from (${rows} limit ${raw(`${COUNT_UP_TO + 1}`)}) c`),
  );
  return counted[0]?.count ?? 0;
}

const onHold = sql`exists (select from hold h where h.released_at is null and (h.order_id = o.id or (h.order_id is null and h.partner_id = o.partner_id)))`;

type Count = { count: number; exact: boolean; isEstimate: boolean };

/** Exact up to a bound. Beyond, filters that the figures know are answered from there: about so many, a second old at most. */
async function countOf(tx: Tx, query: ListQuery, reader: Reader, where: Sql, planned: Planned): Promise<Count> {
  const { actor } = reader;
  const { cursor: _cursor, limit: _limit, sort: _sort, productId, ...filter } = query;
  const { state, deliveryStatus, partnerId, ...others } = filter;
  const known = productId === undefined && Object.values(others).every((value) => value === undefined);
  const nothingElse = Object.values(filter).every((value) => value === undefined);
  const rows =
    productId !== undefined && nothingElse ? ordersOfProduct(productId, actor) : fetched(query, reader, sql`1`, where);
  const counted = upTo(tx, rows, planned);
  const estimated = known
    ? tx.query<{ count: bigint }>(sql`
        select coalesce(sum(f.order_count), 0)::bigint as count from figure_state f
        where true${equals(sql`f.state`, state)}${equals(sql`f.delivery_status`, deliveryStatus)}${partnerId === undefined ? empty : sql` and f.partner_id = ${partnerId}`}${ownOf(sql`f.partner_id`, actor, partnerId)}`)
    : null;
  const count = await counted;
  const about = Number.parseInt(((await estimated)?.[0]?.count ?? 0n).toString(), 10);
  if (count <= COUNT_UP_TO) return { count, exact: true, isEstimate: false };
  return { count: Math.max(about, COUNT_UP_TO), exact: false, isEstimate: about > COUNT_UP_TO };
}

/** One value by itself: of a list the database does not know how many it holds, and would plan for each one anew. */
function equals(column: Sql, value: string | readonly string[] | undefined): Sql {
  if (value === undefined) return empty;
  return typeof value === 'string' ? sql` and ${column} = ${value}` : sql` and ${column} = any(${value}::text[])`;
}

/** Where one partner is asked for, that is named already. */
const ownOf = (column: Sql, actor: Actor, partnerId?: string): Sql =>
  partnerId === undefined ? ownRows(column, actor) : empty;

/** What filters mean that name something else than a column of orders; null: not asked for. */
type Asked = { word: OrdersMeant | null; held: OrdersMeant | null; owned: string[] | null };
/** Of so many partners each is looked at when a statement is planned. */
const MOST_PLANNED = 50;

/** Ids first: the statement of the list is planned by how many there are. */
async function ask(tx: Tx, query: ListQuery, reader: Reader): Promise<Asked> {
  const { onHold, salesOwnerId } = query;
  const [word, held, owned] = await Promise.all([
    ordersMeant(tx, query.q, reader),
    onHold === 'true'
      ? tx.query<{ order_id: string | null; partner_id: string }>(
          sql`select order_id, partner_id from hold where released_at is null`,
        )
      : null,
    salesOwnerId === undefined
      ? null
      : tx.query<{ id: string }>(sql`select id from partner where sales_owner_id = ${salesOwnerId}`),
  ]);
  return {
    word,
    held: held && {
      isAll: true,
      orderIds: held.flatMap(({ order_id }) => order_id ?? []),
      partnerIds: held.flatMap(({ order_id, partner_id }) => (order_id === null ? [partner_id] : [])),
    },
    owned: owned && owned.map(({ id }) => id),
  };
}

function filters(query: ListQuery, { actor, env }: Reader, asked: Asked): Sql {
  const { word, held, owned } = asked;
  const { timeZone } = env.company;
  const parts: Sql[] = [];
  if (query.paymentStatus !== undefined) parts.push(sql`o.payment_status = ${query.paymentStatus}`);
  if (query.invoiceStatus !== undefined) parts.push(sql`o.invoice_status = ${query.invoiceStatus}`);
  if (query.partnerId !== undefined) parts.push(sql`o.partner_id = ${query.partnerId}`);
  if (owned !== null)
    parts.push(
      owned.length > MOST_PLANNED ? anyOfMany(sql`o.partner_id`, owned) : sql`o.partner_id = any(${owned}::uuid[])`,
    );
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
  if (word !== null) parts.push(wordMeansFew(asked) ? anyOfMany(sql`o.id`, word.orderIds) : among(word));
  if (held !== null) parts.push(among(held));
  const rest = parts.length === 0 ? empty : sql` and ${join(parts, ' and ')}`;
  return sql`${ownOf(sql`o.partner_id`, actor, query.partnerId)}${equals(sql`o.state`, query.state)}${equals(sql`o.delivery_status`, query.deliveryStatus)}${rest}`;
}

/** Not looked at one by one when the statement is planned. */
const anyOfMany = (column: Sql, ids: readonly string[]): Sql =>
  sql`${column} = any(array(select unnest(${ids}::uuid[])))`;

const among = ({ orderIds, partnerIds }: OrdersMeant): Sql =>
  sql`(o.id = any(${orderIds}::uuid[])${partnerIds.length === 0 ? empty : sql` or o.partner_id = any(${partnerIds}::uuid[])`})`;

const listItem = (row: ListRow, partner: PartnerCard | undefined) => ({
  id: row.id,
  no: row.no,
  version: row.version,
  state: row.state,
  deliveryStatus: row.delivery_status,
  paymentStatus: row.payment_status,
  invoiceStatus: row.invoice_status,
  partner: { id: row.partner_id, no: partner?.no ?? '', name: partner?.name ?? '', nameEn: partner?.name_en ?? null },
  salesOwner:
    partner?.sales_owner_id == null ? null : { id: partner.sales_owner_id, name: partner.sales_owner_name ?? '' },
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

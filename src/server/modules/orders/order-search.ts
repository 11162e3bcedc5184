/**
 * What somebody looks for in a list of orders, or of documents that belong to orders: ids first, each found by an index. Under row-level
 * security an index serves comparisons only, so words are turned into ranges of numbers; the statement of the list is then planned by how
 * many ids there are, and no list is looked through as a whole.
 */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { containing, numberRanges } from '../../kernel/number-ranges.ts';
import { foldText } from '../../kernel/text.ts';
import { empty, join, sql, type Sql, type Tx } from '../../platform/db/database.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';

export type Seeker = { actor: Actor; env: Env; now: Date };
/**
 * Orders by the beginning of their number, of the partner's number, of the customer's name; partners by name or number. Of each the newest;
 * `isAll`: there are no more.
 */
export type OrdersMeant = { orderIds: string[]; partnerIds: string[]; isAll: boolean };
/** Besides, documents of one kind by numbers of their own. */
export type DocumentsMeant = OrdersMeant & { ids: string[] };
/** Columns of a table that hold numbers, each with an index in byte order; `prefix`: of the product's own numbers. */
export type Numbered = { table: Sql; numbers: readonly { column: Sql; prefix?: string }[] };

const MOST_FOUND = 200;

/** Row-level security says the same; said in the statement it lets the index of the partner serve. */
export const ownOf = (column: Sql, { scope }: Actor): Sql =>
  scope.kind === 'company' ? empty : sql` and ${column} = any(${[...scope.ids]}::uuid[])`;

const typedIn = (q: string | undefined): string => q?.trim().normalize('NFKC') ?? '';

type Place = { from: Sql; column: Sql; prefix?: string; id: Sql };

/** The newest numbers that begin with what was typed. */
function numbered(typed: string, { actor, env, now }: Seeker, { from, column, prefix, id }: Place): Sql {
  const year = Number.parseInt(bizDateOf(now, env.company.timeZone).slice(0, 4), 10);
  const { from: low, to: high } = numberRanges(typed, { year, ...(prefix === undefined ? {} : { prefix }) });
  return sql`
    select r.id from unnest(${low}::text[], ${high}::text[]) as v(lo, hi) cross join lateral
      (select ${id} as id from ${from} x where x.${column} ~>=~ v.lo and x.${column} ~<~ v.hi${ownOf(sql`x.partner_id`, actor)} order by x.${column} using ~>~ limit ${MOST_FOUND}::int) r`;
}

const isFew = (rows: readonly unknown[]): boolean => rows.length < MOST_FOUND;
/** What is found for a word that means more than is looked up is not all: the list says "more than". */
export const countOf = <T extends { exact: boolean }>(total: T | undefined, meant: { isAll: boolean } | null) =>
  total === undefined || meant === null || meant.isAll ? total : { ...total, exact: false };

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** null: nothing was typed. */
export async function ordersMeant(tx: Tx, q: string | undefined, seeker: Seeker): Promise<OrdersMeant | null> {
  const typed = typedIn(q);
  if (typed === '') return null;
  const [orders, partners] = await Promise.all([
    tx.query<{ id: string }>(sql`
      ${numbered(typed, seeker, { from: sql`sales_order`, column: sql`no`, prefix: 'SO', id: sql`x.id` })} union
      ${numbered(typed, seeker, { from: sql`partner_po`, column: sql`po_no`, id: sql`x.order_id` })} union
      ${numbered(typed, seeker, { from: sql`sales_order`, column: sql`customer_name`, id: sql`x.id` })}`),
    partnersMeant(tx, typed, seeker),
  ]);
  return { orderIds: idsOf(orders), partnerIds: idsOf(partners), isAll: isFew(orders) && isFew(partners) };
}

function partnersMeant(tx: Tx, typed: string, { actor }: Seeker): Promise<{ id: string }[]> {
  const like = containing(foldText(typed));
  return tx.query<{ id: string }>(sql`
    select p.id from partner p where (p.name_folded like ${like} or lower(coalesce(p.name_en, '')) like ${like} or lower(p.no) like ${like} or p.pinyin_initials like ${like})
      ${ownOf(sql`p.id`, actor)} limit ${MOST_FOUND}::int`);
}

export async function documentsMeant(
  tx: Tx,
  q: string | undefined,
  { table, numbers }: Numbered,
  seeker: Seeker,
): Promise<DocumentsMeant | null> {
  const typed = typedIn(q);
  if (typed === '') return null;
  const places = numbers.map((number) => numbered(typed, seeker, { from: table, id: sql`x.id`, ...number }));
  const [orders, own] = await Promise.all([
    ordersMeant(tx, typed, seeker),
    tx.query<{ id: string }>(join(places, ' union ')),
  ]);
  return {
    orderIds: orders?.orderIds ?? [],
    partnerIds: orders?.partnerIds ?? [],
    ids: idsOf(own),
    isAll: isFew(own) && orders?.isAll !== false,
  };
}

/** Of the documents `of` those that are meant; documents without an order are found by themselves and by their partner. */
export const amongMeant = (of: Sql, { ids, orderIds, partnerIds }: DocumentsMeant, hasOrder = true): Sql =>
  sql`(${of}.id = any(${ids}::uuid[]) or ${of}.partner_id = any(${partnerIds}::uuid[])${hasOrder ? sql` or ${of}.order_id = any(${orderIds}::uuid[])` : empty})`;

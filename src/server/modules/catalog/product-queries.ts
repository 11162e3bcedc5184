/** Products as callers get them. Partner users see the sellable range, without costs and internal references. */
import { z } from 'zod';
import { type PRODUCT_SORTS, type ProductView, productFilters } from '../../../contract/catalog.ts';
import { formatDecimal, PRICE_SCALE, RATE_SCALE } from '../../kernel/decimal.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { foldText } from '../../kernel/text.ts';
import { raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { type ProductRow, productTable } from './product-table.ts';
import { type UnitTuple, unitsOf } from './unit-rules.ts';

const Filters = z.object(productFilters);
export type ProductFilter = z.output<typeof Filters> & { cursor?: string | undefined; limit: number };
type View = z.output<typeof ProductView>;

type ViewRow = ProductRow & {
  units: readonly UnitTuple[] | null;
  substitutes: View['substitutes'] | null;
  partner_code: string | null;
};

/** The units of a product besides its base unit, the smallest first, as `UnitTuple`s; `of` is the name of the product's table in the statement. */
export const unitsColumn = (of: string): Sql =>
  sql`(select jsonb_agg(jsonb_build_array(u.unit, u.unit_en, u.factor::text) order by u.factor, u.unit) from product_unit u where u.product_id = ${raw(of)}.id) as units`;

const selectProducts = (partnerId: string | null): Sql => sql`
  select ${columnsOf(productTable, 'p')}, ${unitsColumn('p')}, (select jsonb_agg(jsonb_build_object('id', s.id, 'sku', s.sku, 'name', s.name, 'nameEn', s.name_en) order by w.place)
      from jsonb_array_elements_text(p.substitute_ids) with ordinality as w(id, place) join product s on s.id = w.id::uuid) as substitutes,
    (select min(i.code) from partner_item i where i.product_id = p.id and i.partner_id = ${partnerId}::uuid) as partner_code
  from product p`;

/** One product. What a partner cannot buy does not exist for it. */
export async function readProduct(tx: Tx, productId: string, actor: Actor): Promise<View> {
  const rows = await tx.query<ViewRow>(
    sql`${selectProducts(actor.partnerId)} where p.id = ${productId}
      and (${actor.partnerId === null} or (p.is_sellable and partner_may_buy(${actor.partnerId}::uuid, p.id, p.category)))`,
  );
  const row = rows[0];
  if (row === undefined) throw refuse('product.not_found');
  return productView(row, actor);
}

const SORTS: Record<(typeof PRODUCT_SORTS)[number], { by: Sql; after: Sql; direction: Sql }> = {
  sku: { by: raw('p.sku'), after: raw('>'), direction: raw('asc') },
  '-sku': { by: raw('p.sku'), after: raw('<'), direction: raw('desc') },
  name: { by: raw('p.pinyin'), after: raw('>'), direction: raw('asc') },
  '-name': { by: raw('p.pinyin'), after: raw('<'), direction: raw('desc') },
};

/** Products by code or name. Search: code, names, pinyin, initials, and the own code of the partner that calls or is asked for. */
export async function listProducts(tx: Tx, filter: ProductFilter, actor: Actor) {
  const sort = SORTS[filter.sort ?? 'sku'];
  const cursor = decodeTypedCursor(filter.cursor, ['text', 'id']);
  const partnerId = actor.partnerId ?? filter.partnerId ?? null;
  const where = whereOf(filter, partnerId, actor);
  const [rows, counts] = await Promise.all([
    tx.query<ViewRow & { sort_value: string }>(sql`
      ${selectProducts(partnerId)}
      where ${where} and (${cursor?.[0] ?? null}::text is null or (${sort.by}, p.id) ${sort.after} (${cursor?.[0] ?? null}::text, ${cursor?.[1] ?? null}::uuid))
      order by ${sort.by} ${sort.direction}, p.id ${sort.direction} limit ${filter.limit + 1}`),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from product p where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  const sortValue = (row: ViewRow) => (filter.sort?.endsWith('name') === true ? row.pinyin : row.sku);
  return pageOf(
    rows,
    filter.limit,
    (row) => productView(row, actor),
    (row) => [sortValue(row), row.id],
    totalOf(counts),
  );
}

function whereOf(filter: ProductFilter, partnerId: string | null, actor: Actor): Sql {
  const q = likeText(filter.q);
  const folded = q === null ? null : foldText(q);
  const sellable = actor.partnerId !== null ? 'true' : (filter.sellable ?? null);
  return sql`(${sellable}::text is null or p.is_sellable = (${sellable}::text = 'true'))
    and (${sellable === 'true' ? partnerId : null}::uuid is null or partner_may_buy(${partnerId}::uuid, p.id, p.category))
    and (${filter.category ?? null}::text is null or p.category = ${filter.category ?? null}::text)
    and (${filter.kind ?? null}::text is null or p.kind = ${filter.kind ?? null}::text)
    and (${q}::text is null or p.sku ilike '%' || ${q}::text || '%' or lower(p.name) like '%' || ${folded}::text || '%' or p.name_hans ilike '%' || ${q}::text || '%'
      or p.name_en ilike '%' || ${q}::text || '%' or p.pinyin like '%' || ${folded}::text || '%' or p.pinyin_initials like '%' || ${folded}::text || '%'
      or exists (select 1 from partner_item i where i.product_id = p.id and i.partner_id = ${partnerId}::uuid and i.code ilike '%' || ${q}::text || '%'))`;
}

/** Categories in use with their number of products (of the sellable ones, for partner users). */
export async function listCategories(tx: Tx, actor: Actor): Promise<{ category: string; count: number }[]> {
  return tx.query(sql`
    select category, count(*)::int as count from product
    where category is not null and (${actor.partnerId === null} or (is_sellable and partner_may_buy(${actor.partnerId}::uuid, id, category))) group by category order by category`);
}

export function productView(row: ViewRow, actor: Actor): View {
  const internal = actor.partnerId === null;
  const seesCost = internal && actor.permissions.has('cost.read');
  return {
    id: row.id,
    version: row.version,
    sku: row.sku,
    name: row.name,
    nameHans: row.name_hans,
    nameEn: row.name_en,
    spec: row.spec,
    category: row.category,
    kind: row.kind as View['kind'],
    unit: row.unit,
    unitEn: row.unit_en,
    units: unitsOf(row)
      .slice(1)
      .map(({ unit, unitEn, factor }) => ({ unit, unitEn, factor: formatQty(factor) })),
    wholeUnits: row.whole_units,
    minQty: formatQty(row.min_qty),
    multipleQty: formatQty(row.multiple_qty),
    taxRate: formatDecimal(row.tax_rate, RATE_SCALE),
    taxCode: row.tax_code,
    standardCostPrice:
      seesCost && row.standard_cost_price !== null ? formatDecimal(row.standard_cost_price, PRICE_SCALE, 2) : null,
    leadDays: row.lead_days,
    byCapacity: row.by_capacity,
    substitutes: row.substitutes ?? [],
    isSellable: row.is_sellable,
    sourceRef: internal ? row.source_ref : null,
    partnerCode: row.partner_code,
    updatedAt: row.updated_at.toISOString(),
  };
}

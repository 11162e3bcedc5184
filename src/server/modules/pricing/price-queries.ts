/** Price lists and their entries as callers get them. */
import { z } from 'zod';
import {
  type PriceEntryView,
  type PriceListView,
  priceEntryFilters,
  priceListFilters,
} from '../../../contract/prices.ts';
import { formatDecimal, PRICE_SCALE } from '../../kernel/decimal.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import { fromBase } from '../catalog/unit-rules.ts';
import { type PriceEntryRow, type PriceListRow, priceEntryTable, priceListTable } from './price-tables.ts';

const ListFilters = z.object(priceListFilters);
const EntryFilters = z.object(priceEntryFilters);
type PageCall = { cursor?: string | undefined; limit: number };
export type PriceListFilter = z.output<typeof ListFilters> & PageCall;
export type PriceEntryFilter = z.output<typeof EntryFilters> & PageCall;
type ListView = z.output<typeof PriceListView>;
type EntryView = z.output<typeof PriceEntryView>;

type ListRow = PriceListRow & { entry_count: number; partner_count: number };

const selectLists = (): Sql => sql`
  select ${columnsOf(priceListTable, 'l')}, (select count(*)::int from price_entry e where e.price_list_id = l.id) as entry_count,
    (select count(*)::int from (select id from partner where price_list_id = l.id union select partner_id from agreement where price_list_id = l.id) p) as partner_count
  from price_list l`;

const listView = (row: ListRow): ListView => ({
  id: row.id,
  version: row.version,
  code: row.code,
  name: row.name,
  kind: row.kind as ListView['kind'],
  level: row.level,
  currency: row.currency,
  taxInclusive: row.tax_inclusive,
  priceScale: row.price_scale,
  isActive: row.is_active,
  entryCount: row.entry_count,
  partnerCount: row.partner_count,
});

export async function readPriceList(tx: Tx, priceListId: string): Promise<ListView> {
  const rows = await tx.query<ListRow>(sql`${selectLists()} where l.id = ${priceListId}`);
  if (rows[0] === undefined) throw refuse('price_list.not_found');
  return listView(rows[0]);
}

/** Price lists by code. */
export async function listPriceLists(tx: Tx, filter: PriceListFilter) {
  const cursor = decodeTypedCursor(filter.cursor, ['text']);
  const q = likeText(filter.q);
  const where = sql`(${filter.kind ?? null}::text is null or l.kind = ${filter.kind ?? null}::text)
    and (${filter.active ?? null}::text is null or l.is_active = (${filter.active ?? null}::text = 'true'))
    and (${q}::text is null or l.code ilike '%' || ${q}::text || '%' or l.name ilike '%' || ${q}::text || '%')`;
  const [rows, counts] = await Promise.all([
    tx.query<ListRow>(
      sql`${selectLists()} where ${where} and (${cursor?.[0] ?? null}::text is null or l.code > ${cursor?.[0] ?? null}::text) order by l.code limit ${filter.limit + 1}`,
    ),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from price_list l where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(rows, filter.limit, listView, (row) => [row.code], totalOf(counts));
}

type EntryRow = PriceEntryRow & {
  sku: string;
  name: string;
  name_hans: string | null;
  name_en: string | null;
  base_unit: string;
  scale: number;
};

const entryView = (row: EntryRow): EntryView => ({
  id: row.id,
  product: {
    id: row.product_id,
    sku: row.sku,
    name: row.name,
    nameHans: row.name_hans,
    nameEn: row.name_en,
    unit: row.base_unit,
  },
  minQty: formatQty(fromBase(row.min_qty, row.unit_factor) ?? 0n),
  validFrom: row.valid_from,
  validTo: row.valid_to,
  unitPrice: formatDecimal(row.unit_price, PRICE_SCALE, row.scale),
  unit: row.unit ?? row.base_unit,
  unitFactor: formatQty(row.unit_factor),
});

/** Prices of a list by product code, quantity break and start. */
export async function listPriceEntries(tx: Tx, priceListId: string, filter: PriceEntryFilter) {
  const cursor = decodeTypedCursor(filter.cursor, ['text', 'whole', 'date', 'id']);
  const known = await tx.query(sql`select 1 from price_list where id = ${priceListId}`);
  if (known.length === 0) throw refuse('price_list.not_found');
  const q = likeText(filter.q);
  const on = filter.on ?? null;
  const where = sql`e.price_list_id = ${priceListId}::uuid
    and (${filter.productId ?? null}::uuid is null or e.product_id = ${filter.productId ?? null}::uuid)
    and (${on}::date is null or (e.valid_from <= ${on}::date and e.valid_to >= ${on}::date))
    and (${q}::text is null or p.sku ilike '%' || ${q}::text || '%' or p.name ilike '%' || ${q}::text || '%' or p.name_en ilike '%' || ${q}::text || '%'
      or p.pinyin_initials like '%' || lower(${q}::text) || '%')`;
  const after = sql`(${cursor?.[0] ?? null}::text is null or (p.sku, e.min_qty, e.valid_from, e.id) >
    (${cursor?.[0] ?? null}::text, ${cursor?.[1] ?? null}::bigint, ${cursor?.[2] ?? null}::date, ${cursor?.[3] ?? null}::uuid))`;
  const [rows, counts] = await Promise.all([
    tx.query<EntryRow>(sql`
      select ${columnsOf(priceEntryTable, 'e')}, p.sku, p.name, p.name_hans, p.name_en, p.unit as base_unit, l.price_scale as scale
      from price_entry e join product p on p.id = e.product_id join price_list l on l.id = e.price_list_id
      where ${where} and ${after} order by p.sku, e.min_qty, e.valid_from, e.id limit ${filter.limit + 1}`),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from price_entry e join product p on p.id = e.product_id where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(
    rows,
    filter.limit,
    entryView,
    (row) => [row.sku, row.min_qty.toString(), row.valid_from, row.id],
    totalOf(counts),
  );
}

/**
 * The masters that decisions on orders need: products, partners with their terms, addresses, prices, warehouses. What the node remembers is
 * taken from the shelf, the rest is read in one statement a kind and remembered. Rows here are shared by commands: nobody changes them.
 */
import type { PartnerRange } from '../partners/range-rules.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { remembered, type Shelf } from '../../platform/pipeline/masters.ts';
import { unitsColumn } from '../catalog/index.ts';
import type { UnitTuple } from '../catalog/unit-rules.ts';
import type { WarehouseRow } from '../inventory/promise-rules.ts';
import { readPromotions } from '../pricing/index.ts';
import type { AgreedList, PriceEntry } from '../pricing/price-rules.ts';
import type { Promotion } from '../pricing/promotion-rules.ts';
import type { PaymentTermValue } from './order-tables.ts';

export type PartnerTerms = {
  id: string;
  no: string;
  name: string;
  name_en: string | null;
  state: string;
  currency: string;
  level: string | null;
  agreement_id: string | null;
  agreement_no: string | null;
  agreement_version: number | null;
  payment_method: string;
  payment_term: PaymentTermValue;
  reply_days: number | null;
  silence_accepts: boolean;
  sales_owner_id: string | null;
  sales_owner_name: string | null;
  /** The list of the partner's file, and those that its agreements name. */
  price_list_id: string | null;
  agreed_lists: readonly AgreedList[];
  /** Warehouses that its goods are promised from first, by address; under '' for all others. */
  preferred: Readonly<Record<string, string>> | null;
} & PartnerRange;
export type ProductRow = {
  id: string;
  sku: string;
  name: string;
  name_hans: string | null;
  name_en: string | null;
  spec: string | null;
  kind: string;
  category: string | null;
  unit: string;
  unit_en: string | null;
  units: readonly UnitTuple[] | null;
  whole_units: boolean;
  min_qty: bigint;
  multiple_qty: bigint;
  tax_rate: bigint;
  lead_days: number;
  by_capacity: boolean;
  substitute_ids: readonly string[];
  is_sellable: boolean;
};
export type AddressRow = {
  id: string;
  partner_id: string;
  label: string;
  region_text: string | null;
  detail: string;
  receiver: string;
  phone: string | null;
  delivery_method: string | null;
  is_default: boolean;
};
export type Pair = { partnerId: string; productId: string };
/** The days for which prices are wanted, the first and the last. */
export type Days = readonly [string, string];

const productsKept = remembered<ProductRow>(20_000);
const skusKept = remembered<ProductRow>(20_000);
const termsKept = remembered<PartnerTerms>(10_000);
const addressesKept = remembered<readonly AddressRow[]>(10_000);
const pricesKept = remembered<readonly PriceEntry[]>(20_000);
const listsKept = remembered<Pick<PriceEntry, 'list_id' | 'list_code' | 'list_name' | 'list_kind'>>(10_000);
const textsKept = remembered<string>(50_000);
const promotionsKept = remembered<readonly Promotion[]>(4);
const warehousesKept = remembered<readonly WarehouseRow[]>(1);

export const productColumns = sql`id, sku, name, name_hans, name_en, spec, kind, category, unit, unit_en, ${unitsColumn('product')}, whole_units, min_qty, multiple_qty, tax_rate, lead_days, by_capacity, substitute_ids, is_sellable`;

export const priceKey = (partnerId: string, productId: string) => `${partnerId} ${productId}`;

/** Products that a batch has met. */
export type ProductBook = {
  readonly byId: ReadonlyMap<string, ProductRow>;
  readonly bySku: ReadonlyMap<string, ProductRow>;
  /** Looks up what is not in the book yet; false: all was at hand, true: once the promise is kept, the rows are in the book. */
  need(ids: readonly string[], skus: readonly string[]): Promise<void> | null;
};

export function productBook(tx: Tx, shelf: Shelf): ProductBook {
  const byId = new Map<string, ProductRow>();
  const bySku = new Map<string, ProductRow>();
  const enter = (row: ProductRow) => {
    byId.set(row.id, row);
    bySku.set(row.sku, row);
  };
  const missing = (key: string, book: Map<string, ProductRow>, kept: typeof productsKept) => {
    if (book.has(key)) return false;
    const row = kept.get(shelf, key);
    if (row !== undefined) enter(row);
    return row === undefined;
  };
  return {
    byId,
    bySku,
    need(ids, skus) {
      const unknownIds = ids.filter((id) => missing(id, byId, productsKept));
      const unknownSkus = skus.filter((sku) => missing(sku, bySku, skusKept));
      if (unknownIds.length + unknownSkus.length === 0) return null;
      const rows = tx.query<ProductRow>(
        sql`select ${productColumns} from product where id = any(${unknownIds}::uuid[]) union all select ${productColumns} from product where sku = any(${unknownSkus}::text[])`,
      );
      return rows.then((found) => {
        for (const row of found) {
          enter(row);
          productsKept.put(shelf, row.id, row);
          skusKept.put(shelf, row.sku, row);
        }
      });
    },
  };
}

/** Promotions that may hold on a day or shortly before it; what is used of their quotas is not remembered with them. */
export async function loadPromotions(tx: Tx, shelf: Shelf, day: string): Promise<readonly Promotion[]> {
  const known = promotionsKept.get(shelf, day);
  if (known !== undefined) return known;
  const read = await readPromotions(tx, day);
  promotionsKept.put(shelf, day, read);
  return read;
}

export type PartnerMasters = {
  partners: Map<string, PartnerTerms>;
  /** Active addresses of each partner. */
  addressesOf: Map<string, readonly AddressRow[]>;
  /** Entries of all lists that apply to the partner, by {@link priceKey}. */
  prices: Map<string, readonly PriceEntry[]>;
  warehouses: readonly WarehouseRow[];
};

/** Terms, addresses and prices, in one flight; none when everything is remembered. */
export async function loadPartnerMasters(
  tx: Tx,
  shelf: Shelf,
  partnerIds: readonly string[],
  pairs: readonly Pair[],
  days: Days,
): Promise<PartnerMasters> {
  const [terms, addresses, prices, warehouses] = await Promise.all([
    loadTerms(tx, shelf, partnerIds, days[1]),
    loadAddresses(tx, shelf, partnerIds),
    loadPrices(tx, shelf, pairs, days),
    warehousesKept.get(shelf, '') ??
      tx.query<WarehouseRow>(sql`select id, name, priority from warehouse where is_active`),
  ]);
  warehousesKept.put(shelf, '', warehouses);
  // Of a partner whom the transaction may not see nothing is remembered: what it does not find says nothing.
  for (const row of terms.read) {
    termsKept.put(shelf, termsKey(row.id, days[1]), row);
    addressesKept.put(shelf, row.id, addresses.get(row.id) ?? []);
  }
  for (const { partnerId, productId } of prices.read) {
    const known = terms.all.get(partnerId);
    if (known !== undefined)
      pricesKept.put(shelf, listsKey(known, productId, days), prices.all.get(priceKey(partnerId, productId)) ?? []);
  }
  return { partners: terms.all, addressesOf: addresses, prices: prices.all, warehouses };
}

const termsKey = (partnerId: string, day: string) => `${partnerId} ${day}`;
/** Partners with the same lists have the same entries. */
function listsKey({ price_list_id, agreed_lists, level, currency }: PartnerTerms, productId: string, days: Days) {
  const agreed = agreed_lists.filter(({ from, to }) => from <= days[1] && to >= days[0]).map(({ listId }) => listId);
  return `${price_list_id ?? ''} ${agreed.join(',')} ${currency} ${productId} ${days.join(' ')} ${level ?? ''}`;
}

async function loadTerms(tx: Tx, shelf: Shelf, partnerIds: readonly string[], day: string) {
  const all = new Map<string, PartnerTerms>();
  const missing = partnerIds.filter((id) => {
    const row = termsKept.get(shelf, termsKey(id, day));
    if (row !== undefined) all.set(id, row);
    return row === undefined;
  });
  const read =
    missing.length === 0
      ? []
      : await tx.query<PartnerTerms>(sql`
          select p.id, p.no, p.name, p.name_en, p.state, p.currency, p.level, p.price_list_id, p.payment_method,
            coalesce(a.payment_term, p.payment_term) as payment_term, coalesce(a.reply_days, p.reply_days) as reply_days,
            coalesce(a.silence_accepts, false) as silence_accepts, a.id as agreement_id, a.no as agreement_no, a.version as agreement_version, p.sales_owner_id, u.name as sales_owner_name,
            coalesce((select jsonb_agg(jsonb_build_object('listId', g.price_list_id, 'no', g.no, 'version', g.version, 'from', g.valid_from, 'to', g.valid_to) order by g.valid_from)
              from agreement g where g.partner_id = p.id and g.price_list_id is not null), '[]') as agreed_lists,
            (select jsonb_object_agg(coalesce(w.address_id::text, ''), w.warehouse_id) from warehouse_preference w where w.partner_id = p.id) as preferred,
            (select array_agg(r.category) from partner_range r where r.partner_id = p.id and r.category is not null) as range_categories,
            (select array_agg(r.product_id) from partner_range r where r.partner_id = p.id and r.product_id is not null) as range_products
          from partner p left join app_user u on u.id = p.sales_owner_id
          left join agreement a on a.partner_id = p.id and a.valid_from <= ${day} and a.valid_to >= ${day}
          where p.id = any(${missing}::uuid[])`);
  for (const row of read) all.set(row.id, row);
  return { all, read };
}

async function loadAddresses(tx: Tx, shelf: Shelf, partnerIds: readonly string[]) {
  const all = new Map<string, readonly AddressRow[]>();
  const missing = partnerIds.filter((id) => {
    const rows = addressesKept.get(shelf, id);
    if (rows !== undefined) all.set(id, rows);
    return rows === undefined;
  });
  if (missing.length === 0) return all;
  const read = await tx.query<AddressRow>(
    sql`select id, partner_id, label, region_text, detail, receiver, phone, delivery_method, is_default from partner_address where is_active and partner_id = any(${missing}::uuid[])`,
  );
  for (const [partnerId, rows] of Map.groupBy(read, (row) => row.partner_id)) all.set(partnerId, rows);
  return all;
}

async function loadPrices(tx: Tx, shelf: Shelf, pairs: readonly Pair[], days: Days) {
  const all = new Map<string, readonly PriceEntry[]>();
  const read = pairs.filter(({ partnerId, productId }) => {
    const terms = termsKept.get(shelf, termsKey(partnerId, days[1]));
    const rows = terms === undefined ? undefined : pricesKept.get(shelf, listsKey(terms, productId, days));
    if (rows !== undefined) all.set(priceKey(partnerId, productId), rows);
    return rows === undefined;
  });
  if (read.length === 0) return { all, read };
  const rows = await tx.query<PriceEntry & { pair: number }>(sql`
    with list_of_partner as materialized (
      select p.id as partner_id, p.currency, any_list.id as list_id from partner p cross join lateral (
        select p.price_list_id as id
        union select g.price_list_id from agreement g where g.partner_id = p.id and g.valid_from <= ${days[1]} and g.valid_to >= ${days[0]}
        union select b.id from price_list b where b.kind = 'base' or (b.kind = 'level' and b.level = p.level)) any_list
      where p.id = any(${[...new Set(read.map(({ partnerId }) => partnerId))]}::uuid[]))
    select pair.n::int as pair, e.id, l.id as list_id, l.code as list_code, l.name as list_name, l.kind as list_kind, e.product_id, e.min_qty, e.valid_from, e.valid_to, e.unit_price, e.unit, e.unit_factor, l.tax_inclusive, l.price_scale
    from unnest(${read.map(({ partnerId }) => partnerId)}::uuid[], ${read.map(({ productId }) => productId)}::uuid[]) with ordinality as pair(partner_id, product_id, n)
    join list_of_partner o on o.partner_id = pair.partner_id
    join price_list l on l.id = o.list_id and l.is_active and l.currency = o.currency
    join price_entry e on e.price_list_id = l.id and e.product_id = pair.product_id and e.valid_from <= ${days[1]} and e.valid_to >= ${days[0]}`);
  for (const [n, entries] of Map.groupBy(rows, ({ pair }) => pair)) {
    const pair = read[n - 1];
    if (pair !== undefined)
      all.set(
        priceKey(pair.partnerId, pair.productId),
        entries.map((entry) => slim(shelf, entry)),
      );
  }
  return { all, read };
}

/** An entry as it is remembered: what tens of thousands of entries say alike (their list, product, days) is there once. */
function slim(shelf: Shelf, entry: PriceEntry): PriceEntry {
  const { list_id, list_code, list_name, list_kind } = entry;
  const list = listsKept.get(shelf, list_id) ?? { list_id, list_code, list_name, list_kind };
  listsKept.put(shelf, list_id, list);
  const once = (text: string) => {
    const known = textsKept.get(shelf, text);
    if (known === undefined) textsKept.put(shelf, text, text);
    return known ?? text;
  };
  return {
    ...entry,
    ...list,
    product_id: once(entry.product_id),
    valid_from: once(entry.valid_from),
    valid_to: once(entry.valid_to),
  };
}

/** What new prices are decided on: lists (locked), products with their units, and the prices that stand beside. Four statements for any number of commands. */
import type { z } from 'zod';
import type { PriceEntrySave } from '../../../contract/prices.ts';
import { empty, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { foldSku, unitsColumn } from '../catalog/index.ts';
import type { Measured } from '../catalog/unit-rules.ts';
import { type PriceEntryRow, type PriceListRow, priceEntryTable, priceListTable } from './price-tables.ts';

export type PriceSave = z.output<typeof PriceEntrySave> & { priceListId: string };
export type PricedProduct = Measured & { id: string; sku: string };

export type PriceState = {
  lists: Map<string, PriceListRow>;
  products: ReadonlyMap<string, PricedProduct>;
  bySku: ReadonlyMap<string, PricedProduct>;
  /** The prices of the products that the commands speak of, as they were and as they are by what was decided; by id. */
  before: ReadonlyMap<string, PriceEntryRow>;
  entries: Map<string, PriceEntryRow>;
  /** The same by list and product. */
  beside: Map<string, PriceEntryRow[]>;
};

export const besideKey = ({ price_list_id, product_id }: Pick<PriceEntryRow, 'price_list_id' | 'product_id'>): string =>
  `${price_list_id} ${product_id}`;

/** `lock`: nobody else changes these lists until the transaction ends. */
export async function loadPriceState(tx: Tx, inputs: readonly PriceSave[], lock: boolean): Promise<PriceState> {
  const set = inputs.flatMap(({ set: all, priceListId }) => (all ?? []).map((entry) => ({ ...entry, priceListId })));
  const ids = inputs.flatMap(({ remove, close }) => [...(remove ?? []), ...(close ?? []).map(({ id }) => id)]);
  const [productIds, skus] = [
    set.map(({ productId }) => productId ?? null),
    set.map(({ sku }) => (sku === undefined ? null : foldSku(sku))),
  ];
  const [lists, products, entries] = await Promise.all([
    tx.query<PriceListRow>(sql`
      select ${columnsOf(priceListTable)} from price_list where id = any(${inputs.map(({ priceListId }) => priceListId)}::uuid[]) order by id ${lock ? sql`for update` : empty}`),
    tx.query<PricedProduct>(sql`
      select p.id, p.sku, p.unit, p.unit_en, ${unitsColumn('p')} from product p where p.id = any(${productIds}::uuid[]) or lower(p.sku) = any(${skus}::text[])`),
    tx.query<PriceEntryRow>(sql`
      with named as materialized (
        select w.list_id, p.id as product_id from unnest(${set.map(({ priceListId }) => priceListId)}::uuid[], ${productIds}::uuid[], ${skus}::text[]) as w(list_id, id, sku)
        join product p on p.id = w.id or lower(p.sku) = w.sku
        union select e.price_list_id, e.product_id from price_entry e where e.id = any(${ids}::uuid[]))
      select ${columnsOf(priceEntryTable, 'e')} from named n join price_entry e on e.price_list_id = n.list_id and e.product_id = n.product_id
      order by e.product_id, e.min_qty, e.valid_from`),
  ]);
  return {
    lists: new Map(lists.map((row) => [row.id, row])),
    products: new Map(products.map((row) => [row.id, row])),
    bySku: new Map(products.map((row) => [foldSku(row.sku), row])),
    before: new Map(entries.map((row) => [row.id, row])),
    entries: new Map(entries.map((row) => [row.id, row])),
    beside: Map.groupBy(entries, besideKey),
  };
}

/** Prices that go, that end, and that come, taken into the state. */
export function foldPrices(
  state: PriceState,
  change: { removed: readonly PriceEntryRow[]; closed: readonly PriceEntryRow[]; added: readonly PriceEntryRow[] },
): void {
  for (const { id } of change.removed) state.entries.delete(id);
  for (const row of [...change.closed, ...change.added]) state.entries.set(row.id, row);
  const touched = new Set([...change.removed, ...change.closed, ...change.added].map(besideKey));
  for (const key of touched) {
    const known = state.beside.get(key) ?? [];
    const ids = new Set([...known, ...change.added.filter((row) => besideKey(row) === key)].map(({ id }) => id));
    state.beside.set(
      key,
      [...ids].flatMap((id) => state.entries.get(id) ?? []),
    );
  }
}

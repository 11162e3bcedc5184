/** What new and changed products are decided on: a fixed number of statements for a batch of any size. */
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { type Listed, loadListed } from '../company/index.ts';
import { type ProductRow, type ProductUnitRow, productTable, productUnitTable } from './product-table.ts';

export type ProductState = {
  /** Codes that are taken, folded, with the products that have them. */
  skus: Map<string, string>;
  /** The products that are to be changed, locked. */
  products: Map<string, ProductRow>;
  /** Their units besides the base unit. */
  units: Map<string, readonly ProductUnitRow[]>;
  /** Which of the named substitutes there are. */
  known: Set<string>;
  listed: Listed;
};
export type ProductNames = {
  skus?: readonly (string | undefined)[] | undefined;
  productId?: string | undefined;
  substituteIds?: readonly string[] | undefined;
};

export const foldSku = (sku: string): string => sku.toLowerCase();

export async function loadProductState(tx: Tx, names: readonly ProductNames[]): Promise<ProductState> {
  const skus = names.flatMap(({ skus: all }) =>
    (all ?? []).flatMap((sku) => (sku === undefined ? [] : [foldSku(sku)])),
  );
  const changed = names.flatMap(({ productId }) => productId ?? []);
  const substitutes = names.flatMap(({ substituteIds }) => substituteIds ?? []);
  const [taken, products, units, known, listed] = await Promise.all([
    tx.query<{ key: string; id: string }>(
      sql`select lower(sku) as key, id from product where lower(sku) = any(${skus}::text[])`,
    ),
    tx.query<ProductRow>(
      sql`select ${columnsOf(productTable)} from product where id = any(${changed}::uuid[]) order by id for update`,
    ),
    tx.query<ProductUnitRow>(
      sql`select ${columnsOf(productUnitTable)} from product_unit where product_id = any(${changed}::uuid[]) order by factor, unit`,
    ),
    tx.query<{ id: string }>(sql`select id from product where id = any(${substitutes}::uuid[])`),
    loadListed(tx),
  ]);
  return {
    skus: new Map(taken.map(({ key, id }) => [key, id])),
    products: new Map(products.map((row) => [row.id, row])),
    units: Map.groupBy(units, ({ product_id }) => product_id),
    known: new Set(known.map(({ id }) => id)),
    listed,
  };
}

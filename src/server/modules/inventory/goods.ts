/** Product and warehouse as stock, picking and shipping show them, and the checks that what is moved can be kept in stock. */
import { isWhole } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';

export type GoodsColumns = {
  product_id: string;
  sku: string;
  product_name: string;
  product_name_hans: string | null;
  product_name_en: string | null;
  unit: string;
  unit_en: string | null;
  spec: string | null;
};
export type PlaceColumns = {
  warehouse_id: string;
  warehouse_code: string;
  warehouse_name: string;
  warehouse_name_en: string | null;
};

/** Select list of a product `p`; goes with {@link productView}. */
export const goodsColumns: Sql = raw(
  'p.id as product_id, p.sku, p.name as product_name, p.name_hans as product_name_hans, p.name_en as product_name_en, p.unit, p.unit_en, p.spec',
);
/** Select list of a warehouse `w`; goes with {@link warehouseView}. */
export const placeColumns: Sql = raw(
  'w.id as warehouse_id, w.code as warehouse_code, w.name as warehouse_name, w.name_en as warehouse_name_en',
);

export const productView = (row: GoodsColumns) => ({
  id: row.product_id,
  sku: row.sku,
  name: row.product_name,
  nameHans: row.product_name_hans,
  nameEn: row.product_name_en,
  unit: row.unit,
  unitEn: row.unit_en,
  spec: row.spec,
});
export const warehouseView = (row: PlaceColumns) => ({
  id: row.warehouse_id,
  code: row.warehouse_code,
  name: row.warehouse_name,
  nameEn: row.warehouse_name_en,
});

/** Condition on a product `p`: code, a name, pinyin or initials contain the text. */
export const productMatches = (
  q: string,
): Sql => sql`(strpos(lower(p.sku), lower(${q})) > 0 or strpos(lower(p.name), lower(${q})) > 0
  or strpos(lower(coalesce(p.name_hans, '')), lower(${q})) > 0 or strpos(lower(coalesce(p.name_en, '')), lower(${q})) > 0
  or strpos(p.pinyin, lower(${q})) > 0 or strpos(p.pinyin_initials, lower(${q})) > 0)`;

const GOODS: readonly string[] = ['stock', 'made'];
/** Service and freight lines are never in stock, picked or shipped. */
export const isGoods = (kind: string): boolean => GOODS.includes(kind);

/**
 * The product must exist and be goods, the warehouse exist and be in use; with a quantity: whole where the product is counted in whole
 * units. Refuses product.not_found, warehouse.not_found, stock.not_goods, stock.qty_whole.
 */
export async function requireGoods(tx: Tx, productId: string, warehouseId: string, qty?: bigint): Promise<void> {
  const [products, warehouses] = await Promise.all([
    tx.query<{ sku: string; kind: string; unit: string; whole_units: boolean }>(
      sql`select sku, kind, unit, whole_units from product where id = ${productId}`,
    ),
    tx.query<{ id: string }>(sql`select id from warehouse where id = ${warehouseId} and is_active`),
  ]);
  const product = products[0];
  if (product === undefined) throw refuse('product.not_found', undefined, 'productId');
  if (warehouses.length === 0) throw refuse('warehouse.not_found', undefined, 'warehouseId');
  if (!isGoods(product.kind)) throw refuse('stock.not_goods', undefined, 'productId');
  if (qty !== undefined) requireWhole(product, qty, 'qty');
}

/** Capacity is planned for services that are promised by it, everything else for goods. Refuses as {@link requireGoods}, and stock.not_by_capacity. */
export async function requirePlannable(
  tx: Tx,
  kind: string,
  productId: string,
  warehouseId: string,
  qty: bigint,
): Promise<void> {
  if (kind !== 'capacity') return requireGoods(tx, productId, warehouseId, qty);
  const [products, warehouses] = await Promise.all([
    tx.query<{ by_capacity: boolean }>(sql`select by_capacity from product where id = ${productId}`),
    tx.query(sql`select from warehouse where id = ${warehouseId} and is_active`),
  ]);
  if (products[0] === undefined) throw refuse('product.not_found', undefined, 'productId');
  if (warehouses.length === 0) throw refuse('warehouse.not_found', undefined, 'warehouseId');
  if (!products[0].by_capacity) throw refuse('stock.not_by_capacity', undefined, 'productId');
}

/** Refuses stock.qty_whole when the product is counted in whole units and the quantity is not. */
export function requireWhole(
  product: { sku: string; unit: string; whole_units: boolean },
  qty: bigint,
  field: string,
): void {
  if (product.whole_units && !isWhole(qty))
    throw refuse('stock.qty_whole', { sku: product.sku, unit: product.unit }, field);
}

/** The units of a product besides its base unit, as they are kept and logged. R3.3. */
import type { z } from 'zod';
import type { ProductUnit } from '../../../contract/catalog.ts';
import { formatQty, parseQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import type { ProductRow, ProductUnitRow } from './product-table.ts';
import { unitsColumn } from './product-queries.ts';
import { type Measured, unitNamed } from './unit-rules.ts';

type Input = z.output<typeof ProductUnit>;

/** Rows from what callers give. Every name, English ones too, means one unit of the product. */
export function productUnits(product: ProductRow, inputs: readonly Input[]): ProductUnitRow[] {
  const rows: ProductUnitRow[] = [];
  inputs.forEach(({ unit, unitEn, factor }, at) => {
    const known = { ...product, units: rows.map((row) => [row.unit, row.unit_en, row.factor.toString()] as const) };
    const taken = [unit, unitEn ?? unit].some((name) => unitNamed(known, name) !== null);
    const value = parseQty(factor);
    if (taken || value === null || value <= 0n) throw refuse('product.unit', { unit }, `units.${at}.unit`);
    rows.push({ product_id: product.id, unit, unit_en: unitEn ?? null, factor: value });
  });
  return rows;
}

export const toInput = (row: ProductUnitRow): Input => ({
  unit: row.unit,
  unitEn: row.unit_en,
  factor: formatQty(row.factor),
});

/** As the log keeps them: `箱/carton=12`, in one order. */
export const loggedUnits = (rows: readonly ProductUnitRow[]): string[] =>
  rows
    .map((row) => `${[row.unit, row.unit_en].filter((name) => name !== null).join('/')}=${formatQty(row.factor)}`)
    .sort();

/** Whether a product has a unit of this name, for the products of these lines. */
export async function unitsKnown(
  tx: Tx,
  lines: readonly { product_id: string | null }[],
): Promise<(productId: string | null, unit: string) => boolean> {
  const ids = lines.flatMap(({ product_id }) => product_id ?? []);
  const products = await tx.query<Measured & { id: string }>(
    sql`select p.id, p.unit, p.unit_en, ${unitsColumn('p')} from product p where p.id = any(${ids}::uuid[])`,
  );
  const byId = new Map(products.map((row) => [row.id, row]));
  return (productId, unit) => {
    const product = productId === null ? undefined : byId.get(productId);
    return product !== undefined && unitNamed(product, unit) !== null;
  };
}

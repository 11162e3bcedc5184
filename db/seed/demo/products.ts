/** The catalogue of the demo company: 79 goods taken from the AdventureWorks catalogue with names of their own, two services, freight. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { toInt } from '../decimal-text.ts';
import type { DemoProduct, DemoProductKind } from './types.ts';

const KINDS: readonly DemoProductKind[] = ['stock', 'made', 'service', 'freight'];

/** Goods that are short by design: everyday orders leave them alone, so that shortages happen when the plan wants them. */
export const SCARCE_SKUS: readonly string[] = ['BK-M18B-42', 'BK-R89B-44', 'BK-T79Y-46', 'FR-R92B-44'];

/** All products in the order of the file: bikes, frames, components, accessories, clothing, services, freight. */
export function demoProducts(): DemoProduct[] {
  const rows = parse(readFileSync(new URL('./data/products.csv', import.meta.url)), { columns: true }) as Record<
    string,
    string
  >[];
  return rows.map((row) => {
    const text = (column: string): string => {
      const value = row[column];
      if (value === undefined) throw new Error(`column ${column} is missing`);
      return value;
    };
    const optional = (column: string): string | null => (text(column) === '' ? null : text(column));
    const words = (column: string) => ({
      hant: text(`${column}_hant`),
      hans: text(`${column}_hans`),
      en: text(`${column}_en`),
    });
    const kind = KINDS.find((known) => known === text('kind'));
    if (kind === undefined) throw new Error(`unknown kind ${text('kind')}`);
    return {
      sku: text('sku'),
      name: words('name'),
      category: words('category'),
      kind,
      unit: words('unit'),
      minQty: toInt(text('min_qty')),
      multipleQty: toInt(text('multiple_qty')),
      taxRate: text('tax_rate'),
      taxCode: optional('tax_code'),
      listPrice: text('list_price'),
      cost: text('cost'),
      leadDays: toInt(text('lead_days')),
      substituteSku: optional('substitute'),
      spec: optional('spec'),
    };
  });
}

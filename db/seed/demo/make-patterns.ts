/**
 * Makes data/patterns.txt.gz: order patterns of one year (day of the year, partner, products, quantities) from the reseller orders of
 * June 2019 to May 2020. Each demo partner stands for several resellers of one product line; each product for the nearest one of the
 * demo catalogue. Run it again only when partners or catalogue change: `node db/seed/demo/make-patterns.ts`.
 */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type AwOrder, type AwProduct, awOrders, awProducts, awResellers } from '../adventureworks/load.ts';
import { toUnits } from '../decimal-text.ts';
import { PARTNER_ROWS } from './partner-rows.ts';
import { demoProducts, SCARCE_SKUS } from './products.ts';
import type { DemoProduct } from './types.ts';

const ORDERS_A_YEAR = { A: 32, B: 18, C: 9 } as const;
/** How much of a reseller's quantity a partner of that level orders, in per cent. */
const SIZE_PERCENT = { A: 100, B: 60, C: 35 } as const;
const MOST_LINES = 14;

const resellerLine = new Map(awResellers().map((reseller) => [reseller.resellerKey, reseller.productLine]));
const everyday = demoProducts().filter(
  (product) => product.kind !== 'service' && product.kind !== 'freight' && !SCARCE_SKUS.includes(product.sku),
);
const awByNumber = new Map(awProducts().map((product) => [product.productNumber, product]));

/** The product itself when the demo company sells it, otherwise one of the same kind, always the same one; undefined when there is none. */
function nearest(product: AwProduct): DemoProduct | undefined {
  const same = everyday.find((candidate) => candidate.sku === product.productNumber);
  if (same !== undefined) return same;
  const kin = everyday.filter((candidate) => awByNumber.get(candidate.sku)?.subcategory === product.subcategory);
  const sum = [...product.productNumber].reduce((total, letter) => total * 31 + (letter.codePointAt(0) ?? 0), 7);
  return kin[sum % Math.max(1, kin.length)];
}

function queues(orders: readonly AwOrder[]): Map<string, AwOrder[][]> {
  const byReseller = [...Map.groupBy(orders, (order) => order.resellerKey)].sort(
    ([aKey, a], [bKey, b]) => b.length - a.length || (aKey < bKey ? -1 : 1),
  );
  return Map.groupBy(
    byReseller.map(([, list]) => list),
    (list) => resellerLine.get(list[0]?.resellerKey ?? '') ?? 'Road',
  );
}

function patternLines(order: AwOrder, percent: number): string {
  const quantities = new Map<DemoProduct, number>();
  const top = order.lines.toSorted((a, b) => (toUnits(b.sales, 2) > toUnits(a.sales, 2) ? 1 : -1));
  for (const line of top) {
    const source = awByNumber.get(line.productNumber);
    const product = source === undefined ? undefined : nearest(source);
    if (product === undefined || (quantities.size >= MOST_LINES && !quantities.has(product))) continue;
    const pieces = Math.max(1, Math.round((line.quantity * percent) / 100));
    quantities.set(product, (quantities.get(product) ?? 0) + pieces * product.multipleQty);
  }
  return [...quantities].map(([product, qty]) => `${product.sku}:${qty}`).join(' ');
}

function patterns(): string[] {
  const lines = queues(awOrders().filter((order) => order.orderOn >= '2019-06-01'));
  const names = [...lines.keys()].sort();
  const found: string[] = [];
  for (const [index, row] of PARTNER_ROWS.entries()) {
    const level = row[6];
    const queue = lines.get(names[index % names.length] ?? '') ?? [];
    for (let count = 0; count < ORDERS_A_YEAR[level]; ) {
      const orders = queue.shift();
      if (orders === undefined) throw new Error('not enough resellers');
      for (const order of orders) {
        const text = patternLines(order, SIZE_PERCENT[level]);
        if (text === '' || count >= ORDERS_A_YEAR[level]) continue;
        found.push(`${order.orderOn.slice(5)} P${String(index + 1).padStart(2, '0')} ${text}`);
        count += 1;
      }
    }
  }
  return found.sort();
}

writeFileSync(new URL('./data/patterns.txt.gz', import.meta.url), gzipSync(`${patterns().join('\n')}\n`, { level: 9 }));

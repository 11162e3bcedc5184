/** What has to be received before the replay starts, so that stock covers all that is ever ordered. */
import type { AwOrder, AwStock } from './load.ts';

export type AwReceipt = {
  productNumber: string;
  /** Whole pieces, above zero. */
  quantity: number;
};

/** For each product ordered beyond its opening stock, the missing quantity; by product number. */
export function receiptsBeforeStart(orders: readonly AwOrder[], stock: readonly AwStock[]): AwReceipt[] {
  const missing = new Map<string, number>();
  for (const order of orders) {
    for (const line of order.lines)
      missing.set(line.productNumber, (missing.get(line.productNumber) ?? 0) + line.quantity);
  }
  for (const { productNumber, quantity } of stock)
    missing.set(productNumber, (missing.get(productNumber) ?? 0) - quantity);
  return [...missing]
    .filter(([, quantity]) => quantity > 0)
    .map(([productNumber, quantity]) => ({ productNumber, quantity }))
    .sort((a, b) => (a.productNumber < b.productNumber ? -1 : 1));
}

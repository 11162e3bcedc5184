/**
 * The prices of the source by its rules: list price × (60 % − volume discount), as an ordinary price list with quantity breaks. 56,646 of
 * the 57,851 lines were sold at it; the others deviate from it, in either side's favour.
 */
import { applyRate, roundPrice } from '../../../src/server/kernel/money.ts';
import { formatDecimal, parseDecimal, PRICE_SCALE, RATE_SCALE } from '../../../src/server/kernel/decimal.ts';
import { type AwOrder, awPriceHistory, awSpecialOffers } from './load.ts';

/** What resellers pay of the list price, before volume discounts. */
const RESELLER_RATE = 600_000n;
const PRICE_DECIMALS = 2;

export type RuleEntry = {
  productNumber: string;
  minQty: number;
  validFrom: string;
  validTo: string | null;
  unitPrice: string;
};

/** The list: an entry for each product, period of its list price and volume discount. */
export function ruleEntries(): RuleEntry[] {
  const breaks = awSpecialOffers()
    .filter(({ type }) => type === 'Volume Discount' || type === 'No Discount')
    .map(({ minQty, discountRate }) => ({
      minQty: Number(minQty),
      rate: RESELLER_RATE - (parseDecimal(discountRate, RATE_SCALE) ?? 0n),
    }));
  return awPriceHistory().flatMap(({ productNumber, validFrom, validTo, listPrice }) =>
    breaks.map(({ minQty, rate }) => ({
      productNumber,
      minQty,
      validFrom,
      validTo,
      unitPrice: formatDecimal(
        roundPrice(applyRate(parseDecimal(listPrice, PRICE_SCALE) ?? 0n, rate), PRICE_DECIMALS),
        PRICE_SCALE,
        PRICE_DECIMALS,
      ),
    })),
  );
}

/** What each line of an order costs by the rules; null where no price was listed on the day. A simple reading of the list, not the product's. */
export function ruledPrices(entries: ReadonlyMap<string, readonly RuleEntry[]>, order: AwOrder): (string | null)[] {
  const ordered = new Map<string, number>();
  for (const { productNumber, quantity } of order.lines)
    ordered.set(productNumber, (ordered.get(productNumber) ?? 0) + quantity);
  return order.lines.map(({ productNumber }) => {
    const quantity = ordered.get(productNumber) ?? 0;
    const holding = (entries.get(productNumber) ?? []).filter(
      ({ minQty, validFrom, validTo }) =>
        minQty <= quantity && validFrom <= order.orderOn && (validTo === null || validTo >= order.orderOn),
    );
    return (
      holding.reduce<RuleEntry | null>(
        (best, entry) => (best !== null && best.minQty >= entry.minQty ? best : entry),
        null,
      )?.unitPrice ?? null
    );
  });
}

export const entriesByProduct = (): Map<string, RuleEntry[]> =>
  Map.groupBy(ruleEntries(), ({ productNumber }) => productNumber);

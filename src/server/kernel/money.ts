/** Money: amounts are bigints in minor units of their currency. Rules of rounding: docs/conventions.md, "Numbers and time". */
import { currencyScale } from './currency.ts';
import { divRoundHalfUp, formatDecimal, PRICE_SCALE, parseDecimal, pow10, RATE_SCALE } from './decimal.ts';
import { QTY_SCALE } from './qty.ts';

export { capitalAmount } from './capital-amount.ts';
export { currencyScale, isCurrency } from './currency.ts';

/** Whether prices hold the tax already (含税) or tax comes on top. */
export type TaxMode = 'inclusive' | 'exclusive';

const ONE_RATE = pow10(RATE_SCALE);

/** Minor units to decimal text with all decimals of the currency: 140950n CNY is '1409.50'. Throws RangeError for an unknown currency. */
export function formatAmount(minor: bigint, currency: string): string {
  const scale = currencyScale(currency);
  return formatDecimal(minor, scale, scale);
}

/** Decimal text to minor units; null when it is no number or has more decimals than the currency. Throws RangeError for an unknown currency. */
export function parseAmount(text: string, currency: string): bigint | null {
  return parseDecimal(text, currencyScale(currency));
}

/**
 * Quantity (scale 4) × unit price (scale 6) in minor units, rounded once, half up. The price is that of `unitFactor` of what the quantity
 * counts (scale 4): 240 pieces at 100.00 a box of twelve are 2000.00, whatever a twelfth of 100 is.
 */
export function lineGross(qty: bigint, unitPrice: bigint, currency: string, unitFactor = pow10(QTY_SCALE)): bigint {
  return divRoundHalfUp(
    qty * unitPrice * pow10(QTY_SCALE),
    unitFactor * pow10(QTY_SCALE + PRICE_SCALE - currencyScale(currency)),
  );
}

/**
 * Splits the amount of one line, after all discounts, at a rate (scale 6).
 * Inclusive: the amount is the gross, net = round(gross / (1 + r)), tax = gross − net.
 * Exclusive: the amount is the net, tax = round(net × r). Always net + tax = gross.
 */
export function taxOf(
  amountAfterDiscount: bigint,
  rate: bigint,
  mode: TaxMode,
): { net: bigint; tax: bigint; gross: bigint } {
  if (rate < 0n) throw new RangeError(`negative tax rate: ${rate}`);
  switch (mode) {
    case 'inclusive': {
      const net = divRoundHalfUp(amountAfterDiscount * ONE_RATE, ONE_RATE + rate);
      return { net, tax: amountAfterDiscount - net, gross: amountAfterDiscount };
    }
    case 'exclusive': {
      const tax = divRoundHalfUp(amountAfterDiscount * rate, ONE_RATE);
      return { net: amountAfterDiscount, tax, gross: amountAfterDiscount + tax };
    }
  }
}

/** A unit price (scale 6) rounded half up to fewer decimals (0 to 6), still at scale 6. */
export function roundPrice(price: bigint, scale: number): bigint {
  if (scale < 0 || scale > PRICE_SCALE) throw new RangeError(`a price has 0 to ${PRICE_SCALE} decimals, not ${scale}`);
  const unit = pow10(PRICE_SCALE - scale);
  return divRoundHalfUp(price, unit) * unit;
}

/** A value times a rate (scale 6), rounded half up to the value's own scale: a price after a percentage, a discount of an amount. */
export function applyRate(price: bigint, rate: bigint): bigint {
  return divRoundHalfUp(price * rate, ONE_RATE);
}

/**
 * Spreads a total in proportion to weights, by largest remainder; equal remainders go to the lower index.
 * The parts always sum to the total. A negative total gives the negatives of the parts of its absolute value. Weights that are all zero
 * give equal parts. Throws RangeError for a negative weight, and for a total ≠ 0 without anybody to give it to.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n) return allocate(-total, weights).map((part) => -part);
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight is negative');
  if (weights.length === 0) {
    if (total === 0n) return [];
    throw new RangeError('nobody to allocate to');
  }
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n)
    return allocate(
      total,
      Array.from(weights, () => 1n),
    );
  const parts = weights.map((weight, index) => ({
    index,
    part: (total * weight) / sum,
    remainder: (total * weight) % sum,
  }));
  let left = total - parts.reduce((given, { part }) => given + part, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return parts.map(({ part }) => part);
}

/** Quantities: bigints of scale 4, so that 1.5 metres is 15000n. */
import { formatDecimal, parseDecimal, pow10 } from './decimal.ts';

/** Decimals of a quantity. */
export const QTY_SCALE = 4;

const ONE = pow10(QTY_SCALE);

/** Decimal text to a quantity; null when it is no number, has more than 4 decimals or more than 18 digits. */
export function parseQty(text: string): bigint | null {
  return parseDecimal(text, QTY_SCALE);
}

/** A quantity as decimal text without trailing zeros: 15000n is '1.5'. */
export function formatQty(q: bigint): string {
  return formatDecimal(q, QTY_SCALE);
}

/** Whether the quantity is a whole number of units. */
export function isWhole(q: bigint): boolean {
  return q % ONE === 0n;
}

/** Whether the quantity is a multiple of a pack size (scale 4). Throws RangeError unless the pack size is above zero. */
export function isMultipleOf(q: bigint, multiple: bigint): boolean {
  if (multiple <= 0n) throw new RangeError(`a multiple is above zero, not ${multiple}`);
  return q % multiple === 0n;
}

/** Exact decimal numbers: a bigint together with a scale that its place in the code fixes. */

/** Decimals of a unit price. */
export const PRICE_SCALE = 6;
/** Decimals of a rate: 0.13 is 130000. */
export const RATE_SCALE = 6;

const MAX_DIGITS = 18;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
const POWERS: readonly bigint[] = Array.from({ length: MAX_DIGITS + 1 }, (_, n) => 10n ** BigInt(n));

/** 10 to the power n, for 0 ≤ n. */
export function pow10(n: number): bigint {
  return POWERS[n] ?? 10n ** BigInt(n);
}

/**
 * Decimal text to a bigint of that scale: `parseDecimal('1.5', 4)` is 15000n.
 * Strict: an optional '-', ASCII digits, optionally '.' and digits; no exponent, blank, plus sign, thousands separator or full-width digit.
 * Null (never a rounded value) for more decimals than `scale`, for negative zero, for more than 18 digits in all, and for a value
 * that would need more than 18 digits at that scale (so that it always fits a `bigint` column).
 */
export function parseDecimal(text: string, scale: number): bigint | null {
  if (text.length > MAX_DIGITS + 2) return null;
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > scale || whole.length + fraction.length > MAX_DIGITS) return null;
  const value = BigInt(whole + fraction) * pow10(scale - fraction.length);
  if (value >= pow10(MAX_DIGITS)) return null;
  if (sign === '') return value;
  return value === 0n ? null : -value;
}

/** The decimal text of a scaled bigint, without trailing zeros but with at least `minDecimals` decimals. */
export function formatDecimal(value: bigint, scale: number, minDecimals = 0): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let end = digits.length;
  const least = whole.length + Math.min(minDecimals, scale);
  while (end > least && digits.charCodeAt(end - 1) === 48) end -= 1;
  const fraction = digits.slice(whole.length, end).padEnd(minDecimals, '0');
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** n / d as a whole number, halves away from zero, so that −x rounds to the negative of x. Throws RangeError for d = 0. */
export function divRoundHalfUp(n: bigint, d: bigint): bigint {
  if (d === 0n) throw new RangeError('division by zero');
  const dividend = n < 0n ? -n : n;
  const divisor = d < 0n ? -d : d;
  const rounded = (2n * dividend + divisor) / (2n * divisor);
  return n < 0n === d < 0n ? rounded : -rounded;
}

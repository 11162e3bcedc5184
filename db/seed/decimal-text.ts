/** Exact arithmetic on decimal text for seed data: fixed scale, bigint units, nothing rounded in silence. */

/** Decimal text → units of 10^-scale. Throws when the text is no decimal or holds more decimals than the scale (trailing zeros aside). */
export function toUnits(text: string, scale: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) throw new Error(`not a decimal: ${text}`);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > scale) throw new Error(`more than ${scale} decimals: ${text}`);
  const units = BigInt(`${match[2]}${fraction.padEnd(scale, '0')}`);
  return match[1] === '-' ? -units : units;
}

/** Units of 10^-scale → decimal text with exactly `scale` decimals. */
export function fromUnits(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Whole number text → number. Throws for anything but an integer within the safe range. */
export function toInt(text: string): number {
  const value = Number.parseInt(text, 10);
  if (!Number.isSafeInteger(value) || String(value) !== text) throw new Error(`not a whole number: ${text}`);
  return value;
}

/** Rounds a ratio half up, away from zero. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new Error('denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}

/** Decimal text of seed files, read strictly: what cannot be read exactly is an error of the file and throws. */
import { formatDecimal, parseDecimal } from '../../src/server/kernel/decimal.ts';

/** Decimal text → units of 10^-scale. Throws when the text is no decimal or holds more decimals than the scale. */
export function toUnits(text: string, scale: number): bigint {
  const units = parseDecimal(text, scale);
  if (units === null) throw new Error(`not a decimal of ${scale} places: ${text}`);
  return units;
}

/** Units of 10^-scale → decimal text with exactly `scale` decimals. */
export function fromUnits(units: bigint, scale: number): string {
  return formatDecimal(units, scale, scale);
}

/** Whole number text → number. Throws for anything but an integer within the safe range. */
export function toInt(text: string): number {
  const value = Number.parseInt(text, 10);
  if (!Number.isSafeInteger(value) || String(value) !== text) throw new Error(`not a whole number: ${text}`);
  return value;
}

/**
 * Units of measure. Pure. A product is counted in its base unit and can be ordered and priced in others; a factor says how much of the base
 * unit one of them is (scale 4: a box of twelve is 120000). Stock, reservations and deliveries are always in the base unit. Source: R3.3.
 */
import { pow10 } from '../../kernel/decimal.ts';
import { QTY_SCALE } from '../../kernel/qty.ts';
import { foldUnit } from '../company/index.ts';

export type Unit = { unit: string; unitEn: string | null; factor: bigint };
/** As the database hands it over: unit, English name, factor. */
export type UnitTuple = readonly [string, string | null, string];
export type Measured = { unit: string; unit_en?: string | null; units: readonly UnitTuple[] | null };

/** The factor of the base unit itself. */
export const ONE_UNIT = pow10(QTY_SCALE);

/** All units of a product, the base unit first. */
export const unitsOf = (product: Measured): Unit[] => [
  { unit: product.unit, unitEn: product.unit_en ?? null, factor: ONE_UNIT },
  ...(product.units ?? []).map(([unit, unitEn, factor]) => ({ unit, unitEn, factor: BigInt(factor) })),
];

/** The unit that a text means: its name or its English name, whatever the case, width and script of the letters; null when the product has no such unit. */
export function unitNamed(product: Measured, text: string): Unit | null {
  const wanted = foldUnit(text);
  const is = (name: string | null) => name !== null && foldUnit(name) === wanted;
  return unitsOf(product).find(({ unit, unitEn }) => is(unit) || is(unitEn)) ?? null;
}

/** A quantity of a unit in the base unit; null when that is not exact to 4 decimals. */
export function toBase(qty: bigint, factor: bigint): bigint | null {
  const product = qty * factor;
  return product % ONE_UNIT === 0n ? product / ONE_UNIT : null;
}

/** A base quantity in a unit; null when that is not exact to 4 decimals: five pieces are no number of boxes of twelve. */
export function fromBase(qty: bigint, factor: bigint): bigint | null {
  const scaled = qty * ONE_UNIT;
  return scaled % factor === 0n ? scaled / factor : null;
}

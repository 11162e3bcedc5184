/** What products may have: tax rates and units that the company keeps in its lists. Source: R4.1 (right to the cent), R3.3 (units). */
import { formatDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { foldUnit } from './unit-names.ts';

export type Wanted = {
  /** Scale 6; null when it is not asked for. */
  taxRate: bigint | null;
  /** With the fields that they were given in. */
  units: readonly { field: string; unit: string }[];
};

/** The rates and units that are in use. */
export type Listed = { rates: readonly bigint[]; names: ReadonlySet<string> };

export async function loadListed(tx: Tx): Promise<Listed> {
  const [rates, units] = await Promise.all([
    tx.query<{ rate: bigint }>(sql`select rate from tax_rate where is_active order by rate desc`),
    tx.query<{ name: string; name_hans: string | null; name_en: string | null }>(
      sql`select name, name_hans, name_en from unit_of_measure where is_active order by name`,
    ),
  ]);
  return {
    rates: rates.map(({ rate }) => rate),
    names: new Set(
      units.flatMap(({ name, name_hans, name_en }) => [name, name_hans ?? name, name_en ?? name]).map(foldUnit),
    ),
  };
}

/**
 * Refuses a rate or a unit that is not in use: product.tax_rate_unknown, product.unit_unknown. Units are known by any of their spellings.
 * Ask only for what changes: products keep what was retired since.
 */
export function requireListed({ rates, names }: Listed, { taxRate, units }: Wanted): void {
  if (taxRate !== null && !rates.includes(taxRate)) {
    const listed = rates.map((rate) => formatDecimal(rate, RATE_SCALE)).join(', ');
    throw refuse('product.tax_rate_unknown', { rate: formatDecimal(taxRate, RATE_SCALE), listed }, 'taxRate');
  }
  const unknown = units.find(({ unit }) => !names.has(foldUnit(unit)));
  if (unknown !== undefined) throw refuse('product.unit_unknown', { unit: unknown.unit }, unknown.field);
}

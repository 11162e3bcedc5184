/** Administrative regions as the other modules use them. */
import { isAddressRegion, isRegionCode, regionPath } from '../../../../db/reference/regions.ts';
import { refuse } from '../../kernel/refusal.ts';

/** Refuses a code that is no region (GB/T 2260). `address`: it must name a place that goods can be sent to. */
export function requireRegion(code: string | null | undefined, field: string, address = false): void {
  if (code === null || code === undefined) return;
  if (!(address ? isAddressRegion(code) : isRegionCode(code))) throw refuse('region.unknown', { code }, field);
}

/** The names from province to district in one text, or null. */
export const regionText = (code: string | null): string | null => {
  const path = code === null ? [] : regionPath(code);
  return path.length === 0 ? null : path.join('');
};

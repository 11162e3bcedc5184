/** 统一社会信用代码 (GB 32100-2015): 17 symbols and a check symbol, of an alphabet without I O S V Z. */

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/**
 * What is wrong with a code, or null. Registries of the early pilot issued codes that fail the checksum: warn and let a person
 * pass with a reason, never refuse silently. Lower case counts as a wrong symbol.
 */
export function usccProblem(code: string): 'length' | 'symbol' | 'checksum' | null {
  if (code.length !== 18) return 'length';
  for (const symbol of code) if (!SYMBOLS.includes(symbol)) return 'symbol';
  return code === makeUscc(code.slice(0, 17)) ? null : 'checksum';
}

/** The 17 symbols followed by their check symbol. Throws RangeError unless given 17 symbols of the alphabet. */
export function makeUscc(first17: string): string {
  if (first17.length !== WEIGHTS.length) throw new RangeError(`17 symbols wanted, not ${first17.length}`);
  const sum = WEIGHTS.reduce((total, weight, position) => {
    const value = SYMBOLS.indexOf(first17.charAt(position));
    if (value < 0) throw new RangeError(`symbol ${position + 1} is not of the alphabet`);
    return total + weight * value;
  }, 0);
  return first17 + SYMBOLS.charAt((31 - (sum % 31)) % 31);
}

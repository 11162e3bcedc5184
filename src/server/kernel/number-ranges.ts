/** What somebody who types a number may mean: ranges of texts in byte order, so that an index finds them. */

export type Ranges = { from: string[]; to: string[] };

const DIGITS = 6;
/** Years back in which a bare running number is looked for. */
const YEARS = 12;
/** Above every character that a text can hold. */
const LAST = '\u{10FFFF}';

/**
 * Texts that begin with what was typed, in its own, upper and lower case. With a prefix (`SO`) also the document's number when only its
 * end was typed: `2026-000123`, `000123` or `123`.
 */
export function numberRanges(typed: string, options: { prefix?: string; year: number }): Ranges {
  const starts = new Set([typed, typed.toUpperCase(), typed.toLowerCase()]);
  const { prefix, year } = options;
  if (prefix !== undefined && /^\d{4}-\d*$/.test(typed)) starts.add(`${prefix}-${typed}`);
  if (prefix !== undefined && /^\d{1,9}$/.test(typed)) {
    for (let back = 0; back < YEARS; back += 1) starts.add(`${prefix}-${year - back}-${typed.padStart(DIGITS, '0')}`);
  }
  const from = [...starts];
  return { from, to: from.map((start) => start + LAST) };
}

/** The text for a LIKE that finds exactly these characters anywhere: %, _ and \ mean themselves. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

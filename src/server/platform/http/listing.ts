/** What lists have in common besides their pages. */

/** Counting stops here: a list says "10,000+" instead of counting on. */
export const COUNT_UP_TO = 10_001;

/** From `select count(*) as n from (… limit COUNT_UP_TO)`; undefined on later pages, where nobody counts again. */
export function totalOf(counts: readonly { n: bigint }[]): { count: number; exact: boolean } | undefined {
  const [first] = counts;
  if (first === undefined) return undefined;
  const count = Number.parseInt(first.n.toString(), 10);
  return { count: Math.min(count, COUNT_UP_TO - 1), exact: count < COUNT_UP_TO };
}

/** What somebody searches for, for `like '%' || … || '%'`: trimmed, with wildcards taken literally; null for nothing. */
export function likeText(q: string | undefined): string | null {
  const text = q?.trim() ?? '';
  return text === '' ? null : text.replace(/[\\%_]/g, '\\$&');
}

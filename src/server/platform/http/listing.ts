/** What lists have in common besides their pages. */
import { type Sql, sql } from '../db/database.ts';

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

/**
 * The key by which lists of work are sorted, ascending: what is open by its day, the nearest first and without a day last; then what is
 * done, the latest day first. Indexes hold it as it stands here.
 */
export const turn = (isOpen: Sql, day: Sql): Sql =>
  sql`(case when ${isOpen} then coalesce(${day} - date '2000-01-01', 999999) else 10000000 - coalesce(${day} - date '2000-01-01', 0) end)`;

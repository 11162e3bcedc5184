/** Periods of prices. Pure. A product has one price in a list for a quantity break on a day. Source: R4.1. */
import { addDays, type BizDate } from '../../kernel/biz-date.ts';

export type Period = {
  product_id: string;
  min_qty: bigint;
  unit: string | null;
  valid_from: BizDate;
  valid_to: BizDate;
};

/** What only one price may hold for on a day. */
const keyOf = ({ product_id, min_qty, unit }: Period) => `${product_id} ${min_qty} ${unit ?? ''}`;
const sameKey = (a: Period, b: Period) => keyOf(a) === keyOf(b);

const overlaps = (a: Period, b: Period) => sameKey(a, b) && a.valid_from <= b.valid_to && b.valid_from <= a.valid_to;

/** The first period among `kept`, then among the earlier ones of `added`, that `added[i]` overlaps; null when all fit. */
export function firstOverlap<P extends Period>(
  kept: readonly P[],
  added: readonly P[],
): { at: number; with: P } | null {
  const groups = new Map<string, P[]>();
  const groupOf = (period: Period) => {
    const key = keyOf(period);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    return group;
  };
  for (const period of kept) groupOf(period).push(period);
  for (const [at, period] of added.entries()) {
    const group = groupOf(period);
    const other = group.find((candidate) => overlaps(candidate, period));
    if (other !== undefined) return { at, with: other };
    group.push(period);
  }
  return null;
}

/** What is still running when a new price of the same product and break starts later ends the day before. Gives the changed ones. */
export function closedBefore<P extends Period>(kept: readonly P[], added: readonly Period[]): P[] {
  return kept.flatMap((period) => {
    const starts = added
      .filter((next) => sameKey(next, period))
      .filter((next) => next.valid_from > period.valid_from && next.valid_from <= period.valid_to)
      .map((next) => next.valid_from)
      .sort();
    const [first] = starts;
    return first === undefined ? [] : [{ ...period, valid_to: addDays(first, -1) }];
  });
}

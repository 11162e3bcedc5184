/** Chance that can be repeated: the same seed gives the same numbers on every machine. */
export type Random = {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
  /** One of the items. Throws for an empty list. */
  pick<T>(items: readonly T[]): T;
};

/** A generator of its own for each name, so that a change in one story leaves all others as they were. */
export function randomOf(seed: string, name: string): Random {
  let state = 2166136261;
  for (const letter of `${seed}/${name}`) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  return {
    int: (low, high) => low + below(high - low + 1),
    percent: (share) => below(100) < share,
    pick: (items) => {
      const item = items[below(Math.max(1, items.length))];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

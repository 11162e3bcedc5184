/**
 * A waiting room with a lane for each caller. Lanes take turns, so that nobody waits for another one's flood; in a lane who came first goes
 * first. The room is bounded: when it is full, whoever holds most of it gives up the newest place, so that a flood does not shut the others out.
 */
export type Lanes<T> = {
  size(): number;
  /** Takes one in. Returns whom the full room has no place for: the newest of the longest lane, or the newcomer; null where there was room. */
  add(whose: string, one: T): T | null;
  /** The next one by turn, which leaves the room. */
  next(): T | undefined;
};

export function lanes<T>(most: number): Lanes<T> {
  const byCaller = new Map<string, T[]>();
  let size = 0;

  function longest(): T[] {
    let found: T[] = [];
    for (const lane of byCaller.values()) if (lane.length > found.length) found = lane;
    return found;
  }

  return {
    size: () => size,
    add(whose, one) {
      const lane = byCaller.get(whose) ?? [];
      let out: T | null = null;
      if (size >= most) {
        const full = longest();
        if (full.length <= lane.length + 1) return one;
        out = full.pop() ?? null;
        size -= 1;
      }
      lane.push(one);
      size += 1;
      if (lane.length === 1) byCaller.set(whose, lane);
      return out;
    },
    next() {
      for (const [whose, lane] of byCaller) {
        const one = lane.shift();
        size -= 1;
        // To the end of the turn.
        byCaller.delete(whose);
        if (lane.length > 0) byCaller.set(whose, lane);
        return one;
      }
      return undefined;
    },
  };
}

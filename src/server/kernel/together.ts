const LONG_MS = 250;

/**
 * Joins calls of one kind: a call while nothing is under way starts at once; those that come meanwhile go together in the next turn. An idle
 * caller never waits, a crowd costs one read. A turn that takes long (a connection hangs, a row is held) lets the next one go before it
 * ends. The work gets each key once, and answers in their order.
 */
export function together<K, V>(
  work: (keys: readonly K[]) => Promise<readonly V[]>,
  longMs = LONG_MS,
): (key: K) => Promise<V> {
  type Waiting = { key: K; resolve(value: V): void; reject(error: unknown): void };
  let waiting: Waiting[] = [];
  let underWay = false;

  function next(): void {
    if (underWay || waiting.length === 0) return;
    underWay = true;
    const batch = waiting;
    waiting = [];
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      clearTimeout(timer);
      underWay = false;
      next();
    };
    const timer = setTimeout(leave, longMs).unref();
    void answer(batch, leave);
  }

  async function answer(batch: readonly Waiting[], leave: () => void): Promise<void> {
    const keys = [...new Set(batch.map(({ key }) => key))];
    try {
      const values = new Map((await work(keys)).map((value, i) => [keys[i], value]));
      for (const { key, resolve, reject } of batch) {
        const value = values.get(key);
        if (value === undefined) reject(new Error('no answer for a key'));
        else resolve(value);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    leave();
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      next();
    });
}

/**
 * Joins calls of one kind: a call while nothing is under way starts at once; those that come meanwhile go together in the next turn. An idle
 * caller never waits, a crowd costs one read. The work gets each key once, and answers in their order.
 */
export function together<K, V>(work: (keys: readonly K[]) => Promise<readonly V[]>): (key: K) => Promise<V> {
  type Waiting = { key: K; resolve(value: V): void; reject(error: unknown): void };
  let waiting: Waiting[] = [];
  let underWay = false;

  async function run(): Promise<void> {
    underWay = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
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
    }
    underWay = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!underWay) void run();
    });
}

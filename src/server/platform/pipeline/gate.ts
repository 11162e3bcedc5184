/** Lets so many pieces of work through at a time; the others wait, callers by turns, a bounded number of them, then 503 with Retry-After. */
import { refuse } from '../../kernel/refusal.ts';
import { lanes } from './lanes.ts';

export type Gate = {
  run<T>(work: () => Promise<T>, whose?: string): Promise<T>;
  /** How many wait now. */
  waiting(): number;
  /** Calls back for each that had to wait and was let in. */
  onWaited(listener: (ms: number) => void): void;
};

type Waiting = { enter(): void; turnAway(why: unknown): void };

export function gate(atOnce: number, mostWaiting: number): Gate {
  const waiting = lanes<Waiting>(mostWaiting);
  let inside = 0;
  let heard: (ms: number) => void = () => {};

  async function wait(whose: string): Promise<void> {
    const since = performance.now();
    await new Promise<void>((enter, turnAway) => {
      waiting.add(whose, { enter, turnAway })?.turnAway(refuse('request.busy'));
    });
    heard(performance.now() - since);
  }

  return {
    waiting: () => waiting.size(),
    onWaited(listener) {
      heard = listener;
    },
    async run(work, whose = '') {
      // Whoever leaves hands its place over.
      if (inside >= atOnce) await wait(whose);
      else inside += 1;
      try {
        return await work();
      } finally {
        const next = waiting.next();
        if (next === undefined) inside -= 1;
        else next.enter();
      }
    },
  };
}

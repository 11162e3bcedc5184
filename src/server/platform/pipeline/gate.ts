/** Lets so many pieces of work through at a time; the others wait in order of arrival, a bounded number of them, then 503 with Retry-After. */
import { refuse } from '../../kernel/refusal.ts';

export type Gate = { run<T>(work: () => Promise<T>): Promise<T> };

export function gate(atOnce: number, mostWaiting: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    async run(work) {
      if (inside >= atOnce) {
        if (waiting.length >= mostWaiting) throw refuse('request.busy');
        // Whoever leaves hands its place over.
        await new Promise<void>((enter) => waiting.push(enter));
      } else inside += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) inside -= 1;
        else next();
      }
    },
  };
}

/** Idempotency keys: one per submit. The same content sent again after an unknown outcome goes under the same key; anything else gets a new one. */
import { newKey } from './client.ts';
import { isProblem } from './problem.ts';

export type SubmitKeys = { keyFor(content: unknown): string; settled(error?: unknown): void };

/** `settled()` after an answer; with an error that may be retried, the key is kept. */
export function submitKeys(make: () => string = newKey): SubmitKeys {
  let current: { key: string; content: string } | null = null;
  return {
    keyFor(content) {
      const text = JSON.stringify(content) ?? '';
      if (current?.content !== text) current = { key: make(), content: text };
      return current.key;
    },
    settled(error) {
      if (error !== undefined && isProblem(error) && error.retryable) return;
      current = null;
    },
  };
}

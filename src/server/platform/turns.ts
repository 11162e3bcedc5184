/** Long work on the one thread that answers everybody. */
import { setImmediate } from 'node:timers/promises';

/** More than a lone order takes, less than anybody sees. */
const LONGEST_MS = 10;

/**
 * To be asked between two pieces of long work: a promise to wait for when the work has held the thread for long enough, in which others are
 * answered; undefined when it may go on.
 */
export function turns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}

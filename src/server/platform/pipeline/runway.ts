/**
 * Places for the batches of all queues of a node. What waits for a place grows meanwhile, and few large batches cost less than many small
 * ones; more of them than the machine has processors for would only wait for each other. A batch that takes long (it waits for what
 * somebody else holds) gives its place up, so that nobody waits for it.
 */
export type Runway = {
  /** Calls `go` when there is a place, at once if there is one now; places are given in order. `leave` gives it back. */
  enter(go: (leave: () => void) => void): void;
};

/** One is decided while the other is written. */
const FEWEST = 2;
const LONG_MS = 250;

export function runway(processors: number, longMs = LONG_MS): Runway {
  const waiting: ((leave: () => void) => void)[] = [];
  let free = Math.max(FEWEST, processors);

  function give(go: (leave: () => void) => void): void {
    free -= 1;
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      clearTimeout(timer);
      free += 1;
      const next = waiting.shift();
      if (next !== undefined) give(next);
    };
    const timer = setTimeout(leave, longMs).unref();
    go(leave);
  }

  return {
    enter(go) {
      if (free > 0) give(go);
      else waiting.push(go);
    },
  };
}

/** Removing what has had its time, without standing in anybody's way. */
import { COMPANY, type Tx } from '../db/database.ts';
import type { Runtime } from '../pipeline/run.ts';

/** Rows of one step. */
export const STEP = 1000;
/** A turn ends after this, and the rest goes at the next one: a job has several, and its lock lasts a minute. */
const TURN_MS = 6000;

/** Carries out one step after the other, each a short transaction of its own, until one finds less than it may take. Returns how many rows went. */
export async function inSteps(
  { database }: Pick<Runtime, 'database'>,
  step: (tx: Tx) => Promise<number>,
  atOnce = STEP,
): Promise<number> {
  const until = performance.now() + TURN_MS;
  let gone = 0;
  for (;;) {
    const found = await database.write(COMPANY, step);
    gone += found;
    if (found < atOnce || performance.now() > until) return gone;
  }
}

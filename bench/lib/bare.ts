/**
 * The bare route beside a goal that is a figure: Fastify and one function call for each request (bare.ts). A figure in milliseconds means
 * something else on every machine and in every hour; how many times of the bare route's does not.
 */
import type { House } from './house.ts';
import type { Job, Load } from './jobs.ts';
import { standsStill } from './limit.ts';
import { round } from './row.ts';

/** How many times of the bare route's a row takes, beside how many the goal was when it was set. */
export const besideBare = (value: number, bare: number, goalTimes: number) => ({
  bare: round(bare, 2),
  timesBare: round(value / bare, 2),
  goalTimesBare: goalTimes,
});

/** A load on the bare route while the product stands still, with nothing of the log unread. */
export async function bareLoad(
  house: House,
  job: Pick<Job, 'work' | 'connections' | 'seconds'> & Partial<Job>,
): Promise<Load> {
  const [bare, server] = [await house.bare(), await house.server()];
  await house.caughtUp();
  await standsStill(house, server);
  try {
    await house.superuser.query('checkpoint');
    return await house.load(job, bare);
  } finally {
    server.goOn();
  }
}

import { expect, it } from 'vitest';
import { fixedClock, instant } from '../../kernel/clock.ts';
import { silentLog } from '../log.ts';
import type { Runtime } from '../pipeline/run.ts';
import { type LocalJob, startJobs } from './timed-jobs.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('P21 jobs that come due together take turns, none is left out, and none begins when the node stops', async () => {
  let inside = 0;
  let most = 0;
  const runs = new Map<string, number>();
  const jobs = Array.from({ length: 8 }, (_, n): LocalJob => {
    const name = `job ${n}`;
    return {
      name,
      everyMs: 5,
      async runHere() {
        inside += 1;
        most = Math.max(most, inside);
        runs.set(name, (runs.get(name) ?? 0) + 1);
        await pause(5);
        inside -= 1;
      },
    };
  });
  const host = startJobs({
    runtime: {} as Runtime,
    clock: fixedClock(instant('2026-03-10T02:00:00Z')),
    log: silentLog(),
    jobs,
  });
  await expect
    .poll(() => Math.min(...jobs.map(({ name }) => runs.get(name) ?? 0)), { timeout: 10_000 })
    .toBeGreaterThan(2);
  await host.stop();
  expect([inside, most]).toEqual([0, 3]);
  const after = [...runs.values()];
  await pause(30);
  expect([...runs.values()]).toEqual(after);
});

/** What runs beside the answering of requests: readers of the event log and timed jobs. Started by main.ts once the server listens. */
import type { Services } from './platform/http/services.ts';
import type { Log } from './platform/log.ts';

export type Worker = { /** Finishes what is under way. */ stop(): Promise<void> };
export type StartWorker = (services: Services, log: Log) => Worker | Promise<Worker>;

const starters: readonly StartWorker[] = [];

export async function startWorkers(services: Services, log: Log): Promise<Worker> {
  const workers: Worker[] = [];
  for (const start of starters) workers.push(await start(services, log));
  return {
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

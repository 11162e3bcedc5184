/** What runs beside the answering of requests: readers of the event log, timed jobs, the sealer. Started by main.ts once the server listens. */
import { startBackground } from './jobs.ts';
import type { Config } from './platform/config.ts';
import type { Services } from './platform/http/services.ts';
import type { Log } from './platform/log.ts';

export type Worker = { /** Finishes what is under way. */ stop(): Promise<void> };

export const startWorkers = (
  services: Services,
  log: Log,
  config: Pick<Config, 'dataDir' | 'sealKey' | 'sealCopy' | 'smtpTls'>,
): Promise<Worker> => startBackground({ services, log, seal: config, smtpTls: config.smtpTls });

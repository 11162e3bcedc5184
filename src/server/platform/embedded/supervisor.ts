/** Keeps the server running: when it dies it is started again on the same port, with growing pauses. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Exit, type Launch, launch, type Postmaster, shutDown } from './postmaster.ts';

/** The server died although nobody asked it to; it comes back after `restartInMs`. */
export type ExitEvent = Exit & { restartInMs: number };
export type Supervisor = {
  onExit(callback: (event: ExitEvent) => void): void;
  stop(): Promise<void>;
};

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** A server that ran this long was healthy: the next pause is short again (P2: back within 10 s, however often it dies). */
const HEALTHY_AFTER_MS = 2000;

export function supervise(first: Postmaster, options: Launch, log: Log): Supervisor {
  const callbacks = new Set<(event: ExitEvent) => void>();
  const stopping = new AbortController();
  let current: Postmaster | null = first;
  // Without a parent-death signal (macOS) this is the last chance to take the server along.
  const onProcessExit = () => void current?.child.kill('SIGINT');
  process.once('exit', onProcessExit);

  const restart = async (pause: number): Promise<void> => {
    await sleep(pause, undefined, { signal: stopping.signal });
    try {
      current = await launch(options);
      log.info({ port: options.port }, 'embedded PostgreSQL is back');
    } catch (error) {
      log.error({ err: error }, 'embedded PostgreSQL could not be started again');
    }
  };

  const watch = async (): Promise<void> => {
    let pause = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      if (current !== null) {
        const since = performance.now();
        const exit = await current.exited;
        current = null;
        if (stopping.signal.aborted) return;
        if (performance.now() - since > HEALTHY_AFTER_MS) pause = FIRST_PAUSE_MS;
        log.error({ ...exit, restartInMs: pause }, 'embedded PostgreSQL died; it is started again');
        for (const callback of callbacks) callback({ ...exit, restartInMs: pause });
      }
      await restart(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'embedded PostgreSQL is no longer supervised');
  });

  return {
    onExit: (callback) => void callbacks.add(callback),
    async stop() {
      stopping.abort();
      const running = current;
      if (running !== null) await shutDown(running, options);
      await watching;
      // A restart that was under way when the stop came may have finished in between.
      const late: Postmaster | null = current;
      if (late !== null && late !== running) await shutDown(late, options);
      process.removeListener('exit', onProcessExit);
    },
  };
}

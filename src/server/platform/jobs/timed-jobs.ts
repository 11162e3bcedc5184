/** Work that the clock starts. Each job runs on one node at a time, under an advisory lock; a run that fails is tried again at the next turn. */
import type { Clock } from '../../kernel/clock.ts';
import { COMPANY, sql, type Tx } from '../db/database.ts';
import type { Log } from '../log.ts';
import { gate } from '../pipeline/gate.ts';
import type { Runtime } from '../pipeline/run.ts';
import type { Env } from '../pipeline/types.ts';

export type JobContext = {
  /** The transaction that holds the job's lock. What the job writes here is there when it ends; commands run in transactions of their own. */
  tx: Tx;
  env: Env;
  now: Date;
  runtime: Runtime;
  log: Log;
};

export type TimedJob = {
  name: string;
  everyMs: number;
  run(context: JobContext): Promise<void>;
};

/** A job of this node alone (files, memory): without a lock between nodes. */
export type LocalJob = { name: string; everyMs: number; runHere(now: Date): Promise<void> };

export type JobHost = {
  /** Runs a job now and waits for it; throws what it throws. False when another node is at it. */
  run(name: string): Promise<boolean>;
  /** Lets what is running finish, starts nothing more. */
  stop(): Promise<void>;
};

export type JobHostOptions = { runtime: Runtime; clock: Clock; log: Log; jobs: readonly (TimedJob | LocalJob)[] };

/** So many jobs of a node run at a time: each holds a connection to the database while its commands take others, and people need some too. */
const AT_ONCE = 3;

/** First key of the advisory locks of jobs; the second is made from the name. */
const LOCKS = 7204;

/** Runs a job once if no other node does. */
export async function runJob(options: JobHostOptions, job: TimedJob | LocalJob): Promise<boolean> {
  const now = options.clock.now();
  if ('runHere' in job) {
    await job.runHere(now);
    return true;
  }
  const { runtime, log } = options;
  const env = await runtime.env(now);
  return runtime.database.write(COMPANY, async (tx) => {
    const rows = await tx.query<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${LOCKS}::int, hashtext(${job.name})) as mine`,
    );
    if (rows[0]?.mine !== true) return false;
    await job.run({ tx, env, now, runtime, log });
    return true;
  });
}

export function startJobs(options: JobHostOptions): JobHost {
  const { log, jobs } = options;
  let stopping = false;
  const running = new Set<Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const turns = gate(AT_ONCE, jobs.length);

  const turn = async (job: TimedJob | LocalJob) => {
    try {
      await turns.run(async () => stopping || runJob(options, job));
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a timed job failed');
    }
    if (!stopping) schedule(job, job.everyMs);
  };
  const schedule = (job: TimedJob | LocalJob, ms: number) => {
    const timer = setTimeout(() => {
      const promise = turn(job).finally(() => running.delete(promise));
      running.add(promise);
    }, ms);
    timer.unref();
    timers.set(job.name, timer);
  };
  // Not all at once, and not in the first moment of a start.
  jobs.forEach((job, i) => {
    schedule(job, Math.min(job.everyMs, 2000 + 250 * i));
  });

  return {
    async run(name) {
      const job = jobs.find((candidate) => candidate.name === name);
      if (job === undefined) throw new Error(`there is no job ${name}`);
      return runJob(options, job);
    },
    async stop() {
      stopping = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

/** The processes of a measurement: the product, the load generator; and what each process has used of the machine. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_FLAGS } from '../../scripts/lib/node24.mjs';
import type { CycleJob, CycleLoad, Job, Load } from './jobs.ts';

const here = fileURLToPath(new URL('..', import.meta.url));
const FLAGS = ['--disable-warning=ExperimentalWarning'];

export type Usage = { cpuSeconds: number; rss: number; heapUsed: number; statements: number };
export type Server = {
  port: number;
  usage(): Promise<Usage>;
  /** Stands still until it goes on: what is measured beside it has the machine to itself. */
  pause(): void;
  goOn(): void;
  stop(): Promise<void>;
};

let lastPort = 20_000 + (process.pid % 20_000);

export const startServer = (appUrl: string, wasteMs?: number): Promise<Server> =>
  started('server.ts', appUrl, wasteMs === undefined ? [] : [String(wasteMs)]);

/** `answerFile` holds what an order stores as its answer. */
export const startBare = (ownerUrl: string, answerFile: string): Promise<Server> =>
  started('bare.ts', ownerUrl, [answerFile]);

async function started(script: string, url: string, args: readonly string[]): Promise<Server> {
  lastPort += 1;
  const port = lastPort;
  const child = fork(join(here, script), [url, String(port), ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...SERVER_FLAGS],
  });
  await answerOf(child);
  return {
    port,
    async usage() {
      const answer = answerOf<Usage>(child);
      child.send('usage');
      return answer;
    },
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const answerOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const failed = (code: number | null) => reject(new Error(`the server ended with ${code}`));
    child.once('exit', failed);
    child.once('message', (message) => {
      child.off('exit', failed);
      resolve(message as T);
    });
  });

export const generate = (job: Job): Promise<Load> => told<Load>('load.ts', job);
export const cycles = (job: CycleJob): Promise<CycleLoad> => told<CycleLoad>('cycle-load.ts', job);

/** A process that is told its job, and prints one line of JSON when it is done. */
function told<L>(script: string, job: unknown): Promise<L> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...FLAGS, join(here, script), JSON.stringify(job)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.on('close', () =>
      text === '' ? reject(new Error('the load generator ended without an answer')) : resolve(JSON.parse(text)),
    );
  });
}

const TICKS = 100;

/** Seconds of processor that a PostgreSQL has used, its ended backends counted in; null where there is no /proc. */
export function postgresCpu(dataDir: string): number | null {
  try {
    const main = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
    let ticks = 0;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const fields = statOf(pid);
      if (fields === null) continue;
      const [parent, utime = 0, stime = 0, ended = 0, endedSystem = 0] = fields;
      if (pid === main) ticks += utime + stime + ended + endedSystem;
      else if (String(parent) === main) ticks += utime + stime;
    }
    return ticks / TICKS;
  } catch {
    return null;
  }
}

/**
 * What of the processors' time between two looks was given to other machines of the same host (`steal`), of all that was wanted here; null
 * where there is no /proc.
 */
export function stolenSince(before: Wanted | null): number | null {
  const now = processorsWanted();
  if (before === null || now === null || now.wanted === before.wanted) return null;
  return (now.stolen - before.stolen) / (now.wanted - before.wanted);
}

export type Wanted = { wanted: number; stolen: number };
export function processorsWanted(): Wanted | null {
  try {
    const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, stolen = 0] =
      readFileSync('/proc/stat', 'utf8')
        .split('\n', 1)[0]
        ?.replace(/^cpu +/, '')
        .split(' ')
        .map((ticks) => Number.parseInt(ticks, 10)) ?? [];
    return { wanted: user + nice + system + irq + softIrq + stolen, stolen };
  } catch {
    return null;
  }
}

/** Seconds of processor that the ended children of this process have used (pgbench). */
export function endedChildrenCpu(): number {
  const [, , , user = 0, system = 0] = statOf('self') ?? [];
  return (user + system) / TICKS;
}

/** [parent, utime, stime, cutime, cstime] of a process; null when it is gone. */
function statOf(pid: string): number[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [1, 11, 12, 13, 14].map((at) => Number.parseInt(rest[at] ?? '0', 10));
  } catch {
    return null;
  }
}

/**
 * Messages go to a thread of its own, which may be killed: two seconds and 256 MB for parsing (E4). The thread starts with the first
 * message and ends when none came for a while.
 */
import { promises as dns } from 'node:dns';
import { Worker } from 'node:worker_threads';
import type { AuthResult, ParsedMail } from './parsed-mail.ts';
import type { Connection, Job } from './parse-worker.ts';

/** `resolve` of node:dns/promises; tests answer from a table. */
export type Resolver = (name: string, type: string) => Promise<unknown>;
export type Parsed<T> =
  | { ok: true; result: T }
  | { ok: false; reason: 'headers' | 'parse_error' | 'parse_timeout' | 'parse_memory' | 'thread_died' };

export type ParseThread = {
  parse(raw: Buffer): Promise<Parsed<ParsedMail>>;
  authenticate(raw: Buffer, connection: Connection): Promise<Parsed<AuthResult>>;
  /** Kills the thread now; what it was at is answered with `thread_died`, and may be tried again. */
  kill(): Promise<void>;
};

const PARSE_MS = 2000;
/** The first message pays for loading the libraries too. */
const START_MS = 15_000;
const AUTHENTICATE_MS = 20_000;
const DNS_MS = 5000;
const IDLE_MS = 30_000;
const MEMORY_MB = 256;

type Reply = { id: number; ok: true; result: unknown } | { id: number; ok: false; reason: 'headers' | 'parse_error' };
type Question = { dns: number; name: string; type: string };
type Waiting = { settle(parsed: Parsed<unknown>): void };

export function parseThread(resolver: Resolver = (name, type) => dns.resolve(name, type)): ParseThread {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const endAll = (reason: 'parse_timeout' | 'parse_memory' | 'thread_died') => {
    const ended = worker;
    worker = null;
    for (const { settle } of waiting.values()) settle({ ok: false, reason });
    waiting.clear();
    return ended?.terminate();
  };
  const start = async (): Promise<Worker> => {
    const made = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 64 },
    });
    worker = made;
    made.unref();
    made.on('message', (message: Reply | Question) => {
      if ('dns' in message) void answer(made, message);
      else {
        waiting.get(message.id)?.settle(message);
        waiting.delete(message.id);
      }
    });
    made.on('error', (error: Error & { code?: string }) => {
      if (worker === made) void endAll(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'parse_memory' : 'thread_died');
    });
    made.on('exit', () => {
      if (worker === made) void endAll('thread_died');
    });
    await run(made, { kind: 'parse', raw: Buffer.from('Subject: ready\r\n\r\n') }, START_MS);
    return made;
  };
  const answer = async (to: Worker, { dns: id, name, type }: Question) => {
    try {
      const records = await withTimeout(resolver(name, type), DNS_MS);
      to.postMessage({ dns: id, ok: true, records });
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      to.postMessage({ dns: id, ok: false, code: code ?? 'ETIMEOUT', message: message ?? 'no answer' });
    }
  };
  const run = <T>(on: Worker, job: Omit<Job, 'id'>, ms: number): Promise<Parsed<T>> =>
    new Promise((resolve) => {
      last += 1;
      const id = last;
      const timer = setTimeout(() => void endAll('parse_timeout'), ms);
      waiting.set(id, {
        settle(parsed) {
          clearTimeout(timer);
          resolve(parsed as Parsed<T>);
        },
      });
      on.postMessage({ ...job, id });
    });
  const ask = async <T>(job: Omit<Job, 'id'>, ms: number): Promise<Parsed<T>> => {
    clearTimeout(idle);
    const on = worker ?? (await start());
    const parsed = worker === on ? await run<T>(on, job, ms) : ({ ok: false, reason: 'thread_died' } as const);
    idle = setTimeout(() => void endAll('thread_died'), IDLE_MS);
    idle.unref();
    return parsed;
  };
  return {
    parse: (raw) => ask({ kind: 'parse', raw }, PARSE_MS),
    authenticate: (raw, connection) =>
      ask({ kind: 'authenticate', raw, connection } as Omit<Job, 'id'>, AUTHENTICATE_MS),
    async kill() {
      clearTimeout(idle);
      await endAll('thread_died');
    },
  };
}

function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'ETIMEOUT' })), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

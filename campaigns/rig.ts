/** What campaigns share: the product as a process of its own, the owner's connection, options of the command line, a repeatable die. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { invariantViolations } from '../src/server/platform/invariants/index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
export const NODE_ARGS = ['--disable-warning=ExperimentalWarning'];

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A fault planted into the product from outside: a module loaded before it, and what the module is told. */
export type Fault = {
  module: 'failpoints' | 'without-locks' | 'lost-outbox' | 'without-lanes' | 'deaf';
  told?: string;
};

export function startServer(url: string, port: number, fault?: Fault): Promise<ChildProcess> {
  const planted = fault === undefined ? [] : ['--import', `${here}faults/${fault.module}.ts`];
  const child = fork(`${here}../bench/server.ts`, [url, String(port)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...NODE_ARGS, ...planted],
    env: { ...process.env, CAMPAIGN_FAULT: fault?.told ?? '' },
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => {
      if (code !== null) reject(new Error(`server ended with ${code}`));
    });
  });
}

export async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
}

/** `--name 12` of the command line, or the number given. */
export function option(args: readonly string[], name: string, fallback: number): number {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? fallback : Number.parseInt(args[at + 1] ?? '', 10);
}

/** A die that falls the same way for the same seed. */
export function die(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

export type Answer = { status: number; text: string; headers: Headers };

/** One call with a key; status 0: no answer. */
export async function call(
  port: number,
  key: string,
  request: { method?: string; path: string; body?: unknown; once?: string; ifMatch?: number },
): Promise<Answer> {
  const { method = 'POST', path, body, once, ifMatch } = request;
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(once === undefined ? {} : { 'idempotency-key': once }),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  } catch {
    return { status: 0, text: '', headers: new Headers() };
  }
}

/** Invariants that do not hold, one sentence each. */
export const brokenInvariants = async (owner: pg.Client): Promise<string[]> =>
  (await invariantViolations(async ({ text, values }) => (await owner.query(text, [...values])).rows)).map(
    ({ name, rows }) => `${name}: ${JSON.stringify(rows[0])}`,
  );

/** Back means: a real read answers again. */
export async function answers(port: number, key: string): Promise<void> {
  const from = performance.now();
  for (;;) {
    if (performance.now() - from > 30_000) throw new Error('not back after 30 s');
    const status = await fetch(`http://127.0.0.1:${port}/api/v1/orders?limit=1`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(5000),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return;
    await pause(20);
  }
}

export async function withOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const owner = new pg.Client({ connectionString: url, options: '-c app.scope=company -c timezone=UTC' });
    owner.on('error', () => undefined);
    try {
      await owner.connect();
      return await work(owner);
    } catch (error) {
      if (attempt > 100) throw error;
      await pause(100);
    } finally {
      await owner.end().catch(() => undefined);
    }
  }
}

/**
 * Clients of the rolling campaign, and what stands before the nodes of a house: it asks each node whether it is ready, ten times a second, and
 * gives requests to those that are. Connections are kept, as a proxy keeps them. A client places an order, asks again under the same key as
 * long as it is told to, and reads what it was told from any node that is ready.
 */
import http from 'node:http';
import { PRODUCTS, sku } from '../bench/ids.ts';
import { die, pause } from './rig.ts';

export type RollingJob = {
  ports: readonly number[];
  keys: readonly string[];
  clients: number;
  seed: number;
  requestedOn: string;
};
export type Told = {
  /** Orders that a client was told are made. */
  placed: { po: string; id: string }[];
  reads: number;
  /** Told to try again, with the time after which. */
  again: number;
  unanswered: number;
  strange: string[];
  longestMs: number;
};

type Reply = { status: number; text: string; retryAfter: string | undefined };
const ASK_EVERY_MS = 100;

/** Who is ready, by the nodes' own word. */
export function balancer(ports: readonly number[]): { next(): number | undefined; stop(): void } {
  const ready = new Set<number>();
  let turn = 0;
  const ask = async (port: number) => {
    const answer = await send(new http.Agent(), port, { method: 'GET', path: '/readyz' }, 2000);
    if (answer.status === 200) ready.add(port);
    else ready.delete(port);
  };
  const timers = ports.map((port) => setInterval(() => void ask(port), ASK_EVERY_MS));
  return {
    next() {
      const open = ports.filter((port) => ready.has(port));
      turn += 1;
      return open[turn % open.length];
    },
    stop: () => timers.forEach(clearInterval),
  };
}

type Sent = { method: string; path: string; key?: string; once?: string; body?: object };

/** Status 0: no answer. */
function send(agent: http.Agent, port: number, { method, path, key, once, body }: Sent, ms = 20_000): Promise<Reply> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(once === undefined ? {} : { 'idempotency-key': once }),
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve) => {
    const nothing = () => resolve({ status: 0, text: '', retryAfter: undefined });
    const request = http.request({ agent, host: '127.0.0.1', port, method, path, timeout: ms, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (answer += part));
      response.on('error', nothing);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: answer, retryAfter: response.headers['retry-after'] }),
      );
    });
    request.on('timeout', () => request.destroy());
    request.on('error', nothing);
    request.end(text);
  });
}

/** Runs until `stopped` says so; what has begun comes to its end. */
export async function load(job: RollingJob, stopped: () => boolean): Promise<Told> {
  const told: Told = { placed: [], reads: 0, again: 0, unanswered: 0, strange: [], longestMs: 0 };
  const agent = new http.Agent({ keepAlive: true });
  const nodes = balancer(job.ports);
  const roll = die(job.seed);

  /** Asks until there is an answer that is one. */
  async function surely(sent: Sent): Promise<Reply> {
    const since = performance.now();
    for (;;) {
      const port = nodes.next();
      const answer = port === undefined ? null : await send(agent, port, sent);
      if (answer?.status === 0) told.unanswered += 1;
      else if (answer?.status === 503 && answer.retryAfter !== undefined && answer.text.includes('"code"'))
        told.again += 1;
      else if (answer !== null) {
        told.longestMs = Math.max(told.longestMs, performance.now() - since);
        return answer;
      }
      if (performance.now() - since > 30_000) return { status: 0, text: 'no answer in 30 s', retryAfter: undefined };
      await pause(10 + roll(20));
    }
  }

  async function client(n: number): Promise<void> {
    const key = job.keys[n % job.keys.length] ?? '';
    for (let i = 0; !stopped(); i += 1) {
      const po = `R-${job.seed}-${n}-${i}`;
      const lines = [1, 2, 3].map(() => ({
        sku: sku(1 + roll(PRODUCTS)),
        qty: String(1 + roll(3)),
        requestedOn: job.requestedOn,
      }));
      const body = { poNo: po, submit: true, lines };
      const made = await surely({ method: 'POST', path: '/api/v1/orders', key, once: po, body });
      if (made.status !== 201) {
        told.strange.push(`${po}: ${made.status} ${made.text.slice(0, 200)}`);
        continue;
      }
      const { id }: { id: string } = JSON.parse(made.text);
      told.placed.push({ po, id });
      const read = await surely({ method: 'GET', path: `/api/v1/orders/${id}`, key });
      told.reads += 1;
      if (read.status !== 200 || !read.text.includes(po))
        told.strange.push(`reading ${po}: ${read.status} ${read.text.slice(0, 200)}`);
    }
  }

  await Promise.all(Array.from({ length: job.clients }, (_, n) => client(n)));
  nodes.stop();
  agent.destroy();
  return told;
}

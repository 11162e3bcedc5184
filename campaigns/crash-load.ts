/**
 * Clients of the crash campaign, a process of its own: they place, withdraw and read orders all the time, write down what they were told,
 * and ask again with the same key when they were told nothing. One line of JSON for each operation in the log.
 */
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import { PRODUCTS, sku } from '../bench/ids.ts';

type Job = {
  port: number;
  keys: string[];
  clients: number;
  log: string;
  requestedOn: string;
  seed: number;
  scarce: number[];
};
const job: Job = JSON.parse(process.argv[2] ?? '{}');
const agent = new http.Agent({ keepAlive: true, maxSockets: job.clients });
let stopping = false;
process.on('message', () => {
  stopping = true;
});

let state = job.seed;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * below);
}

type Answer = { status: number; body: Record<string, unknown> } | null;
function call(key: string, once: string, path: string, body: object, ifMatch?: number): Promise<Answer> {
  const text = JSON.stringify(body);
  return new Promise((resolve) => {
    const request = http.request(
      {
        agent,
        host: '127.0.0.1',
        port: job.port,
        method: 'POST',
        path,
        timeout: 20_000,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'idempotency-key': once,
          ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
        },
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (answer += part));
        response.on('error', () => resolve(null));
        response.on('aborted', () => resolve(null));
        response.on('end', () => {
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) });
          } catch {
            resolve(null);
          }
        });
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
    request.end(text);
  });
}

const write = (entry: object) => appendFileSync(job.log, `${JSON.stringify(entry)}\n`);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let operations = 0;

/** Asks until told: no answer, 503 and 5xx mean nobody knows; the same key finds out. */
async function surely(
  op: string,
  key: string,
  po: string,
  path: string,
  body: object,
  ifMatch?: number,
): Promise<Answer> {
  operations += 1;
  const once = `${op}-${job.seed}-${operations}`;
  let unknown = 0;
  for (;;) {
    const answer = await call(key, once, path, body, ifMatch);
    if (answer !== null && answer.status < 500 && answer.status !== 429) {
      const ok = answer.status < 300;
      write({
        op,
        po,
        outcome: ok ? 'ok' : 'fail',
        unknown,
        code: ok ? null : answer.body['code'],
        id: answer.body['id'] ?? null,
        state: answer.body['state'] ?? null,
      });
      return answer;
    }
    unknown += 1;
    if (unknown > 600) {
      write({ op, po, outcome: 'unknown', unknown });
      return null;
    }
    await pause(20 + random(60));
  }
}

async function client(n: number): Promise<void> {
  const key = job.keys[n % job.keys.length] ?? '';
  for (let i = 0; !stopping; i += 1) {
    const numbers = new Set<number>([job.scarce[random(job.scarce.length)] ?? 1]);
    while (numbers.size < 5) numbers.add(50 + random(PRODUCTS - 50));
    const po = `PO-${job.seed}-${n}-${i}`;
    const placed = await surely('place', key, po, '/api/v1/orders', {
      poNo: po,
      submit: true,
      onShortage: 'refuse',
      lines: [...numbers].map((p) => ({ sku: sku(p), qty: String(1 + random(3)), requestedOn: job.requestedOn })),
    });
    if (placed !== null && placed.status === 201 && random(100) < 10) {
      await surely(
        'withdraw',
        key,
        po,
        `/api/v1/orders/${String(placed.body['id'])}/withdraw`,
        { reason: 'campaign' },
        Number(placed.body['version']),
      );
    }
  }
}

await Promise.all(Array.from({ length: job.clients }, (_, n) => client(n)));
process.exit(0);

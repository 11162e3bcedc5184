/** Load as a process of its own: so many keep-alive connections, each sending the next order when the last one is answered. Prints one JSON line. */
import http from 'node:http';
import { HOT, PRODUCTS, sku } from './ids.ts';

type Job = {
  port: number;
  keys: string[];
  connections: number;
  seconds: number;
  hot: boolean;
  requestedOn: string;
  seed: number;
};
const job: Job = JSON.parse(process.argv[2] ?? '{}');
const agent = new http.Agent({ keepAlive: true, maxSockets: job.connections });

// A small generator of its own, so that a run can be repeated.
let state = job.seed;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * below);
}

function body(): string {
  const numbers = new Set<number>();
  if (job.hot) for (const n of HOT) numbers.add(n);
  while (numbers.size < 5) numbers.add(1 + random(PRODUCTS));
  const lines = [...numbers].map((n) => ({
    sku: sku(n),
    qty: String(1 + random(job.hot ? 3 : 30)),
    unit: '件',
    requestedOn: job.requestedOn,
  }));
  return JSON.stringify({ poNo: `PO-${job.seed}-${sent}`, submit: true, onShortage: 'refuse', lines });
}

let sent = 0;
const latencies: number[] = [];
const statuses: Record<string, number> = {};

function one(until: number): Promise<void> {
  return new Promise((resolve) => {
    const key = job.keys[sent % job.keys.length] ?? '';
    const text = body();
    sent += 1;
    const from = performance.now();
    const request = http.request(
      {
        agent,
        host: '127.0.0.1',
        port: job.port,
        method: 'POST',
        path: '/api/v1/orders',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'idempotency-key': `k-${job.seed}-${sent}`,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => {
          latencies.push(performance.now() - from);
          const status = String(response.statusCode);
          statuses[status] = (statuses[status] ?? 0) + 1;
          resolve(performance.now() < until ? one(until) : undefined);
        });
      },
    );
    request.on('error', (error) => {
      statuses[error.message] = (statuses[error.message] ?? 0) + 1;
      resolve(performance.now() < until ? one(until) : undefined);
    });
    request.end(text);
  });
}

const started = performance.now();
const cpuBefore = process.cpuUsage();
const until = started + job.seconds * 1000;
await Promise.all(Array.from({ length: job.connections }, () => one(until)));
const took = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuBefore);
latencies.sort((a, b) => a - b);
const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
process.stdout.write(
  `${JSON.stringify({ placed: statuses['201'] ?? 0, statuses, seconds: took, perSecond: (statuses['201'] ?? 0) / took, p50: at(0.5), p99: at(0.99), cpuShare: (cpu.user + cpu.system) / 1e6 / took })}\n`,
);

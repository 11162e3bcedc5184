/**
 * Load as a process of its own: so many keep-alive connections, each sending the next request when the last one is answered. Speaks HTTP by
 * hand, so that as little as can be of the machine goes to the one who measures. Prints one JSON line.
 */
import net from 'node:net';
import { HOT, PARTNERS, PRODUCTS, partnerId, productId, sku } from './ids.ts';
import type { BareOrder, Job, Load } from './lib/jobs.ts';

const job: Job = JSON.parse(process.argv[2] ?? '{}');

// A small generator of its own, so that a run can be repeated.
let state = job.seed;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * below);
}

function linesOf(count: number, hot: boolean) {
  const numbers = new Set<number>();
  if (hot) for (const n of HOT) numbers.add(n);
  while (numbers.size < count) numbers.add(1 + random(PRODUCTS));
  return [...numbers].map((n) => ({
    sku: sku(n),
    qty: String(1 + random(hot ? 3 : 30)),
    unit: '件',
    requestedOn: job.requestedOn,
  }));
}

const withoutUnit = ({ sku: code, qty, requestedOn }: ReturnType<typeof linesOf>[number]) => ({
  sku: code,
  qty,
  requestedOn,
});

let made = 0;
function order() {
  made += 1;
  return {
    poNo: `PO-${job.seed}-${made}`,
    submit: true,
    onShortage: 'refuse',
    lines: linesOf(5, job.work === 'hot'),
  };
}

function bareOrder(): BareOrder {
  made += 1;
  const numbers = new Set<number>();
  while (numbers.size < 5) numbers.add(1 + random(PRODUCTS));
  // In the order of their ids, so that two orders never wait for each other in a circle.
  const products = [...numbers].sort((a, b) => a - b).map(productId);
  return {
    partner: partnerId(1 + random(PARTNERS)),
    key: `BARE-${job.seed}-${made}`,
    products,
    qty: products.map(() => 10_000 * (1 + random(30))),
    price: products.map((_, n) => 113_000_000 * (n + 1)),
  };
}

let sent = 0;
function request(): string {
  const key = job.keys[sent % job.keys.length] ?? '';
  sent += 1;
  const head = `HTTP/1.1\r\nhost: 127.0.0.1:${job.port}\r\nauthorization: Bearer ${key}\r\n`;
  if (job.work === 'get') return `GET ${job.paths?.[random(job.paths.length)] ?? '/'} ${head}\r\n`;
  const text = JSON.stringify(bodyOf());
  const path = { place: '/orders', hot: '/orders', bare: '/orders', bulk: '/orders/bulk', quote: '/quotes' }[job.work];
  return `POST /api/v1${path} ${head}content-type: application/json\r\nidempotency-key: k-${job.seed}-${sent}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function bodyOf(): unknown {
  if (job.work === 'bulk') return { mode: 'valid_rows', orders: Array.from({ length: job.size ?? 100 }, order) };
  if (job.work === 'bare') return bareOrder();
  if (job.work === 'quote') return { lines: linesOf(job.size ?? 100, false).map(withoutUnit) };
  return order();
}

let done = 0;
const latencies: number[] = [];
const statuses: Record<string, number> = {};
const count = (what: string) => {
  statuses[what] = (statuses[what] ?? 0) + 1;
};

/** Bulk answers 200 whatever became of the orders: only those that were made count. */
function settle(status: string, text: string): void {
  count(status);
  if (job.work === 'bulk') done += Number.parseInt(/"okCount":(\d+)/.exec(text)?.[1] ?? '0', 10);
  else if (status === (['place', 'hot', 'bare'].includes(job.work) ? '201' : '200')) done += 1;
}

/** One connection: sends, waits for the whole answer, sends again until the time is over; once in any case. */
function connection(until: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(job.port, '127.0.0.1');
    socket.setNoDelay(true);
    let from = 0;
    let head = '';
    let missing = -1;
    let answered = false;
    const next = () => {
      if (answered && performance.now() >= until) {
        socket.end();
        resolve();
        return;
      }
      from = performance.now();
      socket.write(request());
    };
    socket.on('data', (part) => {
      let bytes = part.length;
      if (missing < 0) {
        head += part.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        missing = Number.parseInt(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? '0', 10);
        bytes = head.length - end - 4;
      }
      missing -= bytes;
      if (missing > 0) return;
      latencies.push(performance.now() - from);
      settle(head.slice(9, 12), head);
      head = '';
      missing = -1;
      answered = true;
      next();
    });
    socket.on('error', (error) => {
      count(error.message);
      resolve();
    });
    socket.on('connect', next);
  });
}

const started = performance.now();
const cpuBefore = process.cpuUsage();
const until = started + job.seconds * 1000;
await Promise.all(Array.from({ length: job.connections }, () => connection(until)));
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuBefore);
latencies.sort((a, b) => a - b);
const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
const load: Load = {
  done,
  statuses,
  seconds,
  perSecond: done / seconds,
  p50: at(0.5),
  p95: at(0.95),
  p99: at(0.99),
  cpuShare: cpuSeconds / seconds,
  cpuSeconds,
};
process.stdout.write(`${JSON.stringify(load)}\n`);

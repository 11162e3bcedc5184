/**
 * Load as a process of its own: so many keep-alive connections, each sending the next order when the last one is answered. Speaks HTTP by
 * hand, so that as little as can be of the machine goes to the one who measures. Prints one JSON line.
 */
import net from 'node:net';
import { HOT, PRODUCTS, sku } from './ids.ts';

type Job = {
  port: number;
  keys: string[];
  connections: number;
  seconds: number;
  /** Stop after so many orders, if that comes first. */
  orders?: number;
  hot: boolean;
  requestedOn: string;
  seed: number;
};
const job: Job = JSON.parse(process.argv[2] ?? '{}');

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
const count = (what: string) => {
  statuses[what] = (statuses[what] ?? 0) + 1;
};

function request(): string {
  const key = job.keys[sent % job.keys.length] ?? '';
  const text = body();
  sent += 1;
  return `POST /api/v1/orders HTTP/1.1\r\nhost: 127.0.0.1:${job.port}\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\nidempotency-key: k-${job.seed}-${sent}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** One connection: sends, waits for the whole answer, sends again until the time is over. */
function connection(until: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(job.port, '127.0.0.1');
    socket.setNoDelay(true);
    let from = 0;
    let head = '';
    let missing = -1;
    const next = () => {
      if (performance.now() >= until || sent >= (job.orders ?? Number.POSITIVE_INFINITY)) {
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
      count(head.slice(9, 12));
      head = '';
      missing = -1;
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
const took = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuBefore);
latencies.sort((a, b) => a - b);
const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
process.stdout.write(
  `${JSON.stringify({ placed: statuses['201'] ?? 0, statuses, seconds: took, perSecond: (statuses['201'] ?? 0) / took, p50: at(0.5), p99: at(0.99), cpuShare: (cpu.user + cpu.system) / 1e6 / took })}\n`,
);

/** Orders out of a file, through the same commands: a CSV of lines, sent once, worked on after the answer. */
import { systemClock } from '../../src/server/kernel/clock.ts';
import { PARTNERS, PRODUCTS, sku } from '../ids.ts';
import type { House } from './house.ts';
import { type Each, measuredLoad } from './measured.ts';
import { round } from './row.ts';

const LINES_AN_ORDER = 5;
/** Twice as often as the page that shows it. */
const LOOK_MS = 500;
const MIB = 2 ** 20;

export type FileImport = {
  lines: number;
  seconds: number;
  perSecond: number;
  /** Resident memory of the server: the most while it was under way, and before. */
  peakMiB: number;
  beforeMiB: number;
  perOrder: Each;
};

/** Sends a file of so many lines, five an order, partners in turn, and waits until every line has gone in. Throws where one was refused. */
export async function importFile(house: House, lines: number): Promise<FileImport> {
  const { each, done: _orders, cpuSeconds: _none, ...found } = await measuredLoad(house, () => sendFile(house, lines));
  return { ...found, perOrder: each };
}

async function sendFile(house: House, lines: number) {
  const server = await house.server();
  const call = async (method: string, path: string, body?: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${house.keys.staff.sales}`, 'content-type': 'text/csv' },
      ...(body === undefined ? {} : { body }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string; state: string; okCount: number };
  };
  const beforeMiB = (await server.usage()).rss / MIB;
  const file = fileOf(lines, house.requestedOn);
  const from = performance.now();
  let run = await call('POST', '/imports?kind=orders&mode=valid_rows&fileName=orders.csv', file);
  let peakMiB = beforeMiB;
  while (run.state === 'running') {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    run = await call('GET', `/imports/${run.id}`);
    peakMiB = Math.max(peakMiB, (await server.usage()).rss / MIB);
  }
  const seconds = (performance.now() - from) / 1000;
  if (run.state !== 'done' || run.okCount !== lines)
    throw new Error(`${run.state}: ${run.okCount} of ${lines} lines went in`);
  return {
    done: lines / LINES_AN_ORDER,
    // This process makes the file before and waits.
    cpuSeconds: 0,
    lines,
    seconds: round(seconds),
    perSecond: lines / seconds,
    peakMiB: round(peakMiB),
    beforeMiB: round(beforeMiB),
  };
}

function fileOf(lines: number, requestedOn: string): string {
  const run = systemClock.now().getTime();
  const rows = Array.from({ length: lines }, (_, n) => {
    const order = Math.floor(n / LINES_AN_ORDER);
    const product = 1 + ((order * 7 + (n % LINES_AN_ORDER) * 131) % PRODUCTS);
    return `P${1 + (order % PARTNERS)},PO-F${run}-${order},${requestedOn},${sku(product)},${1 + (n % 30)},1`;
  });
  return ['partner,poNo,requestedOn,sku,qty,submit', ...rows].join('\n');
}

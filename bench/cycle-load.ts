/**
 * The sell-from-stock cycle as a process of its own: an order of five lines and the partner's acceptance (the confirmation goes out by
 * itself, as the policy says, and taking effect opens the delivery), display, picking begun and finished in one step, shipment with goods
 * issue, the list of forty, the invoice. Prints one JSON line.
 */
import { invoiceOf, shipmentOf } from './lib/acts.ts';
import { partnerId, PARTNERS, PRODUCTS, sku } from './ids.ts';
import { connect, type Connection, type Request } from './lib/connection.ts';
import type { CycleJob, CycleLoad } from './lib/jobs.ts';

const job: CycleJob = JSON.parse(process.argv[2] ?? '{}');
const { staff } = job.keys;

type Seen = { id: string; version: number; rounds: { contentHash: string }[]; pickings: { id: string }[] };
const latencies: Record<string, number[]> = {};
let done = 0;
let begun = 0;

/** One request of a cycle; anything but success ends the run. */
async function call(connection: Connection, name: string, request: Request): Promise<Seen> {
  const from = performance.now();
  const { status, text } = await connection.send({ ...request, path: `/api/v1${request.path}` });
  (latencies[name] ??= []).push(performance.now() - from);
  if (status >= 300) throw new Error(`${request.method} ${request.path}: ${status} ${text}`);
  return JSON.parse(text);
}

async function oneCycle(connection: Connection, n: number): Promise<void> {
  const partner = n % PARTNERS;
  const own = job.keys.partners[partner] ?? '';
  const once = (step: string) => `c-${job.seed}-${n}-${step}`;
  const order = await call(connection, 'order', {
    method: 'POST',
    path: '/orders',
    key: own,
    once: once('order'),
    body: {
      poNo: `C-${job.seed}-${n}`,
      submit: true,
      onShortage: 'refuse',
      lines: [1, 2, 3, 4, 5].map((i) => ({
        sku: sku(1 + ((n * 7 + i * 131) % PRODUCTS)),
        qty: '3',
        requestedOn: job.requestedOn,
      })),
    },
  });
  await call(connection, 'accept', {
    method: 'POST',
    path: `/orders/${order.id}/accept`,
    key: own,
    once: once('accept'),
    version: order.version,
    body: { contentHash: order.rounds.at(-1)?.contentHash },
  });
  // Taking effect has opened the delivery; the warehouse finds its picking list on the order.
  const shown = await call(connection, 'display', { method: 'GET', path: `/orders/${order.id}`, key: staff.warehouse });
  await call(connection, 'pick', {
    method: 'POST',
    path: `/pickings/${shown.pickings[0]?.id ?? ''}/finish`,
    key: staff.warehouse,
    once: once('pick'),
    version: 1,
    body: { begin: true },
  });
  await call(connection, 'ship', {
    method: 'POST',
    path: '/shipments',
    key: staff.logistics,
    once: once('ship'),
    body: shipmentOf(order.id),
  });
  await call(connection, 'list', {
    method: 'GET',
    path: `/orders?partnerId=${partnerId(partner + 1)}&limit=40`,
    key: staff.sales,
  });
  await call(connection, 'invoice', {
    method: 'POST',
    path: '/invoices',
    key: staff.finance,
    once: once('invoice'),
    body: invoiceOf(order.id),
  });
}

const started = performance.now();
const cpuBefore = process.cpuUsage();
const until = started + job.seconds * 1000;
await Promise.all(
  Array.from({ length: job.connections }, async () => {
    const connection = await connect(job.port);
    while (performance.now() < until) {
      begun += 1;
      await oneCycle(connection, begun);
      done += 1;
    }
    connection.end();
  }),
);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const load: CycleLoad = {
  done,
  seconds,
  perSecond: done / seconds,
  cpuSeconds: (user + system) / 1e6,
  p50: Object.fromEntries(
    Object.entries(latencies).map(([name, values]) => [name, Math.round(middle(values) * 10) / 10]),
  ),
};
process.stdout.write(`${JSON.stringify(load)}\n`);

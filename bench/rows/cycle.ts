/**
 * Sell from stock, over HTTP: an order of five lines, its confirmation sent and accepted (which opens the picking), picked, displayed,
 * shipped with the goods issue, the list of the partner's orders, invoiced. Nine requests a cycle.
 */
import { systemClock } from '../../src/server/kernel/clock.ts';
import type { Keys } from '../seed.ts';
import { PARTNERS, partnerId, PRODUCTS, sku, WAREHOUSE } from '../ids.ts';
import { absolute, median, round, type RowFile } from '../lib/row.ts';

const GOAL = 120;
const CONNECTIONS = 16;

type Answer = { id: string; version: number; rounds: { contentHash: string }[]; pickings: { id: string }[] };
type Caller = { url: string; keys: Keys; requestedOn: string; run: number };

export const cycle: RowFile = {
  ids: ['cycle'],
  async run(house, plan) {
    const { port } = await house.server();
    const caller = {
      url: `http://127.0.0.1:${port}/api/v1`,
      keys: house.keys,
      requestedOn: house.requestedOn,
      run: systemClock.now().getTime(),
    };
    await slice(caller, 1, 0);
    const values: number[] = [];
    for (let i = 0; i < plan.rounds; i += 1) {
      await house.superuser.query('checkpoint');
      values.push(await slice(caller, plan.seconds, i + 1));
    }
    return [
      absolute({
        id: 'cycle',
        value: median(values),
        unit: 'cycles/s',
        goal: GOAL,
        atMost: false,
        more: { connections: CONNECTIONS, requestsPerCycle: 9, rounds: values.map((v) => round(v)) },
      }),
    ];
  },
};

async function slice(caller: Caller, seconds: number, no: number): Promise<number> {
  const from = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, worker) => {
      for (let n = 0; performance.now() - from < seconds * 1000; n += 1) {
        await oneCycle(caller, (no * 1_000_000 + worker * 10_000 + n) % 1_000_000_000);
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - from);
}

async function oneCycle({ url, keys, requestedOn, run }: Caller, n: number): Promise<void> {
  const partner = n % PARTNERS;
  const own = keys.partners[partner] ?? '';
  const { staff } = keys;
  let calls = 0;
  const call = async (key: string, method: string, path: string, body?: unknown, version?: number): Promise<Answer> => {
    calls += 1;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': `c-${run}-${n}-${calls}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const lines = [1, 2, 3, 4, 5].map((i) => ({ sku: sku(1 + ((n * 7 + i * 131) % PRODUCTS)), qty: '3', requestedOn }));
  const order = await call(own, 'POST', '/orders', {
    poNo: `C-${run}-${n}`,
    submit: true,
    onShortage: 'refuse',
    lines,
  });
  const path = `/orders/${order.id}`;
  const sent = await call(staff.sales, 'POST', `${path}/send-confirmation`, undefined, order.version);
  const agreed = await call(
    own,
    'POST',
    `${path}/accept`,
    { contentHash: sent.rounds.at(-1)?.contentHash },
    sent.version,
  );
  const shown = await call(staff.warehouse, 'GET', path);
  const picking = shown.pickings[0]?.id ?? '';
  const started = await call(staff.warehouse, 'POST', `/pickings/${picking}/start`, undefined, 1);
  await call(staff.warehouse, 'POST', `/pickings/${picking}/finish`, {}, started.version);
  await call(staff.logistics, 'POST', '/shipments', {
    orderId: agreed.id,
    warehouseId: WAREHOUSE,
    shippedAt: systemClock.now().toISOString(),
    missingDataReason: 'own lorry',
  });
  await call(staff.sales, 'GET', `/orders?partnerId=${partnerId(partner + 1)}&limit=40`);
  await call(staff.finance, 'POST', '/invoices', {
    orderId: agreed.id,
    kind: 'ordinary',
    beforePaymentReason: 'agreed',
  });
}

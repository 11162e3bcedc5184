/**
 * The guard of the hot path, by counts that do not depend on the machine: statements and round trips of each hot operation, alone and in
 * batches, the WAL that a placed order writes, and what it allocates. A batch may not need more statements because it is larger. Who
 * changes a number here changes what every order costs.
 */
import { allocatedIn } from '../support/allocations.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withClient } from '../../src/server/platform/embedded/index.ts';
import { createOrder } from '../../src/server/modules/orders/commands/create-order.ts';
import { sendConfirmation } from '../../src/server/modules/orders/commands/confirm-order.ts';
import { finishPicking } from '../../src/server/modules/shipments/commands/finish-picking.ts';
import { startPicking } from '../../src/server/modules/shipments/commands/start-picking.ts';
import { trackShipment } from '../../src/server/modules/shipments/commands/track-shipment.ts';
import type { AnyCommand } from '../../src/server/platform/pipeline/define.ts';
import { runCommands } from '../../src/server/platform/pipeline/run.ts';
import type { Actor } from '../../src/server/platform/pipeline/types.ts';
import { createShipment } from '../../src/server/processes/goods-are-shipped.ts';
import { acceptOrder } from '../../src/server/processes/order-takes-effect.ts';
import { issueInvoice } from '../../src/server/processes/invoice-is-issued.ts';
import { postPayment } from '../../src/server/processes/payment-is-posted.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';
import { type Counts, counted } from '../support/statements.ts';

const SIZES = [1, 4, 16];
const LINES = 5;
/** At most so many statements and round trips, however large the batch. */
const LIMITS: Record<string, { statements: number; flights: number }> = {
  place: { statements: 17, flights: 2 },
  send: { statements: 15, flights: 2 },
  accept: { statements: 21, flights: 2 },
  pick: { statements: 12, flights: 2 },
  ready: { statements: 14, flights: 2 },
  ship: { statements: 21, flights: 2 },
  track: { statements: 12, flights: 2 },
  invoice: { statements: 20, flights: 2 },
  pay: { statements: 26, flights: 3 },
};
/** Bytes of WAL without page images. */
const WAL_OF_AN_ORDER = 12_000;
/** Bytes of the heap in a batch of sixteen; measured 231,000 to 238,000. */
const ALLOCATED_BY_AN_ORDER = 250_000;

let t: TestApp;
let g: Goods;
let database: ReturnType<typeof counted>;
let warehouse: string;
const skus: string[] = [];
const people: Record<string, Actor> = {};
const buyers: Actor[] = [];
/** Operation → counts for each size of batch. */
const found: Record<string, Counts[]> = {};
let orderIds: string[] = [];

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  database = counted(t.services.database);
  warehouse = await g.warehouse();
  for (let n = 0; n < 12; n += 1) {
    const product = await g.product();
    await g.stock(product.id, warehouse, 10_000);
    skus.push(product.sku);
  }
  for (let n = 0; n < 4; n += 1) {
    const partnerId = await t.partner();
    await g.address(partnerId);
    const { secret } = await t.key({ partnerId, roles: ['partner_buyer'] });
    buyers.push(await known(t.services.authenticator.byKey(secret, t.clock.now())));
  }
  for (const role of ['manager', 'warehouse', 'logistics', 'finance'] as const) {
    const { token } = await t.signedIn(role);
    people[role] = await known(t.services.authenticator.bySession(token, t.clock.now()));
  }
  await wholeLife(buyers.length); // what nodes remember is remembered
  for (const name of Object.keys(found)) delete found[name];
  for (const size of SIZES) await wholeLife(size);
});
afterAll(() => t.close());

async function known(actor: Promise<Actor | null>): Promise<Actor> {
  const found = await actor;
  if (found === null) throw new Error('not signed in');
  return found;
}

let keys = 0;
type Wanted<I> = { input: I; actor: Actor };

/** One batch through the pipeline, as the queue of the operation runs it; counted under its name. */
async function batch<I>(name: string | null, definition: AnyCommand<I>, wanted: readonly Wanted<I>[]) {
  const commands = wanted.map(({ input, actor }) => {
    keys += 1;
    return {
      input,
      actor,
      now: t.clock.now(),
      requestId: `r${keys}`,
      once: { key: `k${keys}`, operation: definition.name, hash: 'h' },
    };
  });
  database.take();
  const outcomes = await runCommands({ ...t.services.runtime, database }, definition, commands);
  const counts = database.take();
  if (name !== null) found[name] = [...(found[name] ?? []), counts];
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw new Error(`${definition.name}: ${JSON.stringify(outcome.refusals)}`);
    return JSON.parse(outcome.body);
  });
}

const placeOrders = (size: number, name: string | null = null) =>
  batch(
    name,
    createOrder,
    Array.from({ length: size }, (_, n) => ({
      actor: buyers[n % buyers.length] as Actor,
      input: {
        poNo: `PO-${keys}-${n}`,
        submit: true,
        onShortage: 'refuse' as const,
        lines: Array.from({ length: LINES }, (_, l) => ({
          sku: skus[(n * 3 + l) % skus.length] as string,
          qty: '2',
          requestedOn: '2026-12-20',
        })),
      },
    })),
  );

/** So many orders together through their life; every step is one batch. */
async function wholeLife(size: number): Promise<void> {
  const { manager, warehouse: picker, logistics, finance } = people as Record<string, Actor>;
  const by = <I>(actor: Actor | undefined, inputs: I[]) => inputs.map((input) => ({ input, actor: actor as Actor }));
  const placed = await placeOrders(size, 'place');
  orderIds = placed.map(({ id }) => id);
  const sent = await batch(
    'send',
    sendConfirmation,
    by(
      manager,
      placed.map(({ id }) => ({ orderId: id })),
    ),
  );
  await batch(
    'accept',
    acceptOrder,
    sent.map(({ id, rounds }, n) => ({
      actor: buyers[n % buyers.length] as Actor,
      input: { orderId: id, contentHash: rounds.at(-1).contentHash },
    })),
  );
  const pickings = await t.sql<{ id: string; order_id: string }>(
    'select id, order_id from picking where order_id = any($1) order by id',
    [orderIds],
  );
  await batch(
    'pick',
    startPicking,
    by(
      picker,
      pickings.map(({ id }) => ({ pickingId: id })),
    ),
  );
  await batch(
    'ready',
    finishPicking,
    by(
      picker,
      pickings.map(({ id }) => ({
        pickingId: id,
        begin: false,
        lines: [],
        rest: 'report' as const,
        shortReason: null,
      })),
    ),
  );
  const shipped = await batch(
    'ship',
    createShipment,
    by(
      logistics,
      pickings.map(({ order_id }) => ({
        orderId: order_id,
        warehouseId: warehouse,
        lines: null,
        carrierId: null,
        waybillNo: null,
        expectedOn: null,
        missingDataReason: 'collected by the partner',
        shippedAt: t.clock.now(),
        note: null,
      })),
    ),
  );
  await batch(
    'track',
    trackShipment,
    by(
      logistics,
      shipped.map(({ id }) => ({
        shipmentId: id,
        at: t.clock.now(),
        kind: 'progress' as const,
        exceptionKind: null,
        place: '昆山',
        note: 'on its way',
        newExpectedOn: null,
        carrierId: null,
        waybillNo: null,
      })),
    ),
  );
  await batch(
    'invoice',
    issueInvoice,
    by(
      finance,
      placed.map(({ id }) => ({ orderId: id, beforePaymentReason: 'agreed' })),
    ),
  );
  await batch(
    'pay',
    postPayment,
    by(
      finance,
      placed.map(({ id, partner, grossAmount }, n) => ({
        kind: 'record' as const,
        partnerId: partner.id,
        amount: grossAmount,
        receivedOn: '2026-03-10',
        method: 'bank_transfer',
        bankRef: `REF-${keys}-${n}`,
        confirm: true,
        allocations: [{ orderId: id, amount: grossAmount }],
      })),
    ),
  );
}

it.each(Object.keys(LIMITS))(
  '%s: alone and in batches within its statements and round trips, in one transaction',
  (name) => {
    const counts = found[name] ?? [];
    expect(counts).toHaveLength(SIZES.length);
    const limit = LIMITS[name];
    for (const { transactions, statements, flights } of counts) {
      expect(transactions).toBe(1);
      expect(statements).toBeLessThanOrEqual(limit?.statements ?? 0);
      expect(flights).toBeLessThanOrEqual(limit?.flights ?? 0);
    }
  },
);

it.each(Object.keys(LIMITS))('%s: sixteen together need not one statement more than four', (name) => {
  const [, four, sixteen] = found[name] ?? [];
  expect(sixteen).toEqual(four);
});

it('a placed order of five lines writes no more WAL than it should', async () => {
  const bytes = await withClient(t.database.superUrl, async (client) => {
    await client.query('create extension if not exists pg_walinspect');
    const { rows: before } = await client.query<{ lsn: string }>('select pg_current_wal_insert_lsn() as lsn');
    const placed = await placeOrders(16);
    await client.query('select pg_switch_wal()');
    const { rows } = await client.query<{ bytes: string }>(
      `select sum(r.record_length - r.fpi_length) as bytes from pg_get_wal_records_info($1, pg_current_wal_flush_lsn()) r
       where r.xid = any(select distinct (xid::text::bigint % 4294967296)::text::xid from event where document_id = any($2))`,
      [before[0]?.lsn, placed.map(({ id }) => id)],
    );
    return Number(rows[0]?.bytes ?? 0) / placed.length;
  });
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(WAL_OF_AN_ORDER);
});

it('a placed order of five lines allocates no more memory than it should', async () => {
  const rounds = 8;
  // What is compiled and remembered on the way is not the order's.
  for (let n = 0; n < rounds; n += 1) await placeOrders(16);
  const bytes = await allocatedIn(async () => {
    for (let n = 0; n < rounds; n += 1) await placeOrders(16);
  });
  const each = bytes / (rounds * 16);
  expect(each).toBeGreaterThan(50_000);
  expect(each).toBeLessThan(ALLOCATED_BY_AN_ORDER);
});

/** What nodes remember of products, prices and partners never outlives a change, on whichever node it was made. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { type RunningApp, createApp } from '../../app.ts';
import { secretBox } from '../../platform/secrets/index.ts';

let t: TestApp;
let g: Goods;
let other: RunningApp;
let buyer: Actor;
let secret: string;
let partnerId: string;
let warehouse: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  other = await createApp({
    databaseUrl: t.database.appUrl,
    clock: t.clock,
    secrets: secretBox([Buffer.alloc(32, 7)]),
    demo: false,
    connections: 3,
  });
  partnerId = await t.partner();
  await g.address(partnerId);
  warehouse = await g.warehouse();
  const key = await t.key({ partnerId, roles: ['partner_buyer'] });
  buyer = key;
  secret = key.secret;
});
afterAll(async () => {
  await other.close();
  await t.close();
});

let keys = 0;
/** The same order through either node. */
async function place(node: 'one' | 'other', sku: string, qty = '1') {
  const body = { submit: true, onShortage: 'refuse', lines: [{ sku, qty, requestedOn: '2026-12-20' }] };
  if (node === 'one') return buyer.post('/api/v1/orders', body);
  keys += 1;
  const { statusCode, body: text } = await other.app.server.inject({
    method: 'POST',
    url: '/api/v1/orders',
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': `other-${keys}` },
    payload: body,
  });
  return { status: statusCode, body: JSON.parse(text) };
}

it('R4.1 a price changed by whomever is in force with the next order on every node', async () => {
  const product = await g.product({ price: 100_000_000n });
  await g.stock(product.id, warehouse, 100);
  for (const node of ['one', 'other', 'one', 'other'] as const)
    expect((await place(node, product.sku)).body.grossAmount).toBe('100.00');
  await t.sql('update price_entry set unit_price = 90000000 where product_id = $1', [product.id]);
  for (const node of ['other', 'one'] as const) expect((await place(node, product.sku)).body.grossAmount).toBe('90.00');
});

it('R2 a partner that is stopped places no further order on any node, and its new terms hold at once', async () => {
  const product = await g.product();
  await g.stock(product.id, warehouse, 100);
  expect((await place('other', product.sku)).status).toBe(201);
  await t.sql(`update partner set payment_term = '{"kind":"net_days","days":45}' where id = $1`, [partnerId]);
  expect((await place('other', product.sku)).body.paymentTerm).toEqual({ kind: 'net_days', days: 45 });
  await t.sql(`update partner set state = 'suspended' where id = $1`, [partnerId]);
  for (const node of ['one', 'other'] as const)
    expect((await place(node, product.sku)).body.code).toBe('partner.not_active');
  await t.sql(`update partner set state = 'active' where id = $1`, [partnerId]);
  expect((await place('other', product.sku)).status).toBe(201);
});

it('R3.3 a product taken from sale, and another minimum, are seen with the next order', async () => {
  const product = await g.product();
  await g.stock(product.id, warehouse, 100);
  expect((await place('other', product.sku)).status).toBe(201);
  await t.sql('update product set min_qty = 50000 where id = $1', [product.id]);
  expect((await place('other', product.sku)).body.code).toBe('order.qty_minimum');
  await t.sql('update product set is_sellable = false where id = $1', [product.id]);
  expect((await place('other', product.sku, '5')).body.code).toBe('product.not_sellable');
});

it('P9 what one partner’s orders have made a node remember is no way to it for a sales person of another team', async () => {
  const product = await g.product();
  await g.stock(product.id, warehouse, 100);
  expect((await place('one', product.sku)).status).toBe(201);
  const wanted = { partnerId, lines: [{ sku: product.sku, qty: '1' }] };
  const [own, stranger] = [await t.as('sales'), await t.as({ role: 'sales', name: 'of another team' })];
  expect((await own.post('/api/v1/quotes', wanted)).status).toBe(200);
  expect((await stranger.post('/api/v1/quotes', wanted)).body.code).toBe('partner.not_found');
  expect((await stranger.post('/api/v1/orders', { ...wanted, submit: true })).body.code).toBe('partner.not_found');
});

it('masters change once a transaction, however many rows it touches', async () => {
  const version = async () => (await t.sql<{ version: string }>('select version from master_version'))[0]?.version;
  const before = BigInt((await version()) ?? '0');
  await t.sql('update product set lead_days = lead_days + 1');
  expect(BigInt((await version()) ?? '0')).toBe(before + 1n);
});

it('P3 two nodes sell the last pieces together: as many are taken as there are', async () => {
  const product = await g.product();
  await g.stock(product.id, warehouse, 5);
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, n) => place(n % 2 === 0 ? 'one' : 'other', product.sku)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
  expect(answers.filter(({ body }) => body.code === 'stock.insufficient')).toHaveLength(19);
  expect(await t.sql('select reserved_qty from stock where product_id = $1', [product.id])).toEqual([
    { reserved_qty: '50000' },
  ]);
});

it('P1 a node that stops answers every order it has taken, and what it has not answered with success is not there', async () => {
  const product = await g.product();
  await g.stock(product.id, warehouse, 100);
  const leaving = await createApp({
    databaseUrl: t.database.appUrl,
    clock: t.clock,
    secrets: secretBox([Buffer.alloc(32, 7)]),
    demo: false,
    connections: 3,
  });
  const answers = Array.from({ length: 30 }, (_, n) =>
    leaving.app.server.inject({
      method: 'POST',
      url: '/api/v1/orders',
      headers: { authorization: `Bearer ${secret}`, 'idempotency-key': `leaving-${n}` },
      payload: {
        submit: true,
        poNo: `LEAVING-${n}`,
        lines: [{ sku: product.sku, qty: '1', requestedOn: '2026-12-20' }],
      },
    }),
  );
  await Promise.race(answers);
  await leaving.close();
  const statuses = (await Promise.all(answers)).map(({ statusCode }) => statusCode);
  const placed = statuses.filter((status) => status === 201);
  expect(placed.length).toBeGreaterThan(0);
  expect(statuses.every((status) => status === 201 || status === 503)).toBe(true);
  expect(await t.sql(`select count(*)::int as n from partner_po where po_no like 'LEAVING-%'`)).toEqual([
    { n: placed.length },
  ]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { readAll } from '../../platform/events/reader-host.ts';
import { rebuild } from '../../platform/events/readers.ts';
import { figuresReader } from './figures-reader.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let partnerId: string;
let warehouse: string;
let options: Parameters<typeof readAll>[0];
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  partnerId = await t.partner();
  await g.address(partnerId);
  warehouse = await g.warehouse();
  const { database, settings, clock } = t.services;
  options = { database, clock, env: (now) => settings.env(now) };
});
afterAll(() => t.close());

const place = (lines: readonly { sku: string; qty: string }[]) =>
  sales.post('/api/v1/orders', {
    partnerId,
    channel: 'phone',
    submit: true,
    lines: lines.map((line) => ({ ...line, requestedOn: '2026-12-20' })),
  });
const figures = async () => {
  await readAll(options, figuresReader);
  const { status, body } = await sales.get(`/api/v1/partners/${partnerId}/figures`);
  expect(status).toBe(200);
  return body;
};
const kept = () =>
  t.sql(
    `select 'state' as what, state, delivery_status as rest, currency, order_count as n, gross_amount as amount from figure_state where order_count <> 0
     union all select 'month', month::text, '', currency, order_count, gross_amount from figure_month where order_count <> 0
     union all select 'product', month::text, product_id::text, currency, qty, net_amount from figure_product where line_count <> 0 order by 1, 2, 3`,
  );

it('figures of a partner follow orders as they come, change and are withdrawn, and are the same when built again', async () => {
  const [a, b] = [await g.product(), await g.product()];
  for (const product of [a, b]) await g.stock(product.id, warehouse, 100);
  const first = await place([
    { sku: a.sku, qty: '2' },
    { sku: b.sku, qty: '3' },
  ]);
  const second = await place([{ sku: a.sku, qty: '5' }]);
  expect([first.status, second.status]).toEqual([201, 201]);

  const both = await figures();
  expect(both.months).toHaveLength(12);
  expect(both.months.at(-1)).toMatchObject({ month: '2026-03', orders: 2, lines: 3 });
  expect(Object.fromEntries(both.products.map(({ sku, qty }: { sku: string; qty: string }) => [sku, qty]))).toEqual({
    [a.sku]: '7',
    [b.sku]: '3',
  });

  await readAll(options, figuresReader);
  const dashboard = await sales.get('/api/v1/dashboard');
  expect(dashboard.body.months.at(-1)).toMatchObject({ month: '2026-03', orders: 2 });

  const gone = await sales.post(
    `/api/v1/orders/${second.body.id}/withdraw`,
    { reason: '客户撤回' },
    { ifMatch: second.body.version },
  );
  expect(gone.status).toBe(200);
  const one = await figures();
  expect(one.months.at(-1)).toMatchObject({ orders: 1, lines: 2, amount: first.body.grossAmount });
  expect(one.products.find(({ sku }: { sku: string }) => sku === a.sku)).toMatchObject({ qty: '2', lines: 1 });

  const before = await kept();
  expect(before.length).toBeGreaterThan(0);
  // The second pass goes through all events once more.
  await rebuild(options, figuresReader);
  expect(await kept()).toEqual(before);
  await t.sql(`update log_reader set xid = '0', position = 0 where name = 'figures'`);
  await readAll(options, figuresReader);
  expect(await kept()).toEqual(before);
});

it('figures of a month that is over stand as before, and follow an order of it that changes later', async () => {
  const product = await g.product();
  await g.stock(product.id, warehouse, 100);
  const order = await place([{ sku: product.sku, qty: '4' }]);
  const qtyOf = async () => {
    const { products } = await figures();
    return products.find(({ sku }: { sku: string }) => sku === product.sku)?.qty;
  };
  expect(await qtyOf()).toBe('4');
  t.clock.advance(31 * 86_400_000);
  await place([{ sku: product.sku, qty: '1' }]);
  expect(await qtyOf()).toBe('5');
  const rolled = () => t.sql('select qty from figure_product where product_id = $1', [product.id]);
  expect(await rolled()).toEqual([{ qty: '40000' }]);
  // Built again they stand at once, not with the next event.
  await rebuild(options, figuresReader);
  expect(await rolled()).toEqual([{ qty: '40000' }]);
  const { body } = await sales.get(`/api/v1/orders/${order.body.id}`);
  const gone = await sales.post(
    `/api/v1/orders/${body.id}/withdraw`,
    { reason: '客户撤回' },
    { ifMatch: body.version },
  );
  expect(gone.status).toBe(200);
  expect(await qtyOf()).toBe('1');
});

it('P9 a partner sees figures of its own only', async () => {
  const other = await t.as({ partnerId: await t.partner(), role: 'partner_admin' });
  expect((await other.get(`/api/v1/partners/${partnerId}/figures`)).status).toBe(404);
});

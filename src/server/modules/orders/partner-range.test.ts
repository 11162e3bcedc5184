/** What a partner may buy holds wherever it could ask for something else. Source: R3.1. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let sales: Actor;
let buyer: Actor;
let partnerId: string;
const skus = { bike: '', helmet: '', lamp: '' };
const ids = { bike: '', helmet: '', lamp: '' };

beforeAll(async () => {
  t = await testApp();
  const g = await goods(t);
  sales = await t.as('sales');
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const warehouse = await g.warehouse();
  for (const name of ['bike', 'helmet', 'lamp'] as const) {
    const product = await g.product({ name });
    await g.stock(product.id, warehouse, 100);
    [skus[name], ids[name]] = [product.sku, product.id];
  }
  await t.sql("update product set category = '整车' where id = $1", [ids.bike]);
  await t.sql("update product set category = '配件' where id = any($1)", [[ids.helmet, ids.lamp]]);
  const { version } = (await sales.get(`/api/v1/partners/${partnerId}`)).body;
  const range = { categories: ['整车'], productIds: [ids.lamp] };
  expect((await sales.post(`/api/v1/partners/${partnerId}/range`, range, { ifMatch: version })).status).toBe(200);
});
afterAll(() => t.close());

const lines = (...names: (keyof typeof skus)[]) =>
  names.map((name) => ({ sku: skus[name], qty: '1', requestedOn: '2026-12-20' }));

it('R3.1 an order takes what the range names by category or product, and refuses the rest at its line, for partner and staff', async () => {
  expect((await buyer.post('/api/v1/orders', { lines: lines('bike', 'lamp'), submit: true })).status).toBe(201);
  const refused = { code: 'partner.not_in_range', errors: [{ field: 'lines.1.sku', params: { sku: skus.helmet } }] };
  expect((await buyer.post('/api/v1/orders', { lines: lines('bike', 'helmet') })).body).toMatchObject(refused);
  expect((await sales.post('/api/v1/orders', { partnerId, lines: lines('bike', 'helmet') })).body).toMatchObject(
    refused,
  );
});

it('R3.1 quote and inquiry say so before anything is ordered', async () => {
  const quote = await buyer.post('/api/v1/quotes', { lines: lines('bike', 'helmet') });
  expect(
    quote.body.lines.map(({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code)),
  ).toEqual([[], ['partner.not_in_range']]);
  const ask = (productId: string) =>
    buyer.post('/api/v1/inquiries', { lines: [{ wanted: 'x', productId, qty: '1', requestedOn: '2026-12-20' }] });
  expect((await ask(ids.helmet)).body).toMatchObject({
    code: 'partner.not_in_range',
    errors: [{ field: 'lines.0.productId' }],
  });
  expect((await ask(ids.lamp)).status).toBe(201);
  const byName = await buyer.post('/api/v1/inquiries', {
    lines: [{ wanted: skus.helmet, qty: '1', requestedOn: '2026-12-20' }],
  });
  expect(byName.body.lines[0]).toMatchObject({ product: null });
});

it('R3.1 the partner’s product list, search and pages show the range; staff see it when they order for the partner', async () => {
  const listed = async (by: Actor, query: string) =>
    (await by.get(`/api/v1/products?${query}`)).body.items.map(({ sku }: { sku: string }) => sku).sort();
  const range = [skus.bike, skus.lamp].sort();
  expect(await listed(buyer, '')).toEqual(range);
  expect(await listed(sales, `sellable=true&partnerId=${partnerId}`)).toEqual(range);
  expect(await listed(sales, '')).toHaveLength(3);
  expect((await buyer.get(`/api/v1/products/${ids.helmet}`)).body.code).toBe('product.not_found');
  expect((await buyer.get('/api/v1/product-categories')).body.items).toEqual([
    { category: '整车', count: 1 },
    { category: '配件', count: 1 },
  ]);
  expect((await buyer.get(`/api/v1/search?q=${skus.helmet}`)).body.items).toEqual([]);
});

/** Orders that come again: kept under a name, shared, used, renamed and deleted by the one who made them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
let partnerId: string;
let buyer: Actor;
let colleague: Actor;
let sales: Actor;
// oxlint-disable-next-line typescript/no-explicit-any -- what an answer holds is what the test looks at
type View = any;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  partnerId = await t.partner();
  await g.address(partnerId);
  sales = await t.as('sales');
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  colleague = await t.as({ partnerId, role: 'partner_admin' });
});
afterAll(() => t.close());

const names = async (actor: Actor) =>
  (await actor.get('/api/v1/order-templates?limit=100')).body.items.map(({ name }: View) => name).sort();
async function order(actor: Actor, skus: readonly string[]): Promise<View> {
  const { body } = await actor.post('/api/v1/orders', {
    ...(actor === sales ? { partnerId } : {}),
    customerName: '张三车行',
    lines: skus.map((sku, i) => ({ sku, qty: String(i + 2), requestedOn: '2026-12-20' })),
  });
  return body;
}
const save = (actor: Actor, of: View, name: string, isShared = false) =>
  actor.post(`/api/v1/orders/${of.id}/save-as-template`, { name, isShared });

it('R3.3 an order is kept under a name and starts a new draft with today’s prices; what is no longer sold is left out', async () => {
  const [first, second] = [await g.product(), await g.product()];
  const made = await order(buyer, [first.sku, second.sku]);
  const saved = await save(buyer, made, '每月补货');
  expect([saved.status, saved.body.lineCount, saved.body.mine, saved.body.products.length]).toEqual([201, 2, true, 2]);
  await t.sql('update product set is_sellable = false where id = $1', [second.id]);
  const used = await buyer.post(`/api/v1/order-templates/${saved.body.id}/use`);
  expect([used.status, used.body.state, used.body.customerName]).toEqual([201, 'draft', '张三车行']);
  expect(used.body.lines.map((line: View) => [line.sku, line.qty, line.requestedOn, line.unitPrice])).toEqual([
    [first.sku, '2', null, made.lines[0].unitPrice],
  ]);
  await t.sql('update product set is_sellable = false where id = $1', [first.id]);
  expect((await buyer.post(`/api/v1/order-templates/${saved.body.id}/use`)).body.code).toBe('order.no_lines');
});

it('P9 shared with one’s own side only: colleagues of the partner, or the company’s people; strangers find nothing', async () => {
  const { sku } = await g.product();
  await save(buyer, await order(buyer, [sku]), '自用');
  const shared = (await save(buyer, await order(buyer, [sku]), '共用', true)).body;
  const ours = (await save(sales, await order(sales, [sku]), '常用组合', true)).body;
  expect(await names(colleague)).toEqual(['共用']);
  expect(await names(await t.as('sales'))).toEqual(['常用组合']);
  const stranger = await t.as({ partnerId: await t.partner({ ownerId: null }), role: 'partner_buyer' });
  expect(await names(stranger)).toEqual([]);
  for (const [actor, id] of [
    [stranger, shared.id],
    [buyer, ours.id],
    [sales, shared.id],
  ] as const)
    expect((await actor.post(`/api/v1/order-templates/${id}/use`)).body.code).toBe('template.not_found');
  expect((await colleague.post(`/api/v1/order-templates/${shared.id}/use`)).status).toBe(201);
});

it('R3.3 only who made it renames, shares and deletes it; a name is taken once; an old version is refused', async () => {
  const { sku } = await g.product();
  const made = (await save(buyer, await order(buyer, [sku]), '旺季', true)).body;
  expect((await save(buyer, await order(buyer, [sku]), '旺季')).body.code).toBe('template.name_taken');
  const at = `/api/v1/order-templates/${made.id}`;
  expect((await colleague.patch(at, { name: 'x' }, { ifMatch: 1 })).body.code).toBe('template.not_found');
  const renamed = await buyer.patch(at, { name: '淡季', isShared: false }, { ifMatch: 1 });
  expect([renamed.body.name, renamed.body.isShared, renamed.body.version]).toEqual(['淡季', false, 2]);
  expect(await names(colleague)).not.toContain('淡季');
  expect((await buyer.post(`${at}/delete`, undefined, { ifMatch: 1 })).status).toBe(412);
  expect((await buyer.post(`${at}/delete`, undefined, { ifMatch: 2 })).status).toBe(200);
  expect(await names(buyer)).not.toContain('淡季');
  const empty = (await buyer.post('/api/v1/orders', { lines: [] })).body;
  expect((await save(buyer, empty, '空')).body.code).toBe('order.no_lines');
});

/** Two files of one company become one. Source: R3.1. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { inEffect } from '../../../../tests/support/in-effect.ts';
import { databaseViolations } from '../../platform/invariants/index.ts';

let t: TestApp;
let g: Goods;
let manager: Actor;
let sales: Actor;
let money: Actor;
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [manager, sales, money] = await Promise.all([t.as('manager'), t.as('sales'), t.as('finance')]);
});
afterAll(() => t.close());

const path = (id: string, verb = '') => `/api/v1/partners/${id}${verb}`;
const file = async (id: string, by = sales) => (await by.get(path(id))).body;
const suspend = async (id: string) =>
  sales.post(path(id, '/suspend'), { reason: '重复' }, { ifMatch: (await file(id)).version });
const merge = async (id: string, intoId: string) =>
  manager.post(path(id, '/merge'), { intoId, reason: '同一家公司' }, { ifMatch: (await file(id)).version });

it('R3.1 orders, receipts, ledger, people, addresses, item codes and history move to the other file in one step, and the books agree', async () => {
  const old = await inEffect(t, g, { name: '旧档车行' });
  const kept = await inEffect(t, g, { name: '新档车行' });
  const order = await old.order([{ qty: '2' }]);
  const open = await old.order([{ qty: '3' }]);
  await kept.order([{ qty: '1' }]);
  const allocations = [{ orderId: order.id, amount: order.grossAmount }];
  const received = await money.post('/api/v1/payments', {
    partnerId: old.partnerId,
    amount: order.grossAmount,
    receivedOn: '2026-03-10',
    method: 'bank_transfer',
    confirm: true,
    allocations,
  });
  expect(received.status).toBe(201);
  const { sku } = await g.product();
  for (const [id, code] of [
    [old.partnerId, 'BOTH'],
    [old.partnerId, 'OWN'],
    [kept.partnerId, 'BOTH'],
  ] as const)
    await sales.post(path(id, '/items'), { set: [{ code, sku }] }, { ifMatch: (await file(id)).version });
  const limit = { limitAmount: '5000' };
  await money.post(path(old.partnerId, '/credit'), limit, { ifMatch: (await file(old.partnerId)).version });
  const before = [await file(old.partnerId), await file(kept.partnerId)];

  const preview = () => manager.get(`${path(old.partnerId, '/merge-preview')}?into=${kept.partnerId}`);
  const first = await preview();
  expect(first.body).toMatchObject({ droppedItemCodes: 1, refusals: [{ code: 'partner.wrong_state' }] });
  expect(first.body.moves).toContainEqual({ what: 'sales_order', count: 2 });
  expect((await merge(old.partnerId, kept.partnerId)).body.code).toBe('partner.wrong_state');
  expect((await sales.post(path(old.partnerId, '/merge'), {}, { ifMatch: 1 })).body.code).toBe('permission.denied');
  await suspend(old.partnerId);
  expect((await preview()).body.refusals).toEqual([]);
  const done = await merge(old.partnerId, kept.partnerId);
  expect(done.body).toMatchObject({
    state: 'merged',
    mergedInto: { id: kept.partnerId },
    contacts: [],
    credit: { balanceAmount: '0.00', heldAmount: '0.00' },
  });

  expect(await databaseViolations(t.services.database)).toEqual([]);
  const after = await file(kept.partnerId);
  const sum = (name: 'balanceAmount' | 'heldAmount') =>
    before.reduce((total, one) => total + BigInt(one.credit[name].replace('.', '')), 0n);
  expect(after.credit.limitAmount).toBe('5000.00');
  for (const name of ['balanceAmount', 'heldAmount'] as const)
    expect(BigInt(after.credit[name].replace('.', '')), name).toBe(sum(name));
  expect((await sales.get(`/api/v1/orders?partnerId=${kept.partnerId}`)).body.total).toBe(3);
  expect(
    (await sales.get(path(kept.partnerId, '/items'))).body.items.map(({ code }: { code: string }) => code),
  ).toEqual(['BOTH', 'OWN']);
  // Its people go on under the other file, with the past of their orders.
  const mine = await old.buyer.get(`/api/v1/orders/${open.id}`);
  expect(mine).toMatchObject({ status: 200, body: { partner: { id: kept.partnerId } } });
  const timeline = (await old.buyer.get(`/api/v1/orders/${open.id}/timeline`)).body.items;
  expect(timeline.length).toBeGreaterThan(3);
  expect((await old.buyer.get('/api/v1/partners')).body.items.map(({ id }: { id: string }) => id)).toContain(
    kept.partnerId,
  );
  // The old file stays readable and is closed.
  const history = (await sales.get(path(old.partnerId, '/history'))).body.items;
  expect(history[0]).toMatchObject({ type: 'partner.merged' });
  expect(history.length).toBeGreaterThan(3);
  expect((await sales.patch(path(old.partnerId), { level: 'A' }, { ifMatch: done.body.version })).body.code).toBe(
    'partner.wrong_state',
  );
  expect((await merge(old.partnerId, kept.partnerId)).body.code).toBe('partner.wrong_state');
  const late = await money.post('/api/v1/payments', {
    partnerId: old.partnerId,
    amount: '1.00',
    receivedOn: '2026-03-10',
    method: 'bank_transfer',
  });
  expect(late.body.code).toBe('partner.merged');
});

it('R3.1 what cannot be put together is refused with its reason, and nothing has moved', async () => {
  const [a, b] = [await inEffect(t, g, { name: '甲重' }), await inEffect(t, g, { name: '乙重' })];
  const { sku, id } = await g.product();
  await g.stock(id, a.warehouseId, 100);
  for (const side of [a, b]) {
    await side.buyer.post('/api/v1/orders', { poNo: 'PO-SAME', lines: [{ sku, qty: '1' }] });
    await sales.post(
      path(side.partnerId, '/agreements'),
      { validFrom: '2026-01-01', validTo: '2026-12-31', paymentTerm: { kind: 'prepaid' } },
      { ifMatch: (await file(side.partnerId)).version },
    );
  }
  await suspend(a.partnerId);
  const foreign = await t.partner({ name: '外币车行', currency: 'USD' });
  const before = await t.digest();
  const refused = await merge(a.partnerId, b.partnerId);
  expect(refused.body.errors.map(({ code }: { code: string }) => code)).toEqual([
    'partner.merge_po',
    'partner.merge_agreement',
  ]);
  expect((await merge(a.partnerId, a.partnerId)).body.code).toBe('partner.merge_same');
  expect((await merge(a.partnerId, foreign)).body.code).toBe('partner.merge_currency');
  expect((await merge(a.partnerId, '01a00000-0000-7000-8000-0000000000ff')).body.code).toBe('partner.not_found');
  expect(await t.digest()).toBe(before);
});

/** Goods arrive for orders that wait, and come later than planned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../tests/support/app.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { orderInEffect } from '../../../tests/support/order-in-effect.ts';
import { arrive } from './supply-is-received.ts';

let t: TestApp;
let g: Goods;
let store: Actor;
let production: Actor;
let partnerId: string;
let warehouseId: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  store = await t.as('warehouse');
  production = await t.as('production');
  partnerId = await t.partner();
  await g.address(partnerId);
  warehouseId = await g.warehouse();
});
afterAll(() => t.close());

const supplyOf = async (id: string) => (await store.get(`/api/v1/supplies/${id}`)).body;
const receive = async (id: string, qty: string) =>
  store.post(`/api/v1/supplies/${id}/receive`, { qty }, { ifMatch: (await supplyOf(id)).version });
const orderOf = async (id: string) => (await production.get(`/api/v1/orders/${id}`)).body;
const pickingsOf = async (orderId: string) => (await store.get(`/api/v1/pickings?orderId=${orderId}`)).body.items;

/** An order of which so much lies in stock and the rest comes with a supply. */
async function waiting(onStock: number, requestedOn = '2026-04-10') {
  const product = await g.product();
  if (onStock > 0) await g.stock(product.id, warehouseId, onStock);
  const supplyId = await g.supply(product.id, warehouseId, 10, '2026-04-01');
  const order = await orderInEffect(t, partnerId, [{ sku: product.sku, qty: '5', requestedOn }]);
  return { product, supplyId, order };
}

describe('goods arrive', () => {
  it('R5.1 an order in effect that waited gets its picking list in the same transaction', async () => {
    const { order, supplyId, product } = await waiting(0);
    expect(await pickingsOf(order.id)).toEqual([]);
    expect((await supplyOf(supplyId)).waiting).toMatchObject([{ orderNo: order.no, qty: '5' }]);
    const { status, body } = await receive(supplyId, '10');
    expect([status, body.state, body.reservedQty, body.waiting]).toEqual([200, 'received', '0', []]);
    const [picking] = await pickingsOf(order.id);
    expect(picking).toMatchObject({ state: 'open', qty: '5' });
    expect(
      await t.sql(
        'select on_hand_qty::text as on_hand, reserved_qty::text as reserved from stock where product_id = $1',
        [product.id],
      ),
    ).toEqual([{ on_hand: '100000', reserved: '50000' }]);
    const [event] = await t.sql(
      `select type, version, payload from event where document_id = $1 order by version desc limit 1`,
      [order.id],
    );
    expect(event).toEqual({
      type: 'order.goods_arrived',
      version: order.version + 1,
      payload: { lines: [{ lineNo: 1, qty: '5' }] },
    });
    expect((await orderOf(order.id)).version).toBe(order.version + 1);
    expect(await t.sql(`select kind from task where document_id = $1 and closed_at is null`, [picking.id])).toEqual([
      { kind: 'picking.start' },
    ]);
  });

  it('R5.1 in parts: an open picking list grows with what arrives', async () => {
    const { order, supplyId } = await waiting(0);
    await receive(supplyId, '2');
    const [first] = await pickingsOf(order.id);
    expect(first).toMatchObject({ qty: '2', version: 1 });
    expect(await supplyOf(supplyId)).toMatchObject({ state: 'open', reservedQty: '3', openQty: '8' });
    await receive(supplyId, '8');
    const after = await pickingsOf(order.id);
    expect(after).toMatchObject([{ id: first.id, qty: '5', version: 2 }]);
    expect(await t.sql('select type from event where document_id = $1 order by version', [first.id])).toEqual([
      { type: 'picking.opened' },
      { type: 'picking.extended' },
    ]);
  });

  it('R5.1 a list that is begun is left alone: what arrives gets a list of its own', async () => {
    const { order, supplyId } = await waiting(0);
    await receive(supplyId, '2');
    const [first] = await pickingsOf(order.id);
    await store.post(`/api/v1/pickings/${first.id}/start`, undefined, { ifMatch: first.version });
    await receive(supplyId, '3');
    const lists = await pickingsOf(order.id);
    expect(lists.map(({ state, qty }: { state: string; qty: string }) => [state, qty]).sort()).toEqual([
      ['open', '3'],
      ['picking', '2'],
    ]);
  });

  it('R4.2 for an order that is not in effect yet the goods are kept, and nothing is picked', async () => {
    const product = await g.product();
    const supplyId = await g.supply(product.id, warehouseId, 10, '2026-04-01');
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const { body: order } = await buyer.post('/api/v1/orders', {
      submit: true,
      lines: [{ sku: product.sku, qty: '4', requestedOn: '2026-04-10' }],
    });
    await receive(supplyId, '10');
    expect(await t.sql('select state, supply_id, qty::text from reservation where order_id = $1', [order.id])).toEqual([
      { state: 'soft', supply_id: null, qty: '40000' },
    ]);
    expect(await pickingsOf(order.id)).toEqual([]);
  });

  it('R5.1 the oldest promise is served first, a part at a time', () => {
    const row = (id: string, promised_on: string, qty: bigint) => ({
      id,
      order_id: id,
      line_no: 1,
      partner_id: 'p',
      product_id: 'x',
      warehouse_id: 'w',
      supply_id: 's',
      qty,
      state: 'firm',
      promised_on,
    });
    const { pieces, changed, made } = arrive(
      [row('late', '2026-05-02', 30n), row('early', '2026-05-01', 20n)],
      35n,
      t.clock.now(),
    );
    expect(pieces.map(({ order_id, qty }) => [order_id, qty])).toEqual([
      ['early', 20n],
      ['late', 15n],
    ]);
    expect(changed.map(({ id, qty, supply_id }) => [id, qty, supply_id])).toEqual([
      ['early', 20n, null],
      ['late', 15n, 's'],
    ]);
    expect(made).toHaveLength(1);
    expect(arrive([], 35n, t.clock.now()).pieces).toEqual([]);
  });
});

describe('goods come later', () => {
  it('R5.1 the delay moves the promised day of the orders that wait, and each of them says so', async () => {
    const { order, supplyId } = await waiting(2, '2026-04-03');
    const supply = await supplyOf(supplyId);
    const moved = await production.post(
      `/api/v1/supplies/${supplyId}/reschedule`,
      { expectedOn: '2026-04-20', cause: '模具损坏' },
      { ifMatch: supply.version },
    );
    expect(moved.body).toMatchObject({ expectedOn: '2026-04-20', waiting: [{ promisedOn: '2026-04-20' }] });
    const after = await orderOf(order.id);
    expect([after.lines[0].promisedOn, after.version]).toEqual(['2026-04-20', order.version + 1]);
    const [event] = await t.sql(
      'select type, payload from event where document_id = $1 order by version desc limit 1',
      [order.id],
    );
    expect(event).toMatchObject({
      type: 'order.promise_moved',
      payload: { cause: '模具损坏', lines: [{ lineNo: 1, from: order.lines[0].promisedOn, to: '2026-04-20' }] },
    });
  });

  it('R5.1 a new day that still keeps the requested day changes no promise', async () => {
    const { order, supplyId } = await waiting(0, '2026-04-30');
    const supply = await supplyOf(supplyId);
    await production.post(
      `/api/v1/supplies/${supplyId}/reschedule`,
      { expectedOn: '2026-04-20', cause: '模具损坏' },
      { ifMatch: supply.version },
    );
    const after = await orderOf(order.id);
    expect([after.lines[0].promisedOn, after.version]).toEqual(['2026-04-30', order.version]);
  });
});

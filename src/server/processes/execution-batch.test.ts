/** Commands of several callers decided together, and stock under many hands at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../tests/support/app.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { orderInEffect } from '../../../tests/support/order-in-effect.ts';
import { withdrawOrder } from '../modules/orders/commands/confirm-order.ts';
import { copyOrder } from '../modules/orders/commands/copy-order.ts';
import { invariantViolations } from '../platform/invariants/index.ts';
import { runCommands } from '../platform/pipeline/run.ts';
import { deliverShipment } from './delivery-is-proved.ts';

let t: TestApp;
let g: Goods;
let store: Actor;
let processing: Actor;
let warehouseId: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  store = await t.as('warehouse');
  processing = await t.as('order_processing');
  warehouseId = await g.warehouse();
});
afterAll(() => t.close());

type Doc = { id: string; version: number };
const act = (actor: Actor, doc: Doc, verb: string, body?: object) =>
  actor.post(`/api/v1/pickings/${doc.id}/${verb}`, body, { ifMatch: doc.version });

async function partner() {
  const id = await t.partner();
  await g.address(id);
  return id;
}

async function actorOf(partnerId: string) {
  const { token } = await t.signedIn({ partnerId, role: 'partner_buyer' });
  const actor = await t.services.authenticator.bySession(token, t.clock.now());
  if (actor === null) throw new Error('not signed in');
  return actor;
}

/** Picks all lists of an order. */
async function pick(orderId: string): Promise<void> {
  const { body } = await store.get(`/api/v1/pickings?orderId=${orderId}&state=open`);
  for (const picking of body.items) {
    const { body: started } = await act(store, picking, 'start');
    await act(store, started, 'finish', {});
  }
}
const dispatch = (orderId: string, qty: string) =>
  processing.post('/api/v1/shipments', {
    orderId,
    warehouseId,
    lines: [{ lineNo: 1, qty }],
    shippedAt: t.clock.now().toISOString(),
    missingDataReason: '自提',
  });

/** Rules of stock, reservations, picking and shipping that are broken now. Supplies are put in as rows here, without their first event. */
const broken = async () => {
  const violations = await invariantViolations(({ text, values }) => t.sql(text, values));
  return violations.filter(({ name, rows }) => !name.startsWith('event') || !JSON.stringify(rows).includes('supply'));
};

describe('decided together', () => {
  it('P9 in one batch with the owner’s command, a stranger’s still finds nothing of the other partner', async () => {
    const product = await g.product();
    await g.stock(product.id, warehouseId, 20);
    const [one, two] = [await partner(), await partner()];
    const shipments: string[] = [];
    for (const partnerId of [one, two]) {
      const order = await orderInEffect(t, partnerId, [{ sku: product.sku, qty: '2' }]);
      await pick(order.id);
      shipments.push((await dispatch(order.id, '2')).body.id);
    }
    const now = t.clock.now();
    const [first, second] = [await actorOf(one), await actorOf(two)];
    const command = (actor: typeof first, shipmentId: string) => ({
      actor,
      now,
      requestId: 'test',
      input: { shipmentId, at: now, receivedBy: '王五', note: null, lines: [] },
    });
    const [ofOne = '', ofTwo = ''] = shipments;
    const outcomes = await runCommands(t.services.runtime, deliverShipment, [
      command(second, ofOne),
      command(first, ofTwo),
      command(first, ofOne),
      command(second, ofTwo),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.status : outcome.refusals[0]?.code))).toEqual([
      'shipment.not_found',
      'shipment.not_found',
      200,
      200,
    ]);
  });
});

describe('orders decided together', () => {
  it('P9 in one batch with the owner’s command, a stranger neither withdraws, nor copies, nor learns of an order', async () => {
    const product = await g.product();
    await g.stock(product.id, warehouseId, 20);
    const [one, two] = [await partner(), await partner()];
    const buyer = await t.as({ partnerId: one, role: 'partner_buyer' });
    const { body: order } = await buyer.post('/api/v1/orders', {
      submit: true,
      lines: [{ sku: product.sku, qty: '2', requestedOn: '2026-12-20' }],
    });
    const [owner, stranger] = [await actorOf(one), await actorOf(two)];
    const now = t.clock.now();
    const withdraw = (actor: typeof owner, expectedVersion: number) => ({
      actor,
      now,
      requestId: 'test',
      expectedVersion,
      input: { orderId: order.id, reason: '?' },
    });
    const withdrawn = await runCommands(t.services.runtime, withdrawOrder, [
      withdraw(stranger, order.version),
      withdraw(stranger, 99),
      withdraw(owner, order.version),
    ]);
    expect(withdrawn.map((outcome) => (outcome.ok ? outcome.status : outcome.refusals[0]?.code))).toEqual([
      'order.not_found',
      'order.not_found',
      200,
    ]);
    const copy = (actor: typeof owner) => ({ actor, now, requestId: 'test', input: { orderId: order.id } });
    const copied = await runCommands(t.services.runtime, copyOrder, [copy(stranger), copy(owner)]);
    expect(copied.map((outcome) => (outcome.ok ? outcome.status : outcome.refusals[0]?.code))).toEqual([
      'order.not_found',
      201,
    ]);
  });
});

describe('what is picked stays reserved', () => {
  it('R5.2 closing the rest of a line gives back what nobody has picked, whichever warehouse it lies in', async () => {
    const second = await g.warehouse({ priority: 200 });
    const partnerId = await partner();
    // Of six orders, each picked in another warehouse by turns, none may lose the reservation of what is picked.
    for (let i = 0; i < 6; i += 1) {
      const product = await g.product();
      await g.stock(product.id, warehouseId, 3);
      await g.stock(product.id, second, 3);
      const order = await orderInEffect(t, partnerId, [{ sku: product.sku, qty: '6' }]);
      const from = i % 2 === 0 ? warehouseId : second;
      const { body } = await store.get(`/api/v1/pickings?orderId=${order.id}&warehouseId=${from}`);
      const { body: started } = await act(store, body.items[0], 'start');
      const { body: ready } = await act(store, started, 'finish', {});
      const closed = await processing.post(
        `/api/v1/orders/${order.id}/short-close`,
        { lineNo: 1, reason: '停产', consent: '邮件同意' },
        { ifMatch: ready.order.version },
      );
      expect(closed.body).toMatchObject({ deliveryStatus: 'ready', lines: [{ closedQty: '3', pickedQty: '3' }] });
      const reserved = await t.sql(
        'select warehouse_id, sum(qty)::text as qty from reservation where order_id = $1 group by 1',
        [order.id],
      );
      expect(reserved).toEqual([{ warehouse_id: from, qty: '30000' }]);
      const lists = await t.sql<{ warehouse_id: string; state: string }>(
        'select warehouse_id, state from picking where order_id = $1',
        [order.id],
      );
      expect(lists.map((list) => [list.warehouse_id === from, list.state]).sort()).toEqual([
        [false, 'cancelled'],
        [true, 'ready'],
      ]);
      const left = await processing.post('/api/v1/shipments', {
        orderId: order.id,
        warehouseId: from,
        shippedAt: t.clock.now().toISOString(),
        missingDataReason: '自提',
      });
      expect(left.status).toBe(201);
    }
    expect(await broken()).toEqual([]);
  });
});

describe('many hands', () => {
  it('P3 receipts, counts, orders, picks, dispatches and returns at once never break 0 ≤ reserved ≤ on hand', async () => {
    const product = await g.product();
    const partnerId = await partner();
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    await store.post('/api/v1/stock/receipts', { productId: product.id, warehouseId, qty: '12', kind: 'opening' });
    const orders: { id: string }[] = [];
    for (let i = 0; i < 3; i += 1) orders.push(await orderInEffect(t, partnerId, [{ sku: product.sku, qty: '4' }]));
    for (const order of orders) await pick(order.id);
    const adjust = (qty: string) =>
      store.post('/api/v1/stock/adjustments', { productId: product.id, warehouseId, qty, reason: '盘点' });
    const receive = (qty: string) =>
      store.post('/api/v1/stock/receipts', { productId: product.id, warehouseId, qty, kind: 'receipt' });
    const place = () =>
      buyer.post('/api/v1/orders', {
        submit: true,
        onShortage: 'refuse',
        lines: [{ sku: product.sku, qty: '2', requestedOn: '2026-12-20' }],
      });
    const shipAndReturn = async (orderId: string) => {
      const { body, status } = await dispatch(orderId, '2');
      if (status !== 201) return { status };
      return store.post(`/api/v1/shipments/${body.id}/reverse`, { reason: '退回' }, { ifMatch: body.version });
    };
    const rounds = Array.from({ length: 6 }, (_, i) => [
      adjust('-1'),
      receive('1'),
      place(),
      adjust('-3'),
      dispatch(orders[i % 3]?.id ?? '', '1'),
      shipAndReturn(orders[(i + 1) % 3]?.id ?? ''),
      place(),
      receive('2'),
    ]);
    const answers = await Promise.all(rounds.flat());
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 201, 409].includes(status))).toEqual([]);
    expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThan(10);
    expect(await broken()).toEqual([]);
    const [shipped] = await t.sql<{ qty: string }>(
      `select coalesce(sum(shipped_qty), 0)::text as qty from order_line where product_id = $1`,
      [product.id],
    );
    const [left] = await t.sql<{ qty: string }>(
      `select coalesce(-sum(qty), 0)::text as qty from stock_move where product_id = $1 and kind in ('issue', 'issue_back')`,
      [product.id],
    );
    expect(left?.qty).toBe(shipped?.qty);
  });

  it('P3 a supply that arrives while orders still take from it is shared out exactly', async () => {
    const product = await g.product();
    const partnerId = await partner();
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const supplyId = await g.supply(product.id, warehouseId, 20, '2026-04-01');
    const place = (requestedOn: string) =>
      buyer.post('/api/v1/orders', { submit: true, lines: [{ sku: product.sku, qty: '3', requestedOn }] });
    const receive = async (qty: string) => {
      const { body } = await store.get(`/api/v1/supplies/${supplyId}`);
      return store.post(`/api/v1/supplies/${supplyId}/receive`, { qty }, { ifMatch: body.version });
    };
    await Promise.all([place('2026-05-01'), place('2026-05-02')]);
    const answers = await Promise.all([
      place('2026-05-03'),
      receive('5'),
      place('2026-05-04'),
      receive('4'),
      place('2026-05-05'),
      place('2026-05-06'),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => ![200, 201, 412].includes(status))).toEqual([]);
    expect(await broken()).toEqual([]);
    const [total] = await t.sql<{ qty: string }>(
      'select sum(qty)::text as qty from reservation where product_id = $1',
      [product.id],
    );
    expect(total?.qty).toBe('180000');
  });
});

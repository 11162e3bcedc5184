/** Picking over HTTP: every step, its refusals and its way back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { orderInEffect } from '../../../../tests/support/order-in-effect.ts';
import { newId } from '../../kernel/ids.ts';

let t: TestApp;
let g: Goods;
let store: Actor;
let processing: Actor;
let partnerId: string;
let warehouseId: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  store = await t.as('warehouse');
  processing = await t.as('order_processing');
  partnerId = await t.partner();
  await g.address(partnerId);
  warehouseId = await g.warehouse();
});
afterAll(() => t.close());

type Doc = { id: string; version: number };
const act = (actor: Actor, picking: Doc, verb: string, body?: object) =>
  actor.post(`/api/v1/pickings/${picking.id}/${verb}`, body, { ifMatch: picking.version });
const orderOf = async (id: string) => (await processing.get(`/api/v1/orders/${id}`)).body;
const tasksOf = async (id: string) =>
  (
    await t.sql<{ kind: string }>('select kind from task where document_id = $1 and closed_at is null order by kind', [
      id,
    ])
  ).map(({ kind }) => kind);
const typesOf = async (id: string) =>
  (await t.sql<{ type: string }>('select type from event where document_id = $1 order by version', [id])).map(
    ({ type }) => type,
  );

async function pickingOf(qtys: readonly string[] = ['3']) {
  const lines: { sku: string; qty: string }[] = [];
  for (const qty of qtys) {
    const product = await g.product();
    await g.stock(product.id, warehouseId, 20);
    lines.push({ sku: product.sku, qty });
  }
  const order = await orderInEffect(t, partnerId, lines);
  const { body } = await store.get(`/api/v1/pickings?orderId=${order.id}`);
  return { order, picking: body.items[0] };
}

describe('picking', () => {
  it('R5.1 an order in effect puts its goods on a picking list of the warehouse at once', async () => {
    const { order, picking } = await pickingOf(['3', '4']);
    expect(picking).toMatchObject({
      state: 'open',
      qty: '7',
      lineCount: 2,
      readyByOn: '2026-12-18',
      order: { no: order.no },
    });
    expect(await tasksOf(picking.id)).toEqual(['picking.start']);
    const view = await store.get(`/api/v1/pickings/${picking.id}`);
    expect(view.body.lines.map((line: { qty: string }) => line.qty)).toEqual(['3', '4']);
    expect(view.body.holder).toMatchObject({ role: 'warehouse', kind: 'picking.start' });
    expect(view.body.allowedActions).toMatchObject([
      { action: 'start', refusals: [], primary: true },
      { action: 'cancel', refusals: [] },
    ]);
  });

  it('R5.1 started, finished: the goods stand ready and order processing arranges the delivery', async () => {
    const { order, picking } = await pickingOf();
    const started = await act(store, picking, 'start');
    expect(started.body).toMatchObject({
      state: 'picking',
      version: 2,
      order: { deliveryStatus: 'preparing', version: order.version + 1 },
    });
    expect(started.headers['etag']).toBe('"2"');
    expect((await store.get('/api/v1/pickings?mine=true')).body.items.map(({ id }: Doc) => id)).toContain(picking.id);
    const ready = await act(store, started.body, 'finish', {});
    expect(ready.body).toMatchObject({ state: 'ready', order: { deliveryStatus: 'ready' }, also: [] });
    expect(await tasksOf(picking.id)).toEqual(['shipment.arrange']);
    expect((await orderOf(order.id)).lines[0].pickedQty).toBe('3');
    expect(await typesOf(picking.id)).toEqual(['picking.opened', 'picking.started', 'picking.ready']);
    expect((await typesOf(order.id)).slice(-2)).toEqual(['order.picking_started', 'order.goods_ready']);
    const toShip = await store.get(`/api/v1/pickings?toShip=true&orderId=${order.id}`);
    expect(toShip.body.items).toHaveLength(1);
  });

  it('R5.1 begun and finished in one step: both are recorded, a refusal leaves no trace, and the way back is there', async () => {
    const { order, picking } = await pickingOf();
    const atOnce = (body: object) => act(store, picking, 'finish', body);
    expect((await atOnce({})).body).toMatchObject({ code: 'picking.wrong_state' });
    expect((await atOnce({ begin: true, lines: [{ lineNo: 1, pickedQty: '2' }] })).body).toMatchObject({
      code: 'picking.short_reason',
    });
    expect(await typesOf(picking.id)).toEqual(['picking.opened']);
    const ready = await atOnce({ begin: true });
    expect(ready.body).toMatchObject({
      state: 'ready',
      version: 3,
      order: { deliveryStatus: 'ready', version: order.version + 2 },
    });
    expect(await typesOf(picking.id)).toEqual(['picking.opened', 'picking.started', 'picking.ready']);
    expect((await typesOf(order.id)).slice(-2)).toEqual(['order.picking_started', 'order.goods_ready']);
    expect(await tasksOf(picking.id)).toEqual(['shipment.arrange']);
    expect((await store.get(`/api/v1/pickings/${picking.id}`)).body).toMatchObject({
      startedAt: t.clock.now().toISOString(),
      startedBy: { name: expect.any(String) },
    });
    const back = await act(store, ready.body, 'put-back', { reason: '拿錯了' });
    expect(back.body).toMatchObject({ state: 'open', version: 4 });
  });

  it('R5.1 a short pick says why; the rest goes on a new list and order processing gets a task', async () => {
    const { order, picking } = await pickingOf(['5', '2']);
    const { body: started } = await act(store, picking, 'start');
    const finish = (body: object) => act(store, started, 'finish', body);
    expect((await finish({ lines: [{ lineNo: 1, pickedQty: '4' }] })).body).toMatchObject({
      code: 'picking.short_reason',
      status: 422,
    });
    expect((await finish({ lines: [{ lineNo: 1, pickedQty: '6' }] })).body).toMatchObject({
      code: 'picking.exceeds',
      status: 422,
    });
    expect((await finish({ lines: [{ lineNo: 9, pickedQty: '1' }] })).body).toMatchObject({ code: 'line.not_found' });
    expect((await finish({ lines: [{ lineNo: 1, pickedQty: '1.5' }] })).body).toMatchObject({
      code: 'stock.qty_whole',
    });
    const nothing = [
      { lineNo: 1, pickedQty: '0' },
      { lineNo: 2, pickedQty: '0' },
    ];
    expect((await finish({ lines: nothing, shortReason: '缺货' })).body).toMatchObject({
      code: 'picking.nothing_picked',
    });
    const twice = [
      { lineNo: 1, pickedQty: '4' },
      { lineNo: 1, pickedQty: '5' },
    ];
    expect((await finish({ lines: twice, shortReason: '缺货' })).body).toMatchObject({ code: 'field.invalid' });
    const short = await finish({
      lines: [
        { lineNo: 1, pickedQty: '4' },
        { lineNo: 2, pickedQty: '0' },
      ],
      shortReason: '库位少货',
    });
    expect(short.body).toMatchObject({
      state: 'ready',
      order: { deliveryStatus: 'preparing' },
      also: [{ kind: 'picking', no: expect.stringMatching(/^PK-2026-/) }],
    });
    const rest = await store.get(`/api/v1/pickings/${short.body.also[0].id}`);
    expect(rest.body).toMatchObject({
      state: 'open',
      lines: [
        { lineNo: 1, qty: '1' },
        { lineNo: 2, qty: '2' },
      ],
    });
    const kept = await store.get(`/api/v1/pickings/${picking.id}`);
    expect(kept.body).toMatchObject({ shortReason: '库位少货', lines: [{ lineNo: 1, qty: '4', pickedQty: '4' }] });
    expect(await tasksOf(order.id)).toContain('order.short_pick');
    const { body: again } = await act(store, rest.body, 'start');
    expect((await act(store, again, 'finish', {})).body.order.deliveryStatus).toBe('ready');
    expect(await tasksOf(order.id)).not.toContain('order.short_pick');
  });

  it('R5.1 a short pick may leave the rest to order processing, which asks for it again', async () => {
    const { order, picking } = await pickingOf(['5']);
    expect((await processing.post('/api/v1/pickings', { orderId: order.id })).body.code).toBe('picking.nothing_open');
    const { body: started } = await act(store, picking, 'start');
    const short = await act(store, started, 'finish', {
      lines: [{ lineNo: 1, pickedQty: '2' }],
      shortReason: '破损',
      rest: 'report',
    });
    expect(short.body.also).toEqual([]);
    expect(await tasksOf(order.id)).toContain('order.short_pick');
    const asked = await processing.post('/api/v1/pickings', { orderId: order.id });
    expect([asked.status, asked.body.pickings.length]).toEqual([201, 1]);
    expect((await store.get(`/api/v1/pickings/${asked.body.pickings[0].id}`)).body).toMatchObject({
      qty: '3',
      readyByOn: '2026-12-18',
    });
    expect(await tasksOf(order.id)).not.toContain('order.short_pick');
  });

  it('R5.1 goods can be put back, before and after they stand ready', async () => {
    const { order, picking } = await pickingOf();
    expect((await act(store, picking, 'put-back', { reason: '误操作' })).body).toMatchObject({
      code: 'picking.wrong_state',
      status: 409,
    });
    const { body: started } = await act(store, picking, 'start');
    const { body: back } = await act(store, started, 'put-back', { reason: '误操作' });
    expect(back).toMatchObject({ state: 'open', order: { deliveryStatus: 'none' } });
    const { body: again } = await act(store, back, 'start');
    const { body: ready } = await act(store, again, 'finish', {});
    const { body: undone } = await act(store, ready, 'put-back', { reason: '拣错' });
    expect(undone).toMatchObject({ state: 'open', order: { deliveryStatus: 'none' } });
    expect((await orderOf(order.id)).lines[0].pickedQty).toBe('0');
    expect(await tasksOf(picking.id)).toEqual(['picking.start']);
  });

  it('R5.1 an open list can be given up, and asked for again', async () => {
    const { order, picking } = await pickingOf();
    const { body: gone } = await act(store, picking, 'cancel', { reason: '合并拣货' });
    expect(gone.state).toBe('cancelled');
    expect(await tasksOf(order.id)).toContain('order.short_pick');
    expect((await act(store, gone, 'start')).body.code).toBe('picking.wrong_state');
    const asked = await processing.post('/api/v1/pickings', { orderId: order.id });
    expect(asked.body.pickings).toHaveLength(1);
  });

  it('R6.1 a hold stops picking until it is lifted', async () => {
    const { order, picking } = await pickingOf();
    const manager = await t.as('manager');
    const held = await manager.post(
      `/api/v1/orders/${order.id}/hold`,
      { reason: '客户争议' },
      { ifMatch: (await orderOf(order.id)).version },
    );
    const refused = await act(store, picking, 'start');
    expect([refused.status, refused.body.code, refused.body.errors[0].params]).toEqual([
      409,
      'order.hold',
      { kind: 'manual', reason: '客户争议' },
    ]);
    const view = await store.get(`/api/v1/pickings/${picking.id}`);
    expect((await act(store, picking, 'finish', { begin: true })).body.code).toBe('order.hold');
    expect(view.body.allowedActions[0]).toMatchObject({ action: 'start', refusals: [{ code: 'order.hold' }] });
    await t.sql(`update hold set released_at = $2 where order_id = $1`, [order.id, t.clock.now()]);
    expect(held.status).toBe(200);
    expect((await act(store, picking, 'start')).status).toBe(200);
  });

  it('R5.1 nothing is picked for an order that is not in effect', async () => {
    const { order, picking } = await pickingOf();
    await t.sql(`update sales_order set state = 'cancelled' where id = $1`, [order.id]);
    expect((await act(store, picking, 'start')).body.code).toBe('order.wrong_state');
    expect((await processing.post('/api/v1/pickings', { orderId: order.id })).body.code).toBe('order.wrong_state');
    expect((await processing.post('/api/v1/pickings', { orderId: newId(t.clock.now()) })).body.code).toBe(
      'order.not_found',
    );
  });

  it('P11 an old version is refused, and a picking list that nobody knows reads as missing', async () => {
    const { picking } = await pickingOf();
    await act(store, picking, 'start');
    const stale = await act(store, picking, 'finish', {});
    expect([stale.status, stale.body.code, stale.headers['etag']]).toEqual([412, 'request.version_stale', '"2"']);
    expect((await act(store, { id: newId(t.clock.now()), version: 1 }, 'start')).body).toMatchObject({
      code: 'picking.not_found',
      status: 404,
    });
    expect((await store.get(`/api/v1/pickings/${newId(t.clock.now())}`)).body.code).toBe('picking.not_found');
  });

  it('C3 of two who start the same list at once, one wins', async () => {
    const { picking } = await pickingOf();
    const answers = await Promise.all([
      act(store, picking, 'start'),
      act(store, picking, 'start'),
      act(store, picking, 'start'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(await typesOf(picking.id)).toEqual(['picking.opened', 'picking.started']);
  });

  it('R2 picking is the work of the warehouse, and no partner sees it', async () => {
    const { picking } = await pickingOf();
    expect((await act(processing, picking, 'start')).status).toBe(403);
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    expect((await buyer.get('/api/v1/pickings')).status).toBe(403);
    expect((await buyer.get(`/api/v1/pickings/${picking.id}`)).status).toBe(403);
  });

  it('R5.1 lists are paged by the day they must be ready', async () => {
    const first = await store.get('/api/v1/pickings?limit=2');
    const second = await store.get(`/api/v1/pickings?limit=2&cursor=${first.body.nextCursor}`);
    const ids = [...first.body.items, ...second.body.items].map(({ id }: Doc) => id);
    expect(new Set(ids).size).toBe(4);
    expect(first.body.total).toBeGreaterThan(4);
    expect((await store.get('/api/v1/pickings?cursor=abc')).body.code).toBe('request.bad_cursor');
  });
});

/** Dispatch, tracking, proof of delivery over HTTP: every step, its refusals and its way back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { orderInEffect } from '../../../../tests/support/order-in-effect.ts';
import * as pickings from '../../../contract/pickings.ts';
import * as contract from '../../../contract/shipments.ts';
import { newId } from '../../kernel/ids.ts';
import { invariantViolations } from '../../platform/invariants/index.ts';

let t: TestApp;
let g: Goods;
let store: Actor;
let processing: Actor;
let logistics: Actor;
let buyer: Actor;
let partnerId: string;
let warehouseId: string;
let carrierId: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  store = await t.as('warehouse');
  processing = await t.as('order_processing');
  logistics = await t.as('logistics');
  partnerId = await t.partner();
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  await g.address(partnerId);
  warehouseId = await g.warehouse();
  carrierId = newId(t.clock.now());
  await t.sql(`insert into carrier (id, code, name) values ($1, 'SF', '顺丰')`, [carrierId]);
});
afterAll(() => t.close());

type Doc = { id: string; version: number };
const act = (actor: Actor, kind: 'pickings' | 'shipments', doc: Doc, verb: string, body?: object) =>
  actor.post(`/api/v1/${kind}/${doc.id}/${verb}`, body, { ifMatch: doc.version });
const orderOf = async (id: string) => (await processing.get(`/api/v1/orders/${id}`)).body;
const tasksOf = async (id: string) =>
  (
    await t.sql<{ kind: string }>('select kind from task where document_id = $1 and closed_at is null order by kind', [
      id,
    ])
  ).map(({ kind }) => kind);
const stockOf = async (productId: string) =>
  (
    await t.sql(
      'select on_hand_qty::text as on_hand, reserved_qty::text as reserved from stock where product_id = $1',
      [productId],
    )
  )[0];
const reservedOf = async (orderId: string) =>
  (
    await t.sql<{ qty: string | null }>('select sum(qty)::text as qty from reservation where order_id = $1', [orderId])
  )[0]?.qty ?? '0';

/** An order whose goods stand ready. */
async function ready(qtys: readonly string[] = ['5'], partner = partnerId) {
  const lines: { sku: string; qty: string }[] = [];
  const products: string[] = [];
  for (const qty of qtys) {
    const product = await g.product();
    await g.stock(product.id, warehouseId, 20);
    lines.push({ sku: product.sku, qty });
    products.push(product.id);
  }
  const order = await orderInEffect(t, partner, lines);
  const { body: list } = await store.get(`/api/v1/pickings?orderId=${order.id}`);
  const { body: started } = await act(store, 'pickings', list.items[0], 'start');
  const { body: picking } = await act(store, 'pickings', started, 'finish', {});
  return { order, picking, products };
}
const data = () => ({
  warehouseId,
  carrierId,
  waybillNo: 'SF1234567890',
  shippedAt: t.clock.now().toISOString(),
  expectedOn: '2026-03-12',
});
const dispatch = (orderId: string, rest: object = {}, actor = processing) =>
  actor.post('/api/v1/shipments', { orderId, ...data(), ...rest });

async function shipped(qtys: readonly string[] = ['5'], rest: object = {}, partner = partnerId) {
  const made = await ready(qtys, partner);
  const { status, body } = await dispatch(made.order.id, rest);
  expect([status, body.code]).toEqual([201, undefined]);
  return { ...made, shipment: body };
}
const proof = (rest: object = {}) => ({ at: t.clock.now().toISOString(), receivedBy: '李四', ...rest });

describe('dispatch', () => {
  it('R5.2 goods leave: shipment, goods issue, reservation and order lines change together', async () => {
    const { order, picking, products, shipment } = await shipped();
    expect(shipment).toMatchObject({
      no: expect.stringMatching(/^SH-2026-\d{6}$/),
      state: 'shipped',
      order: { deliveryStatus: 'shipped' },
    });
    expect(await stockOf(products[0] ?? '')).toEqual({ on_hand: '150000', reserved: '0' });
    expect(await reservedOf(order.id)).toBe('0');
    expect((await orderOf(order.id)).lines[0]).toMatchObject({ pickedQty: '0', shippedQty: '5' });
    expect(await t.sql(`select kind, qty::text from stock_move where source_id = $1`, [shipment.id])).toEqual([
      { kind: 'issue', qty: '-50000' },
    ]);
    expect(await tasksOf(picking.id)).toEqual([]);
    expect(await tasksOf(shipment.id)).toEqual(['shipment.track']);
    const view = await logistics.get(`/api/v1/shipments/${shipment.id}`);
    expect(view.body).toMatchObject({
      carrier: { name: '顺丰' },
      waybillNo: 'SF1234567890',
      expectedOn: '2026-03-12',
      lines: [{ qty: '5', receivedQty: null }],
      isLate: false,
    });
    const events = await t.sql<{ type: string; payload: object }>(
      'select type, payload from event where document_id = $1',
      [shipment.id],
    );
    expect(events).toEqual([
      {
        type: 'shipment.shipped',
        payload: expect.objectContaining({ waybillNo: 'SF1234567890', expectedOn: '2026-03-12', orderNo: order.no }),
      },
    ]);
  });

  it('R5.2 part shipments: each takes what is named, the rest stays ready', async () => {
    const { order, picking, products } = await ready(['5', '4']);
    const first = await dispatch(order.id, { lines: [{ lineNo: 1, qty: '2' }] });
    expect(first.body.order.deliveryStatus).toBe('part_shipped');
    expect(await stockOf(products[0] ?? '')).toEqual({ on_hand: '180000', reserved: '30000' });
    expect(await tasksOf(picking.id)).toEqual(['shipment.arrange']);
    const over = await dispatch(order.id, { lines: [{ lineNo: 1, qty: '4' }] });
    expect([over.status, over.body.code, over.body.errors[0].params]).toEqual([
      409,
      'shipment.exceeds_ready',
      { lineNo: '1', ready: '3' },
    ]);
    const board = await processing.get(`/api/v1/orders/${order.id}/dispatch`);
    expect(board.body.warehouses[0]).toMatchObject({
      refusals: [],
      lines: [
        { lineNo: 1, readyQty: '3', shippedQty: '2' },
        { lineNo: 2, readyQty: '4' },
      ],
    });
    const rest = await dispatch(order.id);
    expect(rest.body.order.deliveryStatus).toBe('shipped');
    const none = await dispatch(order.id);
    expect([none.status, none.body.code]).toEqual([409, 'shipment.nothing_ready']);
    const list = await processing.get(`/api/v1/shipments?orderId=${order.id}`);
    expect(list.body.items.map(({ qty }: { qty: string }) => qty).sort()).toEqual(['2', '7']);
  });

  it('R5.2 nothing leaves without carrier, waybill number and expected arrival, or a recorded reason', async () => {
    const { order } = await ready();
    for (const field of ['carrierId', 'waybillNo', 'expectedOn']) {
      const { status, body } = await dispatch(order.id, { [field]: undefined });
      expect([status, body.code, body.errors[0].field]).toEqual([422, 'shipment.data_missing', field]);
    }
    const { body } = await dispatch(order.id, { waybillNo: undefined, missingDataReason: '专车送货，无运单' });
    expect((await logistics.get(`/api/v1/shipments/${body.id}`)).body).toMatchObject({
      waybillNo: null,
      missingDataReason: '专车送货，无运单',
    });
  });

  it('R5.2 times must be in order, and what is named must exist', async () => {
    const { order } = await ready();
    expect((await dispatch(order.id, { shippedAt: '2026-03-11T02:00:00Z' })).body).toMatchObject({
      code: 'shipment.time_order',
      status: 422,
    });
    expect((await dispatch(order.id, { shippedAt: 'yesterday' })).body.code).toBe('field.instant_format');
    expect((await dispatch(order.id, { expectedOn: '2026-03-09' })).body.code).toBe('shipment.time_order');
    expect((await dispatch(order.id, { carrierId: newId(t.clock.now()) })).body.code).toBe('carrier.not_found');
    expect((await dispatch(order.id, { warehouseId: newId(t.clock.now()) })).body.code).toBe('warehouse.not_found');
    expect((await dispatch(order.id, { lines: [{ lineNo: 7, qty: '1' }] })).body.code).toBe('line.not_found');
    expect((await dispatch(order.id, { lines: [{ lineNo: 1, qty: '0.5' }] })).body.code).toBe('stock.qty_whole');
    expect((await dispatch(order.id, { lines: [{ lineNo: 1, qty: '0' }] })).body.code).toBe('field.qty_range');
    expect(
      (
        await dispatch(order.id, {
          lines: [
            { lineNo: 1, qty: '1' },
            { lineNo: 1, qty: '1' },
          ],
        })
      ).body.code,
    ).toBe('field.invalid');
    expect((await dispatch(newId(t.clock.now()))).body.code).toBe('order.not_found');
    expect((await dispatch(order.id, {}, store)).status).toBe(403);
  });

  it('R6.1 a hold stops dispatch, and an order that is not in effect is never shipped', async () => {
    const { order } = await ready();
    const hold = newId(t.clock.now());
    await t.sql(
      `insert into hold (id, partner_id, kind, reason, placed_at) values ($1, $2, 'overdue', '逾期 45 天', $3)`,
      [hold, partnerId, t.clock.now()],
    );
    const refused = await dispatch(order.id);
    expect([refused.status, refused.body.code]).toEqual([409, 'order.hold']);
    expect((await processing.get(`/api/v1/orders/${order.id}/dispatch`)).body.warehouses[0].refusals).toMatchObject([
      { code: 'order.hold' },
    ]);
    await t.sql('update hold set released_at = $2 where id = $1', [hold, t.clock.now()]);
    await t.sql(`update sales_order set state = 'cancelled' where id = $1`, [order.id]);
    expect((await dispatch(order.id)).body.code).toBe('order.wrong_state');
    await t.sql(`update sales_order set state = 'in_effect' where id = $1`, [order.id]);
    expect((await dispatch(order.id)).status).toBe(201);
  });

  it('P6 the same dispatch sent twice with one key ships once; with two keys the second finds nothing', async () => {
    const { order, products } = await ready();
    const body = { orderId: order.id, ...data() };
    const answers = await Promise.all([
      processing.post('/api/v1/shipments', body, { key: 'ship-1' }),
      processing.post('/api/v1/shipments', body, { key: 'ship-1' }),
    ]);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect((await processing.post('/api/v1/shipments', body)).body.code).toBe('shipment.nothing_ready');
    expect(await stockOf(products[0] ?? '')).toEqual({ on_hand: '150000', reserved: '0' });
  });

  it('P6 two dispatches of one order at the same moment never ship the goods twice', async () => {
    const { order, products } = await ready();
    const lines = [{ lineNo: 1, qty: '3' }];
    const answers = await Promise.all([
      dispatch(order.id, { lines }),
      dispatch(order.id, { lines }),
      dispatch(order.id, { lines }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await stockOf(products[0] ?? '')).toEqual({ on_hand: '170000', reserved: '20000' });
  });

  it('R5.2 what has left cannot be put back: the shipment is reversed first', async () => {
    const { order, picking, products, shipment } = await shipped();
    const { body: now } = await store.get(`/api/v1/pickings/${picking.id}`);
    expect((await act(store, 'pickings', now, 'put-back', { reason: 'x' })).body.code).toBe('order.already_shipped');
    const reversed = await act(logistics, 'shipments', shipment, 'reverse', { reason: '车辆故障' });
    expect(reversed.body).toMatchObject({ state: 'reversed', order: { deliveryStatus: 'ready' } });
    expect(await stockOf(products[0] ?? '')).toEqual({ on_hand: '200000', reserved: '50000' });
    expect(await reservedOf(order.id)).toBe('50000');
    expect((await orderOf(order.id)).lines[0]).toMatchObject({ pickedQty: '5', shippedQty: '0' });
    const moves = await t.sql(
      `select kind, qty::text, reverses_id is not null as linked from stock_move where source_id = $1 order by kind`,
      [shipment.id],
    );
    expect(moves).toEqual([
      { kind: 'issue', qty: '-50000', linked: false },
      { kind: 'issue_back', qty: '50000', linked: true },
    ]);
    expect([await tasksOf(shipment.id), await tasksOf(picking.id)]).toEqual([[], ['shipment.arrange']]);
    expect((await act(logistics, 'shipments', reversed.body, 'reverse', { reason: 'x' })).body.code).toBe(
      'shipment.wrong_state',
    );
    expect((await dispatch(order.id)).status).toBe(201);
  });
});

describe('tracking', () => {
  const track = (shipment: Doc, body: object, actor = logistics) =>
    actor.post(`/api/v1/shipments/${shipment.id}/track`, {
      at: t.clock.now().toISOString(),
      note: '到达中转站',
      ...body,
    });

  it('R5.3 news from the road with a new arrival is on record and in the event that tells everybody', async () => {
    const { shipment } = await shipped();
    const { body } = await track(shipment, { place: '南京', newExpectedOn: '2026-03-14' });
    expect(body.version).toBe(2);
    const view = await buyer.get(`/api/v1/shipments/${shipment.id}`);
    expect(view.body).toMatchObject({
      expectedOn: '2026-03-14',
      tracking: [{ place: '南京', newExpectedOn: '2026-03-14', kind: 'progress' }],
    });
    expect(view.body.tracking[0].recordedBy).toBeUndefined();
    const [event] = await t.sql<{ payload: object }>(
      'select payload from event where document_id = $1 and version = 2',
      [shipment.id],
    );
    expect(event?.payload).toMatchObject({
      expectedOn: '2026-03-14',
      oldExpectedOn: '2026-03-12',
      hasNewArrival: true,
    });
    expect(JSON.stringify(event?.payload)).not.toContain('到达中转站');
  });

  it('R5.2 an exception has an owner until it is settled', async () => {
    const { shipment } = await shipped();
    expect((await track(shipment, { kind: 'settled' })).body.code).toBe('shipment.no_exception');
    expect((await track(shipment, { kind: 'exception' })).body).toMatchObject({
      code: 'field.required',
      errors: [{ field: 'exceptionKind' }],
    });
    await track(shipment, { kind: 'exception', exceptionKind: 'damaged', note: '外箱破损' });
    expect(await tasksOf(shipment.id)).toEqual(['shipment.exception', 'shipment.track']);
    expect((await logistics.get('/api/v1/shipments?exception=true')).body.items).toMatchObject([
      { id: shipment.id, hasException: true },
    ]);
    await track(shipment, { kind: 'settled', note: '更换包装' });
    expect(await tasksOf(shipment.id)).toEqual(['shipment.track']);
    expect((await logistics.get('/api/v1/shipments?exception=true')).body.items).toEqual([]);
  });

  it('R5.2 shipping data that was missing is added with the news', async () => {
    const { shipment } = await shipped(['2'], { waybillNo: undefined, missingDataReason: '运单稍后提供' });
    await track(shipment, { waybillNo: 'SF999' });
    expect((await logistics.get(`/api/v1/shipments/${shipment.id}`)).body).toMatchObject({
      waybillNo: 'SF999',
      missingDataReason: null,
    });
    expect((await logistics.get('/api/v1/shipments?q=sf999')).body.items).toHaveLength(1);
    // Also by the number of its own or of its order, from the beginning or by the end alone.
    const { no, order } = shipment;
    for (const typed of [no, no.slice(3), no.split('-').at(-1), order.no, order.no.split('-').at(-1)]) {
      const { body } = await logistics.get(`/api/v1/shipments?q=${typed}`);
      expect([typed, body.items.map(({ id }: { id: string }) => id)]).toEqual([
        typed,
        expect.arrayContaining([shipment.id]),
      ]);
    }
    expect((await logistics.get('/api/v1/shipments?q=nobody-has-this')).body).toMatchObject({ items: [], total: 0 });
    expect((await track(shipment, { carrierId: newId(t.clock.now()) })).body.code).toBe('carrier.not_found');
  });

  it('R5.3 news lies between departure and now; the next news is due within a day', async () => {
    const { shipment } = await shipped();
    expect((await track(shipment, { at: '2026-03-09T02:00:00Z' })).body.code).toBe('shipment.time_order');
    expect((await track(shipment, { at: '2026-03-11T02:00:00Z' })).body.code).toBe('shipment.time_order');
    expect((await track(shipment, { newExpectedOn: '2026-03-01' })).body.code).toBe('shipment.time_order');
    expect((await track({ id: newId(t.clock.now()), version: 1 }, {})).body.code).toBe('shipment.not_found');
    expect((await track(shipment, {}, buyer)).status).toBe(403);
    await track(shipment, {});
    const [task] = await t.sql<{ due_at: Date }>(
      `select due_at from task where document_id = $1 and kind = 'shipment.track' and closed_at is null`,
      [shipment.id],
    );
    expect(task?.due_at.getTime()).toBe(t.clock.now().getTime() + 24 * 3_600_000);
  });

  it('R5.3 shipments past their arrival are found', async () => {
    const { shipment } = await shipped(['1'], { expectedOn: '2026-03-10' });
    expect((await logistics.get('/api/v1/shipments?late=true')).body.items).toEqual([]);
    t.clock.advance(86_400_000);
    expect((await logistics.get('/api/v1/shipments?late=true')).body.items).toMatchObject([
      { id: shipment.id, isLate: true },
    ]);
    expect((await logistics.get('/api/v1/shipments?from=2026-03-11')).body.items).toEqual([]);
    t.clock.advance(-86_400_000);
  });
});

describe('proof of delivery', () => {
  it('R5.2 received in full: the order is delivered', async () => {
    const { order, shipment } = await shipped(['5', '2']);
    const { status, body } = await act(logistics, 'shipments', shipment, 'deliver', proof());
    expect([status, body.state, body.order.deliveryStatus]).toEqual([200, 'delivered', 'delivered']);
    expect((await orderOf(order.id)).lines.map(({ deliveredQty }: { deliveredQty: string }) => deliveredQty)).toEqual([
      '5',
      '2',
    ]);
    expect(await tasksOf(shipment.id)).toEqual([]);
    const [event] = await t.sql<{ payload: object }>(
      `select payload from event where document_id = $1 and type = 'shipment.delivered'`,
      [shipment.id],
    );
    expect(JSON.stringify(event?.payload)).not.toContain('李四');
    expect((await act(logistics, 'shipments', body, 'deliver', proof())).body.code).toBe('shipment.wrong_state');
    expect(
      (await logistics.post(`/api/v1/shipments/${shipment.id}/track`, { at: t.clock.now().toISOString(), note: 'x' }))
        .body.code,
    ).toBe('shipment.wrong_state');
  });

  it('R5.2 the partner confirms receipt of its own goods, and of nobody else’s', async () => {
    const { shipment } = await shipped();
    const otherPartner = await t.partner();
    const stranger = await t.as({ partnerId: otherPartner, role: 'partner_buyer' });
    for (const answer of [
      await act(stranger, 'shipments', shipment, 'deliver', proof()),
      await stranger.get(`/api/v1/shipments/${shipment.id}`),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'shipment.not_found']);
    }
    expect((await stranger.get('/api/v1/shipments')).body.items).toEqual([]);
    const view = await buyer.get(`/api/v1/shipments/${shipment.id}`);
    expect(view.body.allowedActions).toMatchObject([{ action: 'deliver', refusals: [], primary: true }]);
    expect(view.body).toMatchObject({ note: null, holder: null, missingDataReason: null });
    const { body } = await act(buyer, 'shipments', shipment, 'deliver', proof());
    expect(body.state).toBe('delivered');
  });

  it('R5.2 less than was sent needs a note, and logistics finds out', async () => {
    const { order, shipment } = await shipped(['5']);
    const deliver = (body: object) => act(logistics, 'shipments', shipment, 'deliver', proof(body));
    const lines = [{ lineNo: 1, receivedQty: '3' }];
    expect((await deliver({ lines })).body).toMatchObject({ code: 'field.required', errors: [{ field: 'note' }] });
    expect((await deliver({ lines: [{ lineNo: 1, receivedQty: '6' }] })).body).toMatchObject({
      code: 'shipment.received_exceeds',
      status: 422,
    });
    expect((await deliver({ lines: [{ lineNo: 4, receivedQty: '1' }] })).body.code).toBe('line.not_found');
    expect((await deliver({ lines: [{ lineNo: 1, receivedQty: '1.5' }] })).body.code).toBe('stock.qty_whole');
    expect((await deliver({ at: '2026-03-01T00:00:00Z' })).body.code).toBe('shipment.time_order');
    expect((await deliver({ at: '2026-03-12T00:00:00Z' })).body.code).toBe('shipment.time_order');
    const short = await deliver({ lines, note: '少 2 件' });
    expect(short.body.order.deliveryStatus).toBe('part_delivered');
    expect(await tasksOf(shipment.id)).toEqual(['shipment.settle_difference']);
    expect((await orderOf(order.id)).lines[0]).toMatchObject({ shippedQty: '5', deliveredQty: '3' });
    const view = await logistics.get(`/api/v1/shipments/${shipment.id}`);
    expect(view.body).toMatchObject({ hasDifference: true, lines: [{ receivedQty: '3', lostQty: '0' }] });

    const settled = await act(logistics, 'shipments', short.body, 'settle-difference', { reason: '承运商确认丢失' });
    expect(settled.body).toMatchObject({ state: 'delivered', order: { deliveryStatus: 'part_delivered' } });
    expect((await orderOf(order.id)).lines[0]).toMatchObject({ shippedQty: '3', deliveredQty: '3' });
    expect(await tasksOf(order.id)).toContain('order.settle_loss');
    expect((await act(logistics, 'shipments', settled.body, 'settle-difference', { reason: 'x' })).body.code).toBe(
      'shipment.no_difference',
    );
  });

  it('R5.2 after a loss the rest is closed with the partner’s consent, and nothing is open any more', async () => {
    const { order, shipment } = await shipped(['5']);
    const short = await act(
      logistics,
      'shipments',
      shipment,
      'deliver',
      proof({ lines: [{ lineNo: 1, receivedQty: '3' }], note: '少 2 件' }),
    );
    await act(logistics, 'shipments', short.body, 'settle-difference', { reason: '丢失' });
    const before = await orderOf(order.id);
    const closed = await processing.post(
      `/api/v1/orders/${order.id}/short-close`,
      { lineNo: 1, reason: '丢失', consent: '邮件同意' },
      { ifMatch: before.version },
    );
    expect(closed.body).toMatchObject({ deliveryStatus: 'delivered', lines: [{ closedQty: '2', deliveredQty: '3' }] });
  });

  it('R5.2 of goods that have all left, nothing is open to be closed', async () => {
    const { order } = await shipped(['5']);
    const closed = await processing.post(
      `/api/v1/orders/${order.id}/short-close`,
      { lineNo: 1, reason: '停产', consent: '邮件同意' },
      { ifMatch: (await orderOf(order.id)).version },
    );
    expect([closed.status, closed.body.code]).toEqual([409, 'order.nothing_open']);
  });

  it('R5.2 a wrong proof is taken back, also after a difference was settled', async () => {
    const { order, shipment } = await shipped(['5']);
    const short = await act(
      logistics,
      'shipments',
      shipment,
      'deliver',
      proof({ lines: [{ lineNo: 1, receivedQty: '3' }], note: '少 2 件' }),
    );
    const settled = await act(logistics, 'shipments', short.body, 'settle-difference', { reason: '丢失' });
    const back = await act(logistics, 'shipments', settled.body, 'undeliver', { reason: '已找到' });
    expect(back.body).toMatchObject({ state: 'shipped', order: { deliveryStatus: 'shipped' } });
    expect((await orderOf(order.id)).lines[0]).toMatchObject({ shippedQty: '5', deliveredQty: '0' });
    expect(await tasksOf(shipment.id)).toEqual(['shipment.track']);
    expect((await act(logistics, 'shipments', back.body, 'undeliver', { reason: 'x' })).body.code).toBe(
      'shipment.wrong_state',
    );
    expect((await act(logistics, 'shipments', back.body, 'deliver', proof())).body.order.deliveryStatus).toBe(
      'delivered',
    );
  });

  it('R5.2 a lost rest that has been closed bars the way back', async () => {
    const { order, shipment } = await shipped(['5']);
    const short = await act(
      logistics,
      'shipments',
      shipment,
      'deliver',
      proof({ lines: [{ lineNo: 1, receivedQty: '3' }], note: '少 2 件' }),
    );
    const settled = await act(logistics, 'shipments', short.body, 'settle-difference', { reason: '丢失' });
    await processing.post(
      `/api/v1/orders/${order.id}/short-close`,
      { lineNo: 1, reason: '丢失', consent: '邮件同意' },
      { ifMatch: (await orderOf(order.id)).version },
    );
    const back = await act(logistics, 'shipments', settled.body, 'undeliver', { reason: '已找到' });
    expect([back.status, back.body.code]).toEqual([409, 'shipment.rest_in_use']);
  });

  it('R2 delivered, paid and invoiced: the product completes the order in the same step', async () => {
    const { order, shipment } = await shipped(['1']);
    await t.sql(
      'update sales_order set paid_amount = gross_amount, invoiced_amount = gross_amount, held_amount = 0 where id = $1',
      [order.id],
    );
    const { body } = await act(buyer, 'shipments', shipment, 'deliver', proof());
    expect(body.order).toMatchObject({ state: 'completed', deliveryStatus: 'delivered' });
    const after = await orderOf(order.id);
    expect([after.state, after.version]).toEqual(['completed', body.order.version]);
    const late = await act(logistics, 'shipments', body, 'undeliver', { reason: 'x' });
    expect([late.status, late.body.code]).toEqual([409, 'order.wrong_state']);
  });

  it('every answer has exactly the form that the contract says', async () => {
    const { order, picking, shipment } = await shipped(['4', '2'], { note: '易碎' });
    await logistics.post(`/api/v1/shipments/${shipment.id}/track`, {
      at: t.clock.now().toISOString(),
      note: '在途',
      kind: 'exception',
      exceptionKind: 'late',
    });
    const open = await ready();
    for (const actor of [processing, buyer]) {
      const reads = [
        [contract.shipmentGet, `/api/v1/shipments/${shipment.id}`],
        [contract.shipmentsList, '/api/v1/shipments'],
        ...(actor === buyer
          ? []
          : ([
              [pickings.pickingGet, `/api/v1/pickings/${picking.id}`],
              [pickings.pickingsList, '/api/v1/pickings'],
              [contract.dispatchGet, `/api/v1/orders/${open.order.id}/dispatch`],
            ] as const)),
      ] as const;
      for (const [operation, path] of reads) {
        const { body } = await actor.get(path);
        expect(operation.response.parse(body), path).toEqual(body);
      }
    }
    const { body } = await act(logistics, 'shipments', { ...shipment, version: 2 }, 'deliver', proof());
    expect(contract.shipmentDeliver.response.parse(body)).toEqual(body);
    expect(order.id).toBe(body.order.id);
  });

  it('P5 after all of this the books of goods agree, and every document has as many events as its version says', async () => {
    const rules = [
      'stock.on_hand',
      'stock.reserved',
      'reservation.order',
      'order_line.shipped',
      'shipment.issued',
      'event.version',
    ];
    const broken = await invariantViolations(({ text, values }) => t.sql(text, values));
    expect(broken.filter(({ name }) => rules.includes(name))).toEqual([]);
  });
});

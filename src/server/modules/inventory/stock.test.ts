/** Stock, supplies and availability over HTTP, with their refusals and ways back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import * as contract from '../../../contract/stock.ts';
import { newId } from '../../kernel/ids.ts';

let t: TestApp;
let g: Goods;
let store: Actor;
let production: Actor;
let warehouseId: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  store = await t.as('warehouse');
  production = await t.as('production');
  warehouseId = await g.warehouse();
});
afterAll(() => t.close());

const receive = (productId: string, qty: string, kind = 'receipt') =>
  store.post('/api/v1/stock/receipts', { productId, warehouseId, qty, kind });
const adjust = (productId: string, qty: string) =>
  store.post('/api/v1/stock/adjustments', { productId, warehouseId, qty, reason: '盘点' });
const level = async (productId: string) =>
  (
    await t.sql(
      'select on_hand_qty::text as on_hand, reserved_qty::text as reserved from stock where product_id = $1 and warehouse_id = $2',
      [productId, warehouseId],
    )
  )[0];
/** As if orders had reserved so much. */
const reserve = (productId: string, qty: string) =>
  t.sql('update stock set reserved_qty = $2 where product_id = $1', [productId, qty]);

describe('stock', () => {
  it('R4.2 goods come in: the row, the movement and the event say the same', async () => {
    const product = await g.product();
    const { status, body } = await receive(product.id, '12', 'opening');
    expect([status, body.onHandQty, body.availableQty]).toEqual([201, '12', '12']);
    expect(await t.sql('select kind, qty::text from stock_move where id = $1', [body.moveId])).toEqual([
      { kind: 'opening', qty: '120000' },
    ]);
    const events = await t.sql('select type, version, payload from event where document_id = $1', [body.moveId]);
    expect(events).toEqual([
      { type: 'stock.opened', version: 1, payload: expect.objectContaining({ qty: '12', onHandQty: '12' }) },
    ]);
  });

  it('R4.2 the same key twice brings the goods once', async () => {
    const product = await g.product();
    const send = () =>
      store.post(
        '/api/v1/stock/receipts',
        { productId: product.id, warehouseId, qty: '5', kind: 'receipt' },
        { key: 'receipt-once' },
      );
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.body.moveId]).toEqual([201, 201, first.body.moveId]);
    expect(await level(product.id)).toEqual({ on_hand: '50000', reserved: '0' });
  });

  it('R4.2 what cannot be kept in stock is refused by name', async () => {
    const [service, whole] = [await g.product({ kind: 'service' }), await g.product()];
    expect((await receive(service.id, '1')).body).toMatchObject({ code: 'stock.not_goods', status: 422 });
    expect((await receive(whole.id, '1.5')).body).toMatchObject({ code: 'stock.qty_whole', status: 422 });
    expect((await receive(newId(t.clock.now()), '1')).body).toMatchObject({ code: 'product.not_found', status: 404 });
    const elsewhere = await store.post('/api/v1/stock/receipts', {
      productId: whole.id,
      warehouseId: newId(t.clock.now()),
      qty: '1',
      kind: 'receipt',
    });
    expect(elsewhere.body).toMatchObject({ code: 'warehouse.not_found', status: 404 });
    expect((await receive(whole.id, '0')).body).toMatchObject({ code: 'field.qty_range', status: 422 });
    expect((await receive(whole.id, '-3')).body).toMatchObject({ code: 'field.qty_range', status: 422 });
  });

  it('R4.2 quantities in parts are kept where the product is measured', async () => {
    const product = await g.product({ wholeUnits: false });
    expect((await receive(product.id, '1.2345')).body.onHandQty).toBe('1.2345');
  });

  it('R4.2 a count corrects stock, never below what is reserved', async () => {
    const product = await g.product();
    await receive(product.id, '10');
    await reserve(product.id, '40000');
    const refused = await adjust(product.id, '-7');
    expect([refused.status, refused.body.code]).toEqual([409, 'stock.reserved']);
    expect(refused.body.errors[0].params).toEqual({ onHand: '10', reserved: '4', free: '6' });
    expect((await adjust(product.id, '-6')).body).toMatchObject({ onHandQty: '4', availableQty: '0' });
    expect((await adjust(product.id, '2')).body).toMatchObject({ onHandQty: '6', availableQty: '2' });
    expect((await adjust(product.id, '0')).body).toMatchObject({ code: 'field.qty_range' });
    expect((await adjust((await g.product()).id, '-1')).body).toMatchObject({ code: 'stock.reserved' });
  });

  it('R4.2 receipts and corrections have a way back, once', async () => {
    const product = await g.product();
    const { body: receipt } = await receive(product.id, '10');
    const { body: count } = await adjust(product.id, '-2');
    const reverse = (id: string) => store.post(`/api/v1/stock/moves/${id}/reverse`, { reason: '录错' });
    expect((await reverse(count.moveId)).body.onHandQty).toBe('10');
    const twice = await reverse(count.moveId);
    expect([twice.status, twice.body.code]).toEqual([409, 'move.reversed']);
    await reserve(product.id, '10000');
    expect((await reverse(receipt.moveId)).body).toMatchObject({ code: 'stock.reserved', status: 409 });
    await reserve(product.id, '0');
    const back = await reverse(receipt.moveId);
    expect([back.status, back.body.onHandQty]).toEqual([201, '0']);
    expect((await reverse(back.body.moveId)).body).toMatchObject({ code: 'move.not_reversible', status: 409 });
    expect((await reverse(newId(t.clock.now()))).body).toMatchObject({ code: 'move.not_found', status: 404 });
  });

  it('R4.2 stock and movements are listed, filtered and paged', async () => {
    const products = [
      await g.product({ sku: 'LIST-1', name: '清单螺栓' }),
      await g.product({ sku: 'LIST-2' }),
      await g.product({ sku: 'LIST-3' }),
    ];
    for (const [i, product] of products.entries()) await receive(product.id, String(i + 1));
    await production.put('/api/v1/stock/minimum', { productId: products[1]?.id, warehouseId, minimumQty: '2' });
    const first = await store.get('/api/v1/stock?q=list-&limit=2');
    expect([
      first.status,
      first.body.total,
      first.body.items.map((item: { product: { sku: string } }) => item.product.sku),
    ]).toEqual([200, 3, ['LIST-1', 'LIST-2']]);
    const next = await store.get(`/api/v1/stock?q=list-&limit=2&cursor=${first.body.nextCursor}`);
    expect([next.body.items.length, next.body.nextCursor]).toEqual([1, null]);
    expect((await store.get('/api/v1/stock?q=LIST-&low=true')).body.items).toMatchObject([
      { product: { sku: 'LIST-2' }, isLow: true, minimumQty: '2' },
    ]);
    expect((await store.get(`/api/v1/stock?q=${encodeURIComponent('螺栓')}`)).body.items).toHaveLength(1);
    const byFree = await store.get('/api/v1/stock?q=list-&sort=available&limit=2');
    const rest = await store.get(`/api/v1/stock?q=list-&sort=available&limit=2&cursor=${byFree.body.nextCursor}`);
    expect([...byFree.body.items, ...rest.body.items].map((item) => item.availableQty)).toEqual(['1', '2', '3']);
    const moves = await store.get(`/api/v1/stock/moves?productId=${products[2]?.id}&from=2026-03-10&to=2026-03-10`);
    expect(moves.body.items).toMatchObject([
      { kind: 'receipt', qty: '3', allowedActions: [{ action: 'reverse', refusals: [] }], reversedById: null },
    ]);
    expect((await store.get('/api/v1/stock/moves?from=2026-03-11')).body.items).toEqual([]);
    expect((await store.get('/api/v1/stock?cursor=WzEsMl0')).body.code).toBe('request.bad_cursor');
    expect((await store.get('/api/v1/stock?colour=red')).body.code).toBe('request.bad_parameter');
  });

  it('R2 stock is received by warehouse and production, counted by the warehouse, and seen by no partner', async () => {
    const product = await g.product();
    const partnerId = await t.partner();
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    for (const path of ['/api/v1/stock', '/api/v1/stock/moves', '/api/v1/supplies'])
      expect((await buyer.get(path)).status).toBe(403);
    expect(
      (
        await production.post('/api/v1/stock/adjustments', {
          productId: product.id,
          warehouseId,
          qty: '1',
          reason: 'x',
        })
      ).status,
    ).toBe(403);
    expect(
      (
        await (
          await t.as('sales')
        ).post('/api/v1/stock/receipts', { productId: product.id, warehouseId, qty: '1', kind: 'receipt' })
      ).status,
    ).toBe(403);
  });
});

describe('supplies', () => {
  const plan = async (qty: string, expectedOn = '2026-03-20') => {
    const product = await g.product();
    const { status, body } = await production.post('/api/v1/supplies', {
      kind: 'production',
      productId: product.id,
      warehouseId,
      qty,
      expectedOn,
    });
    expect(status).toBe(201);
    return { supply: body, product };
  };
  const act = (actor: Actor, supply: { id: string; version: number }, verb: string, body: object) =>
    actor.post(`/api/v1/supplies/${supply.id}/${verb}`, body, { ifMatch: supply.version });

  it('R5.1 production plans goods, and gets them in parts', async () => {
    const { supply, product } = await plan('10');
    expect(supply).toMatchObject({
      state: 'open',
      openQty: '10',
      no: expect.stringMatching(/^SU-2026-\d{6}$/),
      version: 1,
    });
    const part = await act(store, supply, 'receive', { qty: '4' });
    expect(part.body).toMatchObject({ state: 'open', receivedQty: '4', openQty: '6', version: 2 });
    const over = await act(store, part.body, 'receive', { qty: '7' });
    expect([over.status, over.body.code, over.body.errors[0].params]).toEqual([
      409,
      'supply.exceeds_open',
      { open: '6' },
    ]);
    const rest = await act(store, part.body, 'receive', { qty: '6' });
    expect(rest.body).toMatchObject({ state: 'received', openQty: '0', allowedActions: [] });
    expect(await level(product.id)).toEqual({ on_hand: '100000', reserved: '0' });
    expect((await act(store, rest.body, 'receive', { qty: '1' })).body.code).toBe('supply.wrong_state');
    expect((await act(store, supply, 'receive', { qty: '1' })).body.code).toBe('request.version_stale');
    const types = await t.sql('select type from event where document_id = $1 order by version', [supply.id]);
    expect(types).toEqual([{ type: 'supply.planned' }, { type: 'supply.received' }, { type: 'supply.received' }]);
  });

  it('R5.1 a receipt of a supply that was recorded wrongly opens the supply again', async () => {
    const { supply, product } = await plan('5');
    const received = await act(store, supply, 'receive', { qty: '5' });
    const moves = await store.get(`/api/v1/stock/moves?sourceId=${supply.id}`);
    expect(moves.body.items).toMatchObject([{ kind: 'receipt', qty: '5', source: { type: 'supply', no: supply.no } }]);
    expect((await store.post(`/api/v1/stock/moves/${moves.body.items[0].id}/reverse`, { reason: '录错' })).status).toBe(
      201,
    );
    const after = await store.get(`/api/v1/supplies/${supply.id}`);
    expect(after.body).toMatchObject({ state: 'open', openQty: '5', version: received.body.version + 1 });
    expect(await level(product.id)).toEqual({ on_hand: '0', reserved: '0' });
  });

  it('R5.1 a new date needs a cause and lies ahead', async () => {
    const { supply } = await plan('5');
    expect((await act(production, supply, 'reschedule', { expectedOn: '2026-03-25' })).body.code).toBe(
      'field.required',
    );
    expect((await act(production, supply, 'reschedule', { expectedOn: '2026-03-09', cause: '停电' })).body.code).toBe(
      'supply.past_date',
    );
    expect((await act(production, supply, 'reschedule', { expectedOn: '2026-03-20', cause: '停电' })).body.code).toBe(
      'supply.same_date',
    );
    expect((await act(production, supply, 'reschedule', { expectedOn: '2026-02-30', cause: '停电' })).body.code).toBe(
      'field.date_format',
    );
    const later = await act(production, supply, 'reschedule', { expectedOn: '2026-03-25', cause: '停电' });
    expect(later.body).toMatchObject({ expectedOn: '2026-03-25', version: 2 });
    const [event] = await t.sql<{ payload: object }>(
      'select payload from event where document_id = $1 and version = 2',
      [supply.id],
    );
    expect(event?.payload).toMatchObject({ from: '2026-03-20', to: '2026-03-25', cause: '停电' });
  });

  it('R5.1 what nobody waits for is given up; what orders wait for stays', async () => {
    const { supply } = await plan('10');
    await t.sql('update supply set reserved_qty = 40000 where id = $1', [supply.id]);
    const reduced = await act(production, supply, 'cancel', { reason: '减产' });
    expect(reduced.body).toMatchObject({ state: 'open', qty: '4', openQty: '4' });
    const stuck = await act(production, reduced.body, 'cancel', { reason: '停产' });
    expect([stuck.status, stuck.body.code]).toEqual([409, 'supply.reserved']);
    await t.sql('update supply set reserved_qty = 0 where id = $1', [supply.id]);
    const gone = await act(production, reduced.body, 'cancel', { reason: '停产' });
    expect(gone.body).toMatchObject({ state: 'cancelled' });
    expect((await act(production, gone.body, 'cancel', { reason: '停产' })).body.code).toBe('supply.wrong_state');
    expect((await act(production, { id: newId(t.clock.now()), version: 1 }, 'cancel', { reason: 'x' })).body.code).toBe(
      'supply.not_found',
    );
  });

  it('R5.1 supplies are refused for the past, for services, and for parts of whole units', async () => {
    const [product, service] = [await g.product(), await g.product({ kind: 'service' })];
    const send = (body: object) =>
      production.post('/api/v1/supplies', {
        kind: 'purchase',
        productId: product.id,
        warehouseId,
        qty: '1',
        expectedOn: '2026-03-20',
        ...body,
      });
    expect((await send({ expectedOn: '2026-03-09' })).body.code).toBe('supply.past_date');
    expect((await send({ productId: service.id })).body.code).toBe('stock.not_goods');
    expect((await send({ qty: '1.5' })).body.code).toBe('stock.qty_whole');
    expect((await send({ qty: '1', colour: 'red' })).body.code).toBe('field.unknown');
  });

  it('R5.1 overdue supplies are found', async () => {
    const { supply } = await plan('5', '2026-03-11');
    t.clock.advance(3 * 86_400_000);
    const late = await store.get(`/api/v1/supplies?late=true&productId=${supply.product.id}`);
    expect(late.body.items).toMatchObject([{ no: supply.no, isLate: true }]);
    expect((await store.get(`/api/v1/supplies?late=false&productId=${supply.product.id}`)).body.items).toEqual([]);
    t.clock.advance(-3 * 86_400_000);
  });
});

describe('availability', () => {
  it('R4.2 what can be promised when, by warehouse; partners learn the day only', async () => {
    const product = await g.product();
    const second = await g.warehouse();
    await g.stock(product.id, warehouseId, 3);
    await g.stock(product.id, second, 2);
    await g.supply(product.id, warehouseId, 5, '2026-03-20');
    const ask = async (actor: Actor, qty: string) =>
      (await actor.get(`/api/v1/availability?productId=${product.id}&qty=${qty}`)).body;
    expect((await ask(store, '3')).promise).toEqual({ qty: '3', on: '2026-03-10', onInOneWarehouse: '2026-03-10' });
    expect((await ask(store, '5')).promise).toEqual({ qty: '5', on: '2026-03-10', onInOneWarehouse: '2026-03-20' });
    const much = await ask(store, '9');
    expect(much.promise).toEqual({ qty: '9', on: '2026-03-20', onInOneWarehouse: null });
    expect(
      much.rows.map(({ source, on, freeQty, cumulativeQty }: Record<string, string>) => [
        source,
        on,
        freeQty,
        cumulativeQty,
      ]),
    ).toEqual([
      ['stock', '2026-03-10', '3', '3'],
      ['stock', '2026-03-10', '2', '2'],
      ['supply', '2026-03-20', '5', '8'],
    ]);
    expect((await ask(store, '11')).promise.on).toBeNull();
    const buyer = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
    const seen = await ask(buyer, '9');
    expect(seen).toEqual({
      product: expect.objectContaining({ sku: product.sku }),
      asOf: '2026-03-10',
      promise: { qty: '9', on: '2026-03-20', onInOneWarehouse: null },
    });
    expect((await store.get(`/api/v1/availability?productId=${newId(t.clock.now())}`)).body.code).toBe(
      'product.not_found',
    );
    expect(
      (await store.get(`/api/v1/availability?productId=${product.id}&warehouseId=${newId(t.clock.now())}`)).body.code,
    ).toBe('warehouse.not_found');
  });

  it('R3.2 a service needs no stock', async () => {
    const service = await g.product({ kind: 'service' });
    expect((await store.get(`/api/v1/availability?productId=${service.id}`)).body).toMatchObject({
      promise: { on: '2026-03-10' },
      rows: [],
    });
  });
});

describe('the contract', () => {
  it('every answer has exactly the form that the contract says', async () => {
    const product = await g.product();
    const { body: received } = await receive(product.id, '5');
    expect(contract.stockReceive.response.parse(received)).toEqual(received);
    const supplyId = await g.supply(product.id, warehouseId, 5, '2026-03-20');
    for (const [operation, path] of [
      [contract.stockList, '/api/v1/stock'],
      [contract.stockMovesList, '/api/v1/stock/moves'],
      [contract.suppliesList, '/api/v1/supplies'],
      [contract.supplyGet, `/api/v1/supplies/${supplyId}`],
      [contract.availabilityGet, `/api/v1/availability?productId=${product.id}`],
    ] as const) {
      const { body } = await store.get(path);
      expect(operation.response.parse(body), path).toEqual(body);
    }
  });
});

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Flight } from '../../platform/db/flight.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
let key: Actor;
let partnerId: string;
let warehouse: string;
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  partnerId = await t.partner();
  await g.address(partnerId);
  warehouse = await g.warehouse();
  key = await t.key({ roles: ['partner_buyer'], partnerId });
});
afterAll(() => t.close());

const stocked = async (pieces: number) => {
  const product = await g.product();
  await g.stock(product.id, warehouse, pieces);
  return product.sku;
};
let made = 0;
const order = (sku: string, qty: string, rest: Record<string, unknown> = {}) => {
  made += 1;
  return { poNo: `BULK-${made}`, submit: true, lines: [{ sku, qty, requestedOn: '2026-12-20' }], ...rest };
};
const send = (mode: string, orders: readonly unknown[], options: { key?: string; by?: Actor } = {}) =>
  (options.by ?? key).post(
    '/api/v1/orders/bulk',
    { mode, orders },
    options.key === undefined ? {} : { key: options.key },
  );
const orderCount = async () => (await t.sql<{ n: number }>('select count(*)::int as n from sales_order'))[0]?.n ?? 0;

describe('orders in bulk', () => {
  it('R3.3 each order of a request has its own outcome: unfit, refused and good ones stand side by side', async () => {
    const sku = await stocked(10);
    const { status, body } = await send('valid_rows', [
      order(sku, '4'),
      { poNo: 'X', lines: [], colour: 'red' },
      order('NO-SUCH', '1'),
      order(sku, '3', { onShortage: 'refuse' }),
      order(sku, '4', { onShortage: 'refuse' }),
    ]);
    expect(status).toBe(200);
    expect([body.okCount, body.errorCount]).toEqual([2, 3]);
    expect(body.orders.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false, false, true, false]);
    expect(body.orders[0]).toMatchObject({ index: 0, state: 'to_confirm', grossAmount: '452.00', currency: 'CNY' });
    expect(body.orders[1].errors[0]).toMatchObject({ code: 'field.unknown', field: 'colour' });
    expect(body.orders[2].errors[0]).toMatchObject({ code: 'product.not_found', field: 'lines.0.sku' });
    expect(body.orders[4].errors[0].code).toBe('stock.insufficient');
    const { body: view } = await key.get(`/api/v1/orders/${body.orders[0].id}`);
    expect([view.no, view.channel]).toEqual([body.orders[0].no, 'api']);
  });

  it('R3.3 all or nothing: one bad order keeps the others out, and is named with its place', async () => {
    const sku = await stocked(100);
    const before = await orderCount();
    const refused = await send('all_or_nothing', [order(sku, '1'), order(sku, '1000', { onShortage: 'refuse' })]);
    expect(refused.status).toBe(409);
    expect(refused.body.errors[0]).toMatchObject({ code: 'stock.insufficient', field: 'orders.1.lines.0.qty' });
    const unfit = await send('all_or_nothing', [order(sku, '1'), { lines: 'none' }]);
    expect([unfit.status, unfit.body.errors[0].field]).toEqual([422, 'orders.1.lines']);
    expect(await orderCount()).toBe(before);
    const good = await send('all_or_nothing', [order(sku, '1'), order(sku, '2')]);
    expect([good.status, good.body.okCount]).toEqual([200, 2]);
    expect(await orderCount()).toBe(before + 2);
  });

  it('P4 the same request again makes nothing new; another one under its key is refused order by order', async () => {
    const sku = await stocked(100);
    const orders = [order(sku, '1'), order(sku, '2')];
    const first = await send('valid_rows', orders, { key: 'bulk-once' });
    const before = await orderCount();
    for (const mode of ['valid_rows', 'all_or_nothing']) {
      const again = await send(mode, orders, { key: 'bulk-once' });
      expect(again.body.orders.map(({ id }: { id: string }) => id)).toEqual(
        first.body.orders.map(({ id }: { id: string }) => id),
      );
      expect(again.body.orders.every(({ replayed }: { replayed?: boolean }) => replayed === true)).toBe(true);
      expect(again.headers['idempotent-replayed']).toBe('true');
    }
    const other = await send('valid_rows', [orders[0], order(sku, '9')], { key: 'bulk-once' });
    expect(other.body.orders.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false]);
    expect(other.body.orders[1].errors[0].code).toBe('request.key_reused');
    expect(await orderCount()).toBe(before);
  });

  it('P9 a partner orders in its own name only, staff for the partners that they name', async () => {
    const sku = await stocked(10);
    const foreign = await send('valid_rows', [order(sku, '1', { partnerId })]);
    expect(foreign.body.orders[0].errors[0]).toMatchObject({ code: 'field.unknown', field: 'partnerId' });
    const sales = await t.as('sales');
    const { body } = await send('valid_rows', [order(sku, '1', { partnerId, channel: 'phone' }), order(sku, '1')], {
      by: sales,
    });
    expect(body.orders.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false]);
  });

  it('statements do not grow in number with the orders of a batch', async () => {
    const sku = await stocked(10_000);
    const sent = vi.spyOn(pg.Client.prototype, 'query');
    const added = vi.spyOn(Flight.prototype, 'add');
    // Other servers of this worker may be at work as well, and this one notes by and by when a key was used.
    const ours = () => {
      const flights = new Set<unknown>(
        sent.mock.calls.flatMap(([flight], i) =>
          (sent.mock.contexts[i] as pg.Client).database === t.database.name ? [flight] : [],
        ),
      );
      return added.mock.calls.filter(
        ([text], i) =>
          flights.has(added.mock.contexts[i]) && !/^\s*(begin|commit|select set_config)|api_key/.test(text),
      ).length;
    };
    const statements = async (orders: number) => {
      const before = ours();
      const { body } = await send(
        'valid_rows',
        Array.from({ length: orders }, () => order(sku, '1')),
      );
      expect(body.okCount).toBe(orders);
      return ours() - before;
    };
    await statements(2);
    const few = await statements(2);
    expect(few).toBeGreaterThan(0);
    expect(await statements(200)).toBeLessThanOrEqual(few);
    sent.mockRestore();
    added.mockRestore();
  });

  it('of a flood of requests a node takes in what it can do, to its end; the others are told at once that nothing was done', async () => {
    const sku = await stocked(1000);
    const before = await orderCount();
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => send('valid_rows', [order(sku, '1'), order(sku, '1')])),
    );
    const turnedAway = answers.filter(({ status }) => status === 503);
    const done = answers.filter(({ status }) => status === 200);
    expect(turnedAway.length).toBeGreaterThan(0);
    expect(done.length).toBe(60 - turnedAway.length);
    for (const { body, headers } of turnedAway) {
      expect(body.code).toBe('request.busy');
      expect(headers['retry-after']).toBe('2');
    }
    expect(done.every(({ body }) => body.okCount === 2)).toBe(true);
    expect(await orderCount()).toBe(before + done.length * 2);
    expect((await send('valid_rows', [order(sku, '1')])).status).toBe(200);
  });

  it('one too many is refused as a whole, and a request without a key too', async () => {
    const many = await send(
      'valid_rows',
      Array.from({ length: 1001 }, () => ({})),
    );
    expect([many.status, many.body.errors[0]]).toMatchObject([422, { code: 'field.too_many', field: 'orders' }]);
    const { status } = await key.post('/api/v1/orders/bulk', { mode: 'valid_rows', orders: [{}] }, { key: null });
    expect(status).toBe(400);
  });
});

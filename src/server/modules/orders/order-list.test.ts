/** The list of orders and its filters, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
});
afterAll(() => t.close());

async function draft(partnerId: string): Promise<{ id: string; no: string; version: number }> {
  const product = await g.product();
  const { body } = await sales.post('/api/v1/orders', { partnerId, lines: [{ sku: product.sku, qty: '1' }] });
  return body;
}
const numbers = async (query: string): Promise<string[]> => {
  const { body } = await sales.get(`/api/v1/orders?${query}`);
  return body.items.map(({ no }: { no: string }) => no).sort();
};

describe('list of orders', () => {
  it('R5.3 orders on hold are found, by their own hold and by that of their partner', async () => {
    const partnerId = await t.partner();
    const [free, held] = [await draft(partnerId), await draft(partnerId)];
    await sales.post(`/api/v1/orders/${held.id}/hold`, { reason: '待核实' }, { ifMatch: held.version });
    expect(await numbers(`partnerId=${partnerId}&onHold=true`)).toEqual([held.no]);
    expect(await numbers(`partnerId=${partnerId}&onHold=false`)).toEqual([free.no]);
    await t.sql(
      `insert into hold (id, partner_id, order_id, kind, reason, placed_at) values (gen_random_uuid(), $1, null, 'overdue', '逾期', now())`,
      [partnerId],
    );
    expect(await numbers(`partnerId=${partnerId}&onHold=true`)).toEqual([free.no, held.no].sort());
  });

  it('R5.3 several statuses of delivery can be asked for at once', async () => {
    const partnerId = await t.partner();
    const [first, second, third] = [await draft(partnerId), await draft(partnerId), await draft(partnerId)];
    for (const [id, status] of [
      [first.id, 'ready'],
      [second.id, 'shipped'],
    ])
      await t.sql('update sales_order set delivery_status = $2 where id = $1', [id, status]);
    expect(await numbers(`partnerId=${partnerId}&deliveryStatus=ready&deliveryStatus=shipped`)).toEqual(
      [first.no, second.no].sort(),
    );
    expect(await numbers(`partnerId=${partnerId}&deliveryStatus=none`)).toEqual([third.no]);
  });
});

describe('finding orders', () => {
  it('R5.3 orders are found by the beginning of their number, of the partner’s number and of the customer’s name, and by the partner', async () => {
    const partnerId = await t.partner({ name: '江南灯具有限公司' });
    const product = await g.product();
    const place = async (rest: Record<string, unknown>) =>
      (await sales.post('/api/v1/orders', { partnerId, lines: [{ sku: product.sku, qty: '1' }], ...rest })).body;
    const a = await place({ poNo: 'KX-2026/17', customerName: '滨江酒店' });
    const b = await place({ poNo: 'KX-2026/18' });
    const running = a.no.split('-').at(-1).replace(/^0+/, '');
    for (const [typed, found] of [
      [a.no, [a.no]],
      [running, [a.no]],
      ['kx-2026', [a.no, b.no]],
      ['滨江', [a.no]],
      ['江南灯', [a.no, b.no]],
      ['nothing like it', []],
      ['100%_', []],
    ] as const)
      expect([typed, await numbers(`q=${encodeURIComponent(typed)}`)]).toEqual([typed, [...found].sort()]);
    const stranger = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
    expect((await stranger.get(`/api/v1/orders?q=${a.no}`)).body.items).toEqual([]);
  });

  it('R5.3 pages follow each other without gap or repetition in every order, and days are days of the company', async () => {
    const partnerId = await t.partner();
    for (let i = 0; i < 5; i += 1) {
      t.clock.advance(1000);
      await draft(partnerId);
    }
    const today = '2026-03-10';
    for (const sort of ['created', '-created', 'gross', '-gross', 'requested', '-requested']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { status, body } = await sales.get(
          `/api/v1/orders?partnerId=${partnerId}&sort=${sort}&limit=2&createdFrom=${today}&createdTo=${today}${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        expect(status).toBe(200);
        seen.push(...body.items.map(({ no }: { no: string }) => no));
        if (cursor === '') expect([body.total, body.totalIsExact, body.totalIsEstimate]).toEqual([5, true, false]);
        cursor = body.nextCursor;
      }
      expect([sort, new Set(seen).size, seen.length]).toEqual([sort, 5, 5]);
    }
    expect(await numbers(`partnerId=${partnerId}&createdFrom=2026-03-11`)).toEqual([]);
    expect(await numbers(`partnerId=${partnerId}&createdTo=2026-03-09`)).toEqual([]);
    const bad = await sales.get(`/api/v1/orders?sort=gross&cursor=${Buffer.from('["x","y"]').toString('base64url')}`);
    expect([bad.status, bad.body.code]).toEqual([400, 'request.bad_cursor']);
  });
});

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

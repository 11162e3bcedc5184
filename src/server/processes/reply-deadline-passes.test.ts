/** Silence: escalates, releases, returns to sales; accepts only where the agreement says so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../tests/support/app.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { newId } from '../kernel/ids.ts';
import { passReplyDeadlines } from './reply-deadline-passes.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let warehouse: string;
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

async function sent(silenceAccepts: boolean) {
  const partnerId = await t.partner();
  await g.address(partnerId);
  await t.sql(
    `insert into agreement (id, no, partner_id, valid_from, valid_to, silence_accepts, payment_term, created_at) values ($1, $2, $3, '2020-01-01', '2999-12-31', $4, '{"kind":"prepaid"}', $5)`,
    [newId(t.clock.now()), `AG-${partnerId}`, partnerId, silenceAccepts, t.clock.now()],
  );
  const product = await g.product();
  await g.stock(product.id, warehouse, 10);
  const { body } = await sales.post('/api/v1/orders', {
    partnerId,
    submit: true,
    lines: [{ sku: product.sku, qty: '2', requestedOn: '2026-12-20' }],
  });
  const { body: order } = await sales.post(`/api/v1/orders/${body.id}/send-confirmation`, undefined, {
    ifMatch: body.version,
  });
  return { order, product };
}
const stateOf = async (id: string) =>
  (await t.sql<{ state: string }>('select state from sales_order where id = $1', [id]))[0]?.state;

it('R4.3 no reply is no acceptance: the reservation runs out and the order returns to sales, and can be sent again', async () => {
  const { order, product } = await sent(false);
  expect(await passReplyDeadlines(t.services.runtime, t.clock.now())).toEqual({ accepted: 0, lapsed: 0 });
  t.clock.advance(8 * 24 * 3_600_000);
  expect(await passReplyDeadlines(t.services.runtime, t.clock.now())).toEqual({ accepted: 0, lapsed: 1 });
  expect(await stateOf(order.id)).toBe('to_confirm');
  expect(await t.sql('select reserved_qty::text as r from stock where product_id = $1', [product.id])).toEqual([
    { r: '0' },
  ]);
  expect(await t.sql('select reply from order_round where order_id = $1', [order.id])).toEqual([{ reply: 'lapsed' }]);
  const { body: now } = await sales.get(`/api/v1/orders/${order.id}`);
  const again = await sales.post(`/api/v1/orders/${order.id}/send-confirmation`, undefined, { ifMatch: now.version });
  expect([again.body.state, again.body.round]).toEqual(['awaiting_partner', 2]);
  expect(await t.sql('select reserved_qty::text as r from stock where product_id = $1', [product.id])).toEqual([
    { r: '20000' },
  ]);
});

it('R4.2 goods that are gone meanwhile are not promised anew', async () => {
  const { order, product } = await sent(false);
  t.clock.advance(8 * 24 * 3_600_000);
  await passReplyDeadlines(t.services.runtime, t.clock.now());
  await t.sql('update stock set on_hand_qty = 10000 where product_id = $1', [product.id]);
  const { body: now } = await sales.get(`/api/v1/orders/${order.id}`);
  const again = await sales.post(`/api/v1/orders/${order.id}/send-confirmation`, undefined, { ifMatch: now.version });
  expect(again.body.code).toBe('order.reservation_lapsed');
});

it('R4.3 silence accepts where the agreement says so, by the product and on record', async () => {
  const { order } = await sent(true);
  const [due] = await t.sql<{ reply_due_at: Date }>('select reply_due_at from sales_order where id = $1', [order.id]);
  t.clock.advance((due?.reply_due_at.getTime() ?? 0) - t.clock.now().getTime() + 60_000);
  const { accepted } = await passReplyDeadlines(t.services.runtime, t.clock.now());
  expect(accepted).toBe(1);
  expect(await stateOf(order.id)).toBe('in_effect');
  expect(
    await t.sql(
      `select payload->>'bySilence' as s, actor_kind from event where document_id = $1 and type = 'order.took_effect'`,
      [order.id],
    ),
  ).toEqual([{ s: 'true', actor_kind: 'system' }]);
});

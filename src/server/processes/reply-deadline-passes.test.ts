/** Silence: escalates, releases, returns to sales; accepts only where the agreement says so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../tests/support/app.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { newId } from '../kernel/ids.ts';
import { confirmationPaper } from '../modules/documents/confirmation-paper.ts';
import { readConfirmation } from '../modules/documents/document-queries.ts';
import { wording } from '../modules/documents/wording.ts';
import { COMPANY } from '../platform/db/database.ts';
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
  return { order, product, partnerId };
}
const stateOf = async (id: string) =>
  (await t.sql<{ state: string }>('select state from sales_order where id = $1', [id]))[0]?.state;

/** Goes on to a minute after the reservation of an order ends, or after its notice lapses, and lets the clock do its work. */
async function after(column: 'o.reserved_until' | 'r.lapses_at', orderId: string) {
  const [row] = await t.sql<{ at: Date }>(
    `select ${column} as at from sales_order o join order_round r on r.order_id = o.id where o.id = $1`,
    [orderId],
  );
  t.clock.advance((row?.at.getTime() ?? 0) - t.clock.now().getTime() + 60_000);
  return passReplyDeadlines(t.services.runtime, t.clock.now());
}
const reservedOf = async (productId: string) =>
  (await t.sql<{ r: string }>('select reserved_qty::text as r from stock where product_id = $1', [productId]))[0]?.r;
const act = (actor: Actor, order: { id: string; version: number }, verb: string, body?: object) =>
  actor.post(`/api/v1/orders/${order.id}/${verb}`, body, { ifMatch: order.version });
const now = async (id: string) => (await sales.get(`/api/v1/orders/${id}`)).body;

it('R4.3 no reply is no acceptance: goods become free, then the notice lapses and the order returns to sales, to be checked and sent again', async () => {
  const { order, product } = await sent(false);
  expect(await passReplyDeadlines(t.services.runtime, t.clock.now())).toEqual({ accepted: 0, freed: 0, lapsed: 0 });
  expect(await after('o.reserved_until', order.id)).toEqual({ accepted: 0, freed: 1, lapsed: 0 });
  expect(await stateOf(order.id)).toBe('awaiting_partner');
  expect(await reservedOf(product.id)).toBe('0');
  expect(await after('r.lapses_at', order.id)).toEqual({ accepted: 0, freed: 0, lapsed: 1 });
  expect(await stateOf(order.id)).toBe('to_confirm');
  expect(await t.sql('select reply from order_round where order_id = $1', [order.id])).toEqual([{ reply: 'lapsed' }]);
  const lapsed = await now(order.id);
  expect(lapsed.holder).toMatchObject({ taskKind: 'order.recheck_availability' });
  expect(lapsed.allowedActions.find((action: { primary?: boolean }) => action.primary)?.action).toBe(
    'recheckAvailability',
  );
  expect((await act(sales, lapsed, 'send-confirmation')).body.code).toBe('order.reservation_lapsed');
  const checked = await act(sales, lapsed, 'recheck-availability');
  expect(checked.body).toMatchObject({ state: 'to_confirm', holder: { taskKind: 'order.send_confirmation' } });
  expect((await act(sales, checked.body, 'recheck-availability')).body.code).toBe('order.still_reserved');
  const again = await act(sales, checked.body, 'send-confirmation');
  expect([again.body.state, again.body.round]).toEqual(['awaiting_partner', 2]);
  expect(await reservedOf(product.id)).toBe('20000');
});

it('R4.3 after the reservation has run out the partner can still accept, as long as the same can be promised', async () => {
  for (const goodsAreGone of [false, true]) {
    const { order, product, partnerId } = await sent(false);
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    await after('o.reserved_until', order.id);
    if (goodsAreGone) await t.sql('update stock set on_hand_qty = 10000 where product_id = $1', [product.id]);
    const waiting = await now(order.id);
    const answer = await act(buyer, waiting, 'accept', { contentHash: waiting.rounds[0].contentHash });
    if (goodsAreGone) expect(answer.body.code).toBe('order.reservation_lapsed');
    else {
      expect([answer.status, answer.body.code]).toEqual([200, undefined]);
      expect(answer.body.state).toBe('in_effect');
      expect(await reservedOf(product.id)).toBe('20000');
    }
  }
});

it('R4.2 goods that are gone meanwhile are not promised anew', async () => {
  const { order, product } = await sent(false);
  await after('r.lapses_at', order.id);
  await t.sql('update stock set on_hand_qty = 10000 where product_id = $1', [product.id]);
  const checked = await act(sales, await now(order.id), 'recheck-availability');
  expect(checked.body).toMatchObject({ state: 'shortage', holder: { taskKind: 'order.settle_shortage' } });
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

it('R4.3 the clause counts that the partner was told when the confirmation was sent, as long as it still holds when the time is up', async () => {
  const clause = (partnerId: string, on: boolean) =>
    t.sql('update agreement set silence_accepts = $2 where partner_id = $1', [partnerId, on]);
  const runs = async (told: boolean, later: boolean) => {
    const { order, partnerId } = await sent(told);
    expect(order.rounds[0].silenceAccepts).toBe(told);
    await clause(partnerId, later);
    const [due] = await t.sql<{ at: Date }>('select reply_due_at as at from sales_order where id = $1', [order.id]);
    t.clock.advance((due?.at.getTime() ?? 0) - t.clock.now().getTime() + 60_000);
    await passReplyDeadlines(t.services.runtime, t.clock.now());
    return stateOf(order.id);
  };
  expect([await runs(false, true), await runs(true, false), await runs(true, true)]).toEqual([
    'awaiting_partner',
    'awaiting_partner',
    'in_effect',
  ]);
});

it('R4.3 the printed confirmation says what silence means for this partner', async () => {
  for (const accepts of [false, true]) {
    const { order } = await sent(accepts);
    const paper = await t.services.database.read(COMPANY, async (tx) =>
      JSON.stringify(
        confirmationPaper(await readConfirmation(tx, order.id, 1), '2026-03-10', wording('zh-Hant', 'zh-Hant')),
      ),
    );
    expect([paper.includes('逾期未回覆視為同意'), paper.includes('逾期未回覆不視為同意')]).toEqual([accepts, !accepts]);
  }
});

/** A case keeps whose it was when it began: another level or agreement during its life changes no clock of it, up to invoice and receipt. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../tests/support/app.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { act } from '../../../tests/support/order-act.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let sku: string;
let warehouse: string;
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, manager] = await Promise.all([t.as('sales'), t.as('manager')]);
  warehouse = await g.warehouse();
  const product = await g.product();
  await g.stock(product.id, warehouse, 1000);
  sku = product.sku;
});
afterAll(() => t.close());

const set = async (code: string, body: object) => {
  const { status } = await manager.post(`/api/v1/policies/${code}`, body);
  expect(status).toBe(200);
};
async function partner(level: string): Promise<string> {
  const id = await t.partner({ paymentTerm: { kind: 'net_days', days: 30 } });
  await g.address(id);
  await relevel(id, level);
  return id;
}
async function relevel(id: string, level: string): Promise<void> {
  const { body } = await sales.get(`/api/v1/partners/${id}`);
  const { status } = await sales.send('PATCH', `/api/v1/partners/${id}`, { level }, { ifMatch: body.version });
  expect(status).toBe(200);
}
async function agree(id: string, rest: object = {}): Promise<string> {
  const { body } = await sales.get(`/api/v1/partners/${id}`);
  const { status, body: after } = await sales.post(
    `/api/v1/partners/${id}/agreements`,
    { validFrom: '2026-01-01', validTo: '2026-12-31', paymentTerm: { kind: 'net_days', days: 30 }, ...rest },
    { ifMatch: body.version },
  );
  expect({ status, after }).toMatchObject({ status: 201 });
  return after.agreements[0].id;
}
const clocksOf = async (...ids: string[]) =>
  (
    await t.sql<{ clock: string }>(
      `select clock from task where document_id = any($1) and side = 'staff' and closed_at is null and clock is not null order by clock`,
      [ids],
    )
  ).map(({ clock }) => clock);
const done = <B>({ status, body, text }: { status: number; body: B; text: string }): B => {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
};
const place = async (partnerId: string) =>
  done(
    await sales.post('/api/v1/orders', {
      partnerId,
      submit: true,
      lines: [{ sku, qty: '1', requestedOn: '2026-12-20' }],
    }),
  );

it('R4.3 a partner’s new level counts from its next case on: inquiry and order keep the clocks of the level with which they began', async () => {
  await set('order.reply', { value: 9, level: 'OLD' });
  await set('order.reply', { value: 2, level: 'NEW' });
  await set('inquiry.answer', { value: 9, level: 'OLD' });
  await set('inquiry.answer', { value: 2, level: 'NEW' });
  t.clock.advance(60_000);
  const partnerId = await partner('OLD');
  const inquiry = async () =>
    done(await sales.post('/api/v1/inquiries', { partnerId, channel: 'phone', lines: [{ wanted: sku }] }));
  const [askedEarly, placedEarly] = [await inquiry(), await place(partnerId)];
  await relevel(partnerId, 'NEW');
  const [askedLate, placedLate] = [await inquiry(), await place(partnerId)];
  const reply = async (order: { id: string; version: number }) => {
    const sent = done(await act(sales, order, 'send-confirmation'));
    const rows = await t.sql<{ clock: string }>(
      `select clock from task where document_id = $1 and kind = 'order.reply' and closed_at is null`,
      [sent.id],
    );
    return rows[0]?.clock;
  };
  expect([await reply(placedEarly), await reply(placedLate)]).toEqual(['order.reply=9wd', 'order.reply=2wd']);
  const answer = async ({ id, version }: { id: string; version: number }) => {
    done(await sales.post(`/api/v1/inquiries/${id}/ask-back`, {}, { ifMatch: version }));
    const rows = await t.sql<{ clock: string }>(
      `select clock from task where document_id = $1 and kind = 'inquiry.answer' and closed_at is null`,
      [id],
    );
    return rows[0]?.clock;
  };
  expect([await answer(askedEarly), await answer(askedLate)]).toEqual(['inquiry.answer=9wd', 'inquiry.answer=2wd']);
  // A copy is a case of its own.
  const copied = done(await sales.post(`/api/v1/orders/${placedEarly.id}/copy`));
  const levels = async (id: string) => t.sql('select policy_level as level from sales_order where id = $1', [id]);
  expect([await levels(placedEarly.id), await levels(copied.id)]).toEqual([[{ level: 'OLD' }], [{ level: 'NEW' }]]);
});

it('R4.3 a new version of the agreement with clocks of its own leaves those of orders under way, and of their limits', async () => {
  const partnerId = await partner('PLAIN');
  const first = await agree(partnerId);
  await set('order.reply', { value: 8, agreementId: first });
  await set('terms.cost_of_money', { value: 12, agreementId: first });
  t.clock.advance(60_000);
  const early = done(
    await sales.post('/api/v1/orders', { partnerId, lines: [{ sku, qty: '1', requestedOn: '2026-12-20' }] }),
  );
  t.clock.advance(86_400_000);
  const next = await agree(partnerId, { validFrom: t.clock.now().toISOString().slice(0, 10), replacesId: first });
  await set('order.reply', { value: 4, agreementId: next });
  t.clock.advance(60_000);
  const changed = done(
    await sales.send(
      'PATCH',
      `/api/v1/orders/${early.id}`,
      { paymentTerm: { kind: 'net_days', days: 60 } },
      { ifMatch: early.version },
    ),
  );
  expect(changed.discrepancies).toMatchObject([{ kind: 'payment_term', yearlyPercent: 12 }]);
  const back = done(
    await sales.send('PATCH', `/api/v1/orders/${early.id}`, { paymentTerm: null }, { ifMatch: changed.version }),
  );
  const submitted = done(await act(sales, back, 'submit', {}));
  const sent = [
    done(await act(sales, submitted, 'send-confirmation')),
    done(await act(sales, await place(partnerId), 'send-confirmation')),
  ];
  const clocks = await t.sql<{ clock: string }>(
    `select clock from task where document_id = any($1) and kind = 'order.reply' and closed_at is null order by clock`,
    [sent.map(({ id }) => id)],
  );
  expect(clocks.map(({ clock }) => clock)).toEqual(['order.reply=4wd', 'order.reply=8wd']);
});

it('R5.1 R5.2 R6.3 picking, shipping and the invoice of an order have clocks by level and agreement too, those with which the order began', async () => {
  const codes = [
    'picking.start',
    'picking.ready',
    'shipment.arrange',
    'shipment.news',
    'shipment.exception',
    'invoice.send',
    'invoice.receipt',
  ];
  for (const code of codes) await set(code, { value: 7, unit: 'wh', level: 'SWIFT' });
  t.clock.advance(60_000);
  const partnerId = await partner('SWIFT');
  const buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const [hands, logistics, finance] = [await t.as('warehouse'), await t.as('logistics'), await t.as('finance')];
  const order = await place(partnerId);
  const sent = done(await act(sales, order, 'send-confirmation'));
  const accepted = done(await act(buyer, sent, 'accept', { contentHash: sent.rounds.at(-1).contentHash }));
  await relevel(partnerId, 'SLOW');
  const [picking] = done(await sales.get(`/api/v1/orders/${accepted.id}`)).pickings;
  const seen = [await clocksOf(picking.id)];
  const started = done(await hands.post(`/api/v1/pickings/${picking.id}/start`, {}, { ifMatch: 1 }));
  seen.push(await clocksOf(picking.id));
  const finished = done(
    await hands.post(
      `/api/v1/pickings/${picking.id}/finish`,
      { lines: [{ lineNo: 1, pickedQty: '1' }] },
      { ifMatch: started.version },
    ),
  );
  seen.push(await clocksOf(picking.id));
  expect(finished.state).toBe('ready');
  const carrier = done(await (await t.as('system_admin')).post('/api/v1/carriers', { code: 'SW', name: '速運' }));
  const shipped = done(
    await logistics.post('/api/v1/shipments', {
      orderId: order.id,
      warehouseId: warehouse,
      lines: [{ lineNo: 1, qty: '1' }],
      carrierId: carrier.id,
      waybillNo: 'W-1',
      shippedAt: t.clock.now().toISOString(),
      expectedOn: '2026-12-20',
    }),
  );
  seen.push(await clocksOf(shipped.id));
  t.clock.advance(60_000);
  const late = done(
    await logistics.post(
      `/api/v1/shipments/${shipped.id}/track`,
      { kind: 'exception', exceptionKind: 'late', at: t.clock.now().toISOString(), note: '路阻' },
      { ifMatch: shipped.version },
    ),
  );
  seen.push(await clocksOf(late.id));
  const invoice = done(
    await finance.post('/api/v1/invoices', { orderId: order.id, kind: 'ordinary', beforePaymentReason: '約定先開票' }),
  );
  seen.push(await clocksOf(invoice.id));
  const mailed = done(
    await finance.post(`/api/v1/invoices/${invoice.id}/send`, { method: 'email' }, { ifMatch: invoice.version }),
  );
  seen.push(await clocksOf(mailed.id));
  expect(seen).toEqual([
    ['picking.start=7wh'],
    ['picking.ready=7wh'],
    ['shipment.arrange=7wh'],
    ['shipment.news=7wh'],
    ['shipment.exception=7wh', 'shipment.news=7wh'],
    ['invoice.send=7wh'],
    ['invoice.receipt=7wh'],
  ]);
});

/** Policy parameters over the life of an order: what it began with, what its level and agreement say, and deadlines in a year not yet published. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { paymentDatesJob } from '../notifications/index.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { silentLog } from '../../platform/log.ts';
import { settleDeadlines } from '../../processes/provisional-deadlines.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let sku: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, manager] = await Promise.all([t.as('sales'), t.as('manager')]);
  const product = await g.product();
  await g.stock(product.id, await g.warehouse(), 1000);
  sku = product.sku;
});
afterAll(() => t.close());

async function partner(level: string | null = null): Promise<string> {
  const id = await t.partner();
  await g.address(id);
  if (level !== null) await t.sql('update partner set level = $2 where id = $1', [id, level]);
  return id;
}
const act = (order: { id: string; version: number }, verb: string) =>
  sales.post(`/api/v1/orders/${order.id}/${verb}`, undefined, { ifMatch: order.version });
async function placed(partnerId: string) {
  const lines = [{ sku, qty: '1', requestedOn: '2026-12-20' }];
  return (await sales.post('/api/v1/orders', { partnerId, submit: true, lines })).body;
}
async function replyDays(order: { id: string; version: number }): Promise<string> {
  const sent = await act(order, 'send-confirmation');
  const [task] = await t.sql<{ clock: string }>(
    `select clock from task where document_id = $1 and kind = 'order.reply' and closed_at is null`,
    [sent.body.id],
  );
  return task?.clock ?? '';
}
const set = (code: string, body: object) => manager.post(`/api/v1/policies/${code}`, body);

describe('policy parameters of an order', () => {
  it('R4.3 a case keeps the parameters it began with; the next one goes by the new value', async () => {
    const partnerId = await partner();
    const before = await placed(partnerId);
    t.clock.advance(60_000);
    await set('order.reply', { value: 7 });
    t.clock.advance(60_000);
    const after = await placed(partnerId);
    expect([await replyDays(before), await replyDays(after)]).toEqual(['order.reply=3wd', 'order.reply=7wd']);
  });

  it('R4.3 the agreement goes before the level, the level before the company, each in a unit of its own', async () => {
    const [plain, gold, agreed] = [await partner(), await partner('GOLD'), await partner('GOLD')];
    const { body: file } = await sales.get(`/api/v1/partners/${agreed}`);
    const { body: withAgreement } = await sales.post(
      `/api/v1/partners/${agreed}/agreements`,
      { validFrom: '2026-01-01', validTo: '2026-12-31', paymentTerm: { kind: 'prepaid' } },
      { ifMatch: file.version },
    );
    const agreementId = withAgreement.agreements[0].id;
    await set('order.reply', { value: 2, level: 'GOLD', note: '優先' });
    await set('order.reply', { value: 48, unit: 'h', agreementId });
    t.clock.advance(60_000);
    const clocks = [];
    for (const id of [plain, gold, agreed]) clocks.push(await replyDays(await placed(id)));
    expect(clocks).toEqual(['order.reply=7wd', 'order.reply=2wd', 'order.reply=48h']);
    // The way back: the agreement goes by the level again.
    t.clock.advance(60_000);
    expect((await set('order.reply', { value: null, agreementId })).status).toBe(200);
    t.clock.advance(60_000);
    expect(await replyDays(await placed(agreed))).toBe('order.reply=2wd');
  });

  it('R4.3 reminders and escalation are part of the parameter, and a task keeps its own', async () => {
    const partnerId = await partner();
    await set('order.reply', { value: 5, reminders: { half: false, before: { value: 2, unit: 'wd' }, manager: null } });
    t.clock.advance(60_000);
    const order = await placed(partnerId);
    await replyDays(order);
    expect(
      await t.sql(`select reminders from task where document_id = $1 and kind = 'order.reply'`, [order.id]),
    ).toEqual([{ reminders: { half: false, before: { value: 2, unit: 'wd' }, manager: null } }]);
  });

  it('R4.3 where the policy says so, the notice goes out by itself in the transaction that confirms everything', async () => {
    const partnerId = await partner('AUTO');
    await set('order.auto_send_confirmation', { value: 1, level: 'AUTO' });
    t.clock.advance(60_000);
    const order = await placed(partnerId);
    expect(order).toMatchObject({ state: 'awaiting_partner', round: 1, rounds: [{ sentBy: null, reply: null }] });
  });

  it('R3.2 R4.1 R6.2 a level has clocks of its own for inquiries, for answers to deviations and for payments; a case keeps those with which it came', async () => {
    const [plain, quick] = [await partner(), await partner('QUICK')];
    const clockOf = async (documentId: string, kind: string) =>
      (
        await t.sql<{ clock: string }>(
          'select clock from task where document_id = $1 and kind = $2 and closed_at is null',
          [documentId, kind],
        )
      )[0]?.clock;
    const inquiry = async (partnerId: string) => {
      const lines = [{ wanted: sku }];
      return (await sales.post('/api/v1/inquiries', { partnerId, channel: 'phone', lines })).body;
    };
    const early = await inquiry(quick);
    t.clock.advance(60_000);
    for (const code of ['inquiry.gaps', 'inquiry.answer', 'order.discrepancy', 'payment.confirm'])
      await set(code, { value: 9, unit: 'wh', level: 'QUICK' });
    t.clock.advance(60_000);
    const clocks = [];
    const finance = await t.as('finance');
    for (const id of [plain, quick]) {
      const came = await inquiry(id);
      clocks.push(await clockOf(came.id, 'inquiry.handle'));
      const lines = [{ sku, qty: '1', unitPrice: '90', requestedOn: '2026-12-20' }];
      const { body: order } = await sales.post('/api/v1/orders', { partnerId: id, submit: true, lines });
      clocks.push(await clockOf(order.id, 'order.answer_discrepancies'));
      const receipt = { partnerId: id, method: 'bank_transfer', amount: '10.00', receivedOn: '2026-03-10' };
      const { status, body: payment } = await finance.post('/api/v1/payments', receipt);
      expect({ status, payment }).toMatchObject({ status: 201 });
      clocks.push(await clockOf(payment.id, 'payment.confirm'));
    }
    expect(clocks).toEqual([
      'inquiry.gaps=4wh',
      'order.discrepancy=3wd',
      'payment.confirm=1wd',
      'inquiry.gaps=9wh',
      'order.discrepancy=9wh',
      'payment.confirm=9wh',
    ]);
    const { body: asked } = await sales.post(`/api/v1/inquiries/${early.id}/ask-back`, {}, { ifMatch: early.version });
    expect(asked.state).toBe('needs_data');
    expect(await clockOf(early.id, 'inquiry.answer')).toBe('inquiry.answer=3wd');
  });

  it('R6.1 a level is reminded of what comes due as early as its parameter says, by the one in force when the order began', async () => {
    const [plain, early] = [await partner(), await partner('EARLY')];
    await set('payment.remind', { value: 10, level: 'EARLY' });
    t.clock.advance(60_000);
    const due = t.services.settings.env(t.clock.now()).then(({ calendar }) => calendar.addWorkingDays('2026-03-10', 7));
    const told: number[] = [];
    for (const id of [plain, early]) {
      await t.as({ partnerId: id, role: 'partner_admin' });
      const order = await placed(id);
      await t.sql(`update sales_order set state = 'in_effect' where id = $1`, [order.id]);
      await t.sql(
        `insert into payment_plan_item (order_id, item_no, partner_id, kind, due_on, amount) values ($1, 1, $2, 'full', $3, 11300)`,
        [order.id, id, await due],
      );
      await runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, paymentDatesJob);
      const [row] = await t.sql<{ n: number }>(
        `select count(*)::int as n from notice where document_id = $1 and kind = 'payment.due_soon'`,
        [order.id],
      );
      told.push(row?.n ?? -1);
    }
    expect(told[0]).toBe(0);
    expect(told[1]).toBeGreaterThan(0);
  });

  it('R4.3 a deadline in a year whose holidays are not published is provisional, and computed again when they come', async () => {
    const partnerId = await partner('LATE');
    await set('order.reply', { value: 3, level: 'LATE' });
    t.clock.advance(new Date('2026-12-30T03:00:00Z').getTime() - t.clock.now().getTime());
    const lines = [{ sku, qty: '1', requestedOn: '2027-02-20' }];
    const { body: order } = await sales.post('/api/v1/orders', { partnerId, submit: true, lines });
    const { body: sent } = await act(order, 'send-confirmation');
    expect(sent.holder).toMatchObject({ provisional: true });
    expect(await settleDeadlines(t.services.runtime, t.clock.now())).toBe(0);
    const admin = await t.as('system_admin');
    for (const date of ['2027-01-01', '2027-01-04', '2027-01-05'])
      await admin.put(`/api/v1/calendar/days/${date}`, { isWork: false, name: '元旦' });
    await admin.put('/api/v1/calendar/2027', { published: true });
    expect(await settleDeadlines(t.services.runtime, t.clock.now())).toBeGreaterThan(0);
    const { body: settled } = await sales.get(`/api/v1/orders/${order.id}`);
    expect(settled.holder.provisional).toBe(false);
    expect(settled.replyDueAt).toBe(settled.holder.dueAt);
    expect(settled.rounds[0].dueAt > sent.rounds[0].dueAt).toBe(true);
    expect(settled.reservedUntil > sent.reservedUntil).toBe(true);
  });
});

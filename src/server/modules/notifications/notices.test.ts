import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goods, type Goods } from '../../../../tests/support/goods.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { newId } from '../../kernel/ids.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { readAll } from '../../platform/events/reader-host.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { silentLog } from '../../platform/log.ts';
import { defineCommand } from '../../platform/pipeline/define.ts';
import { execute } from '../../platform/pipeline/run.ts';
import type { NewEvent } from '../../platform/pipeline/types.ts';
import { deadlineJob, noticeReader, paymentDatesJob } from './index.ts';

let t: TestApp;
let g: Goods;
let partnerId: string;
let sales: Actor;
let buyer: Actor;
let admin: Actor;
let accountant: Actor;
const staff: Record<string, Actor> = {};
const STAFF = ['order_processing', 'production', 'warehouse', 'logistics', 'finance', 'manager'] as const;

/** Writes an event as a module would, for documents that need no rows. */
const happen = defineCommand<NewEvent>({
  name: 'test.happen',
  refuses: [],
  async run({ emit }, event) {
    emit(event);
    return { status: 200, body: {} };
  },
});

async function told(
  type: string,
  payload: Record<string, unknown> = {},
  options: { by?: Actor; documentId?: string } = {},
): Promise<Record<string, string[]>> {
  const documentId = options.documentId ?? newId(t.clock.now());
  const by =
    options.by === undefined
      ? systemActor
      : {
          ...systemActor,
          kind: options.by.kind === 'partner' ? ('partner' as const) : ('staff' as const),
          userId: options.by.userId,
        };
  const event: NewEvent = {
    documentType: type.split('.')[0] ?? '',
    documentId,
    documentNo: 'X-1',
    version: 1,
    type,
    partnerId,
    payload,
  };
  await execute(t.services.runtime, happen, { input: event, actor: by, now: t.clock.now(), requestId: 'test' });
  return noticesOn(documentId);
}

/** Who has which notices on a document, by the name of the person's role. */
async function noticesOn(documentId: string): Promise<Record<string, string[]>> {
  await readNotices();
  const rows = await t.sql<{ user_id: string; kind: string }>(
    'select user_id, kind from notice where document_id = $1 order by kind',
    [documentId],
  );
  const names = new Map(
    [
      ...Object.entries(staff),
      ['sales', sales],
      ['buyer', buyer],
      ['partner_admin', admin],
      ['partner_finance', accountant],
    ].map(([name, actor]) => [(actor as Actor).userId, name as string]),
  );
  const found: Record<string, string[]> = {};
  for (const row of rows) found[row.kind] = [...(found[row.kind] ?? []), names.get(row.user_id) ?? row.user_id].sort();
  return found;
}

const readNotices = () =>
  readAll({ database: t.services.database, env: (now) => t.services.settings.env(now), clock: t.clock }, noticeReader);
const runClock = (job = deadlineJob) =>
  runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, job);
const partnerSide = ['buyer', 'partner_admin'];

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  partnerId = await t.partner();
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  admin = await t.as({ partnerId, role: 'partner_admin' });
  accountant = await t.as({ partnerId, role: 'partner_finance' });
  for (const role of STAFF) staff[role] = await t.as(role);
  // Another partner with people of its own, who must never be told of anything here.
  const stranger = await t.partner({ ownerId: null });
  await t.as({ partnerId: stranger, role: 'partner_buyer' });
});
afterAll(() => t.close());

describe('hand-offs', () => {
  test('N1 an inquiry reaches the sales contact, a receipt the partner, and what is missing the partner', async () => {
    expect(await told('inquiry.received', {}, { by: buyer })).toEqual({
      'inquiry.received': ['sales'],
      'inquiry.receipt': partnerSide,
    });
    expect(await told('inquiry.asked_back', {}, { by: sales })).toEqual({ 'inquiry.asked_back': partnerSide });
    expect(await told('inquiry.answered', {}, { by: buyer })).toEqual({ 'inquiry.answered': ['sales'] });
  });

  test('N2 a deviation from the agreement reaches the partner, its settlement sales', async () => {
    const order = await placed({ unitPrice: '1.00' });
    expect((await noticesOn(order.id))['order.discrepancy_raised']).toEqual(partnerSide);
    expect(await told('order.discrepancy_settled', { how: 'agreed_by_partner' }, { by: buyer })).toEqual({
      'order.discrepancy_settled': ['partner_admin', 'sales'],
    });
  });

  test('N3 a submitted order reaches order processing; a shortage sales at once, its options the partner', async () => {
    const order = await placed({ stock: 0 });
    const notices = await noticesOn(order.id);
    expect(notices['order.submitted']).toEqual(['order_processing']);
    expect(notices['order.shortage_reported']).toEqual(['sales']);
    expect(notices['order.shortage_options']).toEqual(partnerSide);
  });

  test('N4 the confirmation reaches the partner with the day until which a reply is expected', async () => {
    const order = await placed({});
    const sent = await sales.post(`/api/v1/orders/${order.id}/send-confirmation`, {}, { ifMatch: order.version });
    expect(sent.status).toBe(200);
    expect((await noticesOn(order.id))['order.confirmation_sent']).toEqual(partnerSide);
    const { body } = await buyer.get('/api/v1/notices');
    const notice = body.items.find((item: { kind: string }) => item.kind === 'order.confirmation_sent');
    expect(notice).toMatchObject({
      documentNo: order.no,
      documentType: 'order',
      documentId: order.id,
      readAt: null,
      dueAt: sent.body.replyDueAt,
    });
    expect(notice.params).toMatchObject({ article: 'R4.3', task: 'order.reply', yours: true, round: 1 });
  });

  test('N4 the reply reaches sales; an order in effect everybody who has to do with it, and nobody of another partner', async () => {
    expect(await told('order.objected', { round: 1 }, { by: buyer })).toEqual({ 'order.objected': ['sales'] });
    expect(await told('order.lapsed', { round: 1 })).toEqual({
      'order.lapsed': ['buyer', 'manager', 'partner_admin', 'sales'],
    });
    expect(await told('order.took_effect', {}, { by: buyer })).toEqual({
      'order.took_effect': ['finance', 'order_processing', 'partner_admin', 'production', 'sales', 'warehouse'],
    });
  });

  test('N5 goods to pick reach the warehouse, goods that stand ready order processing, a delay sales and partner', async () => {
    expect(await told('picking.opened')).toEqual({ 'picking.opened': ['warehouse'] });
    expect(await told('picking.ready', {}, { by: staff['warehouse'] as Actor })).toEqual({
      'picking.ready': ['order_processing'],
    });
    const { order, supplyId } = await restingOnSupply();
    const moved = await (staff['production'] as Actor).post(
      `/api/v1/supplies/${supplyId}/reschedule`,
      { expectedOn: '2026-06-20', cause: '模具' },
      { ifMatch: 1 },
    );
    expect(moved.status).toBe(200);
    expect((await noticesOn(order.id))['order.promise_delayed']).toEqual([
      'buyer',
      'order_processing',
      'partner_admin',
      'sales',
    ]);
  });

  test('N6 shipping data reach sales and partner; a new arrival, an exception and the delivery order processing too', async () => {
    const all = ['buyer', 'order_processing', 'partner_admin', 'sales'];
    const values = { orderNo: 'SO-1', waybillNo: 'SF123', expectedOn: '2026-03-14', carrierId: 'secret' };
    expect(await told('shipment.shipped', values)).toEqual({ 'shipment.shipped': ['buyer', 'partner_admin', 'sales'] });
    expect(await told('shipment.tracked', { kind: 'exception' })).toEqual({ 'shipment.exception': all });
    expect(await told('shipment.tracked', { kind: 'progress', hasNewArrival: true })).toEqual({
      'shipment.new_arrival': all,
    });
    expect(await told('shipment.tracked', { kind: 'progress', hasNewArrival: false })).toEqual({});
    expect(await told('shipment.delivered')).toEqual({ 'shipment.delivered': all });
    const { body } = await buyer.get('/api/v1/notices?limit=200');
    const shipped = body.items.find((item: { kind: string }) => item.kind === 'shipment.shipped');
    expect(shipped.params).toMatchObject({ waybillNo: 'SF123', expectedOn: '2026-03-14' });
    expect(shipped.params).not.toHaveProperty('carrierId');
  });

  test('N7 work that stands still is said to its holder and to sales, then to the head of the department and the managers', async () => {
    const head = await t.as({ role: 'logistics', name: 'head of logistics' });
    await t.sql(
      `insert into department (code, head_user_id) values ('logistics', $1) on conflict (code) do update set head_user_id = excluded.head_user_id`,
      [head.userId],
    );
    const documentId = newId(t.clock.now());
    await openTask({ kind: 'shipment.track', role: 'logistics', documentId, due: '2026-03-11T09:00:00Z' });
    await runClock();
    expect(await noticesOn(documentId)).toEqual({});
    const said: Record<string, string[]>[] = [];
    for (const at of ['2026-03-10T09:00:01Z', '2026-03-11T01:00:00Z', '2026-03-11T09:00:01Z', '2026-03-12T10:00:00Z']) {
      t.clock.set(at);
      await runClock();
      await runClock();
      said.push(await noticesOn(documentId));
    }
    const holders = [head.userId, 'logistics'].sort();
    expect(Object.keys(said[0] ?? {})).toEqual(['task.nearly_due']);
    expect(Object.keys(said[1] ?? {}).sort()).toEqual(['task.half_time', 'task.nearly_due']);
    expect(said[2]?.['task.overdue']).toEqual([...holders, 'sales'].sort());
    expect(said[3]?.['task.overdue_manager']).toEqual(['manager']);
    expect(said[3]?.['task.half_time']).toEqual(holders);
    t.clock.set('2026-03-12T10:00:00Z');
  });

  test('N7 a task knows from its beginning when it is spoken of, and once it is closed nobody speaks of it', async () => {
    const at = t.clock.now();
    const [spoken, closed] = [await placed({}), await placed({})];
    const times = await t.sql<{ remind_at: Date; due_at: Date }>(
      'select remind_at, due_at from task where document_id = any($1) and closed_at is null',
      [[spoken.id, closed.id]],
    );
    expect(times).toHaveLength(2);
    for (const { remind_at, due_at } of times) expect([remind_at > at, remind_at < due_at]).toEqual([true, true]);
    expect(
      (await sales.post(`/api/v1/orders/${closed.id}/withdraw`, { reason: 'x' }, { ifMatch: closed.version })).status,
    ).toBe(200);
    const remind = Math.max(...times.map(({ remind_at }) => remind_at.getTime()));
    t.clock.set(new Date(remind - 1).toISOString());
    await runClock();
    expect(await clockWords(spoken.id)).toEqual([]);
    t.clock.set(new Date(remind).toISOString());
    await runClock();
    expect(await clockWords(spoken.id)).toHaveLength(1);
    expect(await clockWords(closed.id)).toEqual([]);
    t.clock.set(at.toISOString());
  });

  test('N7 the clock waits for nobody who is at a task just now, and speaks of it a minute later', async () => {
    const [held, free] = [newId(t.clock.now()), newId(t.clock.now())];
    const at = t.clock.now();
    for (const documentId of [held, free])
      await openTask({ kind: 'shipment.track', role: 'logistics', documentId, due: '2026-03-17T09:00:00Z' });
    const other = new pg.Client({ connectionString: t.database.ownerUrl, options: '-c app.scope=company' });
    await other.connect();
    try {
      await other.query('begin');
      const locked = await other.query('select 1 from task where document_id = $1 for update', [held]);
      expect(locked.rowCount).toBe(1);
      t.clock.set('2026-03-17T09:00:00Z');
      await runClock();
      expect(await clockWords(free)).toEqual(['task.overdue']);
      expect(await clockWords(held)).toEqual([]);
    } finally {
      await other.query('rollback');
      await other.end();
    }
    await runClock();
    expect(await clockWords(held)).toEqual(['task.overdue']);
    t.clock.set(at.toISOString());
  });

  test('N8 a hold and its release reach partner, sales, order processing and warehouse; finance is asked to decide', async () => {
    const all = ['buyer', 'order_processing', 'partner_admin', 'sales', 'warehouse'];
    expect(await told('order.hold_placed', { kind: 'credit' })).toEqual({
      'order.hold_placed': all,
      'order.hold_to_decide': ['finance'],
    });
    expect(await told('order.hold_released', { kind: 'credit' }, { by: staff['finance'] as Actor })).toEqual({
      'order.hold_released': all,
    });
  });

  test('N8 a payment that comes due, and one that is overdue, reach the partner and sales, once for each step', async () => {
    const order = await placed({});
    await t.sql(`update sales_order set state = 'in_effect' where id = $1`, [order.id]);
    await t.sql(
      `insert into payment_plan_item (order_id, item_no, partner_id, kind, due_on, amount) values ($1, 1, $2, 'full', '2026-03-16', 11300)`,
      [order.id, partnerId],
    );
    await runClock(paymentDatesJob);
    await runClock(paymentDatesJob);
    expect((await noticesOn(order.id))['payment.due_soon']).toEqual(['partner_admin', 'partner_finance', 'sales']);
    t.clock.set('2026-03-17T02:00:00Z');
    await runClock(paymentDatesJob);
    expect((await noticesOn(order.id))['payment.overdue']).toEqual([
      'finance',
      'partner_admin',
      'partner_finance',
      'sales',
    ]);
    const [row] = await t.sql<{ params: Record<string, unknown> }>(
      `select params from notice where document_id = $1 and kind = 'payment.overdue' limit 1`,
      [order.id],
    );
    expect(row?.params).toMatchObject({ amount: '113.00', currency: 'CNY', dueOn: '2026-03-16', days: 1 });
    await t.sql('update payment_plan_item set paid_amount = amount where order_id = $1', [order.id]);
    t.clock.set('2026-03-24T02:00:00Z');
    await runClock(paymentDatesJob);
    expect((await noticesOn(order.id))['payment.overdue']).toHaveLength(4);
  });

  test('N9 a confirmed payment reaches order processing and sales, and the partner’s accountant', async () => {
    const notices = await told('payment.confirmed', {}, { by: staff['finance'] as Actor });
    expect(notices['payment.confirmed']).toEqual(['order_processing', 'partner_admin', 'partner_finance', 'sales']);
  });

  test('N10 after a payment finance is asked for the invoice; the invoice reaches the partner, its receipt finance', async () => {
    expect((await told('payment.confirmed'))['payment.to_invoice']).toEqual(['finance']);
    expect(await told('invoice.issued', {}, { by: staff['finance'] as Actor })).toEqual({
      'invoice.issued': ['partner_admin', 'partner_finance', 'sales'],
    });
    expect(await told('invoice.received', {}, { by: accountant })).toEqual({ 'invoice.received': ['finance'] });
  });
});

describe('who is meant', () => {
  test('the acting person is not told of the own act', async () => {
    expect(await told('order.withdrawn', {}, { by: buyer })).toEqual({
      'order.withdrawn': ['order_processing', 'partner_admin', 'sales'],
    });
  });

  test('while the sales contact is away the deputy is told as well', async () => {
    const deputy = await t.as({ role: 'sales', name: 'deputy' });
    await t.sql(
      `insert into delegation (id, user_id, deputy_id, from_on, to_on, created_at) values ($1, $2, $3, '2026-03-01', '2026-12-31', $4)`,
      [newId(t.clock.now()), sales.userId, deputy.userId, t.clock.now()],
    );
    expect(await told('order.objected', {}, { by: buyer })).toEqual({
      'order.objected': ['sales', deputy.userId].sort(),
    });
    await t.sql('update delegation set ended_at = $1', [t.clock.now()]);
    expect(await told('order.objected', {}, { by: buyer })).toEqual({ 'order.objected': ['sales'] });
  });

  test('people who have left are told nothing', async () => {
    const gone = await t.as({ role: 'finance', name: 'gone', state: 'disabled' });
    expect((await told('invoice.received'))['invoice.received']).not.toContain(gone.userId);
  });

  test('an event that nobody has to hear of writes nothing', async () => {
    expect(await told('order.changed', {}, { by: sales })).toEqual({});
  });

  test('what happened weeks before the reader came to it is history: nobody is told', async () => {
    const then = t.clock.now();
    const documentId = newId(then);
    const event: NewEvent = {
      documentType: 'order',
      documentId,
      documentNo: 'X-1',
      version: 1,
      type: 'order.objected',
      partnerId,
      payload: {},
    };
    await execute(t.services.runtime, happen, { input: event, actor: systemActor, now: then, requestId: 'test' });
    t.clock.advance(15 * 86_400_000);
    expect(await noticesOn(documentId)).toEqual({});
    t.clock.set(then);
  });

  test('a reader that starts again from zero writes no notice twice', async () => {
    const documentId = newId(t.clock.now());
    await told('order.objected', {}, { documentId });
    await t.sql(`update log_reader set xid = '0', position = 0 where name = 'notices'`);
    expect(await noticesOn(documentId)).toEqual({ 'order.objected': ['sales'] });
  });
});

describe('my notices', () => {
  test('each sees only the own ones, marks them as read, and back', async () => {
    const before = (await sales.get('/api/v1/notices/unread-count')).body.count;
    expect(before).toBeGreaterThan(2);
    const { body } = await sales.get('/api/v1/notices?unread=true&limit=2');
    const ids = body.items.map((item: { id: string }) => item.id);
    expect(body).toMatchObject({ total: before, totalIsExact: true });
    expect((await sales.post('/api/v1/notices/read', { ids })).body).toEqual({ count: 2 });
    expect((await sales.get('/api/v1/notices/unread-count')).body.count).toBe(before - 2);
    expect((await buyer.post('/api/v1/notices/read', { ids, unread: true })).body).toEqual({ count: 0 });
    expect((await sales.post('/api/v1/notices/read', { ids, unread: true })).body).toEqual({ count: 2 });
    expect((await sales.get('/api/v1/notices/unread-count')).body.count).toBe(before);
    expect((await sales.post('/api/v1/notices/read', {})).body).toEqual({ count: before });
    expect((await sales.get('/api/v1/notices?unread=true')).body.items).toEqual([]);
  });

  test('pages go on where the one before ended; a made-up cursor is refused', async () => {
    const all: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await sales.get(`/api/v1/notices?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      all.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual([...all].sort().reverse());
    const refused = await sales.get('/api/v1/notices?cursor=bm9uc2Vuc2U');
    expect(refused).toMatchObject({ status: 400, body: { code: 'request.bad_cursor' } });
  });
});

type Placed = { id: string; no: string; version: number };

/** An order placed by sales, as far as it goes by itself. */
async function placed(options: { stock?: number; unitPrice?: string }): Promise<Placed> {
  const [warehouseId, product] = await Promise.all([g.warehouse(), g.product()]);
  await g.stock(product.id, warehouseId, options.stock ?? 100);
  const line = {
    sku: product.sku,
    qty: '10',
    ...(options.unitPrice === undefined ? {} : { unitPrice: options.unitPrice }),
  };
  const addressId = await g.address(partnerId);
  const { status, body } = await sales.post('/api/v1/orders', {
    partnerId,
    ownStock: true,
    requestedOn: '2026-06-01',
    addressId,
    lines: [line],
    submit: true,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

/** An order whose goods still have to come. */
async function restingOnSupply(): Promise<{ order: Placed; supplyId: string }> {
  const [warehouseId, product] = await Promise.all([g.warehouse(), g.product()]);
  const supplyId = await g.supply(product.id, warehouseId, 100, '2026-04-01');
  const addressId = await g.address(partnerId);
  const { status, body } = await sales.post('/api/v1/orders', {
    partnerId,
    ownStock: true,
    requestedOn: '2026-06-01',
    addressId,
    lines: [{ sku: product.sku, qty: '10' }],
    submit: true,
  });
  expect(status).toBe(201);
  return { order: body, supplyId };
}

/** What the clock has said of a document's tasks. */
const clockWords = async (documentId: string) => [
  ...new Set(Object.keys(await noticesOn(documentId)).filter((kind) => kind.startsWith('task.'))),
];

async function openTask(task: { kind: string; role: string; documentId: string; due: string }): Promise<void> {
  await t.sql(
    `insert into task (id, kind, document_type, document_id, document_no, partner_id, side, role, due_at, opened_at) values ($1, $2, 'shipment', $3, 'SH-1', $4, 'staff', $5, $6, $7)`,
    [newId(t.clock.now()), task.kind, task.documentId, partnerId, task.role, task.due, t.clock.now()],
  );
}

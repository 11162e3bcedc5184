import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { newId } from '../../kernel/ids.ts';
import { readAll } from '../../platform/events/reader-host.ts';
import { noticeReader } from './index.ts';

let t: TestApp;
let partnerId: string;
let otherPartnerId: string;
let sales: Actor;
let buyer: Actor;
let admin: Actor;
let warehouse: Actor;
let manager: Actor;

type Options = {
  kind?: string;
  role?: string;
  side?: 'staff' | 'partner';
  userId?: string | null;
  partnerId?: string | null;
  due?: string | null;
};
let made = 0;

async function open(options: Options = {}): Promise<string> {
  made += 1;
  const id = newId(t.clock.now());
  const {
    kind = 'picking.start',
    role = 'warehouse',
    side = 'staff',
    userId = null,
    due = '2026-03-12T09:00:00Z',
  } = options;
  await t.sql(
    `insert into task (id, kind, document_type, document_id, document_no, partner_id, side, role, user_id, article, due_at, opened_at) values ($1, $2, 'order', $3, $4, $5, $6, $7, $8, 'R5.1', $9, $10)`,
    [
      id,
      kind,
      newId(t.clock.now()),
      `SO-${made}`,
      options.partnerId === undefined ? partnerId : options.partnerId,
      side,
      role,
      userId,
      due,
      t.clock.now(),
    ],
  );
  return id;
}

const idsOf = async (actor: Actor, query = '') => {
  const { status, body } = await actor.get(`/api/v1/tasks?limit=200${query}`);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id) as string[];
};

beforeAll(async () => {
  t = await testApp();
  sales = await t.as('sales');
  partnerId = await t.partner({ name: '渠成客户' });
  otherPartnerId = await t.partner({ ownerId: null });
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  admin = await t.as({ partnerId, role: 'partner_admin' });
  warehouse = await t.as('warehouse');
  manager = await t.as('manager');
});
afterAll(() => t.close());

describe('R2 my tasks', () => {
  test('R2 are those of my roles and those given to me, by deadline, those without one last', async () => {
    const later = await open({ due: '2026-03-20T09:00:00Z' });
    const never = await open({ due: null });
    const soon = await open({ due: '2026-03-11T09:00:00Z' });
    const mine = await open({ userId: warehouse.userId, due: '2026-03-15T09:00:00Z' });
    const colleague = await t.as({ role: 'warehouse', name: 'colleague' });
    const his = await open({ userId: colleague.userId });
    const money = await open({ kind: 'invoice.issue', role: 'finance' });
    expect(await idsOf(warehouse)).toEqual([soon, mine, later, never]);
    expect(await idsOf(warehouse, '&all=true')).toContain(his);
    expect(await idsOf(warehouse, '&all=true')).not.toContain(money);
    expect(await idsOf(manager, '&all=true')).toEqual(expect.arrayContaining([his, money]));
    expect(await idsOf(warehouse, '&kind=invoice.issue')).toEqual([]);
    const { body } = await warehouse.get('/api/v1/tasks?limit=1');
    expect(body).toMatchObject({
      total: 4,
      totalIsExact: true,
      items: [{ kind: 'picking.start', partnerName: '渠成客户', overdue: false, article: 'R5.1', closedAt: null }],
    });
  });

  test('R2 pages go on where the one before ended, over tasks with and without deadline', async () => {
    const whole = await idsOf(warehouse);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await warehouse.get(`/api/v1/tasks?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect((await warehouse.get('/api/v1/tasks?cursor=WyJ4IiwieSJd')).body.code).toBe('request.bad_cursor');
  });

  test('R2 a task is overdue when its moment has passed', async () => {
    const id = await open({ due: '2026-03-10T01:59:59Z' });
    const { body } = await warehouse.get('/api/v1/tasks?limit=200');
    expect(body.items.find((item: { id: string }) => item.id === id).overdue).toBe(true);
  });

  test('R2 sales see tasks of their own partners only', async () => {
    const own = await open({ kind: 'order.review_terms', role: 'sales' });
    const foreign = await open({ kind: 'order.review_terms', role: 'sales', partnerId: otherPartnerId });
    const found = await idsOf(sales);
    expect(found).toContain(own);
    expect(found).not.toContain(foreign);
  });

  test('R2 the partner’s people have the tasks of their side, never those of the company', async () => {
    const reply = await open({ kind: 'order.reply', role: 'partner_buyer', side: 'partner' });
    await open({ kind: 'order.reply', role: 'partner_buyer', side: 'partner', partnerId: otherPartnerId });
    expect(await idsOf(buyer)).toEqual([reply]);
    expect(await idsOf(admin)).toEqual([reply]);
    expect(await idsOf(await t.as({ partnerId, role: 'partner_finance' }))).toEqual([]);
  });

  test('R2 while somebody is away the deputy has the tasks too, and not afterwards', async () => {
    const id = await open({ kind: 'order.review_terms', role: 'sales', userId: sales.userId });
    const deputy = await t.as({ role: 'manager', name: 'deputy' });
    expect(await idsOf(deputy)).not.toContain(id);
    await t.sql(
      `insert into delegation (id, user_id, deputy_id, from_on, to_on, created_at) values ($1, $2, $3, '2026-03-09', '2026-03-11', $4)`,
      [newId(t.clock.now()), sales.userId, deputy.userId, t.clock.now()],
    );
    expect(await idsOf(deputy)).toContain(id);
    t.clock.advance(2 * 86_400_000);
    expect(await idsOf(deputy)).not.toContain(id);
    t.clock.advance(-2 * 86_400_000);
  });
});

describe('R2 handing over', () => {
  test('R2 a task goes to a colleague of the same role, who is told, and back to the queue', async () => {
    const id = await open();
    const colleague = await t.as({ role: 'warehouse', name: 'receiver' });
    const handed = await warehouse.post(`/api/v1/tasks/${id}/reassign`, { userId: colleague.userId });
    expect(handed).toMatchObject({ status: 200, body: { id, userName: 'receiver' } });
    expect(await idsOf(warehouse)).not.toContain(id);
    expect(await idsOf(colleague)).toContain(id);
    await readAll(
      { database: t.services.database, env: (now) => t.services.settings.env(now), clock: t.clock },
      noticeReader,
    );
    expect((await colleague.get('/api/v1/notices')).body.items).toMatchObject([
      { kind: 'task.reassigned', documentType: 'order', params: { taskKind: 'picking.start' } },
    ]);
    expect((await colleague.post(`/api/v1/tasks/${id}/reassign`, { userId: null })).body.userName).toBeNull();
    expect(await idsOf(warehouse)).toContain(id);
    const events = await t.sql('select version, type from event where document_id = $1 order by version', [id]);
    expect(events).toEqual([
      { version: 1, type: 'task.reassigned' },
      { version: 2, type: 'task.reassigned' },
    ]);
  });

  test('R2 not to somebody without the role, nor of another role’s task, nor of one that is done or another’s', async () => {
    const id = await open();
    const finance = await t.as('finance');
    expect(await warehouse.post(`/api/v1/tasks/${id}/reassign`, { userId: finance.userId })).toMatchObject({
      status: 404,
      body: { code: 'user.not_found' },
    });
    expect(await finance.post(`/api/v1/tasks/${id}/reassign`, { userId: warehouse.userId })).toMatchObject({
      status: 403,
      body: { code: 'permission.denied' },
    });
    expect(await buyer.post(`/api/v1/tasks/${id}/reassign`, { userId: null })).toMatchObject({ status: 403 });
    const foreign = await open({ kind: 'order.review_terms', role: 'sales', partnerId: otherPartnerId });
    expect(await sales.post(`/api/v1/tasks/${foreign}/reassign`, { userId: sales.userId })).toMatchObject({
      status: 404,
      body: { code: 'task.not_found' },
    });
    await t.sql('update task set closed_at = $2 where id = $1', [id, t.clock.now()]);
    expect(await warehouse.post(`/api/v1/tasks/${id}/reassign`, { userId: null })).toMatchObject({
      status: 404,
      body: { code: 'task.not_found' },
    });
  });
});

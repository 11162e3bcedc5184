import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../platform/log.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { goods } from '../../../../tests/support/goods.ts';
import { idleInquiriesJob } from './index.ts';

let t: TestApp;
let sales: Actor;
let buyer: Actor;
let partnerId: string;
let sku: string;

beforeAll(async () => {
  t = await testApp();
  sales = await t.as('sales');
  partnerId = await t.partner();
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const g = await goods(t);
  ({ sku } = await g.product({ price: 1_000_000n }));
});
afterAll(() => t.close());

const DAY = 86_400_000;
/** Moves the clock (over a weekend if need be) and lets the job look. */
const after = async (days: number) => {
  t.clock.advance(days * DAY);
  await runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, idleInquiriesJob);
};
const asked = async () =>
  (await buyer.post('/api/v1/inquiries', { lines: [{ wanted: sku, qty: '3', requestedOn: '2026-12-01' }] })).body;
const shown = async ({ id }: { id: string }, who = buyer) => (await who.get(`/api/v1/inquiries/${id}`)).body;
const events = async (id: string) =>
  (await t.sql<{ type: string }>(`select type from event where document_id = $1 order by version`, [id])).map(
    ({ type }) => type,
  );

it('R3.2 an inquiry on which nothing happens closes after ten working days, both sides are told two days before, and it is reopened on the spot', async () => {
  const inquiry = await asked();
  await after(9);
  expect(await shown(inquiry)).toMatchObject({ state: 'received', closesAt: null });
  // 10 March is a Tuesday: ten working days end on the 24th, two before that on the 20th
  await after(2);
  const warned = await shown(inquiry);
  expect(warned.closesAt.slice(0, 10)).toBe('2026-03-24');
  await after(0);
  await after(2);
  expect((await shown(inquiry)).state).toBe('received');
  await after(2);
  const closed = await shown(inquiry);
  expect(closed).toMatchObject({
    state: 'lapsed',
    closesAt: null,
    allowedActions: [{ action: 'reopen', refusals: [] }],
  });
  expect(await events(inquiry.id)).toEqual(['inquiry.received', 'inquiry.idle_warned', 'inquiry.lapsed']);
  expect(await t.sql(`select 1 from task where document_id = $1 and closed_at is null`, [inquiry.id])).toEqual([]);
  const reopened = await buyer.post(`/api/v1/inquiries/${inquiry.id}/reopen`, undefined, { ifMatch: closed.version });
  expect(reopened.body).toMatchObject({ state: 'received', closesAt: null });
  await after(9);
  expect(await shown(inquiry)).toMatchObject({ state: 'received', closesAt: null });
});

it('R3.2 a step or a message of either side begins the time anew', async () => {
  const inquiry = await asked();
  await after(13);
  expect((await shown(inquiry)).closesAt).not.toBeNull();
  t.clock.advance(1000);
  await sales.post(`/api/v1/documents/inquiry/${inquiry.id}/messages`, { body: '本週答覆' });
  expect((await shown(inquiry)).closesAt).toBeNull();
  await after(5);
  expect(await shown(inquiry)).toMatchObject({ state: 'received', closesAt: null });
  await after(9);
  const warned = await shown(inquiry, sales);
  expect(warned.closesAt).not.toBeNull();
  const asking = await sales.post(`/api/v1/inquiries/${inquiry.id}/ask-back`, {}, { ifMatch: warned.version });
  expect(asking.body).toMatchObject({ state: 'needs_data', closesAt: null });
  await after(5);
  expect(await shown(inquiry)).toMatchObject({ state: 'needs_data', closesAt: null });
});

it('R3.2 a case keeps the time in force when it came, that of its level before that of the company', async () => {
  const before = await asked();
  t.clock.advance(60_000);
  const manager = await t.as('manager');
  expect((await manager.post('/api/v1/policies/inquiry.idle', { value: 3 })).status).toBe(200);
  t.clock.advance(60_000);
  const later = await asked();
  await after(7);
  expect([(await shown(before)).closesAt, (await shown(later)).closesAt].map((at) => at === null)).toEqual([
    true,
    false,
  ]);
});

it('R3.2 an inquiry is declined with a reason that the partner reads; it is closed, nobody has work with it any more, and it can be opened again', async () => {
  const inquiry = await asked();
  const decline = (body: object) =>
    sales.post(`/api/v1/inquiries/${inquiry.id}/decline`, body, { ifMatch: inquiry.version });
  expect((await decline({ reason: ' ' })).status).toBe(422);
  const { status, body } = await decline({ reason: '此型號已停產' });
  expect([status, body.state]).toEqual([200, 'declined']);
  expect(await shown(inquiry)).toMatchObject({ state: 'declined', declineReason: '此型號已停產' });
  expect(await t.sql('select 1 from task where document_id = $1 and closed_at is null', [inquiry.id])).toEqual([]);
  const reopened = await sales.post(`/api/v1/inquiries/${inquiry.id}/reopen`, undefined, { ifMatch: body.version });
  expect([reopened.status, reopened.body.state]).toEqual([200, 'received']);
});

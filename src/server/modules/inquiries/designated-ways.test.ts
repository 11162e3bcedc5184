import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { goods } from '../../../../tests/support/goods.ts';

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
  await t.sql(
    `insert into policy_parameter (id, code, value, unit, valid_from) values (gen_random_uuid(), 'inquiry.way_phone', 0, 'flag', '2000-01-01')`,
  );
});
afterAll(() => t.close());

const entered = async (channel: string) => {
  const { body, status, text } = await sales.post('/api/v1/inquiries', {
    partnerId,
    channel,
    lines: [{ wanted: sku, qty: '3', requestedOn: '2026-04-01' }],
  });
  expect(status, text).toBe(201);
  return body;
};
const act = (who: Actor, { id, version }: { id: string; version: number }, verb: string, body?: object) =>
  who.post(`/api/v1/inquiries/${id}/${verb}`, body, { ifMatch: version });
const tasks = (id: string) =>
  t.sql(`select kind from task where document_id = $1 and closed_at is null order by kind`, [id]);

it('R3.2 what came by a way that is not designated becomes an order only after the partner has confirmed it', async () => {
  const inquiry = await entered('phone');
  expect(inquiry).toMatchObject({ channel: 'phone', needsConfirmation: true, confirmedAt: null });
  expect(await tasks(inquiry.id)).toEqual([{ kind: 'inquiry.confirm' }, { kind: 'inquiry.handle' }]);
  expect((await act(sales, inquiry, 'convert')).body).toMatchObject({ status: 409, code: 'inquiry.unconfirmed' });
  expect((await act(sales, inquiry, 'confirm')).status).toBe(403);
  const seen = (await buyer.get(`/api/v1/inquiries/${inquiry.id}`)).body;
  expect(seen.allowedActions.map(({ action }: { action: string }) => action)).toContain('confirm');
  const confirmed = (await act(buyer, inquiry, 'confirm')).body;
  expect(confirmed).toMatchObject({ state: 'received', confirmedBy: expect.stringContaining('partner_buyer') });
  expect(await tasks(inquiry.id)).toEqual([{ kind: 'inquiry.handle' }]);
  expect((await act(buyer, confirmed, 'confirm')).body).toMatchObject({
    status: 409,
    code: 'inquiry.nothing_to_confirm',
  });
  expect((await act(sales, confirmed, 'convert')).status).toBe(201);
});

it('R3.2 a change by sales asks for the partner’s word again; an answer of the partner is its word', async () => {
  const inquiry = await entered('phone');
  const confirmed = (await act(buyer, inquiry, 'confirm')).body;
  const changed = (await act(sales, confirmed, 'answer', { lines: [{ lineNo: 1, qty: '5' }] })).body;
  expect(changed).toMatchObject({ confirmedAt: null });
  expect(await tasks(inquiry.id)).toEqual([{ kind: 'inquiry.confirm' }, { kind: 'inquiry.handle' }]);
  const answered = (await act(buyer, changed, 'answer', { lines: [{ lineNo: 1, qty: '4' }] })).body;
  expect(answered).toMatchObject({ confirmedBy: expect.stringContaining('partner_buyer'), lines: [{ qty: '4' }] });
});

it('R3.2 designated ways, and the partner’s own portal and keys, need no confirmation', async () => {
  expect(await entered('excel')).toMatchObject({ needsConfirmation: false });
  const own = await buyer.post('/api/v1/inquiries', { lines: [{ wanted: sku, qty: '1' }] });
  expect(own.body).toMatchObject({ channel: 'portal', needsConfirmation: false });
  expect((await act(buyer, own.body, 'confirm')).body).toMatchObject({ code: 'inquiry.nothing_to_confirm' });
});

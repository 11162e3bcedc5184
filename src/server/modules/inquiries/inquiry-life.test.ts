import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { goods } from '../../../../tests/support/goods.ts';
import { readAll } from '../../platform/events/reader-host.ts';
import { noticeReader } from '../notifications/index.ts';

let t: TestApp;
let sales: Actor;
let buyer: Actor;
let sku: string;

beforeAll(async () => {
  t = await testApp();
  sales = await t.as('sales');
  buyer = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
  const g = await goods(t);
  ({ sku } = await g.product({ price: 1_000_000n }));
});
afterAll(() => t.close());

const notices = async (who: Actor, documentId: string): Promise<string[]> => {
  const env = (now: Date) => t.services.settings.env(now);
  await readAll({ database: t.services.database, env, clock: t.clock }, noticeReader);
  const { items } = (await who.get('/api/v1/notices')).body;
  return items
    .filter((notice: { documentId: string }) => notice.documentId === documentId)
    .map(({ kind }: { kind: string }) => kind)
    .sort();
};
const tasks = (id: string) =>
  t.sql(
    `select kind, user_id, side, due_at is not null as timed from task where document_id = $1 and closed_at is null`,
    [id],
  );

it('R3.2 an inquiry lies with the sales contact in the same moment, with a deadline, and the partner has a receipt; what is missing is asked back line by line in one click', async () => {
  const { body: made } = await buyer.post('/api/v1/inquiries', {
    lines: [
      { wanted: sku, qty: '3', requestedOn: '2026-04-01' },
      { wanted: sku, requestedOn: '2026-04-01' },
      { wanted: '說不清的東西', qty: '2' },
    ],
  });
  expect(await tasks(made.id)).toEqual([{ kind: 'inquiry.handle', user_id: sales.userId, side: 'staff', timed: true }]);
  expect(await notices(buyer, made.id)).toEqual(['inquiry.receipt']);
  expect(await notices(sales, made.id)).toEqual(['inquiry.received']);
  expect(made.lines.map(({ gaps }: { gaps: string[] }) => gaps)).toEqual([[], ['qty'], ['product', 'requestedOn']]);

  const asked = await sales.post(`/api/v1/inquiries/${made.id}/ask-back`, {}, { ifMatch: made.version });
  expect(asked.body.state).toBe('needs_data');
  const [event] = await t.sql<{ payload: { gaps: unknown } }>(
    `select payload from event where document_id = $1 and type = 'inquiry.asked_back'`,
    [made.id],
  );
  expect(event?.payload.gaps).toEqual([
    { lineNo: 2, gap: 'qty' },
    { lineNo: 3, gap: 'product' },
    { lineNo: 3, gap: 'requestedOn' },
  ]);
  expect(await tasks(made.id)).toMatchObject([{ kind: 'inquiry.answer', side: 'partner', timed: true }]);
  expect(await notices(buyer, made.id)).toEqual(['inquiry.asked_back', 'inquiry.receipt']);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { addMs, instant } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { rebuild } from '../../platform/events/readers.ts';
import { figuresReader } from './figures-reader.ts';

let t: TestApp;
let partnerId: string;
let otherId: string;
let made = 0;

async function order(options: {
  at: string;
  state: string;
  gross: bigint;
  partner?: string;
  delivery?: string;
}): Promise<void> {
  made += 1;
  const at = instant(options.at);
  await t.sql(
    `insert into sales_order (id, no, partner_id, state, version, channel, currency, tax_inclusive, payment_method, payment_term, net_amount, gross_amount, delivery_status, created_at, state_since)
     values ($1, $2, $3, $4, 1, 'sales', 'CNY', true, 'bank_transfer', '{"kind":"prepaid"}', $5, $5, $6, $7, $7)`,
    [
      newId(at),
      `SO-${made}`,
      options.partner ?? partnerId,
      options.state,
      options.gross.toString(),
      options.delivery ?? 'none',
      at,
    ],
  );
}

const dashboard = async (actor: Actor) => {
  const { status, body } = await actor.get('/api/v1/dashboard');
  expect({ status, body }).toMatchObject({ status: 200 });
  const counts = new Map<string, number>(
    body.counts.map(({ key, value }: { key: string; value: number }) => [key, value]),
  );
  const amounts = new Map<string, string>(
    body.amounts.map(({ key, value }: { key: string; value: string }) => [key, value]),
  );
  return { ...body, counts, amounts };
};

beforeAll(async () => {
  // 2026-03-10 10:00 in Shanghai
  t = await testApp();
  partnerId = await t.partner();
  otherId = await t.partner({ ownerId: null });
  await order({ at: '2026-02-28T15:59:59Z', state: 'completed', gross: 10_000n });
  await order({ at: '2026-02-28T16:00:00Z', state: 'in_effect', gross: 20_050n, delivery: 'preparing' });
  await order({ at: '2026-03-05T02:00:00Z', state: 'in_effect', gross: 100n });
  await order({ at: '2026-03-05T02:00:00Z', state: 'draft', gross: 700n });
  await order({ at: '2026-03-05T02:00:00Z', state: 'cancelled', gross: 900n });
  await order({ at: '2026-03-05T02:00:00Z', state: 'awaiting_partner', gross: 50n, partner: otherId });
  await order({ at: '2025-03-31T15:59:59Z', state: 'completed', gross: 1n });
  await order({ at: '2025-03-31T16:00:00Z', state: 'completed', gross: 2n });
  const { database, settings, clock } = t.services;
  await rebuild({ database, clock, env: (now) => settings.env(now) }, figuresReader);
  await t.sql('update credit_account set balance_amount = $2 where partner_id = $1', [partnerId, 12_345]);
  await t.sql('update credit_account set balance_amount = -500 where partner_id = $1', [otherId]);
});
afterAll(() => t.close());

describe('the figures of my role', () => {
  test('a manager sees the orders by stage, with their sums to the cent', async () => {
    const { stages, counts, amounts } = await dashboard(await t.as('manager'));
    expect(stages).toEqual(
      expect.arrayContaining([
        { stage: 'preliminary', count: 1, amount: '7.00', currency: 'CNY' },
        { stage: 'in_effect', count: 1, amount: '1.00', currency: 'CNY' },
        { stage: 'in_execution', count: 1, amount: '200.50', currency: 'CNY' },
        { stage: 'awaiting_reply', count: 1, amount: '0.50', currency: 'CNY' },
      ]),
    );
    expect(stages).toHaveLength(4);
    expect(Object.fromEntries(counts)).toMatchObject({ drafts: 1, inEffect: 2, awaitingReply: 1, objections: 0 });
    expect(Object.fromEntries(amounts)).toMatchObject({ openOrders: '201.50', receivable: '123.45' });
  });

  test('orders by month of the company’s zone, twelve months, without drafts and cancelled ones', async () => {
    const { months } = await dashboard(await t.as('manager'));
    expect(months).toHaveLength(12);
    expect(months[0]).toEqual({ month: '2025-04', orders: 1, amount: '0.02', currency: 'CNY' });
    expect(months.at(-2)).toEqual({ month: '2026-02', orders: 1, amount: '100.00', currency: 'CNY' });
    expect(months.at(-1)).toEqual({ month: '2026-03', orders: 3, amount: '202.00', currency: 'CNY' });
    expect(months[5]).toMatchObject({ orders: 0, amount: '0.00' });
  });

  test('P9 sales and partners see the figures of their own partners', async () => {
    for (const actor of [await t.as('sales'), await t.as({ partnerId, role: 'partner_admin' })]) {
      const { counts, months, amounts } = await dashboard(actor);
      expect(counts.get('awaitingReply')).toBe(0);
      expect(months.at(-1)).toMatchObject({ orders: 2, amount: '201.50' });
      expect(amounts.get('receivable')).toBe('123.45');
    }
    const stranger = await dashboard(await t.as({ partnerId: otherId, role: 'partner_admin' }));
    expect(stranger.amounts.has('receivable')).toBe(false);
    expect(stranger.counts.get('drafts')).toBe(0);
  });

  test('who does not see money sees numbers of orders without sums', async () => {
    const { months, stages, amounts } = await dashboard(await t.as('warehouse'));
    expect(months.every(({ amount }: { amount: unknown }) => amount === null)).toBe(true);
    expect(stages.every(({ amount }: { amount: unknown }) => amount === null)).toBe(true);
    expect(amounts.size).toBe(0);
  });

  test('tasks, overdue tasks and unread notices are counted for the person', async () => {
    const warehouse = await t.as('warehouse');
    for (const due of ['2026-03-09T00:00:00Z', '2026-03-20T00:00:00Z']) {
      await t.sql(
        `insert into task (id, kind, document_type, document_id, document_no, partner_id, side, role, due_at, opened_at) values ($1, 'picking.start', 'picking', $2, 'PK-1', $3, 'staff', 'warehouse', $4, $5)`,
        [newId(t.clock.now()), newId(t.clock.now()), partnerId, due, addMs(t.clock.now(), -1000)],
      );
    }
    const { counts } = await dashboard(warehouse);
    expect(Object.fromEntries(counts)).toMatchObject({ tasks: 2, overdueTasks: 1, unreadNotices: 0, openPickings: 0 });
    expect((await warehouse.get('/api/v1/notices/unread-count')).body).toEqual({ count: 0, tasks: 2 });
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../support/app.ts';
import { goods } from '../support/goods.ts';
import { databaseViolations } from '../../src/server/platform/invariants/index.ts';
import { bytesNeeded, grow } from '../../bench/growth/grow.ts';
import { readersGoOn } from '../../bench/growth/readers-go-on.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
  const g = await goods(t);
  const warehouse = await g.warehouse();
  for (let i = 0; i < 3; i += 1) await t.partner();
  for (let i = 0; i < 40; i += 1) await g.stock((await g.product()).id, warehouse, 10);
});
afterAll(() => t.close());

it('P5 a grown past keeps every rule of money, goods and history, has five lines an order, and is in the figures', async () => {
  await grow({ url: t.database.ownerUrl, folder: null, orders: 400, now: t.clock.now(), days: 200 });
  await readersGoOn(t.services.database, t.clock);
  expect(await databaseViolations(t.services.database)).toEqual([]);
  const [counts] = await t.sql<{ orders: number; lines: number; states: string[] }>(
    `select (select count(*)::int from sales_order) as orders, (select count(*)::int from order_line) as lines,
       (select array_agg(distinct state order by state) from sales_order) as states`,
  );
  expect(counts).toMatchObject({ orders: 400, states: ['cancelled', 'completed', 'in_effect', 'to_confirm'] });
  expect(Math.round((counts?.lines ?? 0) / 400)).toBe(5);
  const { body } = await (await t.as('manager')).get('/api/v1/dashboard');
  const [due] = await t.sql<{ n: number }>(
    `select count(*)::int as n from sales_order where state <> 'cancelled' and created_at >= timestamptz '2025-04-01 00:00+08'`,
  );
  expect(body.months.reduce((sum: number, { orders }: { orders: number }) => sum + orders, 0)).toBe(due?.n);
});

it('nothing grows where the disk has no room for it', async () => {
  const orders = 10 ** 9;
  expect(bytesNeeded(orders, 94)).toBeGreaterThan(10 ** 13);
  await expect(grow({ url: t.database.ownerUrl, folder: '/', orders, now: t.clock.now() })).rejects.toThrow(
    /MiB are free/,
  );
});

/** The demo company, with everyday orders of its last month only: every step a command, every end as planned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/cluster.ts';
import { createApp, type RunningApp } from '../../src/server/app.ts';
import { fixedClock } from '../../src/server/kernel/clock.ts';
import { COMPANY, sql } from '../../src/server/platform/db/database.ts';
import { databaseViolations } from '../../src/server/platform/invariants/index.ts';
import { demoPlan } from './demo/plan.ts';
import type { DemoPlan } from './demo/types.ts';
import { demoDifferences } from './run/demo-check.ts';
import { demoPassword } from './run/demo-people.ts';
import { loadDemo, planOf, type SignIn } from './run-demo.ts';

const TODAY = '2026-08-03';
const SECRET = 'a secret of this installation';
let database: TestDatabase;
let running: RunningApp;
let plan: DemoPlan;
let signIns: SignIn[];

const query = <Row>(statement: { text: string; values: readonly unknown[] }) =>
  running.services.database.read(COMPANY, (tx) => tx.query<Row>(statement));

beforeAll(async () => {
  database = await testDatabase();
  running = await createApp({
    databaseUrl: database.appUrl,
    clock: fixedClock('2026-08-03T01:00:00Z'),
    demo: false,
  });
  plan = demoPlan(TODAY, 'short', { singleWarehouse: true, everydayDays: 30 });
  ({ signIns } = await loadDemo(running.services, { plan, secret: SECRET }));
}, 180_000);
afterAll(async () => {
  await running.close();
  await database.drop();
});

describe('the demo company', () => {
  it('R2 every order stands where the plan says: state, delivery, money, invoice', async () => {
    expect(plan.orders.length).toBeGreaterThan(80);
    expect(await demoDifferences(query, plan)).toEqual([]);
  });

  it('R2 the comparison sees an order that stands elsewhere, and one that nobody planned', async () => {
    const [first, ...rest] = plan.orders;
    if (first === undefined) throw new Error('no orders');
    const changed = { ...first, expected: { ...first.expected, state: 'draft' as const, paid: '0.01' } };
    const found = await demoDifferences(query, { ...plan, orders: [changed, ...rest.slice(1)] });
    expect(found.map(({ field }) => field)).toEqual(['state', 'paid', 'order']);
  });

  it('R3.1 R4.1 companies apply, promotions hold or are to come, files have their licences', async () => {
    expect(await query(sql`select count(*)::int as n from partner_application where state = 'submitted'`)).toEqual([
      { n: 3 },
    ]);
    expect(await query(sql`select code, valid_from <= ${TODAY}::date as holds from promotion order by code`)).toEqual([
      { code: 'CARE-NEXT', holds: false },
      { code: 'HELMET-10-1', holds: true },
      { code: 'YEAR-END-2', holds: true },
    ]);
    const [{ n: licensed } = { n: 0 }] = await query<{ n: number }>(
      sql`select count(distinct partner_id)::int as n from partner_document where kind = 'business_licence'`,
    );
    expect(licensed).toBe(plan.masters.partners.length);
  });

  it('P5 money, goods and history agree', async () => {
    expect(await databaseViolations(running.services.database)).toEqual([]);
  });

  it('R2 every stage and every role has somebody and something: open orders in each state, tasks for each role that works', async () => {
    const states = await query<{ state: string }>(sql`select distinct state from sales_order order by state`);
    expect(states.map(({ state }) => state)).toEqual([
      'awaiting_partner',
      'cancelled',
      'completed',
      'draft',
      'in_effect',
      'objected',
      'shortage',
      'terms_review',
      'to_confirm',
    ]);
    const roles = await query<{ role: string }>(sql`select distinct role from task where closed_at is null`);
    for (const role of ['sales', 'order_processing', 'warehouse', 'logistics', 'finance', 'partner_buyer'])
      expect(roles.map((row) => row.role)).toContain(role);
  });

  it('P12 nothing happened without an event, and nothing in the future', async () => {
    const [row] = await query<{ orders: bigint; entered: bigint; late: bigint }>(sql`
      select (select count(*) from sales_order) as orders,
        (select count(distinct document_id) from event where document_type = 'order' and version = 1) as entered,
        (select count(*) from event where at >= ${TODAY}::date) as late`);
    expect(row?.entered).toBe(row?.orders);
    expect(row?.late).toBe(0n);
  });

  it('P20 passwords derive from the secret of the installation and open the door; without a secret nobody has one', async () => {
    expect(new Set(signIns.map(({ password }) => password)).size).toBe(signIns.length);
    expect(signIns.map(({ login }) => login)).toEqual(
      expect.arrayContaining(plan.masters.staff.map(({ email }) => email)),
    );
    for (const { login, password } of signIns) expect(demoPassword(SECRET, login)).toBe(password);
    const [one] = signIns;
    if (one === undefined) throw new Error('nobody may sign in');
    expect(demoPassword('another secret', one.login)).not.toBe(one.password);
    const answer = await running.app.server.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { host: 'localhost', origin: 'http://localhost', 'content-type': 'application/json' },
      payload: JSON.stringify({ login: one.login, password: one.password }),
    });
    expect(answer.statusCode).toBeLessThan(300);
    const [row] = await query<{ without: bigint }>(
      sql`select count(*) as without from app_user where password_hash is null and kind = 'partner'`,
    );
    expect(row?.without).toBeGreaterThan(0n);
  });

  it('R2 the plan of a day is always the same, and serves from one warehouse while the others keep a reserve', async () => {
    expect(planOf(TODAY)).toEqual(planOf(TODAY));
    const rows = await query<{ code: string; picked: bigint; stock: bigint }>(sql`
      select w.code, (select count(*) from picking p where p.warehouse_id = w.id) as picked,
        (select count(*) from stock s where s.warehouse_id = w.id and s.on_hand_qty > 0) as stock
      from warehouse w order by w.priority`);
    expect(rows.map(({ picked }) => picked > 0n)).toEqual([true, false, false]);
    for (const { stock } of rows) expect(stock).toBeGreaterThan(30n);
  });
});

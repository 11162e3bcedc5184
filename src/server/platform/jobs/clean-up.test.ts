import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { addMs } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLog } from '../log.ts';
import { cleanUpJob } from './clean-up.ts';
import { runJob } from './timed-jobs.ts';

const DAY_MS = 86_400_000;
let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

const cleanUp = () => runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, cleanUpJob);
const ago = (days: number) => addMs(t.clock.now(), -days * DAY_MS);
const count = async (from: string, ...values: unknown[]) =>
  (await t.sql<{ n: number }>(`select count(*)::int as n from ${from}`, values))[0]?.n;

test('P6 a caller that asks again on day 29 gets the answer it had; on day 31 the key is free again', async () => {
  const partnerId = await t.partner();
  const buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const ask = () => buyer.post('/api/v1/inquiries', { lines: [{ wanted: '山地车 20 辆' }] }, { key: 'once-a-month' });
  const first = await ask();
  t.clock.advance(29 * DAY_MS);
  await cleanUp();
  const again = await ask();
  expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([first.body.id, 'true']);
  t.clock.advance(2 * DAY_MS);
  await cleanUp();
  const later = await ask();
  expect(later.status).toBe(201);
  expect(later.body.id).not.toBe(first.body.id);
});

test('what is kept for a time goes when it is over, however much it is; what is younger stays', async () => {
  const { userId } = await t.as('sales');
  const caller = newId(t.clock.now());
  const answers = (n: number, at: Date, name: string) =>
    t.sql(
      `insert into idempotency (caller_id, key, operation, request_hash, status, answer, at) select $1, $4 || i, 'x', 'x', 200, '{}', $3 from generate_series(1, $2::int) i`,
      [caller, n, at, name],
    );
  await answers(2500, ago(31), 'old');
  await answers(3, ago(29), 'young');
  const session = (n: number, at: Date) =>
    t.sql(
      `insert into user_session (token_hash, id, user_id, epoch, created_at, last_seen_at, expires_at) select sha256(($4 || i)::bytea), gen_random_uuid(), $1, 0, $3, $3, $3 from generate_series(1, $2::int) i`,
      [userId, n, at, at.toISOString()],
    );
  await session(3, ago(40));
  await session(2, ago(20));
  const rows: [table: string, old: Date, young: Date, insert: string][] = [
    [
      'signin_attempt',
      ago(2),
      ago(0),
      `insert into signin_attempt (login_folded, ip, ok, at) values ('x', '192.0.2.1', false, $1)`,
    ],
    ['access_log', ago(731), ago(700), `insert into access_log (kind, login, at) values ('denied', 'x', $1)`],
    [
      'one_time_token',
      ago(31),
      ago(29),
      `insert into one_time_token (token_hash, purpose, created_at, expires_at) values (sha256(gen_random_uuid()::text::bytea), 'reset', $1, $1)`,
    ],
    [
      'known_device',
      ago(366),
      ago(364),
      `insert into known_device (token_hash, user_id, last_used_at) select sha256(gen_random_uuid()::text::bytea), id, $1 from app_user limit 1`,
    ],
  ];
  for (const [, old, young, insert] of rows) for (const at of [old, young]) await t.sql(insert, [at]);
  for (const days of [366, 364])
    await t.sql(
      `insert into notice (id, event_id, kind, user_id, document_type, document_id, at) values ($1, gen_random_uuid(), 'x', $2, 'order', gen_random_uuid(), $3)`,
      [newId(ago(days)), userId, ago(days)],
    );
  await cleanUp();
  expect(await count('idempotency where caller_id = $1', caller)).toBe(3);
  expect(await count('user_session where user_id = $1 and created_at = $2', userId, ago(40))).toBe(0);
  expect(await count('user_session where user_id = $1 and created_at = $2', userId, ago(20))).toBe(2);
  for (const [table, old, young] of rows) {
    const column = { known_device: 'last_used_at', one_time_token: 'expires_at' }[table] ?? 'at';
    expect([table, await count(`${table} where ${column} = $1`, old)]).toEqual([table, 0]);
    expect([table, await count(`${table} where ${column} = $1`, young)]).toEqual([table, 1]);
  }
  expect(await t.sql(`select at from notice where kind = 'x'`)).toEqual([{ at: ago(364) }]);
});

test('somebody’s newest session stays, however old: it says when the person was last here', async () => {
  const { userId } = await t.as({ role: 'warehouse', name: '很久以前' });
  t.clock.advance(400 * DAY_MS);
  await cleanUp();
  expect(await count('user_session where user_id = $1', userId)).toBe(1);
});

test('R11 an import that nothing came of goes after ninety days with the fate of its rows; one that has made something stays with its file', async () => {
  const manager = await t.as('manager');
  const send = async (mode: string, rows: string) => {
    const { status, body } = await manager.send(
      'POST',
      `/api/v1/imports?kind=products&mode=${mode}&existing=keep&fileName=f.csv`,
      Buffer.from(`sku,name,unit,taxRate\n${rows}`),
      { headers: { 'content-type': 'text/csv' } },
    );
    expect(status).toBeLessThan(300);
    return body.id as string;
  };
  const ids = {
    check: await send('check', 'T-1,燈,件,0.13'),
    refused: await send('all_or_nothing', 'T-1,燈,件,7'),
    made: await send('valid_rows', 'T-1,燈,件,0.13'),
    went: await send('check', 'T-2,燈,件,0.13'),
  };
  const kept = async () => {
    const rows = await t.sql<{ id: string; fates: number }>(
      'select r.id, (select count(*)::int from import_fate f where f.import_id = r.id) as fates from import_run r where length(r.file) > 0',
    );
    return Object.fromEntries(
      Object.entries(ids).map(([name, id]) => [name, rows.find((row) => row.id === id)?.fates ?? null]),
    );
  };
  t.clock.advance(89 * DAY_MS);
  // Somebody goes on with it on day 89.
  await t.sql('update import_run set seen_at = $2 where id = $1 returning id', [ids.went, t.clock.now()]);
  await cleanUp();
  expect(await kept()).toEqual({ check: 1, refused: 1, made: 1, went: 1 });
  t.clock.advance(2 * DAY_MS);
  await cleanUp();
  expect(await kept()).toEqual({ check: null, refused: null, made: 1, went: 1 });
});

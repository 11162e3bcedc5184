/** Statements that travel together: what comes back of each, and that all of them have failed when one has. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/cluster.ts';
import { COMPANY, type Database, openDatabase, plannedAnew, sql, type Tx } from './database.ts';

let db: TestDatabase;
let database: Database;
beforeAll(async () => {
  db = await testDatabase();
  // One connection: whatever is left behind on it, the next one finds.
  database = openDatabase(db.appUrl, { max: 1 });
});
afterAll(async () => {
  await database.close();
  await db.drop();
});

const number = (tx: Tx, n: number) => tx.query<{ n: number }>(sql`select ${n}::int as n`);

it('statements of one turn go as one, those that wait for an answer in the next; each has its own rows', async () => {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  const answers = await database.write(COMPANY, async (tx) => {
    const first = await Promise.all([number(tx, 1), tx.query(sql`select where false`), number(tx, 2)]);
    return [...first, await number(tx, 3)];
  });
  expect(answers).toEqual([[{ n: 1 }], [], [{ n: 2 }], [{ n: 3 }]]);
  // Begin, scope and the first three; the fourth; commit.
  expect(sent.mock.contexts.filter((client) => (client as pg.Client).database === db.name)).toHaveLength(3);
  sent.mockRestore();
});

it('values of every kind arrive as they were, also where nothing is kept prepared', async () => {
  const at = new Date('2026-07-01T02:03:04.567Z');
  const statement = sql`select ${'名"\\'}::text as text, ${12345678901234567890n}::numeric::text as numeric, ${7n}::bigint as big, ${null}::text as nothing,
    ${at}::timestamptz as at, ${true}::bool as yes, ${{ a: [1, null] }}::jsonb as json, ${Buffer.from([0, 255])}::bytea as bytes,
    ${['a', null, '{"}']}::text[] as texts, ${'2026-07-01'}::date as day`;
  const expected = {
    text: '名"\\',
    numeric: '12345678901234567890',
    big: 7n,
    nothing: null,
    at,
    yes: true,
    json: { a: [1, null] },
    bytes: Buffer.from([0, 255]),
    texts: ['a', null, '{"}'],
    day: '2026-07-01',
  };
  for (const one of [statement, statement, plannedAnew(statement), plannedAnew(statement)])
    expect(await database.read(COMPANY, (tx) => tx.query(one))).toEqual([expected]);
});

it('P1 when one fails all have failed, for its reason, and its neighbours have left nothing', async () => {
  const said = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: Error) => error.message,
    );
  let outcomes: string[] = [];
  const transaction = database.write(COMPANY, async (tx) => {
    outcomes = await Promise.all([
      said(tx.run(sql`insert into carrier (id, code, name) values (uuidv7(), 'F1', 'x')`)),
      said(tx.query(sql`select 1 / ${0}::int as never`)),
      said(number(tx, 4)),
    ]);
    // What is sent afterwards hears of the reason too, not of "transaction is aborted".
    outcomes.push(await said(number(tx, 5)));
  });
  await expect(transaction).rejects.toThrow('division by zero');
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => 'division by zero'));
  expect(await database.read(COMPANY, (tx) => tx.query(sql`select code from carrier`))).toEqual([]);
});

it('what a failed flight was to prepare is prepared by the next: what stood before the failure, at it and behind it', async () => {
  const before = sql`select 'before' as place`;
  const at = (by: number) => sql`select 10 / ${by}::int as place`;
  const behind = sql`select 'behind' as place`;
  const all = (by: number) =>
    database.read(COMPANY, (tx) => Promise.all([tx.query(before), tx.query(at(by)), tx.query(behind)]));
  await expect(all(0)).rejects.toThrow('division by zero');
  await expect(all(0)).rejects.toThrow('division by zero');
  for (let i = 0; i < 2; i += 1)
    expect(await all(5)).toEqual([[{ place: 'before' }], [{ place: 2 }], [{ place: 'behind' }]]);
});

it('a statement that is being prepared by one flight is used by the next before the answer is there', async () => {
  const statement = (n: number) => sql`select ${n}::int + 100 as sum`;
  const sums = await database.write(COMPANY, async (tx) => {
    const one = tx.query<{ sum: number }>(statement(1));
    await new Promise((done) => process.nextTick(() => setImmediate(done)));
    return Promise.all([one, tx.query<{ sum: number }>(statement(2))]);
  });
  expect(sums).toEqual([[{ sum: 101 }], [{ sum: 102 }]]);
});

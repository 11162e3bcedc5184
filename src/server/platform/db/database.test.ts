/** Reads on connections that keep their scope: never anybody else's rows, never a write, and nothing left behind by what failed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { COMPANY, type Database, openDatabase, type Scope, sql, type Tx } from './database.ts';
import { Flight } from './flight.ts';

let t: TestApp;
let database: Database;
let partners: string[];
beforeAll(async () => {
  t = await testApp();
  partners = [await t.partner(), await t.partner()];
  // One connection: whatever it keeps, the next reader gets.
  database = openDatabase(t.database.appUrl, { max: 1 });
});
afterAll(async () => {
  await database.close();
  await t.close();
});

const only = (id: string | undefined): Scope => ({ kind: 'partners', ids: [id ?? ''] });
const seen = (tx: Tx) =>
  tx.query<{ id: string }>(sql`select id from partner order by id`).then((rows) => rows.map(({ id }) => id));

it('P5 readers of one connection see their own rows only, in whatever order they come', async () => {
  const [one, two] = partners;
  const all = [...partners].sort();
  for (const [scope, expected] of [
    [COMPANY, all],
    [only(one), [one]],
    [only(one), [one]],
    [only(two), [two]],
    [COMPANY, all],
    [{ kind: 'partners', ids: [] }, []],
    [only(two), [two]],
  ] as const)
    expect(await database.read(scope, seen)).toEqual(expected);
});

it('P5 what a write sees, and a read that failed, change nothing for the reader after them', async () => {
  const [one, two] = partners;
  expect(await database.read(only(one), seen)).toEqual([one]);
  expect(await database.write(COMPANY, seen)).toHaveLength(2);
  expect(await database.read(only(one), seen)).toEqual([one]);
  await expect(database.write(only(two), (tx) => tx.query(sql`select 1 / 0`))).rejects.toThrow('division by zero');
  expect(await database.read(only(one), seen)).toEqual([one]);
  await expect(database.read(only(two), (tx) => tx.query(sql`select 1 / 0`))).rejects.toThrow('division by zero');
  await expect(database.read(only(two), () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await database.read(only(one), seen)).toEqual([one]);
});

it('a read writes nothing', async () => {
  await expect(
    database.read(COMPANY, (tx) => tx.run(sql`update partner set name = 'x' where id = ${partners[0]}`)),
  ).rejects.toThrow('read-only');
});

/** Statements with another text where `replace` gives one. */
async function withStatements(replace: (text: string) => string | null, work: () => Promise<void>): Promise<void> {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its own flight
  const add = Flight.prototype.add;
  Flight.prototype.add = function replaced(text, values, name) {
    const other = replace(text);
    return other === null ? add.call(this, text, values, name) : add.call(this, other, [], '');
  };
  await work().finally(() => {
    Flight.prototype.add = add;
  });
}
const pidOf = (scope: Scope) =>
  database.read(scope, (tx) => tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`));

it('P5 rows are kept back when their scope could not be set, and the connection is not used again', async () => {
  const [one] = partners;
  const before = await pidOf(only(one));
  await withStatements(
    (text) => (text.includes('set_config') ? 'select 1 / 0' : null),
    () => expect(database.read(COMPANY, seen)).rejects.toThrow('division by zero'),
  );
  expect(await database.read(only(one), seen)).toEqual([one]);
  expect(await pidOf(only(one))).not.toEqual(before);
});

it('P5 behind a pooler, where the next statement may run elsewhere, a read is a transaction with its own scope', async () => {
  const [one] = partners;
  const sent: string[] = [];
  const pooled = openDatabase(t.database.appUrl, { max: 1 });
  await withStatements(
    (text) => (sent.push(text), text.includes('pg_backend_pid') ? 'select 0 as pid' : null),
    async () => {
      expect(await pooled.read(only(one), seen)).toEqual([one]);
      expect(await pooled.read(COMPANY, seen)).toHaveLength(2);
    },
  );
  await pooled.close();
  expect(sent.filter((text) => text === 'begin read only' || text === 'commit')).toHaveLength(4);
});

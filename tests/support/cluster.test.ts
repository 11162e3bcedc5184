import { afterAll, expect, test } from 'vitest';
import { withClient } from '../../src/server/platform/embedded/index.ts';
import { type TestDatabase, testDatabase } from './cluster.ts';

const made: TestDatabase[] = [];
const database = async () => {
  const one = await testDatabase();
  made.push(one);
  return one;
};
afterAll(() => Promise.all(made.map((one) => one.drop())));

test('every call gives a database of its own, also when several ask at once', async () => {
  const all = await Promise.all([database(), database(), database()]);
  expect(new Set(all.map((one) => one.name)).size).toBe(3);
  await withClient(all[0].ownerUrl, (client) => client.query('create table only_here (id int)'));
  await expect(withClient(all[1].ownerUrl, (client) => client.query('table only_here'))).rejects.toThrow(
    'does not exist',
  );
});

test('the application role may change rows but owns nothing and cannot pass row-level security', async () => {
  const { ownerUrl, appUrl } = await database();
  await withClient(ownerUrl, (client) => client.query('create table thing (id bigserial primary key, label text)'));
  const rows = await withClient(appUrl, async (client) => {
    await client.query("insert into thing (label) values ('渠成')");
    return (await client.query('select label from thing')).rows;
  });
  expect(rows).toEqual([{ label: '渠成' }]);
  await expect(withClient(appUrl, (client) => client.query('drop table thing'))).rejects.toThrow('must be owner');
  await expect(withClient(appUrl, (client) => client.query('create table mine (id int)'))).rejects.toThrow(
    'permission denied',
  );
  const [role] = await withClient(appUrl, async (client) => {
    return (
      await client.query('select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user')
    ).rows;
  });
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
  });
});

test('Chinese text has trigrams, and exclusion constraints over ranges work', async () => {
  const { ownerUrl } = await database();
  const [row] = await withClient(ownerUrl, async (client) => {
    await client.query('create table span (id int, at daterange, exclude using gist (id with =, at with &&))');
    return (await client.query("select cardinality(show_trgm('华为技术')) as trigrams")).rows;
  });
  expect(row).toEqual({ trigrams: 5 });
});

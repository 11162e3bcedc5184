/** Tables as the code knows them against tables as the database has them, and the walls that the database itself keeps. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codedConstraints } from '../../src/server/platform/db/failures.ts';
import { definedTables } from '../../src/server/platform/db/table.ts';
import '../../src/server/routes.ts';
import { type TestDatabase, testDatabase } from '../support/cluster.ts';

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const TYPES: Record<string, string> = { timestamptz: 'timestamp with time zone', int: 'integer', 'text[]': 'ARRAY' };

it('every column that the code names exists with that type, and null is possible exactly where the code says so', async () => {
  const { rows } = await owner.query<{
    table_name: string;
    column_name: string;
    data_type: string;
    is_nullable: string;
  }>(
    "select table_name, column_name, data_type, is_nullable from information_schema.columns where table_schema = 'public'",
  );
  const real = new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, row]));
  const wrong: string[] = [];
  for (const table of definedTables()) {
    for (const [column, declared] of Object.entries(table.columns)) {
      const found = real.get(`${table.name}.${column}`);
      const base = declared.replace('?', '');
      if (found === undefined) wrong.push(`${table.name}.${column} does not exist`);
      else if (found.data_type !== (TYPES[base] ?? base))
        wrong.push(`${table.name}.${column} is ${found.data_type}, not ${base}`);
      else if ((found.is_nullable === 'YES') !== declared.endsWith('?'))
        wrong.push(`${table.name}.${column}: nullable is ${found.is_nullable}`);
    }
  }
  expect(definedTables().length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});

it('every constraint that has an error code exists', async () => {
  const { rows } = await owner.query<{ name: string }>(
    'select conname as name from pg_constraint union select indexname from pg_indexes',
  );
  const names = new Set(rows.map(({ name }) => name));
  expect(codedConstraints().filter((name) => !names.has(name))).toEqual([]);
});

it('P9 every table with a partner_id is behind forced row-level security', async () => {
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'partner_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`);
  // People and notices are reached by user, through operations of their own; they hold no goods or money of a partner.
  expect(rows.map(({ name }) => name)).toEqual(['app_user', 'notice']);
});

it('P9 without a scope the application role sees no partner’s rows at all', async () => {
  const app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  const { rows: role } = await app.query<{ rolsuper: boolean; rolbypassrls: boolean }>(
    'select rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  );
  expect(role[0]).toEqual({ rolsuper: false, rolbypassrls: false });
  await owner.query("set app.scope = 'company'");
  await owner.query(
    `insert into partner (id, no, state, name, name_folded, currency, payment_term, created_at, updated_at) values (gen_random_uuid(), 'X1', 'active', 'x', 'x', 'CNY', '{}', now(), now())`,
  );
  const { rows } = await app.query<{ n: string }>('select count(*) as n from partner');
  await app.end();
  expect(rows[0]?.n).toBe('0');
});

it('no column of money or quantity is floating or unbounded', async () => {
  const { rows } = await owner.query<{ name: string }>(`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and (data_type in ('real', 'double precision', 'numeric', 'money') or (column_name ~ '_(amount|qty|price|rate)$' and data_type <> 'bigint'))`);
  expect(rows).toEqual([]);
});

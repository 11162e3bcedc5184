/** The server as a process of its own, on a PostgreSQL server of one's own (DATABASE_URL). */
import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, expect, inject, test, vi } from 'vitest';
import '../../../tests/support/provided.ts';
import { databaseUrl } from '../platform/embedded/index.ts';

// Each test starts processes of their own; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = path.join(ROOT, 'src/server/main.ts');

type Started = { output(): string; stop(signal?: NodeJS.Signals): void; exit: Promise<number | null> };
const started: Started[] = [];
const databases: string[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) {
    one.stop('SIGKILL');
    await one.exit;
  }
  for (const name of databases.splice(0))
    await asSuper((client) => client.query(`drop database if exists ${name} with (force)`));
});

async function asSuper<T>(work: (client: pg.Client) => Promise<T>, url = inject('cluster').superUrl): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(options = ''): Promise<string> {
  const name = `boot_${process.pid}_${databases.length}_${Math.random().toString(36).slice(2, 8)}`;
  databases.push(name);
  await asSuper((client) => client.query(`create database ${name} ${options}`));
  return databaseUrl(inject('cluster').superUrl, name);
}

function start(environment: Record<string, string>, args: string[] = []): Started {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', PORT: '0', LOG_LEVEL: 'warn', ...environment },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const one = {
    output: () => output,
    stop: (signal: NodeJS.Signals = 'SIGTERM') => void child.kill(signal),
    exit: new Promise<number | null>((done) => child.once('exit', done)),
  };
  started.push(one);
  return one;
}

async function addressOf(server: Started): Promise<string> {
  await expect.poll(() => server.output(), { timeout: 60_000 }).toMatch(/http:\/\/localhost:\d+/);
  return (/http:\/\/localhost:\d+/.exec(server.output())?.[0] ?? '').replace('localhost', '127.0.0.1');
}

/** Over a connection that is kept; `last`: the answer says that the connection ends with it. */
const getBy = (agent: Agent, address: string): Promise<{ status: number; last: boolean }> =>
  new Promise((resolve, reject) => {
    get(address, { agent }, (response) => {
      response.resume();
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, last: response.headers.connection === 'close' }),
      );
    }).once('error', reject);
  });

test('P14 on a server of one’s own: tables are made, the bound role works, readiness is told, SIGTERM ends with 0', async () => {
  const url = await emptyDatabase();
  const server = start({ DATABASE_URL: url, METRICS_TOKEN: 'long-enough-token', LOG_LEVEL: 'info' }, ['--empty']);
  const address = await addressOf(server);
  expect(server.output()).toMatch(/one-time code: [0-9A-Z]{4}-/);
  expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'alive' });
  expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ status: 'ready' });
  expect(await (await fetch(`${address}/api/v1/setup`)).json()).toEqual({ needed: true });
  const asked = await fetch(`${address}/metrics`);
  const measured = await asked.text();
  expect(measured).toMatch(
    /qucheng_http_request_duration_seconds_count\{method="GET",route="\/readyz",status="200"\} \d/,
  );
  expect(measured).toMatch(/qucheng_reader_behind_events\{reader="[a-z_.]+"\} \d/);
  expect(measured).toContain('qucheng_door_waiting{door="reads"} 0');
  expect(measured).toContain('# TYPE qucheng_door_wait_seconds histogram');
  // Behind a proxy everybody looks local: without the token nobody finds it.
  const proxied = (headers: Record<string, string>) =>
    fetch(`${address}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9', ...headers } });
  expect((await proxied({})).status).toBe(404);
  expect((await proxied({ authorization: 'Bearer wrong-token-wrong' })).status).toBe(404);
  expect((await proxied({ authorization: 'Bearer long-enough-token' })).status).toBe(200);
  const refused = await fetch(`${address}/api/v1/session`, { method: 'POST' });
  expect(refused.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  await expect.poll(() => server.output()).toContain(refused.headers.get('x-request-id') ?? 'none');
  expect((await fetch(`${address}/..%2f..%2fpackage.json`)).status).toBe(404);
  const roles = await asSuper(
    (client) => client.query("select distinct usename from pg_stat_activity where application_name like 'qucheng%'"),
    url,
  );
  expect(roles.rows.length).toBeGreaterThan(0);
  const rights = await asSuper(
    (client) => client.query("select rolsuper or rolbypassrls as strong from pg_roles where rolname = 'qucheng_app'"),
    url,
  );
  expect(rights.rows).toEqual([{ strong: false }]);
  server.stop('SIGTERM');
  expect(await server.exit).toBe(0);
  // A second start finds everything done.
  const again = start({ DATABASE_URL: url });
  await addressOf(again);
  again.stop('SIGINT');
  expect(await again.exit).toBe(0);
});

test('P14 a server that is told to stop says first that it is not ready, and answers everybody until they have gone elsewhere', async () => {
  const server = start({ DATABASE_URL: await emptyDatabase(), DRAIN_SECONDS: '3' }, ['--empty']);
  const address = await addressOf(server);
  let elsewhere = false;
  const answers: { status: number; last: boolean }[] = [];
  const client = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!elsewhere) answers.push(await getBy(agent, `${address}/api/v1/setup`));
  };
  const clients = Array.from({ length: 6 }, client);
  await expect.poll(() => answers.length).toBeGreaterThan(50);
  server.stop('SIGTERM');
  // Whoever stands in front looks at /readyz and sends no more; the same signal again changes nothing.
  while (!elsewhere) elsewhere = (await getBy(new Agent(), `${address}/readyz`)).status === 503;
  server.stop('SIGTERM');
  await Promise.all(clients);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(await getBy(new Agent({ keepAlive: true }), `${address}/api/v1/setup`)).toEqual({ status: 200, last: true });
  expect(await server.exit).toBe(0);
});

test('P9 row-level security binds the connections of the server, whoever the URL names', async () => {
  const url = await emptyDatabase();
  const server = start({ DATABASE_URL: url }, ['--empty']);
  await addressOf(server);
  const { openDatabase, COMPANY, sql } = await import('../platform/db/database.ts');
  const database = openDatabase(url, { max: 1, role: 'qucheng_app' });
  await asSuper(async (client) => {
    await client.query("select set_config('app.scope', 'company', false)");
    await client.query(
      "insert into partner (id, no, state, name, name_folded, currency, payment_term, created_at, updated_at) values (gen_random_uuid(), 'P1', 'active', 'x', 'x', 'CNY', '{}', now(), now())",
    );
  }, url);
  const count = (scope: Parameters<typeof database.read>[0]) =>
    database.read(scope, (tx) => tx.query(sql`select current_user::text as who, count(*)::int as n from partner`));
  expect(await count(COMPANY)).toEqual([{ who: 'qucheng_app', n: 1 }]);
  expect(await count({ kind: 'partners', ids: [] })).toEqual([{ who: 'qucheng_app', n: 0 }]);
  await database.close();
});

test.each([
  [
    'a database that is not there',
    async () => databaseUrl(inject('cluster').superUrl, 'no_such_database'),
    /refuses the connection.*\n {2}→ Check user, password and database name/,
  ],
  ['nobody listening', async () => 'postgres://x:secret@127.0.0.1:1/qucheng', /cannot be reached/],
  [
    'a locale without Chinese',
    () => emptyDatabase("template template0 encoding 'UTF8' locale_provider libc lc_collate 'C' lc_ctype 'C'"),
    /cannot search Chinese text/,
  ],
])('P14 a start that cannot be says why in two lines, without the password: %s', async (_name, url, expected) => {
  const server = start({ DATABASE_URL: await url() }, ['--empty']);
  expect(await server.exit).toBe(1);
  expect(server.output()).toMatch(expected);
  expect(server.output().trim().split('\n').length).toBeLessThanOrEqual(2);
  expect(server.output()).not.toContain('secret');
});

test('P14 a database of a newer version is left alone', async () => {
  const url = await emptyDatabase();
  await asSuper(
    (client) =>
      client.query(
        "create table schema_migration (name text primary key, at timestamptz not null default now()); insert into schema_migration (name) values ('9999_future.sql')",
      ),
    url,
  );
  const server = start({ DATABASE_URL: url }, ['--empty']);
  expect(await server.exit).toBe(1);
  expect(server.output()).toMatch(/written by a newer Qucheng/);
  const tables = await asSuper(
    (client) => client.query("select tablename from pg_tables where schemaname = 'public'"),
    url,
  );
  expect(tables.rows).toEqual([{ tablename: 'schema_migration' }]);
});

test('P14 a port that is taken is named', async () => {
  const holder = createServer();
  await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const server = start({ DATABASE_URL: await emptyDatabase(), PORT: String(port) }, ['--empty']);
  expect(await server.exit).toBe(1);
  expect(server.output()).toContain(`Port ${port} on 127.0.0.1 is taken`);
  holder.close();
});

test('P14 an interrupted load of the demo company is said, not served', async () => {
  const url = await emptyDatabase();
  const first = start({ DATABASE_URL: url }, ['--empty']);
  await addressOf(first);
  first.stop();
  await first.exit;
  await asSuper((client) => client.query("update installation set schema_note = 'loading'"), url);
  const server = start({ DATABASE_URL: url });
  expect(await server.exit).toBe(1);
  expect(server.output()).toMatch(/was interrupted/);
});

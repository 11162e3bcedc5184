/** The installation that is measured: a PostgreSQL of its own with durable settings, masters, a grown past, and the server as a process. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { addDays, bizDateOf } from '../../src/server/kernel/biz-date.ts';
import { systemClock } from '../../src/server/kernel/clock.ts';
import { openDatabase } from '../../src/server/platform/db/database.ts';
import { migrate } from '../../src/server/platform/db/migrate.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../src/server/platform/embedded/index.ts';
import { invariantViolations, type Violation } from '../../src/server/platform/invariants/index.ts';
import { silentLog } from '../../src/server/platform/log.ts';
import { grow } from '../growth/grow.ts';
import { readersGoOn } from '../growth/readers-go-on.ts';
import { type Keys, seed } from '../seed.ts';
import { asSuperuser } from './addresses.ts';
import type { CycleJob, CycleLoad, Job, Load } from './jobs.ts';
import { storedAnswer } from './limit.ts';
import { cycles, generate, type Server, startBare, startServer } from './processes.ts';

const limitSql = fileURLToPath(new URL('../limit.sql', import.meta.url));

export type House = {
  dir: string;
  postgres: EmbeddedPostgres;
  keys: Keys;
  /** As the owner with the company's scope; as superuser. */
  owner: pg.Client;
  superuser: pg.Client;
  /** A day on which everything can be delivered. */
  requestedOn: string;
  server(): Promise<Server>;
  /** Another server on the same database; `wasteMs` makes it slow on purpose. */
  serve(wasteMs?: number): Promise<Server>;
  load(job: Pick<Job, 'work' | 'connections' | 'seconds'> & Partial<Job>, server?: Server): Promise<Load>;
  cycle(job: Pick<CycleJob, 'connections' | 'seconds'>): Promise<CycleLoad>;
  /** How long the server of this installation has been under load so far. */
  secondsOfLoad(): number;
  /** The bare route (bare.ts); the first call places an order. */
  bare(): Promise<Server>;
  /** Waits until the readers of the log have read everything. */
  caughtUp(): Promise<void>;
  /** Orders that the load generators were told are made. */
  acknowledged(): number;
  /** The rules of money, goods and history that do not hold here. */
  violations(): Promise<Violation[]>;
  /** Stops the servers; the database stays. */
  stopServers(): Promise<void>;
  close(): Promise<void>;
};

export type HouseOptions = { orders: number; completed: number; say(text: string): void; folder: string | null };

/** With a folder the data stay there and are used again by the next run. */
export async function openHouse({ orders, completed, say, folder }: HouseOptions): Promise<House> {
  const dir = folder ?? mkdtempSync(join(tmpdir(), 'qucheng-bench-'));
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
  const postgres = await startEmbedded({ dataDir: dir, log: silentLog(), settings: { max_connections: '150' } });
  const superUrl = asSuperuser(postgres.superUrl, postgres.ownerUrl);
  await migrate(postgres.ownerUrl);
  const keys = await keysOf(postgres.ownerUrl, join(dir, 'bench-keys.json'));
  const owner = await connect(postgres.ownerUrl, '-c app.scope=company');
  const superuser = await connect(superUrl);

  async function growTo(wanted: number): Promise<void> {
    const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from sales_order');
    const missing = wanted - (rows[0]?.n ?? 0);
    if (missing <= 0) return;
    say(`growing by ${missing} orders …`);
    const bytes = await grow({ url: superUrl, folder: dir, orders: missing, now: systemClock.now(), completed });
    say(`${Math.round(bytes)} bytes an order; building the figures …`);
    const database = openDatabase(postgres.appUrl, { max: 2 });
    await readersGoOn(database, systemClock).finally(() => database.close());
    await superuser.query('vacuum analyze');
  }
  await growTo(orders);
  await owner.query(readFileSync(limitSql, 'utf8'));

  const open = new Set<Server>();
  let main: Promise<Server> | undefined;
  let bare: Promise<Server> | undefined;
  let runs = Math.floor(systemClock.now().getTime() / 1000) % 1_000_000_000;
  let acknowledged = 0;
  let secondsOfLoad = 0;
  const requestedOn = addDays(bizDateOf(systemClock.now(), 'Asia/Shanghai'), 14);
  const house: House = {
    dir,
    postgres,
    keys,
    owner,
    superuser,
    requestedOn,
    server: () => (main ??= house.serve()),
    async serve(wasteMs) {
      const server = await startServer(postgres.appUrl, wasteMs);
      open.add(server);
      return server;
    },
    async bare() {
      bare ??= house.load({ work: 'place', connections: 1, seconds: 0.001 }).then(async () => {
        const file = join(dir, 'bare.answer');
        writeFileSync(file, await storedAnswer(owner));
        return startBare(postgres.ownerUrl, file);
      });
      open.add(await bare);
      return bare;
    },
    async load(job, server) {
      runs += 1;
      const { port } = server ?? (await house.server());
      const result = await generate({ port, keys: keys.partners, seed: runs, requestedOn, ...job });
      if (['place', 'hot', 'bulk'].includes(job.work)) acknowledged += result.done;
      if (server === undefined) secondsOfLoad += result.seconds;
      return result;
    },
    async cycle(job) {
      runs += 1;
      const { port } = await house.server();
      const result = await cycles({ port, keys, seed: runs, requestedOn, ...job });
      secondsOfLoad += result.seconds;
      return result;
    },
    secondsOfLoad: () => secondsOfLoad,
    async caughtUp() {
      await house.server();
      for (;;) {
        const { rows } = await superuser.query<{ unread: boolean }>(
          `select exists (select from log_reader r where exists (select from event e where (e.xid, e.position) > (r.xid, r.position))) as unread`,
        );
        if (rows[0]?.unread !== true) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    acknowledged: () => acknowledged,
    violations: () => invariantViolations(async ({ text, values }) => (await owner.query(text, [...values])).rows),
    async stopServers() {
      for (const server of open) await server.stop();
      open.clear();
      main = undefined;
      bare = undefined;
    },
    async close() {
      await house.stopServers();
      await Promise.all([owner.end(), superuser.end()]);
      await postgres.stop();
      if (folder === null) rmSync(dir, { recursive: true, force: true });
    },
  };
  return house;
}

/** Throws when a rule of money, goods or history is broken in an installation that a row has opened beside the one of the run. */
export async function requireSound(house: House): Promise<void> {
  await house.stopServers();
  const broken = await house.violations();
  if (broken.length > 0) throw new Error(`broken beside: ${broken.map(({ name }) => name).join(', ')}`);
}

async function keysOf(ownerUrl: string, file: string): Promise<Keys> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const keys = await seed(ownerUrl, systemClock.now());
  writeFileSync(file, JSON.stringify(keys));
  return keys;
}

async function connect(connectionString: string, options = ''): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, options });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * npm run bench: the hand-written one-transaction-per-order limit and the product over HTTP, on the same PostgreSQL, in turn, in one run.
 * Prints both with their ratio; JSON goes to bench/latest.json. Definitions: docs/performance.md.
 *   --seconds N   length of a slice (4)      --rounds N   alternating rounds, the median counts (5)      --orders N   orders already there (100000)
 *   --json FILE   also written here          --short      3 rounds
 */
import { fork, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, chmodSync, readFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { systemClock } from '../src/server/kernel/clock.ts';
import { addDays, bizDateOf } from '../src/server/kernel/biz-date.ts';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import type { Statement } from '../src/server/platform/db/database.ts';
import { invariantViolations } from '../src/server/platform/invariants/index.ts';
import { PARTNERS, PRODUCTS } from './ids.ts';
import { seed } from './seed.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const option = (name: string, fallback: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number.parseInt(process.argv[at + 1] ?? '', 10);
};
const short = process.argv.includes('--short');
const SECONDS = option('seconds', 4);
const ROUNDS = option('rounds', short ? 3 : 5);
const ORDERS = option('orders', 100_000);
const jsonAt = process.argv.indexOf('--json');

if (spawnSync('pgbench', ['--version']).status !== 0) {
  process.stderr.write(
    'pgbench is missing: the limit is never replaced by something else. On Debian: apt-get install postgresql\n',
  );
  process.exit(1);
}

const dir = mkdtempSync(join(tmpdir(), 'qucheng-bench-'));
chmodSync(dir, 0o755);
const postgres = await startEmbedded({ dataDir: dir, log: silentLog(), settings: { max_connections: '150' } });
type Load = {
  placed: number;
  statuses: Record<string, number>;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  cpuShare: number;
};
let violations = -1;
try {
  await migrate(postgres.ownerUrl);
  const owner = new pg.Client({ connectionString: postgres.ownerUrl, options: '-c app.scope=company' });
  owner.on('error', () => undefined);
  await owner.connect();
  const superuser = new pg.Client({ connectionString: postgres.superUrl });
  superuser.on('error', () => undefined);
  await superuser.connect();
  process.stdout.write(`seeding ${ORDERS} orders, ${PARTNERS} partners, ${PRODUCTS} products …\n`);
  const keys = await seed(postgres.ownerUrl, ORDERS, systemClock.now());
  await owner.query(readFileSync(join(here, 'limit.sql'), 'utf8'));
  const port = 20_000 + (process.pid % 20_000);
  const server = fork(join(here, 'server.ts'), [postgres.appUrl, String(port)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await new Promise<void>((resolve, reject) => {
    server.once('message', () => resolve());
    server.once('exit', (code) => reject(new Error(`server ended with ${code}`)));
  });
  const requestedOn = addDays(bizDateOf(systemClock.now(), 'Asia/Shanghai'), 14);
  let run = 0;
  const load = (connections: number, hot: boolean, seconds = SECONDS): Promise<Load> => {
    run += 1;
    const job = { port, keys, connections, seconds, hot, requestedOn, seed: run * 7919 };
    return new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', join(here, 'load.ts'), JSON.stringify(job)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let text = '';
      child.stdout.on('data', (part: Buffer) => (text += part.toString()));
      child.on('close', () =>
        text === '' ? reject(new Error('load generator ended without an answer')) : resolve(JSON.parse(text)),
      );
    });
  };
  await load(16, false, 2); // warm
  const sample = await owner.query<{ answer: string }>(
    `select answer from idempotency where operation = 'orderCreate' limit 1`,
  );
  const script = join(dir, 'limit.pgbench');
  const answer = (sample.rows[0]?.answer ?? '').replaceAll("'", "''").replaceAll(':', ' ');
  const limitScript = (hot: boolean) => {
    const pick = hot
      ? [1, 2, 3, 4, 5].map((n) => `\\set p${n} ${n}`)
      : [0, 1, 2, 3, 4].map(
          (n) => `\\set p${n + 1} random(1, ${Math.floor(PRODUCTS / 5)}) + ${n} * ${Math.floor(PRODUCTS / 5)}`,
        );
    const id = (n: number) => `('00000000-0000-7000-8002-' || lpad(to_hex(:p${n}::int), 12, '0'))::uuid`;
    return `${pick.join('\n')}
\\set partner random(1, ${PARTNERS})
\\set q random(1, ${hot ? 3 : 30})
select bench_place(('00000000-0000-7000-8001-' || lpad(to_hex(:partner::int), 12, '0'))::uuid, gen_random_uuid()::text, 'L-' || nextval('order_no'), array[${[1, 2, 3, 4, 5].map(id).join(', ')}], array[:q::bigint * 10000, :q::bigint * 10000, :q::bigint * 10000, :q::bigint * 10000, :q::bigint * 10000], array[113000000, 226000000, 339000000, 452000000, 565000000]::bigint[], now(), '${answer}');
`;
  };
  const limit = (clients: number, hot: boolean): number => {
    writeFileSync(script, limitScript(hot));
    const result = spawnSync(
      'pgbench',
      [
        '-n',
        '-M',
        'prepared',
        '-c',
        String(clients),
        '-j',
        String(Math.min(clients, 2)),
        '-T',
        String(SECONDS),
        '-f',
        script,
        postgres.ownerUrl,
      ],
      { encoding: 'utf8', env: { ...process.env, PGOPTIONS: '-c app.scope=company' } },
    );
    const tps = /tps = ([\d.]+)/.exec(result.stdout)?.[1];
    if (tps === undefined || result.status !== 0) throw new Error(`pgbench: ${result.stderr}`);
    return Number(tps);
  };
  const bestLimit = (hot: boolean): { tps: number; clients: number } =>
    [8, 32].map((clients) => ({ clients, tps: limit(clients, hot) })).reduce((a, b) => (a.tps >= b.tps ? a : b));
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

  const cases = [
    { id: 'place-1', connections: 1, hot: false, goal: null },
    { id: 'place-64', connections: 64, hot: false, goal: 0.7 },
    { id: 'place-256', connections: 256, hot: false, goal: 0.7 },
    { id: 'hot-64', connections: 64, hot: true, goal: 0.7 },
    { id: 'hot-256', connections: 256, hot: true, goal: 0.7 },
  ] as const;
  const rows = [];
  let acknowledged = 0;
  for (const { id, connections, hot, goal } of cases) {
    const values: Load[] = [];
    const limits: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await superuser.query('checkpoint');
      limits.push(bestLimit(hot).tps);
      await superuser.query('checkpoint');
      values.push(await load(connections, hot));
    }
    acknowledged += values.reduce((sum, { placed }) => sum + placed, 0);
    const value = median(values.map(({ perSecond }) => perSecond));
    const limitValue = median(limits);
    const ratio = median(values.map(({ perSecond }, i) => perSecond / (limits[i] ?? 1)));
    const others = values.flatMap(({ statuses }) => Object.entries(statuses)).filter(([status]) => status !== '201');
    const row = {
      id,
      value: round1(value),
      unit: 'orders/s',
      limit: round1(limitValue),
      ratio: round2(ratio),
      goal,
      met: goal === null ? null : ratio >= goal,
      p50: round1(median(values.map(({ p50 }) => p50))),
      p99: round1(median(values.map(({ p99 }) => p99))),
      loadCpu: round2(median(values.map(({ cpuShare }) => cpuShare))),
      notPlaced: Object.fromEntries(others),
    };
    rows.push(row);
    process.stdout.write(
      `${id.padEnd(10)} ${String(row.value).padStart(8)} orders/s   limit ${String(row.limit).padStart(8)}   ratio ${row.ratio.toFixed(2)}   p50 ${row.p50} ms   p99 ${row.p99} ms   load generator ${row.loadCpu} cores ${others.length > 0 ? JSON.stringify(row.notPlaced) : ''}\n`,
    );
  }
  const counted = await owner.query<{ n: string }>(`select count(*) as n from sales_order where no like 'SO-%'`);
  const broken = await invariantViolations(
    async <Row>({ text, values }: Statement) => (await owner.query(text, [...values])).rows as Row[],
  );
  violations = broken.length;
  const report = {
    at: systemClock.now().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      node: process.version,
      postgres: (await owner.query<{ server_version: string }>('show server_version')).rows[0]?.server_version,
    },
    seconds: SECONDS,
    rounds: ROUNDS,
    ordersBefore: ORDERS,
    acknowledged,
    ordersInDatabase: Number(counted.rows[0]?.n ?? 0),
    violations: broken.map(({ name, rows: found }) => ({ name, count: found.length })),
    rows,
  };
  writeFileSync(join(here, 'latest.json'), `${JSON.stringify(report, null, 1)}\n`);
  if (jsonAt >= 0) writeFileSync(process.argv[jsonAt + 1] ?? '', `${JSON.stringify(report, null, 1)}\n`);
  process.stdout.write(
    `acknowledged ${acknowledged} (plus warm-up), in the database ${report.ordersInDatabase}; invariants broken: ${violations}${violations > 0 ? ` ${JSON.stringify(report.violations)}` : ''}\n`,
  );
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  await owner.end();
  await superuser.end();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exitCode = violations === 0 ? 0 : 1;

function round1(n: number): number {
  return Math.round(n * 10) / 10;
}
function round2(n: number): number {
  return Math.round(n * 100) / 100;
}

/**
 * Three nodes on one database. P3, P5, P6, P9, P20, P21.
 *   --seconds N (20)   --clients N (24)   --seed S
 * Whole lives of orders of the same five products, every request to another node, copies under one key and rivals for one act on two nodes
 * at once; one node is killed in the middle and comes back. Beside that keys are made on one node, used on another and revoked on the
 * first, every other time just after the lines by which nodes hear of it were cut. Readers of the log and timed jobs run on every node.
 * Afterwards: no deadlock in the log of PostgreSQL, the figures are those of the orders, nothing told twice, every invariant holds. The
 * control makes the nodes deaf for what others change about keys, which must show.
 */
import { type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { asSuperuser } from '../bench/lib/addresses.ts';
import { partnerId, sku, userId } from '../bench/ids.ts';
import { seed } from '../bench/seed.ts';
import { addDays, bizDateOf } from '../src/server/kernel/biz-date.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { hashToken, newApiKey } from '../src/server/platform/auth/tokens.ts';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import { judge, type Judged } from './nodes-judge.ts';
import { load, type LoadJob, type Told } from './nodes-load.ts';
import type { Campaign } from './report.ts';
import { answers, call, type Fault, option, pause, startServer, stopServer, withOwner } from './rig.ts';

const NODES = 3;
const SECURITY = 0x200000;
/** So long may a read on another node still be answered after the revocation was. */
const HEARD_WITHIN_MS = 1000;

type Options = { seconds: number; clients: number; seed: number; fault?: Fault };
type Keys = { rounds: number; lateReads: number; lateWrites: number; longestMs: number };
type Result = { told: Told; keys: Keys; deadlocks: number; lockWaits: number } & Judged;

export const campaign: Campaign = async (args, say) => {
  const base = { seed: option(args, 'seed', 20_261_127), clients: option(args, 'clients', 24) };
  const run = await nodes({ ...base, seconds: option(args, 'seconds', 20) }, say);
  say('control: nodes that hear nothing of each other must answer revoked keys');
  const control = await nodes({ ...base, clients: 2, seconds: 4, fault: { module: 'deaf' } }, say);
  const { told, keys } = run;
  const found =
    told.strange.length +
    keys.lateReads +
    keys.lateWrites +
    run.deadlocks +
    run.wrongFigures +
    run.unread +
    run.violations.length;
  if (found > 0) say(JSON.stringify({ strange: told.strange.slice(0, 10), keys, violations: run.violations }));
  return {
    name: 'nodes',
    promises: ['P3', 'P5', 'P6', 'P9', 'P20', 'P21'],
    seed: String(base.seed),
    tried: told.writes + keys.rounds,
    found,
    figures: {
      nodes: NODES,
      'orders from placing to payment': told.cycles,
      writes: told.writes,
      'copies under one key on two nodes': told.copies,
      'rivals for one act on two nodes': told.rivals,
      'left without an answer by the killed node, and asked again': told.unknown,
      'answers of another kind': told.strange.length,
      'keys revoked on one node and used on another': keys.rounds,
      'reads with a revoked key answered later than a second': keys.lateReads,
      'writes with a revoked key answered': keys.lateWrites,
      'longest until a read was refused, ms': Math.round(keys.longestMs),
      deadlocks: run.deadlocks,
      'waits for a lock of more than 0.2 s': run.lockWaits,
      'orders whose figures differ': run.wrongFigures,
      'events left unread': run.unread,
      'invariants broken': run.violations.length,
    },
    control: {
      planted: 'nodes hear nothing of each other',
      found: control.keys.lateReads,
      failedAsItMust: control.keys.lateReads > 0,
    },
  };
};

async function nodes(options: Options, say: (text: string) => void): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'qucheng-nodes-'));
  chmodSync(dir, 0o755);
  const dataDir = join(dir, 'data');
  const settings = { log_lock_waits: 'on', deadlock_timeout: '200ms', max_connections: '120' };
  const postgres = await startEmbedded({ dataDir, log: silentLog(), settings });
  const ports = Array.from({ length: NODES }, (_, n) => 20_000 + ((process.pid * 3 + n) % 20_000));
  const servers: ChildProcess[] = [];
  const start = (n: number) => startServer(postgres.appUrl, ports[n] ?? 0, options.fault);
  try {
    await migrate(postgres.ownerUrl);
    const keys = await seed(postgres.ownerUrl, systemClock.now());
    const security = await withOwner(postgres.ownerUrl, prepare);
    for (let n = 0; n < NODES; n += 1) servers.push(await start(n));
    const today = bizDateOf(systemClock.now(), 'Asia/Shanghai');
    const job: LoadJob = {
      ports,
      keys,
      clients: options.clients,
      seed: options.seed,
      today,
      requestedOn: addDays(today, 14),
    };
    const until = performance.now() + options.seconds * 1000;
    const stopped = () => performance.now() > until;
    const killing = async () => {
      await pause(options.seconds * 400);
      servers[NODES - 1]?.kill('SIGKILL');
      await pause(options.seconds * 150);
      servers[NODES - 1] = await start(NODES - 1);
    };
    const superUrl = asSuperuser(postgres.superUrl, postgres.ownerUrl);
    const [told, revoked] = await Promise.all([
      load(job, stopped),
      withOwner(superUrl, (superuser) => revocations(ports, security, superuser, job.requestedOn, stopped)),
      options.fault === undefined ? killing() : null,
    ]);
    say(`${told.cycles} lives, ${told.writes} writes, ${revoked.rounds} keys revoked`);
    await answers(ports[0] ?? 0, keys.staff.manager);
    const judged = await withOwner(postgres.ownerUrl, judge);
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    return {
      told,
      keys: revoked,
      ...judged,
      deadlocks: log.match(/deadlock detected/g)?.length ?? 0,
      lockWaits: log.match(/still waiting for/g)?.length ?? 0,
    };
  } finally {
    for (const server of servers) await stopServer(server);
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Confirmations go out by themselves; somebody who makes and revokes keys. Returns that person's key. */
async function prepare(owner: pg.Client): Promise<string> {
  await owner.query(
    `insert into policy_parameter (id, code, value, unit, valid_from) values (uuidv7(), 'order.auto_send_confirmation', 1, 'flag', now() - interval '1 minute')`,
  );
  const { key, prefix } = newApiKey();
  const maker = '00000000-0000-7000-8003-0000000fffff';
  await owner.query(
    `insert into app_user (id, kind, login, login_folded, name, made_by, created_at) values ($1, 'service', 'security', 'security', 'security', $2, now())`,
    [userId(SECURITY), maker],
  );
  await owner.query(`insert into user_role (user_id, role) values ($1, 'security_admin')`, [userId(SECURITY)]);
  await owner.query(
    `insert into api_key (id, key_hash, prefix, name, user_id, made_by, created_at) values (gen_random_uuid(), $1, $2, $2, $3, $4, now())`,
    [hashToken(key), prefix, userId(SECURITY), maker],
  );
  return key;
}

/** Key after key: made on one node, used on another, revoked on the first, used again. The node that is killed is left out. */
async function revocations(
  ports: readonly number[],
  security: string,
  superuser: pg.Client,
  requestedOn: string,
  stopped: () => boolean,
): Promise<Keys> {
  const keys: Keys = { rounds: 0, lateReads: 0, lateWrites: 0, longestMs: 0 };
  const [here = 0, there = 0] = ports;
  for (let n = 0; !stopped(); n += 1) {
    const body = { name: `key ${n}`, roles: ['sales'] };
    const made = await call(here, security, { path: '/api/v1/keys', once: `make-${n}`, body });
    if (made.status !== 201) throw new Error(`key: ${made.status} ${made.text}`);
    const { key, secret }: { key: { id: string }; secret: string } = JSON.parse(made.text);
    const read = () => call(there, secret, { method: 'GET', path: '/api/v1/orders?limit=1' });
    for (let i = 0; i < 3; i += 1) if ((await read()).status !== 200) throw new Error('the key does not work');
    if (n % 2 === 1)
      await superuser.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'qucheng aside'`,
      );
    const gone = await call(here, security, { path: `/api/v1/keys/${key.id}/revoke`, once: `revoke-${n}`, body: {} });
    if (gone.status !== 200) throw new Error(`revoke: ${gone.status} ${gone.text}`);
    const from = performance.now();
    const order = { partnerId: partnerId(1), lines: [{ sku: sku(1), qty: '1', requestedOn }] };
    const written = await call(there, secret, { path: '/api/v1/orders', once: `write-${n}`, body: order });
    if (written.status !== 401) keys.lateWrites += 1;
    while ((await read()).status !== 401 && performance.now() - from < HEARD_WITHIN_MS) await pause(5);
    const took = performance.now() - from;
    if (took >= HEARD_WITHIN_MS) keys.lateReads += 1;
    keys.longestMs = Math.max(keys.longestMs, took);
    keys.rounds += 1;
    await pause(200);
  }
  return keys;
}

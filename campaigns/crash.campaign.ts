/**
 * Kills the product and PostgreSQL at random instants under load, and lets an independent checker judge: acknowledged orders lost, orders
 * half written, doubled or oversold. P1, P2, P3, P5, P6.
 *   --kills N (50)   --seed S   --clients N (16)
 * A third of the kills hits PostgreSQL with all its processes, a third the product at a random instant, a third at a named point: about to
 * send COMMIT, or committed and not yet answered. The control runs PostgreSQL with
 * synchronous_commit=off, which must lose acknowledged orders, or the campaign could not see a loss.
 * Not claimed: power loss (a killed process leaves the operating system's cache alone).
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seed } from '../bench/seed.ts';
import { productId } from '../bench/ids.ts';
import { addDays, bizDateOf } from '../src/server/kernel/biz-date.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import { judge, type Verdict } from './crash-checker.ts';
import type { Campaign } from './report.ts';
import {
  answers,
  brokenInvariants,
  type Fault,
  NODE_ARGS,
  option,
  pause,
  startServer,
  stopServer,
  withOwner,
} from './rig.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const SCARCE = [1, 2, 3];
const SCARCE_PIECES = 400;

type Options = {
  kills: number;
  seed: number;
  clients: number;
  settings: Record<string, string>;
  onlyPostgres: boolean;
};
type Result = {
  verdict: Verdict;
  violations: string[];
  kills: { product: number; postgres: number; beforeCommit: number; afterCommit: number };
  backMs: number[];
  seconds: number;
};

export const campaign: Campaign = async (args, say) => {
  const base = { seed: option(args, 'seed', 20_261_123), clients: option(args, 'clients', 16) };
  const run = await crashes({ ...base, kills: option(args, 'kills', 50), settings: {}, onlyPostgres: false }, say);
  say('control: synchronous_commit=off must lose');
  const control = await crashes(
    { ...base, kills: 8, settings: { synchronous_commit: 'off', wal_writer_delay: '2s' }, onlyPostgres: true },
    say,
  );
  const { verdict } = run;
  const found =
    verdict.lost.length +
    verdict.doubled.length +
    verdict.halfDone.length +
    verdict.ghosts.length +
    verdict.oversold.length +
    run.violations.length;
  if (found > 0)
    say(
      JSON.stringify({
        lost: verdict.lost.slice(0, 5),
        doubled: verdict.doubled.slice(0, 5),
        halfDone: verdict.halfDone.slice(0, 5),
        ghosts: verdict.ghosts.slice(0, 5),
        oversold: verdict.oversold.slice(0, 5),
        violations: run.violations,
      }),
    );
  const back = [...run.backMs].sort((a, b) => a - b);
  return {
    name: 'crash',
    promises: ['P1', 'P2', 'P3', 'P5', 'P6'],
    seed: String(base.seed),
    tried: Object.values(run.kills).reduce((sum, each) => sum + each, 0),
    found,
    figures: {
      'kills of the product at a random instant': run.kills.product,
      'kills about to commit': run.kills.beforeCommit,
      'kills committed, not yet answered': run.kills.afterCommit,
      'kills of PostgreSQL': run.kills.postgres,
      'acknowledged operations': verdict.acknowledged,
      'acknowledged and lost': verdict.lost.length,
      'doubled by a retry': verdict.doubled.length,
      'half written': verdict.halfDone.length,
      'refused but there': verdict.ghosts.length,
      'products oversold': verdict.oversold.length,
      'invariants broken': run.violations.length,
      'operations left without an answer at least once': verdict.unknownTotal,
      'of these committed': verdict.unknownCommitted,
      'back after, median ms': Math.round(back[Math.floor(back.length / 2)] ?? 0),
      'back after, longest ms': Math.round(back.at(-1) ?? 0),
      seconds: Math.round(run.seconds),
    },
    control: {
      planted: 'synchronous_commit=off',
      found: control.verdict.lost.length,
      failedAsItMust: control.verdict.lost.length > 0,
    },
  };
};

async function crashes(options: Options, say: (text: string) => void): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'qucheng-crash-'));
  chmodSync(dir, 0o755);
  const dataDir = join(dir, 'data');
  const postgres = await startEmbedded({ dataDir, log: silentLog(), settings: options.settings });
  const started = performance.now();
  try {
    await migrate(postgres.ownerUrl);
    const { partners: keys } = await seed(postgres.ownerUrl, systemClock.now());
    await withOwner(postgres.ownerUrl, async (owner) => {
      await owner.query('update stock set on_hand_qty = $2 where product_id = any($1)', [
        SCARCE.map(productId),
        String(SCARCE_PIECES * 10_000),
      ]);
      await owner.query(`update stock_move set qty = $2 where product_id = any($1)`, [
        SCARCE.map(productId),
        String(SCARCE_PIECES * 10_000),
      ]);
    });
    const port = 20_000 + (process.pid % 20_000);
    const log = join(dir, 'operations.jsonl');
    const requestedOn = addDays(bizDateOf(systemClock.now(), 'Asia/Shanghai'), 14);
    let server = await startServer(postgres.appUrl, port);
    const job = {
      port,
      keys: keys.slice(0, 64),
      clients: options.clients,
      log,
      requestedOn,
      seed: options.seed,
      scarce: [...SCARCE, 10, 11, 12, 13],
    };
    const load = spawn(process.execPath, [...NODE_ARGS, join(here, 'crash-load.ts'), JSON.stringify(job)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const killer = fork(join(here, 'killer.ts'), { execArgv: NODE_ARGS });
    const kills = { product: 0, postgres: 0, beforeCommit: 0, afterCommit: 0 };
    const backMs: number[] = [];
    let random = options.seed;
    const next = (below: number) => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      return random % below;
    };
    await pause(1500);
    for (let i = 0; i < options.kills; i += 1) {
      const hitsPostgres = options.onlyPostgres || i % 3 === 2;
      if (!options.onlyPostgres && i % 3 === 1) {
        const point = await diedByItself(server);
        kills[point] += 1;
        const from = performance.now();
        server = await startServer(postgres.appUrl, port);
        await answers(port, keys[0] ?? '');
        backMs.push(performance.now() - from);
        continue;
      }
      const pid = hitsPostgres
        ? Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '', 10)
        : (server.pid ?? 0);
      const struck = new Promise((resolve) => killer.once('message', resolve));
      killer.send({ pid, afterMs: 20 + next(1480), withChildren: hitsPostgres });
      await struck;
      const from = performance.now();
      if (hitsPostgres) kills.postgres += 1;
      else {
        kills.product += 1;
        server = await startServer(postgres.appUrl, port, options.onlyPostgres ? undefined : mortal(i, next));
      }
      await answers(port, keys[0] ?? '');
      backMs.push(performance.now() - from);
      if ((i + 1) % 5 === 0) say(`${i + 1} kills, ${Math.round((performance.now() - started) / 1000)} s`);
    }
    load.send('stop');
    await new Promise((resolve) => load.once('exit', resolve));
    killer.kill();
    const [verdict, violations] = await withOwner(postgres.ownerUrl, async (owner) => [
      await judge(owner, log),
      await brokenInvariants(owner),
    ]);
    await stopServer(server);
    return { verdict, violations, kills, backMs, seconds: (performance.now() - started) / 1000 };
  } finally {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The next server dies by itself, at one of the two points in turn, after some of its commits. */
let planted: 'beforeCommit' | 'afterCommit' = 'afterCommit';
function mortal(i: number, next: (below: number) => number): Fault {
  planted = (i / 3) % 2 === 0 ? 'beforeCommit' : 'afterCommit';
  return {
    module: 'failpoints',
    told: `${planted === 'beforeCommit' ? 'before-commit' : 'after-commit'}:${20 + next(100)}`,
  };
}

/** Waits until the server has died at its point. */
async function diedByItself(server: ChildProcess): Promise<'beforeCommit' | 'afterCommit'> {
  const point = planted;
  if (server.signalCode === null && server.exitCode === null)
    await new Promise((resolve, reject) => {
      server.once('exit', resolve);
      setTimeout(() => reject(new Error(`the server did not die at ${point}`)), 60_000).unref();
    });
  return point;
}

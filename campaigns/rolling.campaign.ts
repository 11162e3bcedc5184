/**
 * Two nodes on one database, restarted one after the other under load, as a new version is brought in. P1, P2, P6, P14.
 *   --restarts N (8)   --clients N (16)   --seed S
 * The nodes are the product as it is started (src/server/main.ts): each is stopped with SIGTERM, ends by itself, and is started again before
 * the other's turn. Before them stands what asks whether they are ready. Every request must be answered, with success or with a problem
 * that says when to try again; what was acknowledged is there, once; nodes end with 0; readers of the log have read everything and
 * every invariant holds. The control stops nodes with SIGKILL, which must leave requests without an answer.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asSuperuser } from '../bench/lib/addresses.ts';
import type pg from 'pg';
import { seed } from '../bench/seed.ts';
import { addDays, bizDateOf } from '../src/server/kernel/biz-date.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import { judge, type Judged } from './nodes-judge.ts';
import type { Campaign } from './report.ts';
import { answers, NODE_ARGS, option, pause, stopServer, withOwner } from './rig.ts';
import { load, type Told } from './rolling-load.ts';

const main = fileURLToPath(new URL('../src/server/main.ts', import.meta.url));
/** Load between two restarts. */
const BETWEEN_MS = 1000;

type Options = { restarts: number; clients: number; seed: number; signal: 'SIGTERM' | 'SIGKILL' };
type Books = { lost: string[]; doubled: string[]; halfDone: string[] };
type Result = { told: Told; books: Books; judged: Judged; endedOtherwise: number; longestStopMs: number };

export const campaign: Campaign = async (args, say) => {
  const base = { seed: option(args, 'seed', 20_261_127), clients: option(args, 'clients', 16) };
  const run = await rolling({ ...base, restarts: option(args, 'restarts', 8), signal: 'SIGTERM' }, say);
  say('control: nodes that are killed must leave requests without an answer');
  const control = await rolling({ ...base, restarts: 2, signal: 'SIGKILL' }, say);
  const { told, books, judged } = run;
  const found =
    told.unanswered +
    told.strange.length +
    books.lost.length +
    books.doubled.length +
    books.halfDone.length +
    run.endedOtherwise +
    judged.wrongFigures +
    judged.unread +
    judged.violations.length;
  if (found > 0) say(JSON.stringify({ strange: told.strange.slice(0, 10), books, violations: judged.violations }));
  return {
    name: 'rolling',
    promises: ['P1', 'P2', 'P6', 'P14'],
    seed: String(base.seed),
    tried: told.placed.length + told.reads,
    found,
    figures: {
      'restarts of one node of two': option(args, 'restarts', 8),
      'orders acknowledged': told.placed.length,
      'of these read from any node': told.reads,
      'requests without an answer': told.unanswered,
      'told to try again': told.again,
      'answers of another kind': told.strange.length,
      'acknowledged and lost': books.lost.length,
      doubled: books.doubled.length,
      'half written': books.halfDone.length,
      'longest until an answer, ms': Math.round(told.longestMs),
      'longest from SIGTERM to the end, ms': Math.round(run.longestStopMs),
      'ended otherwise than with 0': run.endedOtherwise,
      'orders whose figures differ': judged.wrongFigures,
      'events left unread': judged.unread,
      'invariants broken': judged.violations.length,
    },
    control: {
      planted: 'SIGKILL in place of SIGTERM',
      found: control.told.unanswered,
      failedAsItMust: control.told.unanswered > 0,
    },
  };
};

async function rolling(options: Options, say: (text: string) => void): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'qucheng-rolling-'));
  chmodSync(dir, 0o755);
  const postgres = await startEmbedded({ dataDir: join(dir, 'data'), log: silentLog() });
  const ports = [0, 1].map((n) => 20_000 + ((process.pid * 3 + n) % 20_000));
  const nodes: ChildProcess[] = [];
  try {
    await migrate(postgres.ownerUrl);
    const keys = await seed(postgres.ownerUrl, systemClock.now());
    const url = asSuperuser(postgres.superUrl, postgres.ownerUrl);
    const start = async (n: number) => {
      const port = ports[n] ?? 0;
      nodes[n] = startNode(url, port, join(dir, `node-${n}`));
      await answers(port, keys.staff.manager);
    };
    for (const n of [0, 1]) await start(n);
    let over = false;
    const job = {
      ports,
      keys: keys.partners.slice(0, 64),
      clients: options.clients,
      seed: options.seed,
      requestedOn: addDays(bizDateOf(systemClock.now(), 'Asia/Shanghai'), 14),
    };
    const loading = load(job, () => over);
    let endedOtherwise = 0;
    let longestStopMs = 0;
    for (let i = 0; i < options.restarts; i += 1) {
      await pause(BETWEEN_MS);
      const { code, ms } = await end(nodes[i % 2], options.signal);
      if (code !== 0) endedOtherwise += 1;
      longestStopMs = Math.max(longestStopMs, ms);
      await start(i % 2);
    }
    await pause(BETWEEN_MS);
    over = true;
    const told = await loading;
    say(`${options.restarts} restarts, ${told.placed.length} orders, ${told.unanswered} requests without an answer`);
    const [books, judged] = await withOwner(postgres.ownerUrl, async (owner) => [
      await audit(owner, told),
      await judge(owner),
    ]);
    return { told, books, judged, endedOtherwise, longestStopMs };
  } finally {
    for (const node of nodes) await stopServer(node);
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const startNode = (url: string, port: number, dataDir: string): ChildProcess =>
  spawn(process.execPath, [...NODE_ARGS, main, '--empty'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: url, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  });

async function end(
  node: ChildProcess | undefined,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; ms: number }> {
  const since = performance.now();
  const code = await new Promise<number | null>((resolve) => {
    node?.once('exit', resolve);
    node?.kill(signal);
  });
  return { code, ms: performance.now() - since };
}

/** What clients were told, beside what is there. */
async function audit(owner: pg.Client, { placed }: Told): Promise<Books> {
  const { rows } = await owner.query<{ id: string; po: string; whole: boolean }>(`
    select o.id, o.po_no as po,
      (select count(*) from order_line l where l.order_id = o.id) = 3 and (select count(*) from event e where e.document_id = o.id) = o.version as whole
    from sales_order o where o.po_no like 'R-%'`);
  const there = Map.groupBy(rows, ({ po }) => po);
  return {
    lost: placed.flatMap(({ po, id }) => (there.get(po)?.some((row) => row.id === id) === true ? [] : [po])),
    doubled: [...there].flatMap(([po, found]) => (found.length > 1 ? [po] : [])),
    halfDone: rows.flatMap(({ po, whole }) => (whole ? [] : [po])),
  };
}

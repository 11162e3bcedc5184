/**
 * 64 connections ask for one hot product and twenty others at once, more than there is: duplicate lines in one order, lines in any order,
 * some orders withdrawn again. P3, P5.
 *   --demands N (1500)   --seed S   --clients N (64)
 * Sold must be the lesser of stock and demand: never more, and at the end nothing is left that a buyer was refused. The control takes the
 * row locks and the constraint away, which must oversell, or the campaign could not see it.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productId, sku } from '../bench/ids.ts';
import { seed } from '../bench/seed.ts';
import { addDays, bizDateOf } from '../src/server/kernel/biz-date.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import type { Campaign } from './report.ts';
import {
  type Answer,
  brokenInvariants,
  call,
  die,
  type Fault,
  option,
  startServer,
  stopServer,
  withOwner,
} from './rig.ts';

const HOT = 1;
const OTHERS = Array.from({ length: 20 }, (_, i) => i + 2);
const STOCK = new Map([[HOT, 500], ...OTHERS.map((product): [number, number] => [product, 60])]);

type Options = { demands: number; clients: number; seed: number; fault?: Fault };
type Result = {
  placed: number;
  refused: number;
  withdrawn: number;
  strange: string[];
  oversold: number;
  left: number;
  drift: number;
  violations: string[];
  p99Ms: number;
  perSecond: number;
};

export const campaign: Campaign = async (args, say) => {
  const base = { seed: option(args, 'seed', 20_261_126), clients: option(args, 'clients', 64) };
  const run = await rush({ ...base, demands: option(args, 'demands', 1500) }, say);
  say('control: without row locks and without the constraint it must oversell');
  const control = await rush({ ...base, demands: 700, fault: { module: 'without-locks' } }, say);
  const found = run.oversold + run.left + run.drift + run.strange.length + run.violations.length;
  if (found > 0) say(JSON.stringify(run));
  return {
    name: 'oversell',
    promises: ['P3', 'P5'],
    seed: String(base.seed),
    tried: run.placed + run.refused,
    found,
    figures: {
      connections: base.clients,
      'orders placed': run.placed,
      'refused for want of goods': run.refused,
      'withdrawn again': run.withdrawn,
      'pieces sold beyond the stock': run.oversold,
      'pieces left that a buyer was refused': run.left,
      'counters that are not the sum of reservations': run.drift,
      'answers of another kind': run.strange.length,
      'invariants broken': run.violations.length,
      'orders decided a second': Math.round(run.perSecond),
      'p99 ms': Math.round(run.p99Ms),
    },
    control: {
      planted: 'no row locks, no constraint on the stock',
      found: control.oversold,
      failedAsItMust: control.oversold > 0,
    },
  };
};

async function rush(options: Options, say: (text: string) => void): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'qucheng-oversell-'));
  chmodSync(dir, 0o755);
  const postgres = await startEmbedded({ dataDir: join(dir, 'data'), log: silentLog() });
  try {
    await migrate(postgres.ownerUrl);
    const { partners: keys } = await seed(postgres.ownerUrl, systemClock.now());
    await withOwner(postgres.ownerUrl, async (owner) => {
      for (const [product, pieces] of STOCK)
        for (const [table, column] of [
          ['stock', 'on_hand_qty'],
          ['stock_move', 'qty'],
        ])
          await owner.query(`update ${table} set ${column} = $2 where product_id = $1`, [
            productId(product),
            pieces * 10_000,
          ]);
      if (options.fault !== undefined) await owner.query('alter table stock drop constraint stock__reserved');
    });
    const port = 20_000 + (process.pid % 20_000);
    const server = await startServer(postgres.appUrl, port, options.fault);
    const told = await clients(port, keys, options);
    say(`${told.placed} placed, ${told.refused} refused, ${told.withdrawn} withdrawn`);
    const left = options.fault === undefined ? await sweep(port, keys[0] ?? '', options) : 0;
    const judged = await withOwner(postgres.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ oversold: number; drift: number }>(`
        select coalesce(sum(greatest(coalesce(r.qty, 0) - s.on_hand_qty, 0)) / 10000, 0)::int as oversold,
          count(*) filter (where s.reserved_qty <> coalesce(r.qty, 0))::int as drift
        from stock s left join (select product_id, warehouse_id, sum(qty) as qty from reservation where supply_id is null group by 1, 2) r
          on r.product_id = s.product_id and r.warehouse_id = s.warehouse_id`);
      return {
        oversold: rows[0]?.oversold ?? 0,
        drift: rows[0]?.drift ?? 0,
        violations: await brokenInvariants(owner),
      };
    });
    await stopServer(server);
    return { ...told, ...judged, left };
  } finally {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Told = Pick<Result, 'placed' | 'refused' | 'withdrawn' | 'strange' | 'p99Ms' | 'perSecond'>;

async function clients(
  port: number,
  keys: readonly string[],
  { demands, clients: count, seed: from }: Options,
): Promise<Told> {
  const roll = die(from);
  const requestedOn = addDays(bizDateOf(systemClock.now(), 'Asia/Shanghai'), 14);
  const orders = Array.from({ length: demands }, () => {
    const line = (product: number) => ({ sku: sku(product), qty: String(1 + roll(3)), requestedOn });
    const lines = [line(HOT), line(OTHERS[roll(OTHERS.length)] ?? 2)];
    if (roll(100) < 10) lines.push(line(HOT));
    if (roll(2) === 0) lines.reverse();
    return { lines, withdraw: roll(100) < 5 };
  });
  const told: Told = { placed: 0, refused: 0, withdrawn: 0, strange: [], p99Ms: 0, perSecond: 0 };
  const took: number[] = [];
  let next = 0;
  const started = performance.now();
  const client = async (n: number) => {
    for (let i = next++; i < orders.length; i = next++) {
      const key = keys[(n * 7) % keys.length] ?? '';
      const began = performance.now();
      const body = { submit: true, onShortage: 'refuse', lines: orders[i]?.lines };
      const answer = await call(port, key, { path: '/api/v1/orders', once: `o-${from}-${i}`, body });
      took.push(performance.now() - began);
      if (answer.status === 201) {
        told.placed += 1;
        if (orders[i]?.withdraw === true) await withdraw(port, key, answer, told, i);
      } else if (answer.status === 409 && /stock\.insufficient/.test(answer.text)) told.refused += 1;
      else told.strange.push(`${answer.status} ${answer.text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: count }, (_, n) => client(n)));
  took.sort((a, b) => a - b);
  told.perSecond = demands / ((performance.now() - started) / 1000);
  told.p99Ms = took[Math.floor(took.length * 0.99)] ?? 0;
  return told;
}

async function withdraw(port: number, key: string, placed: Answer, told: Told, i: number): Promise<void> {
  const { id, version }: { id: string; version: number } = JSON.parse(placed.text);
  const request = {
    path: `/api/v1/orders/${id}/withdraw`,
    once: `w-${i}`,
    body: { reason: 'campaign' },
    ifMatch: version,
  };
  const answer = await call(port, key, request);
  if (answer.status === 200) told.withdrawn += 1;
  else told.strange.push(`withdraw ${answer.status} ${answer.text.slice(0, 200)}`);
}

/** After the rush single pieces are asked for until there are none: a product from which more than its stock less what was sold can be had, or less, has drifted. */
async function sweep(port: number, key: string, { seed: from }: Options): Promise<number> {
  const requestedOn = addDays(bizDateOf(systemClock.now(), 'Asia/Shanghai'), 14);
  let left = 0;
  for (const product of STOCK.keys()) {
    for (let i = 0; ; i += 1) {
      const body = { submit: true, onShortage: 'refuse', lines: [{ sku: sku(product), qty: '1', requestedOn }] };
      const { status, text } = await call(port, key, {
        path: '/api/v1/orders',
        once: `s-${from}-${product}-${i}`,
        body,
      });
      if (status === 201) continue;
      // Refused: there must be nothing left of it.
      const available = /"available":"([\d.]+)"/.exec(text)?.[1];
      if (status !== 409 || (available !== undefined && available !== '0')) left += 1;
      break;
    }
  }
  return left;
}

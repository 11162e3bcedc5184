/**
 * `npm run replay`: runs three years of reseller orders of the AdventureWorks sample through the product's own commands and compares every
 * total with the source, to the cent. Works on a database of its own that is thrown away, on the one of DATABASE_URL (empty), or:
 *   --data-dir FOLDER   keeps the database in that folder, to look at it afterwards
 *   --first N           only the first N orders
 *   --sample N          how many orders go through the whole cycle (200)
 * Exit code: 0 equal, 1 something differs, 2 it could not be run.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  pricedSums,
  productTotals,
  sourceTotals,
  totalsDifferences,
} from '../db/seed/adventureworks/compare-totals.ts';
import { fromUnits } from '../db/seed/decimal-text.ts';
import { replayTexts, totalsReport } from '../db/seed/run/replay-text.ts';
import { type Replayed, replay } from '../db/seed/run-replay.ts';
import { createApp, type RunningApp } from '../src/server/app.ts';
import { type ReadyDatabase, readyDatabase } from '../src/server/boot/database.ts';
import { holdsNothing, recordInstallation } from '../src/server/boot/installation.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { loadConfig, processLanguage } from '../src/server/platform/config.ts';
import { COMPANY, sql } from '../src/server/platform/db/database.ts';
import { formatStartError, StartError } from '../src/server/platform/embedded/index.ts';
import { databaseViolations, INVARIANTS } from '../src/server/platform/invariants/index.ts';
import { silentLog } from '../src/server/platform/log.ts';

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, first: { type: 'string' }, sample: { type: 'string', default: '200' } },
});
const language = processLanguage();
const text = replayTexts(language);
const TELL_EVERY_MS = 5000;

process.exitCode = 2;
const folder = values['data-dir'] ?? fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-replay-'));
const isKept = values['data-dir'] !== undefined;
// Started as root, PostgreSQL runs as another user and has to reach its files.
if (!isKept) fs.chmodSync(folder, 0o755);
let base: ReadyDatabase | null = null;
let running: RunningApp | null = null;
const end = async () => {
  await running?.close();
  await base?.embedded?.stop();
  if (!isKept) fs.rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().finally(() => process.exit(2)));
try {
  base = await readyDatabase(loadConfig([], { ...process.env, DATA_DIR: folder }), silentLog());
  const { appUrl, role } = base;
  running = await createApp({
    databaseUrl: appUrl,
    clock: systemClock,
    demo: false,
    ...(role === undefined ? {} : { role }),
  });
  process.exitCode = await run(running);
} catch (error) {
  console.error(error instanceof StartError ? formatStartError(error, language) : error);
} finally {
  await end();
}

async function run({ services }: RunningApp): Promise<number> {
  if (!(await holdsNothing(services.database))) {
    console.error(text.notEmpty);
    return 2;
  }
  const began = performance.now();
  let toldAt = began;
  const first = numberOf(values.first);
  const sample = numberOf(values.sample) ?? 0;
  console.log(text.starting(first ?? 3616));
  const done = await replay(services, {
    sample,
    ...(first === undefined ? {} : { first }),
    tell(stage, count, of) {
      if (stage === 'masters' && count > 0) console.log(text.masters(of));
      if (stage === 'masters') toldAt = performance.now();
      if (stage === 'masters' || performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      console.log(text.orders(count, of));
    },
  });
  await recordInstallation(services.database, 'demo', systemClock.now());
  const isEqual = await compare(services, done, Math.min(sample, done.orders.length));
  console.log(text.took(((performance.now() - began) / 1000).toFixed(1)));
  if (isKept) console.log(text.kept(folder));
  return isEqual ? 0 : 1;
}

async function compare(services: RunningApp['services'], done: Replayed, sample: number): Promise<boolean> {
  const { database } = services;
  const product = await database.read(COMPANY, (tx) => productTotals((statement) => tx.query(statement)));
  const source = sourceTotals(new Set(done.orders.map(({ orderNumber }) => orderNumber)));
  const differences = totalsDifferences(source, product);
  const [row] = await database.read(COMPANY, (tx) =>
    tx.query<{ completed: bigint }>(sql`select count(*) as completed from sales_order where state = 'completed'`),
  );
  const completed = Number(row?.completed ?? 0n);
  const broken = await databaseViolations(database);
  for (const line of totalsReport(language, product, differences)) console.log(line);
  const { lines, listed, ordered, deviating } = await database.read(COMPANY, (tx) =>
    pricedSums((statement) => tx.query(statement)),
  );
  console.log(text.listed(lines - deviating.lines, cents(listed - deviating.listed)));
  console.log(text.deviating(deviating.lines, cents(deviating.listed), cents(deviating.ordered)));
  console.log(text.both(cents(listed), cents(ordered)));
  console.log(text.whole(completed, sample));
  for (const { name, rows } of broken) console.error(text.broken(name), rows.slice(0, 5));
  if (broken.length === 0) console.log(text.invariants(INVARIANTS.length));
  return differences.length === 0 && broken.length === 0 && completed === sample;
}

function cents(amount: bigint): string {
  return fromUnits(amount, 2);
}

function numberOf(option: string | undefined): number | undefined {
  if (option === undefined) return undefined;
  if (!/^\d{1,5}$/.test(option)) throw new Error(`not a number: ${option}`);
  return Number.parseInt(option, 10);
}

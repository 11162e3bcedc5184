/**
 * npm run bench: the product over HTTP beside the hand-written limit, on the same PostgreSQL, in turn, in one run. Prints a table; JSON goes
 * to bench/latest.json. Definitions and results: docs/performance.md.
 *   --short           2 rounds of 3 s (the usual form: 3 rounds of 4 s)     --full      ten million orders and lines, an hour of load: four hours, 60 GB
 *   --only ID,ID      some rows                                            --control   only whether the harness sees a slow build
 *   --json FILE       also written here                                    --data DIR  keep the data here and use them again
 *   --orders N        orders already there (100000)                        --rounds N, --seconds N
 *   --large DIR       ten million orders and lines, which stay there       --large-orders N   how many orders (10000000)
 */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/server/kernel/clock.ts';
import { type Control, control } from './control.ts';
import { PARTNERS, PRODUCTS } from './ids.ts';
import { type House, openHouse } from './lib/house.ts';
import { requirePgbench } from './lib/limit.ts';
import { processorsWanted, stolenSince } from './lib/processes.ts';
import { type Plan, type Row, type RowFile, round } from './lib/row.ts';
import { browser } from './rows/browser.ts';
import { bulk } from './rows/bulk.ts';
import { cycle } from './rows/cycle.ts';
import { figures } from './rows/figures.ts';
import { growth, LARGE_COMPLETED } from './rows/growth.ts';
import { place } from './rows/place.ts';
import { memory, start } from './rows/process.ts';
import { reads } from './rows/reads.ts';

// Reads before writes, so that the list is of the size that its name says; memory after all load, beside it grow the figures; growth last.
const FILES: readonly RowFile[] = [reads, browser, place, bulk, cycle, memory, start, figures];
const LONG: readonly RowFile[] = [growth];

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    control: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    data: { type: 'string' },
    orders: { type: 'string', default: '100000' },
    large: { type: 'string' },
    'large-orders': { type: 'string', default: '10000000' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const plan: Plan = {
  seconds: Number.parseFloat(values.seconds ?? (values.short ? '3' : '4')),
  rounds: Number.parseInt(values.rounds ?? (values.short ? '2' : '3'), 10),
  full: values.full,
  large: {
    wanted: values.full || values.large !== undefined,
    folder: values.large ?? null,
    orders: Number.parseInt(values['large-orders'], 10),
  },
};
const files = [...FILES, ...(plan.large.wanted ? LONG : [])];
const known = files.flatMap(({ ids }) => ids);
const wanted = new Set(values.only === undefined ? known : values.only.split(','));
const say = (text: string) => process.stdout.write(`${text}\n`);

/** An order in the past of the short form: a quarter ran to the end with all its documents, the rest was withdrawn. */
const COMPLETED = 25;

async function main(): Promise<number> {
  const strange = [...wanted].filter((id) => !known.includes(id));
  if (strange.length > 0) throw new Error(`no such row: ${strange.join(', ')}; there are ${known.join(' ')}`);
  requirePgbench();
  const started = performance.now();
  say(`${PARTNERS} partners, ${PRODUCTS} products, ${values.orders} orders already there …`);
  const measured = values.control ? [] : files.filter(({ ids }) => ids.some((id) => wanted.has(id)));
  // What cannot be made ready says so when its rows are to be measured.
  await Promise.allSettled(measured.map((file) => file.prepare?.()));
  const house = await openHouse({
    orders: Number.parseInt(values.orders, 10),
    // The same mix of orders as in the large installation, so that only their number differs.
    completed: plan.large.wanted ? LARGE_COMPLETED : COMPLETED,
    folder: values.data ?? null,
    say,
  });
  try {
    const seen = values.control ? await control(house, plan) : null;
    if (seen !== null)
      say(
        `control: ${seen.slowed} beside ${seen.product} orders/s with ${seen.wasteMs} ms wasted in each statement: ratio ${seen.ratio}, ${seen.seen ? 'seen' : 'NOT SEEN'}`,
      );
    const { rows, failed } = values.control ? { rows: [], failed: [] } : await measure(house, measured);
    const report = await reportOf(house, { rows, failed, seen, minutes: (performance.now() - started) / 60_000 });
    const text = `${JSON.stringify(report, null, 1)}\n`;
    writeFileSync(join(fileURLToPath(new URL('.', import.meta.url)), 'latest.json'), text);
    if (values.json !== undefined) writeFileSync(values.json, text);
    say(
      `acknowledged ${report.acknowledged}; invariants broken: ${report.violations.length} ${report.violations.map(({ name }) => name).join(' ')}`,
    );
    return report.violations.length === 0 && failed.length === 0 && seen?.seen !== false ? 0 : 1;
  } finally {
    await Promise.all(measured.map((file) => file.end?.()));
    await house.close();
  }
}

async function measure(
  house: House,
  measured: readonly RowFile[],
): Promise<{ rows: Row[]; failed: { ids: readonly string[]; why: string }[] }> {
  const rows: Row[] = [];
  const failed: { ids: readonly string[]; why: string }[] = [];
  for (const file of measured) {
    const ids = file.ids.filter((id) => wanted.has(id));
    // The same holds for what cannot be grown.
    const growing =
      file.sizeOnly === true ? Promise.allSettled(measured.map((other) => other.grow?.(plan))) : undefined;
    const before = processorsWanted();
    try {
      const found = await file.run(house, plan, wanted);
      const stolen = stolenSince(before);
      for (const row of found) {
        rows.push({ ...row, more: { ...row.more, ...(stolen === null ? {} : { stolen: round(stolen, 2) }) } });
        say(lineOf(rows.at(-1) ?? row));
      }
    } catch (error) {
      // One row that cannot be measured here does not take the others with it; the run ends with an error.
      const why = error instanceof Error ? error.message : String(error);
      failed.push({ ids, why });
      say(`${ids.join(' ')}: not measured: ${why.slice(0, 500)}`);
    }
    await growing;
  }
  return { rows, failed };
}

function lineOf({ id, value, unit, limit, ratio, goal, met, more }: Row): string {
  const beside = limit === null ? '' : `   limit ${limit}   ratio ${ratio}`;
  return `${id.padEnd(10)} ${String(value).padStart(9)} ${unit}${beside}   goal ${goal}: ${met === true ? 'met' : 'not met'}   ${JSON.stringify(more)}`;
}

type Found = { rows: Row[]; failed: { ids: readonly string[]; why: string }[]; seen: Control | null; minutes: number };

async function reportOf(house: House, { rows, failed, seen, minutes }: Found) {
  const { owner } = house;
  const counted = await owner.query<{ n: number }>(
    `select count(*)::int as n from sales_order where po_no like 'PO-%'`,
  );
  const version = await owner.query<{ server_version: string }>('show server_version');
  const broken = await house.violations();
  return {
    at: systemClock.now().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      postgres: version.rows[0]?.server_version ?? '',
    },
    plan: { ...plan, orders: values.orders, minutes: Math.round(minutes * 10) / 10 },
    acknowledged: house.acknowledged(),
    // With --data earlier runs count as well.
    ordersInDatabase: counted.rows[0]?.n ?? 0,
    violations: broken.map(({ name, rows: found }) => ({ name, count: found.length })),
    ...(seen === null ? {} : { control: seen }),
    failed,
    rows,
  };
}

process.exitCode = await main();

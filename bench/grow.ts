/**
 * `npm run grow -- --orders N`: fills a database that has partners and products with a past of N orders, in the shapes of the sample orders of
 * db/seed/adventureworks: for measurements, demonstrations with much data, and tries of upgrades. Works beside a running server, on a stopped
 * one, and with DATABASE_URL (then as the owner of the tables).
 *   --days N          how far the past goes back (1095)
 *   --completed P     percent of what is older than 20 days that ran to the end with all its documents; the rest was withdrawn (94)
 *   --data-dir FOLDER the data folder, instead of DATA_DIR
 * Asks first whether the disk has room. Exit code: 0 grown, and every rule of `npm run invariants` holds; 1 a rule is broken; 2 not grown.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../src/server/kernel/clock.ts';
import { loadConfig } from '../src/server/platform/config.ts';
import { COMPANY, openDatabase } from '../src/server/platform/db/database.ts';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { runningEmbedded } from '../src/server/platform/embedded/running.ts';
import { databaseViolations } from '../src/server/platform/invariants/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import { grow } from './growth/grow.ts';
import { asSuperuser } from './lib/addresses.ts';
import { readersGoOn } from './growth/readers-go-on.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '1095' },
    completed: { type: 'string', default: '94' },
    'data-dir': { type: 'string' },
  },
});
const whole = (text: string) => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`not a whole number: ${text}`);
  return Number.parseInt(text, 10);
};

process.exitCode = 2;
try {
  const folder = values['data-dir'];
  const config = loadConfig([], { ...process.env, ...(folder === undefined ? {} : { DATA_DIR: folder }) });
  const running = config.databaseUrl === null ? runningEmbedded(config.dataDir) : null;
  const own =
    config.databaseUrl === null && running === null
      ? await startEmbedded({ dataDir: config.dataDir, log: silentLog() })
      : null;
  const embedded = running ?? own;
  // As a start would: a stopped installation may be of an older version.
  if (own !== null) await migrate(own.ownerUrl);
  try {
    const orders = whole(values.orders);
    const bytes = await grow({
      url: embedded === null ? (config.databaseUrl ?? '') : asSuperuser(embedded.superUrl, embedded.ownerUrl),
      folder: embedded === null ? null : config.dataDir,
      orders,
      now: systemClock.now(),
      days: whole(values.days),
      completed: whole(values.completed),
      progress: (done) => process.stdout.write(`\r${done} / ${orders}`),
    });
    const database = openDatabase(embedded?.appUrl ?? config.databaseUrl ?? '', {
      max: 2,
      applicationName: 'qucheng grow',
    });
    try {
      await readersGoOn(database, systemClock);
      process.stdout.write(`\n${Math.round(bytes)} bytes an order; asking the invariants …\n`);
      const broken = await database.read(COMPANY, async () => databaseViolations(database));
      for (const { name, rows } of broken) console.error(name, rows.slice(0, 5));
      process.exitCode = broken.length === 0 ? 0 : 1;
    } finally {
      await database.close();
    }
  } finally {
    await own?.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}

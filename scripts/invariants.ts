/**
 * Whether money, goods and history of an installation agree with each other, to the minor unit (P5). Works beside a running server, on a
 * stopped one, and with DATABASE_URL.
 *   --data-dir FOLDER      the data folder, instead of DATA_DIR
 *   --demo-of YYYY-MM-DD   also: whether the demo company is what the plan of that day says (right after loading)
 *   --json                 the result as JSON
 * Exit code: 0 all agree, 1 something does not, 2 the question could not be asked.
 */
import { parseArgs } from 'node:util';
import { demoDifferences } from '../db/seed/run/demo-check.ts';
import { planOf } from '../db/seed/run-demo.ts';
import { loadConfig, processLanguage } from '../src/server/platform/config.ts';
import { COMPANY, openDatabase } from '../src/server/platform/db/database.ts';
import { formatStartError, type Language, StartError } from '../src/server/platform/embedded/index.ts';
import { databaseViolations, INVARIANTS } from '../src/server/platform/invariants/index.ts';
import { databaseOf } from './lib/installation.ts';

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, 'demo-of': { type: 'string' }, json: { type: 'boolean' } },
});
const language = processLanguage();
const TEXTS: Record<Language, { all: (n: number) => string; broken: (name: string, meaning: string) => string }> = {
  en: {
    all: (n) => `All ${n} rules hold.`,
    broken: (name, meaning) => `${name} does not hold: ${meaning}`,
  },
  'zh-Hans': { all: (n) => `${n} 条规则全部成立。`, broken: (name, meaning) => `${name} 不成立：${meaning}` },
  'zh-Hant': { all: (n) => `${n} 條規則全部成立。`, broken: (name, meaning) => `${name} 不成立：${meaning}` },
};

process.exitCode = 2;
try {
  const wanted = values['data-dir'];
  const config = loadConfig([], { ...process.env, ...(wanted === undefined ? {} : { DATA_DIR: wanted }) });
  const { url, done } = await databaseOf(config);
  const database = openDatabase(url, {
    max: 2,
    applicationName: 'qucheng invariants',
  });
  try {
    const broken = await databaseViolations(database);
    const day = values['demo-of'];
    const differences =
      day === undefined
        ? []
        : await database.read(COMPANY, (tx) => demoDifferences((statement) => tx.query(statement), planOf(day)));
    report(broken, differences);
    process.exitCode = broken.length + differences.length === 0 ? 0 : 1;
  } finally {
    await database.close();
    await done();
  }
} catch (error) {
  console.error(error instanceof StartError ? formatStartError(error, language) : error);
}

function report(broken: { name: string; rows: unknown[] }[], differences: readonly object[]): void {
  if (values.json === true) {
    console.log(JSON.stringify({ broken, differences }));
    return;
  }
  const text = TEXTS[language];
  for (const { name, rows } of broken) {
    console.error(text.broken(name, INVARIANTS.find((one) => one.name === name)?.meaning ?? ''));
    console.error(rows);
  }
  for (const difference of differences) console.error(difference);
  if (broken.length + differences.length === 0) console.log(text.all(INVARIANTS.length));
}

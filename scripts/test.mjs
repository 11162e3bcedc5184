/**
 * `npm test`: static checks, web build, server tests (with their PostgreSQL), browser tests; the last line counts all
 * of them together. `npm test -- src/server/kernel` runs only the test files of that path.
 */
import fs from 'node:fs';
import path from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { runInForeground } from './lib/child.mjs';
import { ensureChromium, INSTALL_COMMAND } from './lib/chromium.mjs';
import { DOVECOT_COMMAND, ensureDovecot } from './lib/dovecot.mjs';
import { NODE_FLAGS } from './lib/node24.mjs';
import { inCache, inRoot } from './lib/paths.mjs';
import { main, Stop } from './lib/say.mjs';
import { add, closingLine, countSteps, countVitest, exitCodeOf, failuresOfVitest, none } from './lib/test-report.mjs';
import { ensureWeb, hasWeb } from './lib/web-build.mjs';

const MINUTE = 60_000;
const REFUSALS = inCache('test', 'refusals');
const BROWSER_TESTS = inRoot('tests', 'browser');
/** What failed, named again at the end, where it is found. */
const failures = [];

await main(async () => {
  const node = await bootstrap();
  fs.mkdirSync(inCache('test'), { recursive: true });
  const filters = process.argv.slice(2);
  // `-t a name` and other options choose among the tests of these files.
  const files = filters.filter((filter, i) => !filter.startsWith('-') && filters[i - 1] !== '-t');
  const wantsBrowser = files.length === 0 || files.some((file) => path.normalize(file).includes('browser'));
  const wantsServer = files.length === 0 || files.some((file) => !path.normalize(file).includes('browser'));
  // Asked first: a missing browser is installed, or said, before minutes have gone by.
  const browser = wantsBrowser ? browserPlan() : null;
  const imapNotice = files.length === 0 || files.some((file) => file.includes('intake')) ? imapPlan() : undefined;
  const steps = [];
  if (filters.length === 0) noteRefusals();
  const step = async (name, work) => {
    console.log(`\n── ${name}`);
    const started = performance.now();
    const count = await work();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    steps.push({ name, count, seconds });
  };

  if (filters.length === 0) await step('static checks', () => staticChecks(node));
  if (wantsBrowser && hasWeb()) await step('web client builds', () => webBuild(node));
  if (wantsServer) await step('server tests', () => vitest(node, 'server', 'vitest.config.ts', filters));
  if (filters.length === 0) await step('refusals of the life-cycle tables', () => refusalsSeen(node));
  if (browser !== null) await step('browser tests', () => browserTests(node, browser, filters));

  const total = add(...steps.map(({ count }) => count));
  console.log('');
  for (const failure of failures) console.log(`── failed: ${failure}`);
  for (const { name, count, seconds } of steps) console.log(`── ${name}: ${closingLine(count)} (${seconds} s)`);
  if (browser?.notice !== undefined) console.log(browser.notice);
  if (imapNotice !== undefined) console.log(imapNotice);
  console.log(closingLine(total));
  return exitCodeOf(total);
});

async function staticChecks(node) {
  const report = inCache('test', 'static.json');
  if (!fs.existsSync(inRoot('scripts', 'check.ts'))) return none;
  fs.rmSync(report, { force: true });
  const args = [...NODE_FLAGS, 'scripts/check.ts', '--static', '--report', report];
  const code = await runInForeground('npm test', node, args, 5 * MINUTE);
  return countSteps(readJson(report), code);
}

/** The server tests note what was refused, each worker in a file of its own. */
function noteRefusals() {
  fs.rmSync(REFUSALS, { recursive: true, force: true });
  fs.mkdirSync(REFUSALS, { recursive: true });
  process.env.QUCHENG_REFUSALS = REFUSALS;
}

async function refusalsSeen(node) {
  const report = inCache('test', 'refusals.json');
  fs.rmSync(report, { force: true });
  const args = [...NODE_FLAGS, 'scripts/refusals.ts', REFUSALS, '--report', report];
  const code = await runInForeground('npm test', node, args, MINUTE);
  return countSteps(readJson(report), code);
}

async function webBuild(node) {
  try {
    await ensureWeb(node);
    return { ...none, passed: 1 };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(error.message);
    return { ...none, failed: 1 };
  }
}

async function vitest(node, name, config, filters) {
  const report = inCache('test', `${name}.json`);
  fs.rmSync(report, { force: true });
  const program = path.join('node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [...NODE_FLAGS, program, 'run', '--config', config, ...reporters, ...filters];
  const code = await runInForeground('npm test', node, args, 20 * MINUTE);
  const results = readJson(report);
  failures.push(...failuresOfVitest(results).map((failure) => failure.replace(`${inRoot()}${path.sep}`, '')));
  return countVitest(results, code);
}

/** Null when there are no browser tests; otherwise how they will run, with a notice when they will not. */
function browserPlan() {
  const files = testFiles(BROWSER_TESTS);
  if (files.length === 0) return null;
  if (process.env.QUCHENG_SKIP_BROWSER === '1') {
    const notice = frame(`QUCHENG_SKIP_BROWSER=1: the ${files.length} BROWSER TEST FILES DO NOT RUN`);
    return { files, chromium: null, skip: true, notice };
  }
  const chromium = ensureChromium();
  if (chromium !== null) return { files, chromium, skip: false };
  const notice = frame(
    'BROWSER TESTS CANNOT RUN: no Chromium found.',
    `Install it as root:  ${INSTALL_COMMAND}`,
    'or name one with CHROMIUM=/path/to/chromium, or leave them out with QUCHENG_SKIP_BROWSER=1.',
  );
  console.log(notice);
  return { files, chromium: null, skip: false, notice };
}

/** What is to be said about the IMAP server of the tests; nothing when it is there. Without it, and not left out by name, its test fails. */
function imapPlan() {
  if (process.env.QUCHENG_SKIP_IMAP === '1')
    return frame('QUCHENG_SKIP_IMAP=1: the TEST AGAINST A REAL IMAP SERVER DOES NOT RUN');
  const dovecot = ensureDovecot();
  if (dovecot !== null) {
    process.env.DOVECOT = dovecot;
    return undefined;
  }
  const notice = frame(
    'THE TEST AGAINST A REAL IMAP SERVER CANNOT RUN: no Dovecot found.',
    `Install it as root:  ${DOVECOT_COMMAND}`,
    'or leave it out with QUCHENG_SKIP_IMAP=1.',
  );
  console.log(notice);
  return notice;
}

async function browserTests(node, plan, filters) {
  if (plan.skip) return { ...none, skipped: plan.files.length };
  if (plan.chromium === null) return { ...none, failed: 1 };
  process.env.CHROMIUM = plan.chromium;
  return vitest(node, 'browser', 'vitest.browser.config.ts', filters);
}

function testFiles(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.test.ts'));
}

function frame(...lines) {
  const line = '!'.repeat(100);
  return [line, ...lines.map((text) => `!! ${text}`), line].join('\n');
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

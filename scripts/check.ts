/**
 * What runs on every change: types, lint, format, dead code, import rules, freshness of generated files; then the unit tests.
 * `--static` leaves the tests out; `--report FILE` writes the steps for the closing count of `npm test`.
 */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const staticOnly = process.argv.includes('--static');
const reportAt = process.argv.indexOf('--report');
const reportFile = reportAt < 0 ? undefined : process.argv[reportAt + 1];

type Step = { name: string; args: string[] };
const bin = (path: string) => `node_modules/${path}`;
const STEPS: Step[] = [
  { name: 'types of the contract', args: [bin('ts7/bin/tsc'), '-p', 'tsconfig.contract.json'] },
  { name: 'types of the server', args: [bin('ts7/bin/tsc'), '-p', 'tsconfig.server.json'] },
  { name: 'types of the web', args: [bin('ts7/bin/tsc'), '-p', 'tsconfig.web.json'] },
  { name: 'types of the browser tests', args: [bin('ts7/bin/tsc'), '-p', 'tsconfig.browser.json'] },
  { name: 'lint', args: [bin('oxlint/bin/oxlint'), '--deny-warnings', '-c', '.oxlintrc.json'] },
  { name: 'format', args: [bin('@biomejs/biome/bin/biome'), 'format'] },
  { name: 'dead code', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'import rules', args: ['scripts/check-imports.ts'] },
  { name: 'generated files', args: ['scripts/check-generated.ts'] },
];
const TESTS: Step = {
  name: 'unit tests',
  args: [bin('vitest/vitest.mjs'), 'run', 'src/contract', 'src/server/kernel', 'src/server/modules', '--reporter=dot'],
};

function run({ args }: Step): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

const steps: { name: string; ok: boolean }[] = [];
async function take(step: Step): Promise<void> {
  const from = performance.now();
  const { ok, output } = await run(step);
  steps.push({ name: step.name, ok });
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${step.name} (${((performance.now() - from) / 1000).toFixed(1)} s)\n`);
  if (!ok) process.stdout.write(`${output.split('\n').slice(-80).join('\n')}\n`);
}

/** Two at a time: most of them use one processor. */
async function takeFrom(waiting: Step[]): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await take(step);
}
const waiting = [...STEPS];
await Promise.all([takeFrom(waiting), takeFrom(waiting)]);
if (!staticOnly) await take(TESTS);
if (reportFile !== undefined) await writeFile(reportFile, JSON.stringify({ steps }));
process.exitCode = steps.every(({ ok }) => ok) ? 0 : 1;

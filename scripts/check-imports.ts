/** The import rules of .dependency-cruiser.cjs. Fails also when hardly any module was read: a checker that reads nothing finds nothing. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const result = spawnSync(
  process.execPath,
  [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    'src',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
  ],
  { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
type Report = {
  modules: unknown[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[]; totalCruised: number };
};
const report: Report = JSON.parse(result.stdout);
for (const { from, to, rule } of report.summary.violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`);
process.stdout.write(`${report.summary.totalCruised} modules read, ${report.summary.violations.length} broken rules\n`);
process.exitCode = report.summary.violations.length === 0 && report.summary.totalCruised > 100 ? 0 : 1;

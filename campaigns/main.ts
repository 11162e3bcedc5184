/** npm run campaign -- NAME [options]: long tests by fault. Each campaign is a file beside this one; its report goes to docs/campaigns. */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/server/kernel/clock.ts';
import type { Campaign, Report } from './report.ts';
import { page } from './report.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = (await readdir(fileURLToPath(new URL('.', import.meta.url))))
  .filter((name) => /^[a-z]+\.campaign\.ts$/.test(name))
  .map((name) => name.replace('.campaign.ts', ''));
const name = process.argv[2] ?? '';
if (!names.includes(name)) {
  process.stderr.write(`which campaign? ${names.join(', ')}\n`);
  process.exit(1);
}
const { campaign }: { campaign: Campaign } = await import(`./${name}.campaign.ts`);
const found = await campaign(process.argv.slice(3), (text) => process.stdout.write(`${text}\n`));
const report: Report = {
  ...found,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  at: systemClock.now().toISOString(),
};
await mkdir(`${root}docs/campaigns`, { recursive: true });
await writeFile(`${root}docs/campaigns/${name}.json`, `${JSON.stringify(report, null, 1)}\n`);
await writeFile(`${root}docs/campaigns/${name}.md`, page(report));
process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
process.exitCode = report.found === 0 && report.control.failedAsItMust ? 0 : 1;

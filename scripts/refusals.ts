/**
 * After the whole suite: every guard of every life-cycle table was seen to refuse, through the API, by some test. Names those that were
 * not. `node scripts/run.mjs scripts/refusals.ts FOLDER [--report FILE]`
 */
import fs from 'node:fs';
import path from 'node:path';
import { MACHINES } from './lib/machines.ts';

const [folder = '', flag, report] = process.argv.slice(2);
const seen = new Set(
  fs.readdirSync(folder).flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').split('\n')),
);
const guards = MACHINES.flatMap(({ name, rows }) =>
  rows.flatMap(({ action, guards: codes }) => codes.map((code) => `${name} ${action} ${code}`)),
);
const all = [...new Set(guards)];
const missing = all.filter((guard) => !seen.has(guard));
for (const guard of missing) console.error(`no test saw this refusal of a life-cycle table: ${guard}`);
console.log(`refusals of the life-cycle tables: ${all.length - missing.length} of ${all.length} seen`);
if (flag === '--report' && report !== undefined)
  fs.writeFileSync(report, JSON.stringify({ steps: all.map((name) => ({ name, ok: !missing.includes(name) })) }));
process.exitCode = missing.length > 0 ? 1 : 0;

/** Fails when a generated file differs from what `npm run gen` would write now. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './lib/generated.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let stale = 0;
for (const { path, text } of await generatedFiles()) {
  const there = await readFile(root + path, 'utf8').catch(() => '');
  if (there === text) continue;
  stale += 1;
  process.stdout.write(`${path} is stale: run npm run gen\n`);
}
process.exitCode = stale === 0 ? 0 : 1;

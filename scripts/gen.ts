/** Everything in the repository that is made from something else. `npm run gen` refreshes it; a test fails when it is stale. */
import { writeFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './lib/generated.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const { path, text } of await generatedFiles()) {
  const full = root + path;
  await mkdir(full.slice(0, full.lastIndexOf('/')), { recursive: true });
  await writeFile(full, text);
  process.stdout.write(`${path}\n`);
}

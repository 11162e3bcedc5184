/** `node scripts/run.mjs FILE args…`: runs a TypeScript file of the project on the right Node. */
import path from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { runInForeground } from './lib/child.mjs';
import { NODE_FLAGS } from './lib/node24.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) {
    console.error('usage: node scripts/run.mjs FILE args…');
    return 2;
  }
  const node = await bootstrap();
  return runInForeground(path.basename(file), node, [...NODE_FLAGS, file, ...args]);
});

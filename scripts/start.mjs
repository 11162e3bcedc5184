/** `npm start`: packages, web client, server. Arguments go to the server: `npm start -- --empty`. */
import { bootstrap } from './bootstrap.mjs';
import { runInForeground } from './lib/child.mjs';
import { SERVER_FLAGS } from './lib/node24.mjs';
import { main } from './lib/say.mjs';
import { ensureWeb } from './lib/web-build.mjs';

await main(async () => {
  const node = await bootstrap();
  await ensureWeb(node);
  return runInForeground('npm start', node, [...SERVER_FLAGS, 'src/server/main.ts', ...process.argv.slice(2)]);
});

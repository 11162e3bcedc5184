/**
 * The product for the benchmark: the whole HTTP side with readers of the log and timed jobs, as a process of its own. DATABASE_URL is the
 * application role's. A third argument makes it slow on purpose (ms of work for each statement): the control.
 */
import { createApp } from '../src/server/app.ts';
import { giveMemoryBackAtRest } from '../src/server/boot/memory-at-rest.ts';
import { hasWebFiles, pageForRouter, serveWebFiles } from '../src/server/boot/web-files.ts';
import { startBackground } from '../src/server/jobs.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { Flight } from '../src/server/platform/db/flight.ts';
import { silentLog } from '../src/server/platform/log.ts';

const [url, port, slow] = process.argv.slice(2);
if (url === undefined || port === undefined) throw new Error('server.ts URL PORT [MS]');
let statements = 0;
const wasteMs = slow === undefined ? 0 : Number.parseFloat(slow);
// oxlint-disable-next-line typescript/unbound-method -- it is called with its own flight
const add = Flight.prototype.add;
Flight.prototype.add = function counted(text, values, name) {
  statements += 1;
  for (const until = performance.now() + wasteMs; performance.now() < until; );
  return add.call(this, text, values, name);
};

const running = await createApp({
  databaseUrl: url,
  clock: systemClock,
  demo: false,
  ...(hasWebFiles() ? { extend: (server) => serveWebFiles(server), fallback: pageForRouter } : {}),
});
const background = await startBackground({ services: running.services, log: silentLog(), seal: null });
giveMemoryBackAtRest();
await running.app.server.listen({ host: '127.0.0.1', port: Number.parseInt(port, 10) });
process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, rss, heapUsed, statements });
});
process.on('SIGTERM', () => {
  void background
    .stop()
    .then(() => running.close())
    .then(() => process.exit(0));
});
process.send?.('ready');

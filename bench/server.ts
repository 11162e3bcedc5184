/** The product for the benchmark: the whole HTTP side as a process of its own; readers of the log and timed jobs are not started. DATABASE_URL is the application role's. */
import { createApp } from '../src/server/app.ts';
import { systemClock } from '../src/server/kernel/clock.ts';

const [url, port] = process.argv.slice(2);
if (url === undefined || port === undefined) throw new Error('server.ts URL PORT');
const running = await createApp({ databaseUrl: url, clock: systemClock, demo: false });
await running.app.server.listen({ host: '127.0.0.1', port: Number.parseInt(port, 10) });
process.on('message', (message) => {
  if (message === 'usage') process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss });
});
process.on('SIGTERM', () => {
  void running.close().then(() => process.exit(0));
});
process.send?.('ready');

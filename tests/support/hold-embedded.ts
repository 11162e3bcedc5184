/** Started as a process of its own by tests of the launcher: holds an embedded PostgreSQL until SIGTERM. */
import { formatStartError, StartError, startEmbedded } from '../../src/server/platform/embedded/index.ts';
import { silentLog } from '../../src/server/platform/log.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
  const postgres = await startEmbedded({ dataDir, log: silentLog(), settings: { fsync: 'off' } });
  const keepAlive = setInterval(() => {}, 1000);
  process.once('SIGTERM', () => void postgres.stop().then(() => clearInterval(keepAlive)));
  const { superUrl, ownerUrl, appUrl, port, how, adopted } = postgres;
  console.log(JSON.stringify({ superUrl, ownerUrl, appUrl, port, how, adopted }));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.log(JSON.stringify({ code: error.code, text: formatStartError(error, 'en') }));
  process.exitCode = 1;
}

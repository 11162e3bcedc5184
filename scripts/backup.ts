/**
 * `npm run backup -- FOLDER`: a complete copy of the installation into an empty folder, while the server runs or not.
 *   --data-dir FOLDER   the data folder, instead of DATA_DIR
 * With DATABASE_URL the database is somebody else's to back up: use pg_basebackup there.
 */
import { parseArgs } from 'node:util';
import path from 'node:path';
import { systemClock } from '../src/server/kernel/clock.ts';
import { loadConfig } from '../src/server/platform/config.ts';
import { BackupError, takeBackup } from '../src/server/platform/embedded/backup.ts';
import { StartError, formatStartError, startEmbedded } from '../src/server/platform/embedded/index.ts';
import { processLanguage } from '../src/server/platform/config.ts';
import { runningEmbedded } from '../src/server/platform/embedded/running.ts';
import { silentLog } from '../src/server/platform/log.ts';

const { values, positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true });
try {
  const config = loadConfig([], {
    ...process.env,
    ...(values['data-dir'] === undefined ? {} : { DATA_DIR: values['data-dir'] }),
  });
  const target = positionals[0];
  if (target === undefined) throw new BackupError('say where to: npm run backup -- FOLDER');
  if (config.databaseUrl !== null)
    throw new BackupError('DATABASE_URL is set: take the backup with the tools of that server, e.g. pg_basebackup');
  const running = runningEmbedded(config.dataDir);
  const own = running === null ? await startEmbedded({ dataDir: config.dataDir, log: silentLog() }) : null;
  try {
    const manifest = await takeBackup(
      path.resolve(config.dataDir),
      running?.superUrl ?? own?.superUrl ?? '',
      path.resolve(target),
      systemClock.now(),
    );
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    process.stdout.write(
      `${manifest.files.length} files, ${Math.ceil(bytes / 1_048_576)} MB in ${path.resolve(target)}\n`,
    );
  } finally {
    await own?.stop();
  }
} catch (error) {
  process.stderr.write(
    `${error instanceof StartError ? formatStartError(error, processLanguage()) : error instanceof BackupError ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}

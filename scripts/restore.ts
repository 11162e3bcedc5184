/**
 * `npm run restore -- FOLDER`: puts a backup back into an empty data folder. Every file is proved first; a damaged backup is refused.
 *   --data-dir FOLDER   the data folder, instead of DATA_DIR
 * Then `npm start` as usual: PostgreSQL recovers what was under way.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/server/platform/config.ts';
import { BackupError, restoreBackup } from '../src/server/platform/embedded/backup.ts';

const { values, positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true });
try {
  const config = loadConfig([], {
    ...process.env,
    ...(values['data-dir'] === undefined ? {} : { DATA_DIR: values['data-dir'] }),
  });
  const source = positionals[0];
  if (source === undefined) throw new BackupError('say from where: npm run restore -- FOLDER');
  const manifest = restoreBackup(path.resolve(source), path.resolve(config.dataDir));
  process.stdout.write(
    `${manifest.files.length} files of ${manifest.takenAt} put into ${path.resolve(config.dataDir)}. Start with: npm start\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof BackupError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

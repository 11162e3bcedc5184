/**
 * A physical copy of the embedded database and everything else in the data folder, taken while the server runs, and its way back.
 * Physical, because a copy must keep the transaction numbers that the event log and its seals carry. PostgreSQL's own low-level backup:
 * start, copy the files, stop, keep the write-ahead log of the time between. Every file is listed with its SHA-256: a damaged copy is refused.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { clusterDirOf } from './data-dir.ts';

export const MANIFEST = 'backup.json';
export type Manifest = {
  format: 1;
  takenAt: string;
  postgresVersion: string;
  files: { path: string; bytes: number; sha256: string }[];
};

/** Not copied: what belongs to a running server, and what PostgreSQL makes anew. */
const LEFT_OUT = [
  /^postgres\/postmaster\.(pid|opts)$/,
  /^postgres\/pg_wal\/.+/,
  /^postgres\/(pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.+/,
  /^qucheng\.lock/,
  /^postgres\.log/,
  /\.lock$/,
  /pgsql_tmp/,
];

export class BackupError extends Error {}

/** Copies a data folder whose PostgreSQL answers at `superUrl` into an empty or missing folder. */
export async function takeBackup(dataDir: string, superUrl: string, target: string, now: Date): Promise<Manifest> {
  if (fs.existsSync(target) && fs.readdirSync(target).length > 0) throw new BackupError(`${target} is not empty`);
  fs.mkdirSync(target, { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  try {
    const { rows: version } = await client.query<{ server_version: string }>('show server_version');
    const { rows: begun } = await client.query<{ wal: string }>(
      "select pg_walfile_name(pg_backup_start('qucheng', true)) as wal",
    );
    for (const file of filesOf(dataDir))
      if (!LEFT_OUT.some((pattern) => pattern.test(file))) copyFile(dataDir, target, file);
    for (const folder of emptyFolders(dataDir))
      fs.mkdirSync(path.join(target, folder), { recursive: true, mode: 0o700 });
    const { rows: ended } = await client.query<{ labelfile: string; spcmapfile: string }>(
      'select labelfile, spcmapfile from pg_backup_stop(false)',
    );
    fs.writeFileSync(path.join(clusterDirOf(target), 'backup_label'), ended[0]?.labelfile ?? '');
    if ((ended[0]?.spcmapfile ?? '') !== '')
      fs.writeFileSync(path.join(clusterDirOf(target), 'tablespace_map'), ended[0]?.spcmapfile ?? '');
    for (const file of walSince(dataDir, begun[0]?.wal ?? '')) copyFile(dataDir, target, file);
    const manifest: Manifest = {
      format: 1,
      takenAt: now.toISOString(),
      postgresVersion: version[0]?.server_version ?? '',
      files: filesOf(target).map((file) => describe(target, file)),
    };
    fs.writeFileSync(path.join(target, MANIFEST), `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
    return manifest;
  } finally {
    await client.end();
  }
}

/** Puts a copy back into an empty or missing data folder, after proving that every file is what was taken. The next start recovers it. */
export function restoreBackup(source: string, dataDir: string): Manifest {
  if (fs.existsSync(dataDir) && fs.readdirSync(dataDir).length > 0)
    throw new BackupError(`${dataDir} is not empty: a restore never writes over data`);
  const manifest = checkBackup(source);
  fs.mkdirSync(dataDir, { recursive: true });
  for (const { path: file } of manifest.files) copyFile(source, dataDir, file);
  for (const folder of emptyFolders(source)) fs.mkdirSync(path.join(dataDir, folder), { recursive: true, mode: 0o700 });
  return manifest;
}

/** Reads the manifest and compares every file; throws BackupError naming the first that is missing or changed. */
export function checkBackup(source: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(fs.readFileSync(path.join(source, MANIFEST), 'utf8'));
  } catch {
    throw new BackupError(`${source} holds no readable ${MANIFEST}: this is no complete backup`);
  }
  for (const wanted of manifest.files) {
    if (!fs.existsSync(path.join(source, wanted.path)))
      throw new BackupError(`the backup is damaged: ${wanted.path} is missing`);
    const found = describe(source, wanted.path);
    if (found.sha256 !== wanted.sha256)
      throw new BackupError(`the backup is damaged: ${wanted.path} is not what was taken`);
  }
  return manifest;
}

function describe(root: string, file: string): Manifest['files'][number] {
  const content = fs.readFileSync(path.join(root, file));
  return { path: file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function copyFile(from: string, to: string, file: string): void {
  const target = path.join(to, file);
  fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  try {
    fs.copyFileSync(path.join(from, file), target);
    fs.chmodSync(target, 0o600);
  } catch (error) {
    // PostgreSQL may remove a file while we copy; what it still needed is in the write-ahead log.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const filesOf = (root: string): string[] =>
  fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => file !== MANIFEST)
    .sort();

/** Folders that PostgreSQL expects although nothing of theirs is copied. */
const emptyFolders = (root: string): string[] =>
  fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

/** The segments of the write-ahead log from the start of the backup on; older ones are not needed. */
const walSince = (dataDir: string, first: string): string[] =>
  fs
    .readdirSync(path.join(clusterDirOf(dataDir), 'pg_wal'))
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first)
    .map((name) => path.join('postgres', 'pg_wal', name));

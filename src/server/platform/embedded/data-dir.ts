/**
 * The data folder: `postgres/` (database files), `socket/` (where it is reached), `postgres.log`, `secrets.json`, `qucheng.lock`, `VERSION`.
 */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { errorCode, errorMessage } from './errors.ts';
import { dataDirNotWritable, diskFull } from './start-errors.ts';

const NEEDED_MB = 300;
const LOG_LIMIT = 10 * 1024 * 1024;

export const clusterDirOf = (dataDir: string) => path.join(dataDir, 'postgres');

/** The name of a socket has at most 103 bytes (macOS; Linux 107); `/.s.PGSQL.65535` comes behind the folder. */
const LONGEST_SOCKET_DIR = 103 - 15;

/**
 * Where the server is reached without going through the network: a fifth less of both processors for each statement. null where it is
 * reached by its port only: on Windows, and under a path too long for the name of a socket (a comma would divide it in two).
 */
function socketDirOf(dataDir: string): string | null {
  const dir = path.join(path.resolve(dataDir), 'socket');
  return process.platform === 'win32' || Buffer.byteLength(dir) > LONGEST_SOCKET_DIR || /[,"]/.test(dir) ? null : dir;
}

/** An empty folder for the socket; null where there can be none, also because the file system knows no sockets. The caller holds the lock of the data folder. */
export async function prepareSocketDir(dataDir: string): Promise<string | null> {
  const dir = socketDirOf(dataDir);
  if (dir === null) return null;
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { mode: 0o700 });
  return (await takesSockets(dir)) ? dir : null;
}

const takesSockets = (dir: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(path.join(dir, 'probe'), () => probe.close(() => resolve(true)));
  });

/** A killed server leaves its socket behind, and the next would ask whether its process is another's by now. */
export function clearSockets(dataDir: string): void {
  const dir = socketDirOf(dataDir);
  if (dir === null || !fs.existsSync(dir)) return;
  for (const name of fs.readdirSync(dir)) fs.rmSync(path.join(dir, name), { force: true });
}

/** The folder of the socket of a server that runs; null: it has none. */
export function socketDirOn(dataDir: string, port: number): string | null {
  const dir = socketDirOf(dataDir);
  return dir !== null && fs.existsSync(path.join(dir, `.s.PGSQL.${port}`)) ? dir : null;
}

export const logFileOf = (dataDir: string) => path.join(dataDir, 'postgres.log');

/** Creates the folder when it is missing; throws `data_dir.not_writable` or `data_dir.disk_full`. */
export function prepareDataDir(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true });
    const probe = path.join(dataDir, `.probe.${process.pid}`);
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
  } catch (error) {
    if (errorCode(error) === 'ENOSPC') throw diskFull(dataDir, 0, NEEDED_MB);
    throw dataDirNotWritable(dataDir, errorCode(error) || errorMessage(error));
  }
  requireSpace(dataDir, freeMegabytes(dataDir));
}

/** Throws `data_dir.disk_full` below the space that a first start and some write-ahead log need. */
export function requireSpace(dataDir: string, freeMb: number): void {
  if (freeMb < NEEDED_MB) throw diskFull(dataDir, freeMb, NEEDED_MB);
}

function freeMegabytes(dataDir: string): number {
  const { bavail, bsize } = fs.statfsSync(dataDir, { bigint: true });
  return Number((bavail * bsize) / 1_048_576n);
}

/** Opens the server's log for appending; one that has grown past 10 MB is kept as `postgres.log.1` first. */
export function openLog(dataDir: string): number {
  const file = logFileOf(dataDir);
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) fs.renameSync(file, `${file}.1`);
  return fs.openSync(file, 'a', 0o600);
}

/** The last lines of the server's log that say what went wrong, for an error message. */
export function lastTrouble(dataDir: string, from: number): string {
  let text: string;
  try {
    text = fs.readFileSync(logFileOf(dataDir)).subarray(from).toString('utf8');
  } catch {
    return '';
  }
  const lines = text.trimEnd().split('\n');
  const serious = lines.filter((line) => /\b(FATAL|PANIC|ERROR):|error while loading|could not/.test(line));
  return (serious.length > 0 ? serious : lines).slice(-2).join(' ').slice(0, 500);
}

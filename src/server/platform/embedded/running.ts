/** For tools that work beside a running server: how to reach the PostgreSQL that it has started on a data folder. */
import fs from 'node:fs';
import path from 'node:path';
import { clusterDirOf, socketDirOn } from './data-dir.ts';
import { errorCode } from './errors.ts';
import { lockHolder } from './lock.ts';
import { APP_ROLE, DATABASE, OWNER_ROLE, roleUrl } from './provision.ts';
import { readSecrets } from './secrets.ts';

export type RunningPostgres = { superUrl: string; ownerUrl: string; appUrl: string; port: number };

/** The addresses of the embedded PostgreSQL of a data folder, or null when no server holds the folder. */
export function runningEmbedded(dataDir: string): RunningPostgres | null {
  const folder = path.resolve(dataDir);
  if (lockHolder(folder) === null) return null;
  const port = Number.parseInt(pidFileOf(folder)[3] ?? '', 10);
  const { superuser, owner, app } = readSecrets(folder);
  if (Number.isNaN(port) || superuser === undefined || owner === undefined || app === undefined) return null;
  const socketDir = socketDirOn(folder, port);
  return {
    superUrl: roleUrl('postgres', superuser, port, 'postgres'),
    ownerUrl: roleUrl(OWNER_ROLE, owner, port, DATABASE, socketDir),
    appUrl: roleUrl(APP_ROLE, app, port, DATABASE, socketDir),
    port,
  };
}

/** Line 4 of postmaster.pid is the port. */
function pidFileOf(dataDir: string): string[] {
  try {
    return fs.readFileSync(path.join(clusterDirOf(dataDir), 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

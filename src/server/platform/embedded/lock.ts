/** One server for one data folder: `<dataDir>/qucheng.lock` names the process that holds it. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, StartError } from './errors.ts';
import { isAlive, processIdentity } from './process-identity.ts';
import { dataDirInUse } from './start-errors.ts';

export type DataDirLock = {
  /** Tells others that the folder will be free soon: they wait for it instead of giving up. */
  announceStop(): void;
  release(): void;
};

/** A holder that was told to stop a moment ago may not have said so yet. */
const GRACE_MS = 1500;
/** How long a holder that is stopping may take. */
const STOP_PATIENCE_MS = 60_000;

const fileOf = (dataDir: string) => path.join(dataDir, 'qucheng.lock');

/** The process that holds the data folder, or null: no lock, or its owner died without taking it away. */
export function lockHolder(dataDir: string): number | null {
  const content = readIfThere(fileOf(dataDir));
  return content === null ? null : livePid(content);
}

/** Takes the lock; waits for a holder that is about to stop (`npm start` again right after stopping it). */
export async function lockWhenFree(dataDir: string): Promise<DataDirLock> {
  const since = performance.now();
  for (;;) {
    try {
      return lockDataDir(dataDir);
    } catch (error) {
      const patience = isStopping(dataDir) ? STOP_PATIENCE_MS : GRACE_MS;
      if (!(error instanceof StartError) || performance.now() - since > patience) throw error;
    }
    await sleep(100);
  }
}

/** Takes the lock or throws `data_dir.in_use` at once. A lock whose owner is dead is taken over. */
export function lockDataDir(dataDir: string): DataDirLock {
  const file = fileOf(dataDir);
  const mine = { pid: process.pid, identity: processIdentity(process.pid) };
  let own = `${JSON.stringify(mine)}\n`;
  for (let attempt = 0; ; attempt += 1) {
    if (createWith(file, own)) break;
    const found = readIfThere(file);
    if (found === null) continue;
    const pid = livePid(found);
    if (pid !== null || attempt >= 5) throw dataDirInUse(dataDir, pid ?? 0);
    removeStale(file, found);
  }
  return {
    announceStop() {
      if (readIfThere(file) !== own) return;
      own = `${JSON.stringify({ ...mine, stopping: true })}\n`;
      // Replaced in one step: half a lock would look like nobody's.
      fs.writeFileSync(`${file}.${process.pid}.tmp`, own);
      fs.renameSync(`${file}.${process.pid}.tmp`, file);
    },
    release() {
      if (readIfThere(file) === own) fs.rmSync(file, { force: true });
    },
  };
}

const isStopping = (dataDir: string) => readIfThere(fileOf(dataDir))?.includes('"stopping":true') === true;

/** Creates the file with its content in one step, so that nobody ever reads half a lock. False when it exists. */
function createWith(file: string, content: string): boolean {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, content, { mode: 0o644 });
  try {
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // A file system without hard links: create it exclusively.
    return createExclusively(file, content);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

function createExclusively(file: string, content: string): boolean {
  try {
    fs.writeFileSync(file, content, { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Two starters may find the same dead lock: the rename lets one of them win, and a lock that is new goes back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readIfThere(aside);
  if (moved !== null && moved !== stale) createExclusively(file, moved);
  fs.rmSync(aside, { force: true });
}

function livePid(content: string): number | null {
  const { pid, identity } = parse(content);
  if (pid === null || !isAlive(pid)) return null;
  const now = processIdentity(pid);
  // A different start time is a different process that got the old number. A zombie has no identity either.
  if (identity !== '' && now !== identity) return null;
  return pid;
}

function parse(content: string): { pid: number | null; identity: string } {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null) return { pid: null, identity: '' };
    const pid = 'pid' in value && typeof value.pid === 'number' && Number.isSafeInteger(value.pid) ? value.pid : null;
    const identity = 'identity' in value && typeof value.identity === 'string' ? value.identity : '';
    return { pid: pid !== null && pid > 0 ? pid : null, identity };
  } catch {
    return { pid: null, identity: '' };
  }
}

function readIfThere(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

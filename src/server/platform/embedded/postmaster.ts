/** The server process: started, watched until it is ready, stopped, and found again after a crash of ours. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, program } from './binaries.ts';
import { clearSockets, clusterDirOf, lastTrouble, logFileOf, openLog } from './data-dir.ts';
import { programEnv, type Runner, runProgram } from './privilege.ts';
import { commandLine, isAlive } from './process-identity.ts';
import { type Settings, settingArguments } from './settings.ts';
import { postgresFailed } from './start-errors.ts';

export type Launch = {
  binaries: Binaries;
  runner: Runner;
  dataDir: string;
  port: number;
  settings: Settings;
};
export type Exit = { code: number | null; signal: NodeJS.Signals | null };
export type Postmaster = { child: ChildProcess; exited: Promise<Exit> };

/** Fast shutdown breaks off sessions and writes a checkpoint; only a hung disk makes it take this long. */
const STOP_PATIENCE_MS = 60_000;

/** A port on 127.0.0.1 that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts the server and returns when it accepts connections (after a crash: when it has recovered, however long that
 * takes). Its own process group, so that Ctrl-C in a terminal reaches only our process, which stops it in order.
 */
export async function launch(options: Launch): Promise<Postmaster> {
  const { binaries, runner, dataDir, port } = options;
  clearSockets(dataDir);
  const log = openLog(dataDir);
  const logStart = fs.fstatSync(log).size;
  const command = [...runner.serverPrefix, program(binaries, 'postgres')];
  const args = ['-D', clusterDirOf(dataDir), '-p', String(port), ...settingArguments(options.settings)];
  const [file = '', ...rest] = [...command, ...args];
  const child = spawn(file, rest, {
    env: programEnv(),
    cwd: path.parse(process.cwd()).root,
    stdio: ['ignore', log, log],
    detached: process.platform !== 'win32',
  });
  fs.closeSync(log);
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const failed = exited.then(({ code, signal }) => {
    const how = code === null ? `stopped by ${signal ?? 'the system'}` : `exited with ${code}`;
    throw postgresFailed('start', `${how}: ${lastTrouble(dataDir, logStart)}`, logFileOf(dataDir));
  });
  // Afterwards nobody waits for this promise any more: an exit is then the supervisor's business.
  failed.catch(() => {});
  await Promise.race([untilReady(child, dataDir, port), failed]);
  return { child, exited };
}

/** Fast shutdown, waited for; immediate when it takes too long (the write-ahead log then repairs the next start). */
export async function shutDown(postmaster: Postmaster, launched: Launch): Promise<void> {
  if (process.platform === 'win32') await stopByControl(launched);
  else postmaster.child.kill('SIGINT');
  const timer = setTimeout(() => postmaster.child.kill('SIGQUIT'), STOP_PATIENCE_MS);
  await postmaster.exited;
  clearTimeout(timer);
}

/**
 * Stops a server that a killed process of ours left behind on these files. True when there was one. The caller holds
 * the lock of the data folder, so the server's owner is certainly gone.
 */
export async function stopOrphan(binaries: Binaries, runner: Runner, dataDir: string): Promise<boolean> {
  const clusterDir = clusterDirOf(dataDir);
  const pid = Number.parseInt(readPidFile(clusterDir)[0] ?? '', 10);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (!isOurServer(pid, clusterDir)) {
    // PostgreSQL looks at the number only and would refuse to start next to the stranger (or zombie) that has it now,
    // common in containers. Processes of a killed server that still work are found by their shared memory.
    if (process.platform === 'linux') fs.rmSync(path.join(clusterDir, 'postmaster.pid'), { force: true });
    return false;
  }
  if (process.platform === 'win32') {
    await stopByControl({ binaries, runner, dataDir });
    return true;
  }
  process.kill(pid, 'SIGINT');
  const patience = performance.now() + STOP_PATIENCE_MS;
  while (isOurServer(pid, clusterDir)) {
    if (performance.now() > patience) process.kill(pid, 'SIGQUIT');
    await sleep(20);
  }
  return true;
}

/** A process of that number is not enough (numbers are reused): its command line must name our files. */
function isOurServer(pid: number, clusterDir: string): boolean {
  if (!isAlive(pid)) return false;
  const line = commandLine(pid);
  return process.platform === 'win32' ? line.includes('postgres') : line.includes(` ${clusterDir} `);
}

async function stopByControl(target: { binaries: Binaries; runner: Runner; dataDir: string }): Promise<void> {
  const args = ['stop', '-D', clusterDirOf(target.dataDir), '-m', 'fast', '-w', '-t', '60'];
  await runProgram(target.runner, program(target.binaries, 'pg_ctl'), args);
}

/** The server writes its state into line 8 of postmaster.pid; line 4 holds its port. */
async function untilReady(child: ChildProcess, dataDir: string, port: number): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const lines = readPidFile(clusterDirOf(dataDir));
    const isOwn = process.platform === 'win32' || lines[0] === String(child.pid);
    if (isOwn && lines[3] === String(port) && lines[7]?.trim() === 'ready') return;
    await sleep(10);
  }
  // The caller's `failed` promise tells why; this one must not win the race.
  await new Promise(() => {});
}

function readPidFile(clusterDir: string): string[] {
  try {
    return fs.readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

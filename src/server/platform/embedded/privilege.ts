/**
 * As whom PostgreSQL runs. It refuses to be root, so a root start steps down: to the user `postgres` or `nobody` where
 * that user can reach the files, else inside a user namespace where root's files count as that user's.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Binaries, program } from './binaries.ts';
import { cannotDropRoot } from './start-errors.ts';

export type Runner = {
  /** For people and the log: `plain`, `setpriv postgres`, `user namespace`. */
  how: string;
  /** Put before a program that ends by itself. */
  prefix: readonly string[];
  /** Put before the server: the same, and the kernel stops the server (SIGINT) when our process dies. */
  serverPrefix: readonly string[];
  /** Who must own the database files, or null for "whoever runs this process". */
  owner: { uid: number; gid: number } | null;
};

const WITH_PARENT = ['--pdeathsig', 'SIGINT'];

/** Variables for every program of PostgreSQL: nothing of ours (PG…, LC_…) may change what it does. */
export function programEnv(): Record<string, string> | undefined {
  if (process.platform === 'win32') return undefined;
  return {
    LC_ALL: 'C',
    TZ: 'UTC',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  };
}

/** Chooses the way for this machine; `folder` is where the database files will lie and must exist. */
export function chooseRunner(binaries: Binaries, folder: string): Runner {
  const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;
  const hasSetpriv = process.platform === 'linux' && succeeds(['setpriv', '--version']);
  if (!isRoot) {
    return {
      how: 'plain',
      prefix: [],
      serverPrefix: hasSetpriv ? ['setpriv', ...WITH_PARENT] : [],
      owner: null,
    };
  }
  if (!hasSetpriv) throw cannotDropRoot('setpriv is missing');
  const user = unprivilegedUser();
  return asUser(binaries, folder, user) ?? inNamespace(binaries, user);
}

/** Runs a short program to its end. Never throws: `code` is null when it could not be started. */
export function runProgram(runner: Runner, command: string, args: readonly string[], stdin = ''): Promise<Outcome> {
  const [file, ...rest] = [...runner.prefix, command, ...args];
  return new Promise((resolve) => {
    const child = spawn(file ?? command, rest, {
      env: programEnv(),
      cwd: path.parse(process.cwd()).root,
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}
export type Outcome = { code: number | null; output: string };

/** Gives the files to the user who will run the server (only root can, and only root must). */
export function giveFiles(runner: Runner, target: string): void {
  if (runner.owner === null) return;
  const { uid, gid } = runner.owner;
  const current = fs.lstatSync(target);
  if (current.uid === uid && current.gid === gid) return;
  // The folder itself comes last: it is what the next start looks at, should this one be interrupted.
  const inside = current.isDirectory() ? fs.readdirSync(target, { recursive: true, encoding: 'utf8' }) : [];
  for (const name of inside) fs.lchownSync(path.join(target, name), uid, gid);
  fs.lchownSync(target, uid, gid);
}

type User = { name: string; uid: number; gid: number };

function asUser(binaries: Binaries, folder: string, user: User): Runner | null {
  const setpriv = ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const reaches = succeeds([...setpriv, program(binaries, 'postgres'), '--version']);
  if (!reaches || !succeeds([...setpriv, 'test', '-x', folder])) return null;
  const serverPrefix = [...setpriv, ...WITH_PARENT];
  return {
    how: `setpriv ${user.name}`,
    prefix: setpriv,
    serverPrefix,
    owner: { uid: user.uid, gid: user.gid },
  };
}

function inNamespace(binaries: Binaries, user: User): Runner {
  const unshare = ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'];
  if (!succeeds([...unshare, program(binaries, 'postgres'), '--version'])) {
    throw cannotDropRoot(`${user.name} cannot reach the folders, and user namespaces are off`);
  }
  const serverPrefix = ['setpriv', ...WITH_PARENT, ...unshare];
  return {
    how: 'user namespace',
    prefix: unshare,
    serverPrefix,
    owner: { uid: 0, gid: 0 },
  };
}

function unprivilegedUser(): User {
  for (const name of ['postgres', 'nobody']) {
    const uid = numberOf(['id', '-u', name]);
    const gid = numberOf(['id', '-g', name]);
    if (uid !== null && gid !== null && uid > 0) return { name, uid, gid };
  }
  return { name: 'nobody', uid: 65534, gid: 65534 };
}

function numberOf([command = '', ...args]: string[]): number | null {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    env: programEnv(),
  });
  return status === 0 ? Number.parseInt(stdout, 10) : null;
}

function succeeds([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args, { env: programEnv(), stdio: 'ignore' }).status === 0;
}

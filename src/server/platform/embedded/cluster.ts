/** The database files: made once by initdb, checked at every start. */
import fs from 'node:fs';
import path from 'node:path';
import { type Binaries, program } from './binaries.ts';
import { clusterDirOf, logFileOf } from './data-dir.ts';
import { giveFiles, type Runner, runProgram } from './privilege.ts';
import { clusterOtherVersion, dataDirNotWritable, postgresFailed } from './start-errors.ts';

/** Throws when the files belong to another major version of PostgreSQL than the binaries. */
export function checkClusterVersion(dataDir: string, binaries: Binaries): void {
  const file = path.join(clusterDirOf(dataDir), 'PG_VERSION');
  if (!fs.existsSync(file)) return;
  const found = Number.parseInt(fs.readFileSync(file, 'utf8'), 10);
  if (found !== binaries.major) throw clusterOtherVersion(dataDir, found, binaries.major);
}

export const hasCluster = (dataDir: string) => fs.existsSync(path.join(clusterDirOf(dataDir), 'PG_VERSION'));

/** Hands existing files to the user who runs the server; throws when an ordinary user finds another one's files. */
export function takeCluster(runner: Runner, dataDir: string): void {
  const dir = clusterDirOf(dataDir);
  giveFiles(runner, dir);
  const self = process.getuid?.();
  const owner = fs.statSync(dir).uid;
  if (process.platform !== 'win32' && runner.owner === null && self !== undefined && owner !== self) {
    throw dataDirNotWritable(dataDir, `the database files belong to user ${owner}, this is user ${self}`);
  }
}

/**
 * initdb into a folder beside the final one, renamed when complete: an interrupted first start leaves nothing that
 * looks like a database. Text search in Chinese needs C.UTF-8 (with plain C, trigrams of Chinese are empty); the
 * built-in locale provider does not change with the operating system.
 */
export async function createCluster(options: {
  binaries: Binaries;
  runner: Runner;
  dataDir: string;
  superPassword: string;
  sync: boolean;
}): Promise<void> {
  const { binaries, runner, dataDir } = options;
  const fresh = `${clusterDirOf(dataDir)}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = path.join(dataDir, `.initdb.${process.pid}`);
  fs.writeFileSync(passwordFile, `${options.superPassword}\n`, { mode: 0o600 });
  try {
    giveFiles(runner, fresh);
    giveFiles(runner, passwordFile);
    const locale =
      binaries.major >= 17
        ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8']
        : ['--locale=C.UTF-8'];
    const { code, output } = await runProgram(runner, program(binaries, 'initdb'), [
      `--pgdata=${fresh}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--data-checksums',
      ...locale,
      '--no-instructions',
      ...(options.sync ? [] : ['--no-sync']),
    ]);
    if (code !== 0) {
      fs.appendFileSync(logFileOf(dataDir), output, { mode: 0o600 });
      throw postgresFailed('initdb', output.trim().split('\n').slice(-3).join(' '), logFileOf(dataDir));
    }
    fs.renameSync(fresh, clusterDirOf(dataDir));
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/** Sets the superuser's password without a connection: for data whose `secrets.json` was lost. Server must be off. */
export async function resetSuperPassword(options: {
  binaries: Binaries;
  runner: Runner;
  dataDir: string;
  superPassword: string;
}): Promise<void> {
  const { binaries, runner, dataDir, superPassword } = options;
  const args = ['--single', '-D', clusterDirOf(dataDir), 'postgres'];
  const statement = `alter role postgres password '${superPassword}'\n`;
  const { code, output } = await runProgram(runner, program(binaries, 'postgres'), args, statement);
  if (code !== 0 || /\bERROR:/.test(output)) {
    throw postgresFailed('reset its password', output.trim().slice(-300), logFileOf(dataDir));
  }
}

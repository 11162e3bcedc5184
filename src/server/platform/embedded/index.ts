/**
 * PostgreSQL inside the product: `npm start` on an empty machine needs nothing else. Real PostgreSQL from npm, started,
 * supervised and stopped by this process; passwords are generated; only this machine can reach it.
 */
import path from 'node:path';
import type { Log } from '../log.ts';
import { findBinaries } from './binaries.ts';
import { checkClusterVersion, createCluster, hasCluster, resetSuperPassword, takeCluster } from './cluster.ts';
import { clusterDirOf, prepareDataDir, prepareSocketDir } from './data-dir.ts';
import { lockWhenFree } from './lock.ts';
import { freePort, type Launch, launch, type Postmaster, stopOrphan } from './postmaster.ts';
import { chooseRunner, giveFiles } from './privilege.ts';
import { APP_ROLE, DATABASE, ensureDatabase, ensureRoles, OWNER_ROLE, type Passwords, roleUrl } from './provision.ts';
import { ensureSecrets } from './secrets.ts';
import { chooseSettings, type Settings } from './settings.ts';
import { type ExitEvent, type Supervisor, supervise } from './supervisor.ts';

export {
  checkDataVersion,
  writeDataVersion,
} from './data-version.ts';
export {
  formatStartError,
  type Language,
  StartError,
} from './errors.ts';
export {
  databaseLabel,
  explainDatabaseError,
  explainListenError,
} from './explain.ts';
export { lockHolder } from './lock.ts';
export {
  APP_ROLE,
  databaseUrl,
  ensureDatabase,
  grantConnect,
  OWNER_ROLE,
  withClient,
} from './provision.ts';
export { ensureSecrets } from './secrets.ts';

export type EmbeddedOptions = {
  /** Folder for everything the server keeps; created when missing. */
  dataDir: string;
  log: Log;
  /** PostgreSQL settings on top of the defaults, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Settings;
  /** Binaries of an installed PostgreSQL instead of those from npm. */
  systemBinDir?: string;
};

export type EmbeddedPostgres = {
  /** Superuser, database `postgres`: backups and tests only. */
  superUrl: string;
  /** Owner of the database `qucheng`: migrations. */
  ownerUrl: string;
  /** What the server works as. */
  appUrl: string;
  port: number;
  /** As whom it runs: `plain`, `setpriv postgres`, `user namespace`. */
  how: string;
  /** True when a server left behind by a killed process was taken over (stopped in order and started again). */
  adopted: boolean;
  /** To be called first thing on SIGTERM: a start that comes right after waits for this one to end. */
  announceStop(): void;
  /** Fast shutdown, waited for; then the data folder is free. May be called more than once. */
  stop(): Promise<void>;
  /** Called each time the server died by itself; it is started again on the same port. */
  onExit(callback: (event: ExitEvent) => void): void;
};

/** Starts PostgreSQL on the data folder; throws `StartError` with a clear sentence when that cannot be. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const { log } = options;
  const binaries = findBinaries(options.systemBinDir);
  prepareDataDir(dataDir);
  const lock = await lockWhenFree(dataDir);
  let running: { supervisor: Supervisor } | null = null;
  try {
    const { passwords, launched, how, adopted, postmaster, socketDir } = await bringUp(dataDir, binaries, options);
    const supervisor = supervise(postmaster, launched, log);
    running = { supervisor };
    const superUrl = roleUrl('postgres', passwords.superuser, launched.port, 'postgres');
    await ensureRoles(superUrl, passwords);
    await ensureDatabase(superUrl, DATABASE);
    log.info({ port: launched.port, how, adopted, version: binaries.major }, 'embedded PostgreSQL is ready');
    let stopped: Promise<void> | null = null;
    return {
      superUrl,
      ownerUrl: roleUrl(OWNER_ROLE, passwords.owner, launched.port, DATABASE, socketDir),
      appUrl: roleUrl(APP_ROLE, passwords.app, launched.port, DATABASE, socketDir),
      port: launched.port,
      how,
      adopted,
      announceStop: () => lock.announceStop(),
      stop() {
        lock.announceStop();
        stopped ??= supervisor.stop().finally(() => lock.release());
        return stopped;
      },
      onExit: (callback) => supervisor.onExit(callback),
    };
  } catch (error) {
    await running?.supervisor.stop();
    lock.release();
    throw error;
  }
}

/** Everything up to a server that accepts connections: files, owner, passwords, port. */
async function bringUp(dataDir: string, binaries: ReturnType<typeof findBinaries>, options: EmbeddedOptions) {
  const { log } = options;
  checkClusterVersion(dataDir, binaries);
  const runner = chooseRunner(binaries, dataDir);
  const adopted = await stopOrphan(binaries, runner, dataDir);
  if (adopted) log.warn('a PostgreSQL left behind by a killed process was stopped');
  const { secrets, created } = ensureSecrets(dataDir, ['superuser', 'owner', 'app']);
  const passwords: Passwords = secrets;
  const superPassword = passwords.superuser;
  if (!hasCluster(dataDir)) {
    log.info({ dataDir }, 'creating the database files');
    await createCluster({
      binaries,
      runner,
      dataDir,
      superPassword,
      sync: options.settings?.fsync !== 'off',
    });
  } else {
    takeCluster(runner, dataDir);
    if (created.includes('superuser')) await resetSuperPassword({ binaries, runner, dataDir, superPassword });
  }
  giveFiles(runner, clusterDirOf(dataDir));
  const socketDir = await prepareSocketDir(dataDir);
  if (socketDir !== null) giveFiles(runner, socketDir);
  const settings = await chooseSettings(binaries, runner, dataDir, socketDir, options.settings ?? {});
  const { postmaster, launched } = await launchOnFreePort({
    binaries,
    runner,
    dataDir,
    settings,
  });
  return { passwords, postmaster, launched, how: runner.how, adopted, socketDir };
}

/** Between finding a free port and listening on it somebody else may take it: then the next one is tried. */
async function launchOnFreePort(what: Omit<Launch, 'port'>): Promise<{ postmaster: Postmaster; launched: Launch }> {
  for (let attempt = 1; ; attempt += 1) {
    const launched = { ...what, port: await freePort() };
    try {
      return { postmaster: await launch(launched), launched };
    } catch (error) {
      const portWasTaken =
        error instanceof Error && /address already in use|could not create any TCP/i.test(error.message);
      if (!portWasTaken || attempt >= 5) throw error;
    }
  }
}

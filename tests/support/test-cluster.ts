/**
 * One throw-away PostgreSQL for a whole test run. Real PostgreSQL like in production, only without waiting for the
 * disk; each test file gets its own database, copied from a template that was migrated once.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  databaseUrl,
  ensureDatabase,
  grantConnect,
  lockHolder,
  OWNER_ROLE,
  startEmbedded,
  withClient,
} from '../../src/server/platform/embedded/index.ts';
import { silentLog } from '../../src/server/platform/log.ts';

const TEMPLATE = 'qucheng_template';
const FOLDER = 'qucheng-test-';
const SYSTEM_BIN_DIR = '/usr/lib/postgresql/15/bin';

/** What workers need to make databases; plain data, because it travels between processes. */
export type TestCluster = {
  superUrl: string;
  ownerUrl: string;
  appUrl: string;
};
export type TestDatabase = TestCluster & {
  name: string;
  drop(): Promise<void>;
};

/** Starts the cluster and prepares the migrated template. `QUCHENG_TEST_PG=system` takes Debian's PostgreSQL 15. */
export async function startTestCluster(): Promise<{
  cluster: TestCluster;
  stop(): Promise<void>;
}> {
  removeLeftovers();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), FOLDER));
  // Started as root, the server runs as another user and has to reach its files.
  fs.chmodSync(dataDir, 0o755);
  const postgres = await startEmbedded({
    dataDir,
    log: silentLog(),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    },
    ...systemBinaries(),
  });
  const stop = async () => {
    await postgres.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.superUrl, databaseUrl(postgres.ownerUrl, TEMPLATE));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    cluster: {
      superUrl: postgres.superUrl,
      ownerUrl: postgres.ownerUrl,
      appUrl: postgres.appUrl,
    },
    stop,
  };
}

let copies = 0;

/** A fresh copy of the migrated template with a name of its own: tens of milliseconds. */
export async function copyTemplate(cluster: TestCluster): Promise<TestDatabase> {
  copies += 1;
  const name = `test_${process.pid}_${copies}_${Math.random().toString(36).slice(2, 8)}`;
  await withClient(cluster.superUrl, async (client) => {
    await client.query(`create database ${name} template ${TEMPLATE} strategy wal_log owner ${OWNER_ROLE}`);
    await grantConnect(client, name);
  });
  return {
    name,
    superUrl: databaseUrl(cluster.superUrl, name),
    ownerUrl: databaseUrl(cluster.ownerUrl, name),
    appUrl: databaseUrl(cluster.appUrl, name),
    drop: () =>
      withClient(cluster.superUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

async function makeTemplate(superUrl: string, ownerUrl: string): Promise<void> {
  await ensureDatabase(superUrl, TEMPLATE);
  const migrateFile = fileURLToPath(new URL('../../src/server/platform/db/migrate.ts', import.meta.url));
  if (fs.existsSync(migrateFile)) {
    const { migrate } = (await import(pathToFileURL(migrateFile).href)) as MigrateModule;
    await migrate(ownerUrl);
  }
  await withClient(superUrl, async (client) => {
    // A template can only be copied while nobody is connected to it.
    await client.query(`alter database ${TEMPLATE} with allow_connections false is_template true`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [TEMPLATE]);
  });
}
type MigrateModule = {
  migrate(ownerUrl: string): Promise<{ applied: string[]; version: number }>;
};

function systemBinaries(): { systemBinDir?: string } {
  const wanted = process.env.QUCHENG_TEST_PG ?? '';
  if (wanted === '') return {};
  if (wanted !== 'system') throw new Error(`QUCHENG_TEST_PG=${wanted}: only "system" is known`);
  if (!fs.existsSync(path.join(SYSTEM_BIN_DIR, 'initdb'))) {
    throw new Error(`QUCHENG_TEST_PG=system needs PostgreSQL 15 in ${SYSTEM_BIN_DIR}: apt-get install postgresql-15`);
  }
  return { systemBinDir: SYSTEM_BIN_DIR };
}

/** Folders of runs that were killed: their owner is dead, so nobody misses them. */
function removeLeftovers(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const folder = path.join(os.tmpdir(), name);
    if (!name.startsWith(FOLDER) || !fs.existsSync(path.join(folder, 'qucheng.lock'))) continue;
    if (lockHolder(folder) !== null || fs.statSync(folder).uid !== process.getuid?.()) continue;
    // Its server may still be shutting down.
    if (fs.existsSync(path.join(folder, 'postgres', 'postmaster.pid'))) continue;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** From a configuration to a database that is there, up to date, and reached as a role that row-level security binds. */
import type { Config } from '../platform/config.ts';
import { knownMigrations, migrate, SchemaTooNew } from '../platform/db/migrate.ts';
import type { Database } from '../platform/db/database.ts';
import { COMPANY, sql } from '../platform/db/database.ts';
import {
  APP_ROLE,
  checkDataVersion,
  databaseLabel,
  type EmbeddedPostgres,
  ensureDatabase,
  explainDatabaseError,
  StartError,
  startEmbedded,
  withClient,
  writeDataVersion,
} from '../platform/embedded/index.ts';
import type { Log } from '../platform/log.ts';
import { migrationFailed, noChineseTrigrams, roleTooStrong, schemaTooNew, serverTooOld } from './boot-errors.ts';

export type ReadyDatabase = {
  /** As whom the server works. */
  appUrl: string;
  /** SET ROLE on every connection, where the URL is not the application role's own. */
  role: string | undefined;
  ownerUrl: string;
  /** null with a server of one's own. */
  embedded: EmbeddedPostgres | null;
};

const OLDEST_MAJOR = 15;
const EXTENSIONS = ['pg_trgm', 'btree_gist'];

export async function readyDatabase(config: Config, log: Log): Promise<ReadyDatabase> {
  return config.databaseUrl === null ? readyEmbedded(config, log) : readyExternal(config.databaseUrl);
}

async function readyEmbedded(config: Config, log: Log): Promise<ReadyDatabase> {
  const known = (await knownMigrations()).length;
  checkDataVersion(config.dataDir, known);
  const embedded = await startEmbedded({ dataDir: config.dataDir, log });
  try {
    await bringUpToDate(embedded.ownerUrl);
    writeDataVersion(config.dataDir, known);
    return { appUrl: embedded.appUrl, role: undefined, ownerUrl: embedded.ownerUrl, embedded };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function readyExternal(url: string): Promise<ReadyDatabase> {
  const role = await prepareExternal(url).catch((error: unknown) => {
    throw explainDatabaseError(error, url);
  });
  await bringUpToDate(url);
  if (role !== undefined) await grantTables(url, role);
  return { appUrl: url, role, ownerUrl: url, embedded: null };
}

async function bringUpToDate(ownerUrl: string): Promise<void> {
  const where = databaseLabel(ownerUrl);
  try {
    await migrate(ownerUrl);
  } catch (error) {
    if (error instanceof SchemaTooNew) throw schemaTooNew(where);
    const explained = explainDatabaseError(error, ownerUrl);
    if (explained instanceof StartError) throw explained;
    throw migrationFailed(where, error instanceof Error ? error.message : String(error));
  }
}

/** Extensions and the application role. Without the right to create roles the user of the URL works itself, if row-level security binds it. */
async function prepareExternal(url: string): Promise<string | undefined> {
  return withClient(url, async (client) => {
    const version =
      (await client.query<{ server_version: string }>('show server_version')).rows[0]?.server_version ?? '';
    if (Number.parseInt(version, 10) < OLDEST_MAJOR) throw serverTooOld(version);
    for (const extension of EXTENSIONS) {
      const { rowCount } = await client.query('select from pg_extension where extname = $1', [extension]);
      if (rowCount === 0) await client.query(`create extension if not exists ${extension}`);
    }
    const { rows } = await client.query<{ there: boolean; may_create: boolean; may_set: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as there,
        (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create,
        coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = $1), false) as may_set`,
      [APP_ROLE],
    );
    const state = rows[0];
    if (
      state === undefined ||
      (!state.there && !state.may_create) ||
      (state.there && !state.may_set && !state.may_create)
    )
      return undefined;
    if (!state.there) await client.query(`create role ${APP_ROLE} nologin nosuperuser nobypassrls`);
    if (!state.may_set) await client.query(`grant ${APP_ROLE} to current_user`);
    return APP_ROLE;
  });
}

async function grantTables(url: string, role: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(`grant usage on schema public to ${role};
      grant select, insert, update, delete on all tables in schema public to ${role};
      grant usage, select on all sequences in schema public to ${role};
      revoke update, delete, truncate on event, event_seal from ${role}`),
  );
}

/** An interrupted load of the demo company leaves nothing that anybody needs: the database is made anew. */
export async function makeDatabaseAnew(embedded: EmbeddedPostgres): Promise<void> {
  const name = new URL(embedded.ownerUrl).pathname.slice(1);
  await withClient(embedded.superUrl, (client) =>
    client.query(`drop database ${client.escapeIdentifier(name)} with (force)`),
  );
  await ensureDatabase(embedded.superUrl, name);
  await bringUpToDate(embedded.ownerUrl);
}

/** What would silently go wrong later: a role that row-level security does not bind, a search that finds no Chinese. */
export async function checkDatabase(database: Database): Promise<void> {
  const [role] = await database.read(COMPANY, (tx) =>
    tx.query<{ name: string; strong: boolean }>(
      sql`select rolname::text as name, rolsuper or rolbypassrls as strong from pg_roles where rolname = current_user`,
    ),
  );
  if (role === undefined || role.strong) throw roleTooStrong(role?.name ?? '?');
  const [row] = await database.read(COMPANY, (tx) =>
    tx.query<{ trigrams: number }>(sql`select cardinality(show_trgm('华为技术')) as trigrams`),
  );
  if (row === undefined || row.trigrams === 0) throw noChineseTrigrams();
}

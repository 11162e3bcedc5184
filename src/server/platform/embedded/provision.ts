/**
 * Roles, databases and rights. Three roles: `postgres` (superuser, for this file only), `qucheng_owner` (owns the
 * tables, runs migrations), `qucheng_app` (what the server works as: no table of its own, row-level security applies).
 */
import pg from 'pg';

export const OWNER_ROLE = 'qucheng_owner';
export const APP_ROLE = 'qucheng_app';
export const DATABASE = 'qucheng';
const EXTENSIONS = ['pg_trgm', 'btree_gist'];

export type Passwords = { superuser: string; owner: string; app: string };

/** Creates both roles or, where they exist, sets their rights and passwords again. */
export async function ensureRoles(superUrl: string, passwords: Passwords): Promise<void> {
  await withClient(superUrl, async (client) => {
    for (const [role, password] of [
      [OWNER_ROLE, passwords.owner],
      [APP_ROLE, passwords.app],
    ] as const) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      const verb = rowCount === 0 ? 'create' : 'alter';
      await client.query(
        `${verb} role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
         password ${client.escapeLiteral(password)}`,
      );
    }
  });
}

/** Creates the database when it is missing; extensions, schema and rights are set in any case. */
export async function ensureDatabase(superUrl: string, name: string): Promise<void> {
  await withClient(superUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)} owner ${OWNER_ROLE}`);
    await grantConnect(client, name);
  });
  await withClient(databaseUrl(superUrl, name), async (client) => {
    for (const extension of EXTENSIONS) await client.query(`create extension if not exists ${extension}`);
    await client.query(`alter schema public owner to ${OWNER_ROLE};
      revoke all on schema public from public;
      grant usage on schema public to ${APP_ROLE};
      alter default privileges for role ${OWNER_ROLE} in schema public
        grant select, insert, update, delete on tables to ${APP_ROLE};
      alter default privileges for role ${OWNER_ROLE} in schema public
        grant usage, select on sequences to ${APP_ROLE}`);
  });
}

/** Rights on the database itself. They are not copied from a template, so every copy needs this again. */
export async function grantConnect(client: pg.Client, name: string): Promise<void> {
  const database = client.escapeIdentifier(name);
  await client.query(
    `revoke all on database ${database} from public; grant connect on database ${database} to ${APP_ROLE}`,
  );
}

/** The same server and user, another database. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

/** `socketDir`: through the socket in that folder; null: through the port. */
export function roleUrl(
  role: string,
  password: string,
  port: number,
  database: string,
  socketDir: string | null = null,
): string {
  const host = socketDir === null ? '127.0.0.1' : encodeURIComponent(socketDir);
  return `postgres://${role}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
}

/** Opens one connection, hands it to `work`, closes it whatever happens. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

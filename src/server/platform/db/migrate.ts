/** Forward-only migrations: db/migrations/NNNN_name.sql, each in a transaction of its own, all under one advisory lock. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const FOLDER = fileURLToPath(new URL('../../../../db/migrations/', import.meta.url));
const LOCK = 7_203_001;

export class SchemaTooNew extends Error {}

/** Names of the migrations that this version of the product knows, in order. */
export async function knownMigrations(folder = FOLDER): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
}

/**
 * Brings the database to the newest schema. Several nodes may call it at once: the advisory lock lets one work.
 * Refuses (SchemaTooNew) a database that knows migrations which this version does not.
 */
export async function migrate(ownerUrl: string, folder = FOLDER): Promise<{ applied: string[]; version: number }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'qucheng migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists schema_migration (name text primary key, at timestamptz not null default now())',
    );
    await client.query('grant select on schema_migration to public');
    const done = new Set(
      (await client.query<{ name: string }>('select name from schema_migration')).rows.map((row) => row.name),
    );
    const known = await knownMigrations(folder);
    const strangers = [...done].filter((name) => !known.includes(name));
    if (strangers.length > 0)
      throw new SchemaTooNew(`the database has migrations that this version does not know: ${strangers.join(', ')}`);
    const applied: string[] = [];
    for (const name of known.filter((candidate) => !done.has(candidate))) {
      await client.query('begin');
      // Rows that were there before are to be seen: row-level security holds for the owner too.
      await client.query("set local lock_timeout = '10s'; set local app.scope = 'company'");
      await client.query(await readFile(join(folder, name), 'utf8'));
      await client.query('insert into schema_migration (name) values ($1)', [name]);
      await client.query('commit');
      applied.push(name);
    }
    return { applied, version: known.length };
  } finally {
    await client.end();
  }
}

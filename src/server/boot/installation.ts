/** The one row about the installation: whether it holds the demo company, and whether loading that was finished. */
import { newId } from '../kernel/ids.ts';
import { COMPANY, type Database, sql } from '../platform/db/database.ts';

/** new: never started. empty: without the demo company. loading: the demo company was being loaded. demo: it is there. */
export type InstallationState = 'new' | 'empty' | 'loading' | 'demo';

export async function installationState(database: Database): Promise<InstallationState> {
  const rows = await database.read(COMPANY, (tx) =>
    tx.query<{ is_demo: boolean; schema_note: string }>(sql`select is_demo, schema_note from installation`),
  );
  const row = rows[0];
  if (row === undefined) return 'new';
  if (row.is_demo) return 'demo';
  return row.schema_note === 'loading' ? 'loading' : 'empty';
}

export async function recordInstallation(
  database: Database,
  state: Exclude<InstallationState, 'new'>,
  now: Date,
): Promise<void> {
  const note = state === 'loading' ? 'loading' : '';
  await database.write(COMPANY, (tx) =>
    tx.run(sql`insert into installation (id, is_demo, schema_note) values (${newId(now)}, ${state === 'demo'}, ${note})
      on conflict (only_row) do update set is_demo = excluded.is_demo, schema_note = excluded.schema_note`),
  );
}

/** Whether nobody and nothing is in the database yet. */
export async function holdsNothing(database: Database): Promise<boolean> {
  const rows = await database.read(COMPANY, (tx) =>
    tx.query<{ nothing: boolean }>(
      sql`select not exists (select 1 from app_user) and not exists (select 1 from company) and not exists (select 1 from event) as nothing`,
    ),
  );
  return rows[0]?.nothing === true;
}

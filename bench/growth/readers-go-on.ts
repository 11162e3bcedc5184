/** After rows were put there without their readers: figures are built from the orders, notices of the past are told to nobody. */
import type { Clock } from '../../src/server/kernel/clock.ts';
import { readers } from '../../src/server/jobs.ts';
import { COMPANY, type Database, sql } from '../../src/server/platform/db/database.ts';
import { rebuild } from '../../src/server/platform/events/readers.ts';
import { settingsCache } from '../../src/server/platform/pipeline/settings.ts';

export async function readersGoOn(database: Database, clock: Clock): Promise<void> {
  const settings = settingsCache(database);
  for (const reader of readers) {
    if (reader.reset !== undefined) await rebuild({ database, clock, env: (now) => settings.env(now) }, reader);
    else
      await database.write(COMPANY, (tx) =>
        tx.run(sql`
          insert into log_reader (name, xid, position, updated_at) values (${reader.name}, pg_snapshot_xmin(pg_current_snapshot()), 0, ${clock.now()})
          on conflict (name) do update set xid = excluded.xid, position = excluded.position`),
      );
  }
}

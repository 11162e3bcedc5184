/** After a new key: what older keys have sealed is sealed anew, so that the old keys can be thrown away. */
import { raw } from 'sql-template-tag';
import { COMPANY, type Database, sql } from '../db/database.ts';
import type { Table } from '../db/table.ts';
import type { SecretBox } from './secret-box.ts';

/** A column that holds sealed text. `place` is what it is sealed for. */
export type SealedColumn = { table: Table; column: string; place: string };

/** A column of a table of ours that holds sealed text; its place is `table.column`. */
export const sealedColumn = <T extends Table>(table: T, column: keyof T['columns'] & string): SealedColumn => ({
  table,
  column,
  place: `${table.name}.${column}`,
});

/** Returns how many secrets were sealed anew. Throws where one cannot be opened; those done before stay done. */
export async function resealAll(database: Database, box: SecretBox, columns: readonly SealedColumn[]): Promise<number> {
  let done = 0;
  for (const { table, column, place } of columns) {
    const [name, sealed, key] = [raw(table.name), raw(column), raw(`t.${table.key.join(`::text || ' ' || t.`)}::text`)];
    done += await database.write(COMPANY, async (tx) => {
      const rows = await tx.query<{ key: string; sealed: string }>(sql`
        select ${key} as key, ${sealed} as sealed from ${name} t
        where ${sealed} is not null and not starts_with(${sealed}, ${box.currentPrefix}) for update`);
      const anew = rows.map((row) => box.seal(box.open(row.sealed, place), place));
      if (rows.length > 0)
        await tx.run(sql`
          update ${name} t set ${sealed} = n.sealed
          from unnest(${rows.map((row) => row.key)}::text[], ${anew}::text[]) as n(key, sealed) where ${key} = n.key`);
      return rows.length;
    });
  }
  return done;
}

/**
 * Numbers without gaps: a row a series, locked while a document takes its number, so that a refused or broken transaction leaves none out.
 * Everything that takes from one series waits here, one after the other: lock it last.
 */
import { sql, type Tx } from './database.ts';
import { defineTable, updateRows } from './table.ts';

export const numberSeriesTable = defineTable('number_series', ['name'], { name: 'text', last_value: 'bigint' });

/** The document numbers of one transaction. */
export type NumberBook = {
  /** `VC-2026-000001`: the next of the series of that prefix and year. */
  next(prefix: string, year: string): string;
  /** Where the series stand now; `back` returns to it, so that a refused command takes no number with it. */
  mark(): NumberMark;
  back(mark: NumberMark): void;
  /** Writes how far each series has come. Nothing is sent when no number was taken. */
  save(tx: Tx): Promise<number>;
};

export type NumberMark = ReadonlyMap<string, bigint>;

const DIGITS = 6;
const nameOf = (prefix: string, year: string) => `${prefix}-${year}`;

/** Locks series in the order of their names; those that are used for the first time are made. To be issued as the last lock of a load. */
export async function openNumbers(tx: Tx, wanted: readonly { prefix: string; year: string }[]): Promise<NumberBook> {
  const names = [...new Set(wanted.map(({ prefix, year }) => nameOf(prefix, year)))].sort();
  const rows = await lockSeries(tx, names);
  if (rows.length === names.length) return numberBook(rows);
  const [, all] = await Promise.all([
    tx.run(sql`insert into number_series (name) select unnest(${names}::text[]) on conflict do nothing`),
    lockSeries(tx, names),
  ]);
  return numberBook(all);
}

const lockSeries = (tx: Tx, names: readonly string[]) =>
  tx.query<{ name: string; last_value: bigint }>(
    sql`select name, last_value from number_series where name = any(${names}::text[]) order by name for update`,
  );

function numberBook(rows: readonly { name: string; last_value: bigint }[]): NumberBook {
  const series = new Map(rows.map((row) => [row.name, { ...row, first: row.last_value }]));
  return {
    next(prefix, year) {
      const row = series.get(nameOf(prefix, year));
      if (row === undefined) throw new Error(`series ${nameOf(prefix, year)} is not locked`);
      row.last_value += 1n;
      return `${row.name}-${row.last_value.toString().padStart(DIGITS, '0')}`;
    },
    mark: () => new Map([...series].map(([name, { last_value }]) => [name, last_value])),
    back(mark) {
      for (const [name, row] of series) row.last_value = mark.get(name) ?? row.last_value;
    },
    save: (tx) =>
      updateRows(
        tx,
        numberSeriesTable,
        ['last_value'],
        [...series.values()].filter(({ first, last_value }) => last_value !== first),
      ),
  };
}

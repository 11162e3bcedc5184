/**
 * Rows that hang on another row, as one JSON value in its select list: a document is read with all that belongs to it in one statement. Each
 * row travels as an array of its columns; bigints as text, because JSON has no whole numbers of that size.
 */
import { raw, type Sql } from 'sql-template-tag';
import { sql } from './database.ts';
import type { ColumnType } from './table.ts';

/** What the driver makes of such a value. */
export type Cells = readonly (readonly unknown[])[] | null;

export type Hanging<Row> = {
  /** For the select list; null where nothing hangs. */
  value: Sql;
  rows(cells: Cells): Row[];
};

/** `from` names the rows x, with the condition by which they hang: `order_line x where x.order_id = o.id`. */
export function hanging<Row>(
  columns: Readonly<Record<keyof Row & string, ColumnType>>,
  from: Sql,
  order: Sql,
): Hanging<Row> {
  const types: [name: string, type: ColumnType][] = Object.entries(columns);
  const cells = types.map(([name, type]) => (isOf(type, 'bigint') ? `x.${name}::text` : `x.${name}`));
  const parts = types.map(([name, type]) => ({ name, parse: parserOf(type) }));
  const rowOf = (found: readonly unknown[]) => {
    const row: Record<string, unknown> = {};
    let at = 0;
    for (const { name, parse } of parts) {
      const cell = found[at];
      row[name] = parse === undefined || cell === null ? cell : parse(cell);
      at += 1;
    }
    return row as Row;
  };
  return {
    value: sql`(select json_agg(json_build_array(${raw(cells.join(', '))}) order by ${order}) from ${from})`,
    rows: (found) => (found === null ? [] : found.map(rowOf)),
  };
}

const isOf = (type: ColumnType, base: ColumnType): boolean => type.replace('?', '') === base;

/** For what JSON has not: whole numbers without bounds, and instants. */
function parserOf(type: ColumnType): ((cell: unknown) => unknown) | undefined {
  if (isOf(type, 'bigint')) return (cell) => BigInt(cell as string);
  if (isOf(type, 'timestamptz')) return (cell) => new Date(cell as string);
  return undefined;
}

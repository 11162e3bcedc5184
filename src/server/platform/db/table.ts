/**
 * Tables as values: the columns and their types stand once, and give the row type, the select list, and set-based writes whose text
 * never depends on the number of rows. A test compares every definition with the real schema.
 */
import { raw, type Sql } from 'sql-template-tag';
import type { Statement, Tx } from './database.ts';
import { textArray } from './wire.ts';

type Base = 'uuid' | 'text' | 'int' | 'bigint' | 'boolean' | 'date' | 'timestamptz' | 'jsonb' | 'bytea' | 'text[]';
export type ColumnType = Base | `${Base}?`;

type Js = {
  uuid: string;
  text: string;
  int: number;
  bigint: bigint;
  boolean: boolean;
  date: string;
  timestamptz: Date;
  jsonb: unknown;
  bytea: Buffer;
  'text[]': string[];
};
type JsOf<C extends ColumnType> = C extends `${infer B extends Base}?` ? Js[B] | null : C extends Base ? Js[C] : never;

export type Table<C extends Record<string, ColumnType> = Record<string, ColumnType>> = {
  name: string;
  key: readonly string[];
  columns: C;
};
export type RowOf<T> = T extends Table<infer C> ? { -readonly [K in keyof C]: JsOf<C[K]> } : never;

const all: Table[] = [];
/** Every table that some module has defined. */
export const definedTables = (): readonly Table[] => all;

export function defineTable<const C extends Record<string, ColumnType>>(
  name: string,
  key: readonly (keyof C & string)[],
  columns: C,
): Table<C> {
  const table = { name, key, columns };
  all.push(table as unknown as Table);
  return table;
}

/** The select list, with an alias if wanted: `select ${columnsOf(order, 'o')} from sales_order o`. */
export function columnsOf(table: Table, alias?: string): Sql {
  return cached(`select ${table.name} ${alias ?? ''}`, () =>
    Object.keys(table.columns)
      .map((column) => (alias === undefined ? column : `${alias}.${column}`))
      .join(', '),
  );
}

const fragments = new Map<string, Sql>();
function cached(key: string, make: () => string): Sql {
  let fragment = fragments.get(key);
  if (fragment === undefined) {
    fragment = raw(make());
    fragments.set(key, fragment);
  }
  return fragment;
}

const baseOf = (type: ColumnType): Base => type.replace('?', '') as Base;

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** A column of values for unnest. Arrays of arrays and bytes travel as text and are cast back. */
function columnValues(type: ColumnType, rows: readonly Record<string, unknown>[], column: string): unknown {
  switch (baseOf(type)) {
    case 'jsonb':
      return textArray(
        rows.map((row) => jsonText(row[column])),
        'jsonb',
      );
    case 'text[]':
      return textArray(
        rows.map((row) => jsonText(row[column])),
        'text',
      );
    case 'text':
      return textArray(
        rows.map((row) => textOrNull(row[column])),
        'text',
      );
    default:
      return rows.map((row) => row[column]);
  }
}

const jsonText = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value, bigintAsText);
const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

function unnestSource(
  table: Table,
  columns: readonly string[],
  firstParameter: number,
): { select: string; from: string; read(column: string): string } {
  const cast = (column: string) => {
    const base = baseOf(table.columns[column] as ColumnType);
    return base === 'text[]' || base === 'bytea' ? 'text' : base;
  };
  const read = (column: string) => {
    const base = baseOf(table.columns[column] as ColumnType);
    if (base === 'text[]')
      return `(select coalesce(array_agg(e), '{}') from jsonb_array_elements_text(u.${column}::jsonb) e)`;
    return base === 'bytea' ? `u.${column}::bytea` : `u.${column}`;
  };
  return {
    read,
    select: columns.map(read).join(', '),
    from: `unnest(${columns.map((column, i) => `$${firstParameter + i}::${cast(column)}[]`).join(', ')}) as u(${columns.join(', ')})`,
  };
}

const texts = new Map<string, string>();
function statement(key: string, text: () => string, values: unknown[]): Statement {
  let known = texts.get(key);
  if (known === undefined) {
    known = text();
    texts.set(key, known);
  }
  return { text: known, values };
}

/** Inserts rows; nothing is sent for no rows. */
export async function insertRows<T extends Table>(
  tx: Tx,
  table: T,
  rows: readonly RowOf<T>[],
  options: { onConflictDoNothing?: boolean } = {},
): Promise<number> {
  if (rows.length === 0) return 0;
  const columns = Object.keys(table.columns);
  const values = columns.map((column) =>
    columnValues(table.columns[column] as ColumnType, rows as readonly Record<string, unknown>[], column),
  );
  const suffix = options.onConflictDoNothing === true ? ' on conflict do nothing' : '';
  return tx.run(
    statement(
      `insert ${table.name}${suffix}`,
      () => {
        const source = unnestSource(table, columns, 1);
        return `insert into ${table.name} (${columns.join(', ')}) select ${source.select} from ${source.from}${suffix}`;
      },
      values,
    ),
  );
}

/** Sets the named columns of existing rows, found by the table's key. */
export async function updateRows<T extends Table>(
  tx: Tx,
  table: T,
  set: readonly (keyof RowOf<T> & string)[],
  rows: readonly Partial<RowOf<T>>[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const columns = [...table.key, ...set];
  const values = columns.map((column) =>
    columnValues(table.columns[column] as ColumnType, rows as readonly Record<string, unknown>[], column),
  );
  return tx.run(
    statement(
      `update ${table.name} ${set.join()}`,
      () => {
        const source = unnestSource(table, columns, 1);
        const assignments = set.map((column) => `${column} = ${source.read(column)}`);
        return `update ${table.name} t set ${assignments.join(', ')} from ${source.from} where ${table.key.map((column) => `t.${column} = u.${column}`).join(' and ')}`;
      },
      values,
    ),
  );
}

/** Deletes rows by the table's key. */
export async function deleteRows<T extends Table>(
  tx: Tx,
  table: T,
  rows: readonly Partial<RowOf<T>>[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const values = table.key.map((column) =>
    columnValues(table.columns[column] as ColumnType, rows as readonly Record<string, unknown>[], column),
  );
  return tx.run(
    statement(
      `delete ${table.name}`,
      () => {
        const source = unnestSource(table, table.key, 1);
        return `delete from ${table.name} t using ${source.from} where ${table.key.map((column) => `t.${column} = u.${column}`).join(' and ')}`;
      },
      values,
    ),
  );
}

/** Adds signed amounts to columns of existing rows (stock, credit): one statement that locks the rows in key order, so that two transactions never wait crosswise. */
export async function addToRows<T extends Table>(
  tx: Tx,
  table: T,
  add: readonly (keyof RowOf<T> & string)[],
  rows: readonly Partial<RowOf<T>>[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const columns = [...table.key, ...add];
  const values = columns.map((column) =>
    columnValues(table.columns[column] as ColumnType, rows as readonly Record<string, unknown>[], column),
  );
  return tx.run(
    statement(
      `add ${table.name} ${add.join()}`,
      () => {
        const source = unnestSource(table, columns, 1);
        const same = (a: string, b: string) =>
          table.key.map((column) => `${a}.${column} = ${b}.${column}`).join(' and ');
        return `with u as materialized (select * from ${source.from}),
          locked as materialized (select ${table.key.map((column) => `l.${column}`).join(', ')} from u join ${table.name} l on ${same('l', 'u')} order by ${table.key.map((column) => `l.${column}`).join(', ')} for no key update of l)
          update ${table.name} t set ${add.map((column) => `${column} = t.${column} + u.${column}`).join(', ')} from locked join u on ${same('locked', 'u')} where ${same('t', 'locked')}`;
      },
      values,
    ),
  );
}

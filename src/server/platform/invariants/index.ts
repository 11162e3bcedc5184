/**
 * P5: what is true of money, goods and history after every transaction, exact to the minor unit. Written once, as queries over the tables;
 * tests, campaigns and `scripts/invariants.ts` ask here.
 */
import type { Database, Statement } from '../db/database.ts';
import { type Invariant, MONEY_INVARIANTS } from './money-invariants.ts';
import { STOCK_INVARIANTS } from './stock-invariants.ts';

export type { Invariant } from './money-invariants.ts';

export const INVARIANTS: readonly Invariant[] = [...MONEY_INVARIANTS, ...STOCK_INVARIANTS];

export type Violation = { name: string; rows: unknown[] };
/** How statements are run: `tx.query`, or a client of one's own. It must see the rows of every partner. */
export type Query = (statement: Statement) => Promise<unknown[]>;

/** Rows that are given for a broken rule at most. */
const MOST_ROWS = 20;

/** The rules that are broken, each with the first rows that break it. Empty: all is well. Run it in one snapshot while others write. */
export async function invariantViolations(query: Query): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const { name, statement } of INVARIANTS) {
    const rows = await query({ text: `${statement.text} limit ${MOST_ROWS}`, values: statement.values });
    if (rows.length > 0) violations.push({ name, rows });
  }
  return violations;
}

/** The same over a whole database, in one snapshot, however many others write meanwhile. */
export async function databaseViolations(database: Database): Promise<Violation[]> {
  const client = await database.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query("select set_config('app.scope', 'company', true)");
    return await invariantViolations(
      async ({ text, values }) => (await client.query({ text, values: [...values] })).rows,
    );
  } finally {
    await client.end();
  }
}

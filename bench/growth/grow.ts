/** Grows a database by a past of orders (statements.ts) in the shapes of the sample (shapes.ts): in parts, each a transaction. */
import { statfsSync } from 'node:fs';
import pg from 'pg';
import { HELPERS, LINES, PART, SUMS, WRITES } from './statements.ts';
import { makeShapes } from './shapes.ts';

export type Growth = {
  /** As owner of the tables or superuser: the latter writes without asking every foreign key again. */
  url: string;
  /** Where the database lies, to ask whether there is room; null: on another machine, nobody asks. */
  folder: string | null;
  orders: number;
  now: Date;
  /** The past begins so many days ago; 1095 unless said otherwise. */
  days?: number;
  /** Of what is older than 20 days so many percent ran to the end; the rest was withdrawn. 94 unless said otherwise. */
  completed?: number;
  progress?: (done: number) => void;
};

const PART_SIZE = 20_000;
/** Measured: an order that ran to the end with five lines, plan, picking, shipment, invoice, payment, ledger, eight events; and one withdrawn. */
export const BYTES = { completed: 13_500, withdrawn: 3_000 };

export function bytesNeeded(orders: number, completed: number): number {
  return Math.ceil((orders * (BYTES.completed * completed + BYTES.withdrawn * (100 - completed))) / 100);
}

/** Refuses when less than twice the need is free: write-ahead log and vacuum need room as well. */
function requireRoom(folder: string, need: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < need * 2)
    throw new Error(
      `${Math.round((bavail * bsize) / 2 ** 20)} MiB are free at ${folder}; so many orders need ${Math.round(need / 2 ** 19)} MiB with the log`,
    );
}

/** Returns the bytes that each order has taken, indexes and all. */
export async function grow({
  url,
  folder,
  orders,
  now,
  days = 1095,
  completed = 94,
  progress,
}: Growth): Promise<number> {
  if (folder !== null) requireRoom(folder, bytesNeeded(orders, completed));
  const client = new pg.Client({
    connectionString: url,
    options: '-c app.scope=company -c timezone=UTC -c work_mem=64MB',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await withoutForeignKeys(client);
    const before = await sizeOf(client);
    await makeShapes(client);
    await client.query(HELPERS);
    const run = `${now.getTime()}-`;
    for (let first = 1; first <= orders; first += PART_SIZE) {
      const last = Math.min(orders, first + PART_SIZE - 1);
      await client.query('begin');
      await client.query('truncate g; truncate gl');
      await client.query(PART, [first, last, orders, now, days, completed, run]);
      await client.query(LINES);
      await client.query(SUMS);
      await client.query('analyze g; analyze gl');
      for (const statement of WRITES) await client.query(statement);
      await client.query('commit');
      progress?.(last);
    }
    await client.query('vacuum analyze');
    return ((await sizeOf(client)) - before) / orders;
  } finally {
    await client.end();
  }
}

/** Only a superuser may; for others each foreign key is asked, which takes about twice as long. */
async function withoutForeignKeys(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica').catch(() => undefined);
}

async function sizeOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ size: string }>('select pg_database_size(current_database())::text as size');
  return Number.parseInt(rows[0]?.size ?? '0', 10);
}

/**
 * The one way to the database. `Tx` is what load and save get: `query` sends a statement at once without waiting for the one before
 * (the driver pipelines), so that statements issued together travel in one flight.
 */
import pg from 'pg';
import sql from 'sql-template-tag';
import { gatheringSocket, wire } from './wire.ts';

export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag';

/**
 * Whose rows a transaction sees. `inside`: for a person of the company who looks after some partners only; such a person sees what is
 * internal about them, the partners' own people never do.
 */
export type Scope = { kind: 'company' } | { kind: 'partners'; ids: readonly string[]; inside?: boolean };

/** A statement: text with $1 … and its values. The `sql` template makes one; table.ts makes them from ready text. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] };

export type Tx = {
  /** Rows of a statement. Statements of one transaction run in the order in which they were issued. */
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Like query, for statements whose rows nobody reads; returns the number of rows touched. */
  run(statement: Statement): Promise<number>;
};

export type Database = {
  /** Reads outside a command: one transaction with the scope set, read only. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A writing transaction. The promise is fulfilled only after the server has said COMMIT. */
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A client of its own, outside the pool, for LISTEN and advisory locks held over time. */
  connect(): Promise<pg.Client>;
  /** Connections busy, idle, waiting; for metrics and readiness. */
  usage(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
};

type Plans = 'auto' | 'force_generic_plan';
type Mode = { begin: string; plans: Plans };
const READ: Mode = { begin: 'begin read only', plans: 'auto' };
const WRITE: Mode = { begin: 'begin', plans: 'force_generic_plan' };

/** The server answered COMMIT with something else: a statement before it had failed (with pipelining COMMIT itself succeeds with the tag ROLLBACK). */
export class NotCommitted extends Error {}

/** in_failed_sql_transaction */
const ABORTED = '25P02';
const INT8 = 20;
const DATE = 1082;
const types = {
  getTypeParser(oid: number, format?: string): unknown {
    if (oid === INT8) return (text: string) => BigInt(text);
    if (oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

// Statement texts are few and fixed: each gets a short name and is prepared once for each connection.
const statementNames = new Map<string, string>();
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = `q${statementNames.size}`;
    statementNames.set(text, name);
  }
  return name;
}

export function openDatabase(
  url: string,
  options: {
    max?: number;
    applicationName?: string /** SET ROLE on every connection */;
    role?: string;
    onError?: (error: Error) => void;
  } = {},
): Database {
  const config: pg.PoolConfig & { pipeline: boolean } = {
    connectionString: url,
    max: options.max ?? 12,
    pipeline: true,
    stream: gatheringSocket,
    types,
    application_name: options.applicationName ?? 'qucheng',
    options: `-c timezone=UTC -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000${options.role === undefined ? '' : ` -c role=${options.role}`}`,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new pg.Pool(config);
  // Without listeners a broken connection would end the process: the pool hears idle ones, the rest are heard one by one.
  pool.on('connect', (client) => client.on('error', (error) => options.onError?.(error)));
  pool.on('error', (error) => options.onError?.(error));

  async function transaction<T>(mode: Mode, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    const issued: Promise<unknown>[] = [];
    // Whoever awaits a statement sees its error, and commit sees all of them; a promise that nobody looks at must not end the process.
    const quiet = <T>(promise: Promise<T>): Promise<T> => {
      promise.catch(() => undefined);
      return promise;
    };
    // What follows a failed statement fails with "transaction is aborted"; whoever hears of it first must hear what really happened.
    let cause: unknown;
    const blame = (error: unknown): never => {
      if ((error as { code?: string }).code !== ABORTED) cause = error;
      throw cause ?? error;
    };
    const send = (statement: Statement) => {
      const text = statement.text;
      const promise = quiet(
        client.query({ name: statementName(text), text, values: statement.values.map(wire) }).catch(blame),
      );
      issued.push(promise);
      return promise;
    };
    const tx: Tx = {
      query: <Row>(statement: Statement) => quiet(send(statement).then(({ rows }) => rows as Row[])),
      run: (statement) => quiet(send(statement).then(({ rowCount }) => rowCount ?? 0)),
    };
    send({ text: mode.begin, values: [] });
    send(beginStatement(scope, mode.plans));
    let broken: Error | undefined;
    try {
      const result = await work(tx);
      const commit = send({ text: 'commit', values: [] });
      await Promise.all(issued);
      const outcome = await commit;
      if (outcome.command !== 'COMMIT') throw new NotCommitted(outcome.command);
      return result;
    } catch (error) {
      await Promise.allSettled(issued);
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    read: (scope, work) => transaction(READ, scope, work),
    write: (scope, work) => transaction(WRITE, scope, work),
    async connect() {
      const client = new pg.Client({
        connectionString: url,
        application_name: `${config.application_name} aside`,
        ...(options.role === undefined ? {} : { options: `-c role=${options.role}` }),
      });
      client.on('error', (error) => options.onError?.(error));
      await client.connect();
      return client;
    },
    usage: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

/**
 * Whose rows the transaction sees, and how its statements are planned. Those of writes are many, fixed and made for sets of any size: one
 * plan for all their values, made once for each connection. Planning them anew for each batch cost as much as running them. Reads, whose
 * filters may want one plan for one value and another for another, leave it to the database.
 */
const beginStatement = (scope: Scope, plans: Plans): Statement => {
  const partners = scope.kind === 'company' ? '' : `{${scope.ids.join(',')}}`;
  const inside = scope.kind === 'company' || scope.inside === true ? 'yes' : 'no';
  return sql`select set_config('app.scope', ${scope.kind}, true), set_config('app.partners', ${partners}, true), set_config('app.inside', ${inside}, true), set_config('plan_cache_mode', ${plans}, true)`;
};

export const COMPANY: Scope = { kind: 'company' };

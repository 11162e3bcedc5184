/**
 * The one way to the database. `Tx` is what load and save get: `query` sends a statement at once without waiting for the one before
 * (the driver pipelines), so that statements issued together travel in one flight.
 */
import pg from 'pg';
import sql from 'sql-template-tag';
import { Flight } from './flight.ts';
import { wire } from './wire.ts';

export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag';

/**
 * Whose rows a transaction sees. `inside`: for a person of the company who looks after some partners only; such a person sees what is
 * internal about them, the partners' own people never do.
 */
export type Scope = { kind: 'company' } | { kind: 'partners'; ids: readonly string[]; inside?: boolean };

/** A statement: text with $1 … and its values. The `sql` template makes one; table.ts makes them from ready text. */
export type Statement = { readonly text: string; readonly values: readonly unknown[]; readonly anew?: boolean };

/** Planned for its own values each time it runs: for filters of which one value finds few rows and another nearly all. */
export const plannedAnew = ({ text, values }: Statement): Statement => ({ text, values, anew: true });

export type Tx = {
  /** Rows of a statement. Statements of one transaction run in the order in which they were issued. */
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Like query, for statements whose rows nobody reads; returns the number of rows touched. */
  run(statement: Statement): Promise<number>;
};

export type Database = {
  /** Reads outside a command, read only, with the scope set. Each statement sees what is committed when it begins. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A writing transaction. The promise is fulfilled only after the server has said COMMIT. */
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>, plans?: Plans): Promise<T>;
  /** A client of its own, outside the pool, for LISTEN and advisory locks held over time. */
  connect(): Promise<pg.Client>;
  /** Connections at most, open, idle; callers that wait for one. */
  usage(): { most: number; total: number; idle: number; waiting: number };
  close(): Promise<void>;
};

/**
 * force_generic_plan: one plan for each statement, whatever its values; rows are reached by their keys, also in a table that was small when
 * the plan was made.
 */
export type Plans = 'auto' | 'force_generic_plan';
type Mode = { begin: string; plans: Plans };
const READ: Mode = { begin: 'begin read only', plans: 'auto' };

/** The server answered COMMIT with something else: a statement before it had failed (with pipelining COMMIT itself succeeds with the tag ROLLBACK). */
export class NotCommitted extends Error {}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
/** The connection speaks UTC: `2026-11-26 08:15:30.123+00`. */
const UTC_INSTANT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/;
const otherInstant = pg.types.getTypeParser(TIMESTAMPTZ);
const instantOf = (text: string): unknown =>
  UTC_INSTANT.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11)}:00`) : otherInstant(text);
const types = {
  getTypeParser(oid: number, format?: string): unknown {
    if (oid === INT8) return (text: string) => BigInt(text);
    if (oid === DATE) return (text: string) => text;
    if (oid === TIMESTAMPTZ && format !== 'binary') return instantOf;
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

/** Connections of a pool unless said otherwise; http/doors.ts shares them out. */
const CONNECTIONS = 12;

export function openDatabase(
  url: string,
  options: {
    max?: number;
    applicationName?: string /** SET ROLE on every connection */;
    role?: string;
    onError?: (error: Error) => void;
  } = {},
): Database {
  const max = options.max ?? CONNECTIONS;
  const config: pg.PoolConfig & { pipeline: boolean } = {
    connectionString: url,
    max,
    pipeline: true,
    application_name: options.applicationName ?? 'qucheng',
    options: `-c timezone=UTC -c default_transaction_read_only=on -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000${options.role === undefined ? '' : ` -c role=${options.role}`}`,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new pg.Pool(config);
  // Without listeners a broken connection would end the process: the pool hears idle ones, the rest are heard one by one.
  // What ends while everything ends is nobody's news.
  let closing = false;
  const heard = (error: Error) => {
    if (!closing) options.onError?.(error);
  };
  pool.on('connect', (client) => client.on('error', heard));
  pool.on('error', heard);

  async function transaction<T>(
    client: pg.PoolClient,
    mode: Mode,
    scope: Scope,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const { send, tx, settled } = statementsOn(client);
    void send({ text: mode.begin, values: [] });
    void send(scopeStatement(scope, mode));
    let broken: Error | undefined;
    try {
      const result = await work(tx);
      const commit = send({ text: 'commit', values: [] });
      await settled('all');
      const outcome = await commit;
      if (outcome.command !== 'COMMIT') throw new NotCommitted(outcome.command);
      return result;
    } catch (error) {
      await settled();
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /**
   * A connection of its own keeps the scope that it was last given, so that a read is its statements and nothing else (decision 111). Rows
   * are handed out only when the scope is known to have been set.
   */
  async function reading<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    const standing = await standingOf(client);
    if (!standing.own) return transaction(client, READ, scope, work);
    const { send, tx, settled, broken } = statementsOn(client);
    const wanted = scopeName(scope);
    const set =
      standing.scope === wanted ? null : quiet(send(scopeStatement(scope, null)).then(() => (standing.scope = wanted)));
    if (set !== null) standing.scope = null;
    const known = <T>(answer: Promise<T>) =>
      set === null ? answer : quiet(Promise.all([answer, set]).then(([it]) => it));
    try {
      const result = await work({
        query: <Row>(one: Statement) => known(tx.query<Row>(one)),
        run: (one) => known(tx.run(one)),
      });
      await settled('all');
      return result;
    } finally {
      await settled();
      client.release(broken() ?? standing.scope === null);
    }
  }

  return {
    read: reading,
    write: async (scope, work, plans = 'auto') =>
      transaction(await pool.connect(), { begin: 'begin read write', plans }, scope, work),
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
    usage: () => ({
      most: max,
      total: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close() {
      closing = true;
      return pool.end();
    },
  };
}

/** Whoever awaits a statement sees its error, and the end of the transaction sees all of them; a promise that nobody looks at must not end the process. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Sends statements one after the other, those of one turn of the event loop in one flight, and knows how all of them went. */
function statementsOn(client: pg.PoolClient) {
  const issued: Promise<unknown>[] = [];
  let gathering: Flight | null = null;
  let broken: Error | undefined;
  // What follows a failed flight fails with "transaction is aborted"; whoever hears of it first must hear what really happened.
  let cause: unknown;
  const blame = (error: unknown): never => {
    if (!(error instanceof pg.DatabaseError)) broken = error instanceof Error ? error : new Error(String(error));
    cause ??= error;
    throw cause;
  };
  function boarding(): Flight {
    if (gathering !== null) return gathering;
    const flight = new Flight(types);
    gathering = flight;
    process.nextTick(() => {
      gathering = null;
      client.query(flight);
    });
    return flight;
  }
  const send = ({ text, values, anew }: Statement) => {
    const name = anew === true ? '' : statementName(text);
    const promise = quiet(boarding().add(text, values.map(wire), name).catch(blame));
    issued.push(promise);
    return promise;
  };
  const tx: Tx = {
    query: <Row>(statement: Statement) => quiet(send(statement).then(({ rows }) => rows as Row[])),
    run: (statement) => quiet(send(statement).then(({ rowCount }) => rowCount)),
  };
  return {
    send,
    tx,
    /** When all have been answered; `all`: only if none failed. */
    settled: (how?: 'all') => (how === 'all' ? Promise.all(issued) : Promise.allSettled(issued)),
    /** What has broken the connection, if anything has. */
    broken: () => broken,
  };
}

/** Whose rows a connection shows outside transactions; null: not known. Behind a pooler nothing is kept: the next statement may run elsewhere. */
type Standing = { own: boolean; scope: string | null };
const standings = new WeakMap<pg.PoolClient, Standing>();

/** A connection is one's own when the process that answers is the one that greeted. */
async function standingOf(client: pg.PoolClient): Promise<Standing> {
  const known = standings.get(client);
  if (known !== undefined) return known;
  const rows = await statementsOn(client)
    .tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    .catch((error: Error) => (client.release(error), Promise.reject(error)));
  const standing = { own: rows[0]?.pid === (client as { processID?: unknown }).processID, scope: null };
  standings.set(client, standing);
  return standing;
}

const scopeName = (scope: Scope): string =>
  scope.kind === 'company' ? 'company' : `${scope.inside === true} ${scope.ids.join(' ')}`;

/**
 * Whose rows a transaction sees, or without a mode a connection, and how statements are planned: by the database's choice, which
 * may want one plan for one value and another for another, unless the caller knows that one plan is good for all (pipeline/run.ts). What
 * such a caller names are keys: the whole of a table is not read for them (a list of unknown length looks like one that is worth it).
 */
const scopeStatement = (scope: Scope, mode: Mode | null): Statement => {
  const partners = scope.kind === 'company' ? '' : `{${scope.ids.join(',')}}`;
  const inside = scope.kind === 'company' || scope.inside === true ? 'yes' : 'no';
  const local = mode !== null;
  const plans = mode?.plans ?? 'auto';
  return sql`select set_config('app.scope', ${scope.kind}, ${local}), set_config('app.partners', ${partners}, ${local}), set_config('app.inside', ${inside}, ${local}), set_config('plan_cache_mode', ${plans}, ${local}), set_config('enable_seqscan', ${plans === 'auto' ? 'on' : 'off'}, ${local})`;
};

export const COMPANY: Scope = { kind: 'company' };

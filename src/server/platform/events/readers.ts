/**
 * Readers of the event log: notices, live updates, figures, mail. Each has its own checkpoint (xid, position) and goes only as far as the
 * oldest transaction still running, or it would step over a commit that comes late. What a reader writes and its checkpoint are one
 * transaction, so that each event has its effect in the database exactly once. One node at a time reads for a name.
 */
import type { Clock } from '../../kernel/clock.ts';
import { COMPANY, type Database, sql, type Tx } from '../db/database.ts';
import type { Env } from '../pipeline/types.ts';

/** One event as readers get it. */
export type LogEvent = {
  position: bigint;
  xid: string;
  id: string;
  documentType: string;
  documentId: string;
  documentNo: string | null;
  version: number;
  type: string;
  at: Date;
  partnerId: string | null;
  actorId: string | null;
  actorKind: string;
  cause: Record<string, unknown>;
  payload: Record<string, unknown>;
};

export type Reader = {
  name: string;
  /** Most events at a time; 200 unless said otherwise. */
  batch?: number;
  /** false: nobody wants to hear of events as things stand, and what has happened is passed over unread. */
  listens?(tx: Tx): Promise<boolean>;
  /**
   * Works on events in order of their position, in the transaction that also moves the checkpoint. Two events of one document come in
   * order of their versions within a batch; over the border of two batches that is not promised.
   */
  handle(tx: Tx, events: readonly LogEvent[], env: Env, now: Date): Promise<void>;
  /**
   * Empties what the reader has written, so that it can be built again from zero. One that builds it at once from the tables as they are
   * says `is_current`: it goes on with what comes from now on. Readers whose effects leave the database have none.
   */
  reset?(tx: Tx, env: Env, now: Date): Promise<'is_current' | void>;
};

export const defineReader = (reader: Reader): Reader => reader;

export type ReadingOptions = { database: Database; env(now: Date): Promise<Env>; clock: Clock };
/** `busy`: another node reads for this name. */
export type ReadResult = { busy: true; count: 0 } | { busy: false; count: number };

export const DEFAULT_BATCH = 200;
/** First key of the advisory locks of readers; the second is made from the name. */
const LOCKS = 7203;

type EventRow = {
  position: bigint;
  xid: string;
  id: string;
  document_type: string;
  document_id: string;
  document_no: string | null;
  version: number;
  type: string;
  at: Date;
  partner_id: string | null;
  actor_id: string | null;
  actor_kind: string;
  cause: Record<string, unknown>;
  payload: Record<string, unknown>;
};

/** Reads and handles one batch. Throws what the reader throws; nothing is kept then. */
export async function readOnce(options: ReadingOptions, reader: Reader): Promise<ReadResult> {
  const now = options.clock.now();
  const env = await options.env(now);
  return options.database.write(COMPANY, async (tx) => {
    // The lock comes first, so that the statements behind it see what its last holder has committed. Nothing is written as long as there
    // is nothing to read: a poll costs no transaction number.
    const lock = tx.query<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${LOCKS}::int, hashtext(${reader.name})) as mine`,
    );
    const deafUpTo = reader.listens === undefined ? null : await notListening(tx, reader.listens.bind(reader));
    const [[locked], rows] = await Promise.all([
      lock,
      deafUpTo === null ? nextEvents(tx, reader) : lastBefore(tx, reader, deafUpTo),
    ]);
    if (locked?.mine !== true) return { busy: true, count: 0 };
    const last = rows.at(-1);
    if (last === undefined) return { busy: false, count: 0 };
    const events = deafUpTo === null ? (rows as EventRow[]).map(eventOf) : [];
    events.sort((a, b) => (a.position < b.position ? -1 : 1));
    if (events.length > 0) await reader.handle(tx, events, env, now);
    await tx.run(sql`
      insert into log_reader (name, xid, position, updated_at, error) values (${reader.name}, ${last.xid}::xid8, ${last.position}, ${now}, null)
      on conflict (name) do update set xid = excluded.xid, position = excluded.position, updated_at = excluded.updated_at, error = null`);
    return { busy: false, count: rows.length };
  });
}

/**
 * Where nobody listens: the transaction number below which everything was over before the question was asked; null where somebody does.
 * Whoever begins to listen after it hears of everything from that number on.
 */
async function notListening(tx: Tx, listens: (tx: Tx) => Promise<boolean>): Promise<string | null> {
  const [[seen], listening] = await Promise.all([
    tx.query<{ xid: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`),
    listens(tx),
  ]);
  return listening ? null : (seen?.xid ?? '0');
}

/** The place of the newest event below a transaction number, if the reader has not passed it yet. */
function lastBefore(tx: Tx, reader: Reader, xid: string): Promise<Pick<EventRow, 'xid' | 'position'>[]> {
  return tx.query(sql`
    select e.xid::text as xid, e.position from event e
    where (e.xid, e.position) > (
        select r.xid, r.position from log_reader r where r.name = ${reader.name} union all select '0'::xid8, 0 order by 1 desc, 2 desc limit 1)
      and e.xid < ${xid}::xid8
    order by e.xid desc, e.position desc
    limit 1`);
}

/**
 * The comparison names columns and ready values only: row-level security lets no other expression (coalesce among them) choose the rows of
 * an index, and each look would read the whole log.
 */
function nextEvents(tx: Tx, reader: Reader): Promise<EventRow[]> {
  return tx.query<EventRow>(sql`
    select e.position, e.xid::text as xid, e.id, e.document_type, e.document_id, e.document_no, e.version, e.type, e.at,
      e.partner_id, e.actor_id, e.actor_kind, e.cause, e.payload
    from event e
    where (e.xid, e.position) > (
        select r.xid, r.position from log_reader r where r.name = ${reader.name} union all select '0'::xid8, 0 order by 1 desc, 2 desc limit 1)
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.position
    limit ${reader.batch ?? DEFAULT_BATCH}::int`);
}

/** Whether something is committed that the reader has not read, also what stands behind a transaction that still runs. */
export async function hasUnread({ database }: ReadingOptions, { name }: Reader): Promise<boolean> {
  const rows = await database.read(COMPANY, (tx) =>
    tx.query(sql`
      select 1 from event e
      where (e.xid, e.position) > (
        select r.xid, r.position from log_reader r where r.name = ${name} union all select '0'::xid8, 0 order by 1 desc, 2 desc limit 1)
      order by e.xid, e.position
      limit 1`),
  );
  return rows.length > 0;
}

const eventOf = (row: EventRow): LogEvent => ({
  position: row.position,
  xid: row.xid,
  id: row.id,
  documentType: row.document_type,
  documentId: row.document_id,
  documentNo: row.document_no,
  version: row.version,
  type: row.type,
  at: row.at,
  partnerId: row.partner_id,
  actorId: row.actor_id,
  actorKind: row.actor_kind,
  cause: row.cause,
  payload: row.payload,
});

/** Keeps the sentence of a failure beside the checkpoint, where operators see it. */
export async function recordFailure(options: ReadingOptions, reader: Reader, error: unknown): Promise<void> {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 1000);
  await options.database.write(COMPANY, (tx) =>
    tx.run(sql`
      insert into log_reader (name, updated_at, error) values (${reader.name}, ${options.clock.now()}, ${text})
      on conflict (name) do update set updated_at = excluded.updated_at, error = excluded.error`),
  );
}

/** Starts a projection again from the first event. Throws for a reader whose effects cannot be taken back. */
export async function rebuild(options: ReadingOptions, reader: Reader): Promise<void> {
  const { reset } = reader;
  if (reset === undefined)
    throw new Error(`the reader ${reader.name} cannot be built again: its effects have left the database`);
  const now = options.clock.now();
  const env = await options.env(now);
  await options.database.write(COMPANY, async (tx) => {
    await tx.query(sql`select pg_advisory_xact_lock(${LOCKS}::int, hashtext(${reader.name}))`);
    // What is below this number is over, and seen by every statement that follows.
    const [seen] = await tx.query<{ xid: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`);
    const current = (await reset(tx, env, now)) === 'is_current';
    await tx.run(sql`
      insert into log_reader (name, xid, position, updated_at, error) values (${reader.name}, ${current ? (seen?.xid ?? '0') : '0'}::xid8, 0, ${now}, null)
      on conflict (name) do update set xid = excluded.xid, position = excluded.position, updated_at = excluded.updated_at, error = null`);
  });
}

export type ReaderLag = { name: string; behindEvents: number; behindSeconds: number; error: string | null };

/** How far each reader is behind: number of events (counted up to 10,000) and age of the oldest unread one. A long transaction counts too. */
export async function readerLag(options: ReadingOptions, readers: readonly Reader[]): Promise<ReaderLag[]> {
  const now = options.clock.now();
  const rows = await options.database.read(COMPANY, (tx) =>
    tx.query<{ name: string; behind: number; oldest: Date | null; error: string | null }>(sql`
      select n.name, u.behind, u.oldest, r.error
      from unnest(${readers.map(({ name }) => name)}::text[]) as n(name)
      left join log_reader r on r.name = n.name
      -- a fence (see nextEvents)
      cross join lateral (select coalesce(r.xid, '0'::xid8) as xid, coalesce(r.position, 0) as position offset 0) c
      cross join lateral (
        select count(*)::int as behind, min(x.at) as oldest from (
          select e.at from event e where (e.xid, e.position) > (c.xid, c.position)
          order by e.xid, e.position limit 10000) x) u`),
  );
  return rows.map((row) => ({
    name: row.name,
    behindEvents: row.behind,
    behindSeconds: row.oldest === null ? 0 : Math.max(0, (now.getTime() - row.oldest.getTime()) / 1000),
    error: row.error,
  }));
}

/**
 * A log restored from a dump carries transaction numbers of another server. While this server's numbers are below them, readers would wait
 * for ever and step over what comes new. Returns the largest number of the log if it lies in the future, or null.
 */
export async function strangeTransactionNumbers(database: Database): Promise<string | null> {
  const rows = await database.read(COMPANY, (tx) =>
    tx.query<{ xid: string }>(
      sql`select max(xid)::text as xid from (select xid from event order by xid desc, position desc limit 1) e where xid >= pg_snapshot_xmax(pg_current_snapshot())`,
    ),
  );
  return rows[0]?.xid ?? null;
}

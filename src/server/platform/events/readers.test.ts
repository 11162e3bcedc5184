import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/cluster.ts';
import { fixedClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { systemActor } from '../auth/authenticate.ts';
import { COMPANY, type Database, openDatabase, sql, type Tx } from '../db/database.ts';
import { silentLog } from '../log.ts';
import { defineCommand } from '../pipeline/define.ts';
import { execute, type Runtime } from '../pipeline/run.ts';
import { settingsCache } from '../pipeline/settings.ts';
import { readAll, startReaders } from './reader-host.ts';
import { defineReader, type LogEvent, type Reader, readerLag, readOnce, rebuild } from './readers.ts';

let db: TestDatabase;
let database: Database;
let runtime: Runtime;
const clock = fixedClock('2026-07-01T02:00:00Z');
let committed = () => {};
let options: Parameters<typeof readOnce>[0];

const happen = defineCommand<{ type: string; hold?: Promise<void>; begun?: () => void }>({
  name: 'test.happen',
  refuses: [],
  async run({ tx, command, emit }, { type, hold, begun }) {
    // The transaction number is taken now, as it is when a command locks its document.
    await tx.query(sql`select pg_current_xact_id()`);
    begun?.();
    await hold;
    emit({
      documentType: 'order',
      documentId: newId(command.now),
      documentNo: type,
      version: 1,
      type,
      partnerId: null,
      payload: {},
    });
    return { status: 200, body: {} };
  },
});

const letHappen = (type: string, extra: { hold?: Promise<void>; begun?: () => void } = {}) =>
  execute(runtime, happen, { input: { type, ...extra }, actor: systemActor, now: clock.now(), requestId: 'test' });

/** What says that it has begun, and goes on when it is released. */
function held() {
  let release = () => {};
  let begun = () => {};
  const hold = new Promise<void>((done) => (release = done));
  const started = new Promise<void>((done) => (begun = done));
  return { hold, started, release: () => release(), begun: () => begun() };
}

/** One that has its transaction number and commits when it is let go. */
async function letBegin(type: string) {
  const { release, hold, begun, started } = held();
  const slow = letHappen(type, { hold, begun });
  await started;
  return { slow, release };
}

/** A reader that keeps what it has seen in a table of the database, as projections do. */
function projection(name: string, onHandle: (events: readonly LogEvent[]) => void = () => {}): Reader {
  return defineReader({
    name,
    batch: 3,
    async handle(tx, events) {
      await tx.run(
        sql`insert into seen (reader, type) select ${name}, t from unnest(${events.map(({ type }) => type)}::text[]) t`,
      );
      onHandle(events);
    },
    async reset(tx) {
      await tx.run(sql`delete from seen where reader = ${name}`);
    },
  });
}

const seen = (name: string) =>
  database.read(COMPANY, async (tx: Tx) => {
    const rows = await tx.query<{ type: string }>(sql`select type from seen where reader = ${name} order by no`);
    return rows.map(({ type }) => type);
  });

const readAllOf = (reader: Reader) => readAll(options, reader);

async function until(what: () => Promise<boolean>, ms = 5000) {
  const since = performance.now();
  while (!(await what())) {
    if (performance.now() - since > ms) throw new Error('it did not happen in time');
    await new Promise((done) => setTimeout(done, 10));
  }
}

beforeAll(async () => {
  db = await testDatabase();
  const owner = openDatabase(db.ownerUrl, { max: 1 });
  await owner.write(COMPANY, (tx) =>
    tx.run(sql`create table seen (no bigint generated always as identity, reader text, type text)`),
  );
  await owner.close();
  database = openDatabase(db.appUrl, { max: 8 });
  const settings = settingsCache(database);
  runtime = { database, env: (now) => settings.env(now), committed: () => committed() };
  options = { database, env: (now) => settings.env(now), clock };
});
beforeEach(async () => {
  const owner = openDatabase(db.superUrl, { max: 1 });
  await owner.write(COMPANY, (tx) => tx.run(sql`truncate event, log_reader, seen`));
  await owner.close();
  committed = () => {};
});
afterAll(async () => {
  await database.close();
  await db.drop();
});

describe('P2 readers of the event log', () => {
  test('P2 a look at a long log reads what is new, not what was read before', async () => {
    const owner = openDatabase(db.superUrl, { max: 1 });
    await owner.write(COMPANY, async (tx) => {
      await tx.run(sql`
        insert into event (id, document_type, document_id, version, type, at, actor_kind, cause, payload)
        select uuidv7(), 'order', uuidv7(), 1, 'old', ${clock.now()}, 'system', '{}', '{}' from generate_series(1, 3000)`);
    });
    await owner.write(COMPANY, (tx) =>
      tx.run(sql`
        insert into log_reader (name, xid, position, updated_at) select 'late', xid, position, at from event order by xid desc, position desc limit 1`),
    );
    await owner.close();
    await letHappen('new');
    let read = -1;
    const late = defineReader({
      name: 'late',
      async handle(tx) {
        const [row] = await tx.query<{ rows: bigint }>(
          sql`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables where relname = 'event'`,
        );
        read = Number(row?.rows);
      },
    });
    // Transactions of other databases of the server hold the log back as well, for a moment.
    await until(async () => (await readOnce(options, late)).count === 1);
    expect(read).toBe(1);
    await letHappen('newer');
    const [lag] = await readerLag(options, [late]);
    expect(lag).toMatchObject({ behindEvents: 1 });
  });

  test('P2 where nobody listens the log is passed over unread; whoever begins hears of all that ends after it, also of what was under way', async () => {
    const heard: string[] = [];
    let listening = false;
    const reader = defineReader({
      name: 'sometimes',
      listens: () => Promise.resolve(listening),
      handle: (_tx, events) => Promise.resolve(void heard.push(...events.map(({ type }) => type))),
    });
    for (const type of ['a', 'b', 'c']) await letHappen(type);
    await readAllOf(reader);
    expect([heard, await readOnce(options, reader)]).toEqual([[], { busy: false, count: 0 }]);
    const begun = await letBegin('under way');
    await letHappen('d');
    // Behind what is under way nothing is passed over.
    expect(await readOnce(options, reader)).toEqual({ busy: false, count: 0 });
    listening = true;
    begun.release();
    await begun.slow;
    await readAllOf(reader);
    expect(heard.sort()).toEqual(['d', 'under way']);
    expect((await readerLag(options, [reader]))[0]).toMatchObject({ behindEvents: 0, error: null });
  });

  test('P2 every event is handled once, in order, over any number of batches', async () => {
    const types = Array.from({ length: 8 }, (_, i) => `e${i}`);
    for (const type of types) await letHappen(type);
    const reader = projection('plain');
    await readAllOf(reader);
    await readAllOf(reader);
    expect(await seen('plain')).toEqual(types);
  });

  test('P2 a transaction that began earlier and commits later is neither skipped nor doubled', async () => {
    const reader = projection('late');
    const { slow, release } = await letBegin('slow');
    await letHappen('fast');
    for (let i = 0; i < 3; i += 1) await readOnce(options, reader);
    // The fast one is committed, but a reader that went on to it would never come back for the slow one.
    expect(await seen('late')).toEqual([]);
    release();
    await slow;
    await letHappen('next');
    await readAllOf(reader);
    expect((await seen('late')).sort()).toEqual(['fast', 'next', 'slow']);
  });

  test('P2 the trap is real: a checkpoint by position alone would have skipped it', async () => {
    const { release, hold, begun, started } = held();
    const owner = openDatabase(db.appUrl, { max: 1 });
    // A transaction that has taken its position, and commits after another with a higher one.
    const slow = owner.write(COMPANY, async (tx) => {
      await tx.run(sql`
        insert into event (id, document_type, document_id, version, type, at, actor_kind, cause)
        values (${newId(clock.now())}, 'order', ${newId(clock.now())}, 1, 'slow', ${clock.now()}, 'system', '{}')`);
      begun();
      await hold;
    });
    await started;
    await letHappen('fast');
    const naive = await database.read(COMPANY, (tx) =>
      tx.query<{ position: bigint; type: string }>(sql`select position, type from event order by position`),
    );
    release();
    await slow;
    await owner.close();
    const checkpoint = naive.at(-1)?.position ?? 0n;
    const missed = await database.read(COMPANY, (tx) =>
      tx.query<{ type: string }>(sql`select type from event where position > ${checkpoint}`),
    );
    expect(naive.map(({ type }) => type)).toEqual(['fast']);
    expect(missed).toEqual([]);
    const reader = projection('right');
    await readAllOf(reader);
    expect(await seen('right')).toEqual(['slow', 'fast']);
  });

  test('P2 a reader that fails keeps nothing and goes on from where it was', async () => {
    await letHappen('a');
    await letHappen('b');
    let broken = true;
    const reader = projection('broken', () => {
      if (broken) throw new Error('the mail server is away');
    });
    await expect(readAllOf(reader)).rejects.toThrow('the mail server is away');
    expect(await seen('broken')).toEqual([]);
    broken = false;
    await readAllOf(reader);
    expect(await seen('broken')).toEqual(['a', 'b']);
  });

  test('P2 a reader that fails delays nobody, and its error stands where operators see it', async () => {
    const good = projection('good');
    const bad = projection('bad', () => {
      throw new Error('broken reader');
    });
    const host = startReaders({ ...options, readers: [bad, good], log: silentLog(), pollMs: 20, backoffMs: 20 });
    committed = host.wake;
    await letHappen('a');
    await until(async () => (await seen('good')).length === 1);
    await until(async () => (await host.lag()).some(({ name, error }) => name === 'bad' && error === 'broken reader'));
    const lag = await host.lag();
    await host.stop();
    expect(lag.find(({ name }) => name === 'good')).toMatchObject({ behindEvents: 0, error: null });
    expect(lag.find(({ name }) => name === 'bad')).toMatchObject({ behindEvents: 1 });
  });

  test('P2 one node at a time reads for a name', async () => {
    await letHappen('a');
    let release = () => {};
    let entered = () => {};
    const inside = new Promise<void>((done) => {
      entered = done;
    });
    const hold = new Promise<void>((done) => {
      release = done;
    });
    const slow: Reader = {
      name: 'single',
      async handle(tx, events) {
        entered();
        await hold;
        await projection('single').handle(tx, events, await options.env(clock.now()), clock.now());
      },
    };
    let first = readOnce(options, slow);
    // Transactions of other databases of the server may hold the log back for a moment.
    while (!(await Promise.race([inside.then(() => true), first.then(({ count }) => count > 0)])))
      first = readOnce(options, slow);
    expect(await readOnce(options, slow)).toEqual({ busy: true, count: 0 });
    release();
    expect(await first).toEqual({ busy: false, count: 1 });
    expect(await seen('single')).toEqual(['a']);
  });

  test('P2 a commit wakes the readers of this node and of others, long before the poll', async () => {
    const readers = [projection('woken')];
    const here = startReaders({ ...options, readers: [], log: silentLog(), pollMs: 60_000 });
    const there = startReaders({ ...options, readers, log: silentLog(), pollMs: 60_000 });
    committed = here.wake;
    // The connection for news is opened beside the start.
    const listening = sql`select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen %'`;
    await until(async () => (await database.read(COMPANY, (tx) => tx.query(listening))).length >= 2);
    await letHappen('a');
    await until(async () => (await seen('woken')).length === 1);
    await Promise.all([here.stop(), there.stop()]);
    expect(await seen('woken')).toEqual(['a']);
  });

  test('P2 what stands behind a transaction that still runs is read soon after that one ends, not at the next poll', async () => {
    const host = startReaders({ ...options, readers: [projection('held')], log: silentLog(), pollMs: 60_000 });
    committed = host.wake;
    await letHappen('before');
    await until(async () => (await seen('held')).length === 1);
    const { slow, release } = await letBegin('slow');
    await letHappen('fast');
    await new Promise((done) => setTimeout(done, 300));
    expect(await seen('held')).toEqual(['before']);
    // Nobody tells of its end: it is given up.
    committed = () => {};
    release();
    await slow;
    await until(async () => (await seen('held')).length === 3, 15_000);
    await host.stop();
    expect((await seen('held')).sort()).toEqual(['before', 'fast', 'slow']);
  });

  test('P2 a projection is built again from zero', async () => {
    for (const type of ['a', 'b', 'c', 'd']) await letHappen(type);
    const reader = projection('again');
    await readAllOf(reader);
    await rebuild(options, reader);
    expect(await seen('again')).toEqual([]);
    await readAllOf(reader);
    expect(await seen('again')).toEqual(['a', 'b', 'c', 'd']);
    await expect(rebuild(options, { name: 'mail', handle: reader.handle })).rejects.toThrow('cannot be built again');
  });

  test('P2 an idle look costs no transaction number', async () => {
    const reader = projection('idle');
    const numbers: (string | null)[] = [];
    const watched: Database = {
      ...database,
      write: (scope, work) =>
        database.write(scope, async (tx) => {
          const result = await work(tx);
          const rows = await tx.query<{ x: string | null }>(sql`select pg_current_xact_id_if_assigned()::text as x`);
          numbers.push(rows[0]?.x ?? null);
          return result;
        }),
    };
    await readOnce({ ...options, database: watched }, reader);
    await letHappen('a');
    await readAll({ ...options, database: watched }, reader);
    expect(numbers[0]).toBeNull();
    expect(numbers.at(-1)).toBeNull();
    expect(numbers.some((number) => number !== null)).toBe(true);
    expect(await readerLag(options, [reader])).toEqual([
      { name: 'idle', behindEvents: 0, behindSeconds: 0, error: null },
    ]);
  });
});

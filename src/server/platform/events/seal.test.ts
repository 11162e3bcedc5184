import { generateKeyPairSync, sign } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/cluster.ts';
import { fixedClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { COMPANY, type Database, openDatabase, sql, type Statement } from '../db/database.ts';
import { LogWasCut, type SealerOptions, sealNow } from './seal.ts';
import {
  type Entry,
  entryOf,
  merkleRoot,
  packEntries,
  SEALED_COLUMNS,
  type SealedEvent,
  sealedColumns,
  sealHash,
  unpackEntries,
} from './seal-content.ts';
import { lastSealOf, readSealFile } from './seal-file.ts';
import { ensureSealKey, readPublicKeys } from './seal-keys.ts';
import { type Finding, verifyLog } from './verify.ts';

let db: TestDatabase;
let database: Database;
let superuser: Database;
let folder: string;
let options: SealerOptions;
const clock = fixedClock('2026-07-01T02:00:00Z');

const file = () => path.join(folder, 'seals.jsonl');
const keyFile = () => path.join(folder, 'secrets', 'seal.key');
const asSuperuser = (statement: Statement) => superuser.write(COMPANY, (tx) => tx.run(statement));
const positions = async () =>
  (
    await superuser.read(COMPANY, (tx) =>
      tx.query<{ position: bigint }>(sql`select position from event order by xid, position`),
    )
  ).map((row) => row.position);

async function addEvents(count: number) {
  for (let i = 0; i < count; i += 1) {
    const now = clock.now();
    await database.write(COMPANY, (tx) =>
      tx.run(sql`
        insert into event (id, document_type, document_id, document_no, version, type, at, actor_kind, actor_id, cause, payload)
        values (${newId(now)}, 'order', ${newId(now)}, 'SO-1', 1, 'order.created', ${now}, 'staff', ${newId(now)}, '{"requestId":"r"}', ${JSON.stringify({ amount: '10.00', i })})`),
    );
  }
}

/** Seals, waiting for transactions of other databases of the server to end. */
async function sealAll(upTo: number) {
  for (let sealed = 0; sealed < upTo; ) {
    sealed += await sealNow(options);
    if (sealed < upTo) await new Promise((done) => setTimeout(done, 5));
  }
}

const verify = (outside = true) =>
  verifyLog({
    database,
    keys: readPublicKeys(keyFile()),
    outside: outside ? [readSealFile(file())].filter((found) => found !== null) : [],
  });
const first = async (outside = true): Promise<Finding | undefined> => (await verify(outside)).findings[0];

beforeAll(async () => {
  db = await testDatabase();
  database = openDatabase(db.appUrl, { max: 4 });
  superuser = openDatabase(db.superUrl, { max: 2 });
});
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-seal-'));
  await asSuperuser(sql`truncate event, event_seal`);
  options = { database, clock, key: ensureSealKey(keyFile()), files: [file()] };
  // Three seals of four events each.
  for (let i = 0; i < 3; i += 1) {
    await addEvents(4);
    await sealAll(4);
  }
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
afterAll(async () => {
  await Promise.all([database.close(), superuser.close()]);
  await db.drop();
});

describe('P12 the sealed event log', () => {
  test('P12 an untouched log is proven whole, events not sealed yet included', async () => {
    await addEvents(2);
    expect(await verify()).toMatchObject({
      events: 14n,
      sealed: 12n,
      seals: expect.any(BigInt),
      outsideUpTo: expect.any(BigInt),
      findings: [],
    });
  });

  test('P12 an edited event is named: its content', async () => {
    const at = (await positions())[5];
    await asSuperuser(sql`update event set payload = jsonb_set(payload, '{amount}', '"99.00"') where position = ${at}`);
    expect(await first()).toMatchObject({ kind: 'edited', position: at });
  });

  test('P12 an edited event is named: a figure changed beyond what floating point tells apart', async () => {
    const at = (await positions())[5];
    await asSuperuser(sql`update event set payload = '{"amount": 1.10}' where position = ${at}`);
    await asSuperuser(sql`truncate event_seal`);
    fs.rmSync(file());
    await sealAll(12);
    expect(await first()).toBeUndefined();
    await asSuperuser(sql`update event set payload = '{"amount": 1.1000000000000000000001}' where position = ${at}`);
    expect(await first()).toMatchObject({ kind: 'edited', position: at });
  });

  test('P12 an edited event is named: who did it', async () => {
    const at = (await positions())[0];
    await asSuperuser(sql`update event set actor_id = ${newId(clock.now())} where position = ${at}`);
    expect(await first()).toMatchObject({ kind: 'edited', position: at, sealNo: 1n });
  });

  test('P12 an edited event is named: when, by a microsecond', async () => {
    const at = (await positions())[11];
    await asSuperuser(sql`update event set at = at + interval '1 microsecond' where position = ${at}`);
    expect(await first()).toMatchObject({ kind: 'edited', position: at });
  });

  test('P12 a deleted event is named', async () => {
    const at = (await positions())[6];
    await asSuperuser(sql`delete from event where position = ${at}`);
    expect(await first()).toMatchObject({ kind: 'deleted', position: at });
  });

  test('P12 an event slipped in is named', async () => {
    const all = await positions();
    const free = 5_000_000n;
    await asSuperuser(sql`
      insert into event (position, xid, id, document_type, document_id, version, type, at, actor_kind, cause)
      overriding system value select ${free}, xid, ${newId(clock.now())}, 'order', ${newId(clock.now())}, 1, 'order.created', at, 'staff', '{}' from event where position = ${all[5]}`);
    expect(await first()).toMatchObject({ kind: 'inserted', position: free });
  });

  /** The content of each of two events stands at the place of the other. */
  const changePlaces = (one: bigint | undefined, other: bigint | undefined) =>
    superuser.write(COMPANY, async (tx) => {
      await tx.run(
        sql`create temp table pair on commit drop as select * from event where position in (${one}::bigint, ${other}::bigint)`,
      );
      await tx.run(sql`delete from event where position in (select position from pair)`);
      await tx.run(sql`
        insert into event (position, xid, id, document_type, document_id, document_no, version, type, at, partner_id, actor_id, actor_kind, cause, payload)
        overriding system value
        select o.position, o.xid, p.id, p.document_type, p.document_id, p.document_no, p.version, p.type, p.at, p.partner_id, p.actor_id, p.actor_kind, p.cause, p.payload
        from pair p join pair o on o.position <> p.position`);
    });

  test('P12 two events that changed places are named', async () => {
    const all = await positions();
    await changePlaces(all[4], all[6]);
    expect(await first()).toMatchObject({ kind: 'moved', position: all[4] });
  });

  test('P12 two events of different seals that changed places are named', async () => {
    const all = await positions();
    await changePlaces(all[1], all[10]);
    const { findings } = await verify();
    expect(findings).toMatchObject([
      { kind: 'moved', position: all[1] },
      { kind: 'moved', position: all[10] },
    ]);
  });

  test('P12 an event moved out of its span by another transaction number is named', async () => {
    const all = await positions();
    await asSuperuser(
      sql`update event set xid = (select xid from event where position = ${all[11]}) where position = ${all[1]}`,
    );
    expect(await first()).toMatchObject({ kind: 'moved', position: all[1] });
  });

  test('P12 a tail cut with its seals is found through the file outside', async () => {
    const all = await positions();
    const cutSeals = sql`delete from event_seal where to_position >= ${all[8]}`;
    await asSuperuser(cutSeals);
    await asSuperuser(sql`delete from event where position >= ${all[8]}`);
    expect(await first()).toMatchObject({ kind: 'cut', position: all[8] });
    await expect(sealNow(options)).rejects.toThrow(LogWasCut);
  });

  test('P12 control: without the file outside the same cut is missed', async () => {
    const all = await positions();
    await asSuperuser(sql`delete from event_seal where to_position >= ${all[8]}`);
    await asSuperuser(sql`delete from event where position >= ${all[8]}`);
    const { findings, outsideUpTo } = await verify(false);
    expect(findings).toEqual([]);
    expect(outsideUpTo).toBeNull();
  });

  test('P12 an event edited together with its seal, but without the key, is named by its span', async () => {
    const all = await positions();
    const at = all[9];
    await asSuperuser(sql`update event set type = 'order.cancelled' where position = ${at}`);
    const no = await reseal(at as bigint, generateKeyPairSync('ed25519').privateKey);
    const finding = await first(false);
    expect(finding).toMatchObject({ kind: 'seal_forged', sealNo: no });
    expect(finding?.position).toBeLessThanOrEqual(at as bigint);
    expect(finding?.toPosition).toBeGreaterThanOrEqual(at as bigint);
    expect((await verify()).findings.map(({ kind }) => kind)).toContain('seal_forged');
  });

  test('P12 an event edited together with the entries of its seal is named by its span', async () => {
    const at = (await positions())[9];
    await asSuperuser(sql`update event set type = 'order.cancelled' where position = ${at}`);
    await asSuperuser(
      sql`update event_seal set entries = ${packEntries([])} where from_position <= ${at} and to_position >= ${at}`,
    );
    const finding = await first();
    expect(finding?.kind).toBe('span_changed');
    expect(finding?.position).toBeLessThanOrEqual(at as bigint);
  });

  test('P12 a seal taken out of the middle is noticed', async () => {
    await asSuperuser(sql`delete from event_seal where no = 2`);
    expect((await verify()).findings.map(({ kind, sealNo }) => ({ kind, sealNo }))).toContainEqual({
      kind: 'seal_missing',
      sealNo: 2n,
    });
  });

  test('P12 an event that was not sealed yet leaves a hole in the versions of its document', async () => {
    const document = newId(clock.now());
    for (let version = 1; version <= 3; version += 1) {
      await database.write(COMPANY, (tx) =>
        tx.run(
          sql`insert into event (id, document_type, document_id, version, type, at, actor_kind, cause) values (${newId(clock.now())}, 'order', ${document}, ${version}::int, 'x', ${clock.now()}, 'staff', '{}')`,
        ),
      );
    }
    expect(await first()).toBeUndefined();
    await asSuperuser(sql`delete from event where document_id = ${document} and version = 2`);
    expect(await first()).toMatchObject({ kind: 'gap' });
  });

  test('P12 a line of the file outside that was changed is named', async () => {
    const text = fs.readFileSync(file(), 'utf8');
    fs.writeFileSync(file(), text.replace('"eventCount":"', '"eventCount":"1'));
    expect(await first()).toMatchObject({ kind: 'outside_damaged', sealNo: 1n });
  });

  test('P12 a crash between commit and file, or half a line, is made good at the next sealing', async () => {
    const whole = fs.readFileSync(file(), 'utf8');
    fs.writeFileSync(file(), whole.slice(0, -40));
    expect(lastSealOf(file())).not.toBeNull();
    await addEvents(1);
    await sealAll(1);
    expect(fs.readFileSync(file(), 'utf8').startsWith(whole)).toBe(true);
    expect((await verify()).findings).toEqual([]);
  });

  test('P12 the entry covers every column of the log', async () => {
    const columns = await superuser.read(COMPANY, (tx) =>
      tx.query<{ name: string }>(
        sql`select column_name as name from information_schema.columns where table_name = 'event'`,
      ),
    );
    expect([...SEALED_COLUMNS].sort()).toEqual(columns.map(({ name }) => name).sort());
  });

  test('P12 entries come back as they were packed; a text of another length is none', () => {
    const entries: Entry[] = [{ position: 7n, xid: 2n ** 63n, hash: Buffer.alloc(32, 5) }];
    expect(unpackEntries(packEntries(entries))).toEqual(entries);
    expect(unpackEntries(Buffer.alloc(47))).toBeNull();
  });
});

/** What somebody without the key can do: make the seal of the changed event anew, signed with a key of his own. */
async function reseal(position: bigint, forger: ReturnType<typeof generateKeyPairSync>['privateKey']): Promise<bigint> {
  return superuser.write(COMPANY, async (tx) => {
    type Row = {
      no: bigint;
      from_xid: string;
      from_position: bigint;
      to_xid: string;
      to_position: bigint;
      event_count: bigint;
      previous_hash: Buffer;
      key_id: string;
      sealed_at: Date;
    };
    const [row] = await tx.query<Row>(sql`
      select no, from_xid::text as from_xid, from_position, to_xid::text as to_xid, to_position, event_count, previous_hash, key_id, sealed_at
      from event_seal where from_position <= ${position} and to_position >= ${position}`);
    if (row === undefined) throw new Error('no seal');
    const events = await tx.query<SealedEvent>(
      sql`select ${sealedColumns} from event e where position between ${row.from_position} and ${row.to_position} order by xid, position`,
    );
    const entries = events.map(entryOf);
    const hash = sealHash({
      no: row.no,
      from: { xid: BigInt(row.from_xid), position: row.from_position },
      to: { xid: BigInt(row.to_xid), position: row.to_position },
      eventCount: row.event_count,
      root: merkleRoot(entries),
      previousHash: row.previous_hash,
      sealedAt: row.sealed_at,
      keyId: row.key_id,
    });
    await tx.run(sql`
      update event_seal set merkle_root = ${merkleRoot(entries)}, hash = ${hash}, signature = ${sign(null, hash, forger)}, entries = ${packEntries(entries)} where no = ${row.no}`);
    return row.no;
  });
}

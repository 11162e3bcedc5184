/**
 * The sealer: at least every minute it fixes what has been added to the log since the last seal. It goes as far as the oldest running
 * transaction, like a reader. The row is written in the database, then the same seal in files outside. Source: promise P12.
 */
import type { Clock } from '../../kernel/clock.ts';
import { COMPANY, type Database, sql, type Tx } from '../db/database.ts';
import { appendSeals, lastSealOf, type SignedSeal } from './seal-file.ts';
import {
  entryOf,
  merkleRoot,
  NO_SEAL,
  packEntries,
  type Place,
  type Seal,
  type SealedEvent,
  sealedColumns,
  sealHash,
} from './seal-content.ts';
import type { SealKey } from './seal-keys.ts';

export type SealRow = {
  no: bigint;
  from_xid: string;
  from_position: bigint;
  to_xid: string;
  to_position: bigint;
  event_count: bigint;
  merkle_root: Buffer;
  previous_hash: Buffer;
  hash: Buffer;
  signature: Buffer;
  key_id: string;
  sealed_at: Date;
};

/** Most events under one seal: a broken seal whose entries are damaged too is at least this near. */
const MOST_EVENTS = 2000;
const LOCK = 7_203_002;
const START: Place = { xid: 0n, position: 0n };

/** The columns of a seal without its entries, which are large. */
export const sealColumns = sql`no, from_xid::text as from_xid, from_position, to_xid::text as to_xid, to_position, event_count, merkle_root, previous_hash, hash, signature, key_id, sealed_at`;

export const signedSealOf = (row: SealRow): SignedSeal => ({
  seal: {
    no: row.no,
    from: { xid: BigInt(row.from_xid), position: row.from_position },
    to: { xid: BigInt(row.to_xid), position: row.to_position },
    eventCount: row.event_count,
    root: row.merkle_root,
    previousHash: row.previous_hash,
    sealedAt: row.sealed_at,
    keyId: row.key_id,
  },
  hash: row.hash,
  signature: row.signature,
});

export type SealerOptions = { database: Database; clock: Clock; key: SealKey; files: readonly string[] };

/** The seals outside know of more than the database: what was sealed has been cut off, or an old copy was put in its place. */
export class LogWasCut extends Error {}

/** Seals everything that can be sealed now; returns the number of events sealed. Throws `LogWasCut` and seals nothing when seals are missing. */
export async function sealNow(options: SealerOptions): Promise<number> {
  await bringFilesUpToDate(options);
  let sealed = 0;
  for (;;) {
    const count = await options.database.write(COMPANY, (tx) => sealBatch(tx, options));
    sealed += count;
    if (count < MOST_EVENTS) break;
  }
  if (sealed > 0) await bringFilesUpToDate(options);
  return sealed;
}

async function sealBatch(tx: Tx, { clock, key }: SealerOptions): Promise<number> {
  const locked = await tx.query<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${LOCK}::bigint) as mine`);
  if (locked[0]?.mine !== true) return 0;
  const [last] = await tx.query<SealRow>(sql`select ${sealColumns} from event_seal order by no desc limit 1`);
  const after = last === undefined ? START : { xid: BigInt(last.to_xid), position: last.to_position };
  const events = await tx.query<SealedEvent>(sql`
    select ${sealedColumns} from event e
    where (e.xid, e.position) > (${String(after.xid)}::xid8, ${after.position}) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.position limit ${MOST_EVENTS}::int`);
  const entries = events.map(entryOf);
  const [first] = entries;
  const end = entries.at(-1);
  if (first === undefined || end === undefined) return 0;
  const seal: Seal = {
    no: (last?.no ?? 0n) + 1n,
    from: { xid: first.xid, position: first.position },
    to: { xid: end.xid, position: end.position },
    eventCount: BigInt(entries.length),
    root: merkleRoot(entries),
    previousHash: last?.hash ?? NO_SEAL,
    sealedAt: clock.now(),
    keyId: key.id,
  };
  const hash = sealHash(seal);
  await insertSeal(tx, seal, hash, key.sign(hash), packEntries(entries));
  return entries.length;
}

async function insertSeal(tx: Tx, seal: Seal, hash: Buffer, signature: Buffer, entries: Buffer): Promise<void> {
  await tx.run(sql`
    insert into event_seal (no, from_xid, from_position, to_xid, to_position, event_count, merkle_root, previous_hash, hash, signature, key_id, entries, sealed_at)
    values (${seal.no}, ${String(seal.from.xid)}::xid8, ${seal.from.position}, ${String(seal.to.xid)}::xid8, ${seal.to.position}, ${seal.eventCount},
      ${seal.root}, ${seal.previousHash}, ${hash}, ${signature}, ${seal.keyId}, ${entries}, ${seal.sealedAt})`);
}

/** Appends to each file the seals that it lacks: after a crash between commit and append, and those of other nodes. */
async function bringFilesUpToDate({ database, files }: SealerOptions): Promise<void> {
  for (const file of files) {
    const outside = lastSealOf(file);
    const have = outside?.seal.no ?? 0n;
    const [known, missing] = await database.read(COMPANY, (tx) =>
      Promise.all([
        tx.query<SealRow>(sql`select ${sealColumns} from event_seal where no = ${have}`),
        tx.query<SealRow>(sql`select ${sealColumns} from event_seal where no > ${have} order by no`),
      ]),
    );
    if (outside !== null && known[0]?.hash.equals(outside.hash) !== true) {
      throw new LogWasCut(`seal ${have} of ${file} is not in the database: the event log was cut or replaced`);
    }
    appendSeals(file, missing.map(signedSealOf));
  }
}

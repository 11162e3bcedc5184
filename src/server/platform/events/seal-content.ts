/**
 * What a seal is made of. Entry of an event: position, xid and the SHA-256 of everything else (48 bytes). Leaf: SHA-256 of 0x00 and the
 * entry; node: SHA-256 of 0x01 and both children (RFC 6962), a last single child goes up as it is. The hash of a seal covers its span, its
 * root and the hash of the seal before.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/ids.ts';
import { type Sql, sql } from '../db/database.ts';

/** The columns that an entry covers; a test compares them with the table, so that a new column cannot be forgotten. */
export const SEALED_COLUMNS = [
  'position',
  'xid',
  'id',
  'document_type',
  'document_id',
  'document_no',
  'version',
  'type',
  'at',
  'partner_id',
  'actor_id',
  'actor_kind',
  'cause',
  'payload',
] as const;

export type SealedEvent = {
  position: bigint;
  xid: string;
  id: string;
  document_type: string;
  document_id: string;
  document_no: string | null;
  version: number;
  type: string;
  at_us: string;
  partner_id: string | null;
  actor_id: string | null;
  actor_kind: string;
  cause: string;
  payload: string;
};

/** The select list: JSON as the database writes it and instants in microseconds, so that nothing is lost on the way. */
export const sealedColumns: Sql = sql`e.position, e.xid::text as xid, e.id, e.document_type, e.document_id, e.document_no, e.version, e.type,
  (extract(epoch from e.at) * 1000000)::bigint::text as at_us, e.partner_id, e.actor_id, e.actor_kind, e.cause::text as cause, e.payload::text as payload`;

/** A place in the log: readers and seals go by xid, then position. */
export type Place = { xid: bigint; position: bigint };
export type Entry = Place & { hash: Buffer };

export type Seal = {
  no: bigint;
  from: Place;
  to: Place;
  eventCount: bigint;
  root: Buffer;
  previousHash: Buffer;
  sealedAt: Date;
  keyId: string;
};

export const ENTRY_BYTES = 48;
/** What the first seal is linked to. */
export const NO_SEAL = Buffer.alloc(32);

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function entryOf(event: SealedEvent): Entry {
  const { position, xid, ...rest } = event;
  return { position, xid: BigInt(xid), hash: sha256(canonicalJson(rest)) };
}

export const samePlace = (a: Place, b: Place): boolean => a.xid === b.xid && a.position === b.position;
export const isBefore = (a: Place, b: Place): boolean => (a.xid === b.xid ? a.position < b.position : a.xid < b.xid);
export const sameEntry = (a: Entry, b: Entry): boolean => samePlace(a, b) && a.hash.equals(b.hash);

export function packEntries(entries: readonly Entry[]): Buffer {
  const packed = Buffer.alloc(entries.length * ENTRY_BYTES);
  entries.forEach(({ position, xid, hash }, i) => {
    packed.writeBigInt64BE(position, i * ENTRY_BYTES);
    packed.writeBigUInt64BE(xid, i * ENTRY_BYTES + 8);
    hash.copy(packed, i * ENTRY_BYTES + 16);
  });
  return packed;
}

/** The entries of a packed text; null when its length is none that entries have. */
export function unpackEntries(packed: Buffer): Entry[] | null {
  if (packed.length % ENTRY_BYTES !== 0) return null;
  return Array.from({ length: packed.length / ENTRY_BYTES }, (_, i) => ({
    position: packed.readBigInt64BE(i * ENTRY_BYTES),
    xid: packed.readBigUInt64BE(i * ENTRY_BYTES + 8),
    hash: packed.subarray(i * ENTRY_BYTES + 16, (i + 1) * ENTRY_BYTES),
  }));
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export function merkleRoot(entries: readonly Entry[]): Buffer {
  const packed = packEntries(entries);
  let level = entries.map((_, i) => sha256(LEAF, packed.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES)));
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Buffer;
      const right = level[i + 1];
      above.push(right === undefined ? left : sha256(NODE, left, right));
    }
    level = above;
  }
  return level[0] ?? sha256(LEAF);
}

const placeText = ({ xid, position }: Place) => `${xid}/${position}`;

/** The hash that is signed, and that the next seal is linked to. */
export function sealHash(seal: Seal): Buffer {
  return sha256(
    canonicalJson({
      no: seal.no,
      from: placeText(seal.from),
      to: placeText(seal.to),
      eventCount: seal.eventCount,
      root: seal.root.toString('hex'),
      previousHash: seal.previousHash.toString('hex'),
      sealedAt: seal.sealedAt,
      keyId: seal.keyId,
    }),
  );
}

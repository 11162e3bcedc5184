/**
 * Proves that the event log is what was written: recomputes every entry, root, link and signature, compares with the seals outside the
 * database, and names what is wrong, first things first. Source: promise P12.
 */
import type { KeyObject } from 'node:crypto';
import { COMPANY, type Database, sql, type Tx } from '../db/database.ts';
import {
  type Entry,
  entryOf,
  isBefore,
  merkleRoot,
  NO_SEAL,
  type Place,
  type SealedEvent,
  sameEntry,
  samePlace,
  sealedColumns,
  sealHash,
  unpackEntries,
} from './seal-content.ts';
import { type SealRow, sealColumns, signedSealOf } from './seal.ts';
import type { OutsideSeals, SignedSeal } from './seal-file.ts';
import { isSigned } from './seal-keys.ts';

export type FindingKind =
  /** The content of an event is not what was sealed. */
  | 'edited'
  /** A sealed event is gone. */
  | 'deleted'
  /** An event stands where none was sealed. */
  | 'inserted'
  /** A sealed event stands at another place. */
  | 'moved'
  /** The end of the log, with its seals, is gone: only the seals outside know of it. */
  | 'cut'
  /** A seal is gone from the middle. */
  | 'seal_missing'
  /** A seal was changed or made by somebody without the key. */
  | 'seal_forged'
  /** The list of entries of a seal was changed, so that the event can be named only as one of a span. */
  | 'span_changed'
  /** A document has not one event for each of its versions. */
  | 'gap'
  /** The key that signed is not at hand. */
  | 'key_unknown'
  /** A line of a file outside is no seal, or not ours. */
  | 'outside_damaged';

export type Finding = {
  kind: FindingKind;
  /** The event's position; for a span its first; null where no event can be named. */
  position: bigint | null;
  toPosition?: bigint;
  sealNo: bigint | null;
  file?: string;
  line?: number;
};

export type Verification = {
  events: bigint;
  sealed: bigint;
  seals: bigint;
  /** Newest seal that was found outside; null without such a file: then a cut of the end cannot be noticed. */
  outsideUpTo: bigint | null;
  findings: Finding[];
};

export type VerifyOptions = {
  database: Database;
  keys: ReadonlyMap<string, KeyObject>;
  outside: readonly OutsideSeals[];
};

const MOST_FINDINGS = 20;
const START: Place = { xid: 0n, position: 0n };

export async function verifyLog({ database, keys, outside }: VerifyOptions): Promise<Verification> {
  return database.read(COMPANY, async (tx) => {
    const findings: Finding[] = [];
    const rows = await tx.query<SealRow>(sql`select ${sealColumns} from event_seal order by no`);
    const seals = rows.map(signedSealOf);
    findings.push(...sealFindings(seals, keys), ...outsideFindings(seals, keys, outside));
    let after = START;
    for (const { seal } of seals) {
      if (findings.length >= MOST_FINDINGS) break;
      // A seal whose span does not go on from the one before is named already; its events are looked at from there all the same.
      if (isBefore(after, seal.to)) {
        findings.push(...(await spanFindings(tx, seal.no, after, seal.to, seal.root)));
        after = seal.to;
      }
    }
    const [counts] = await tx.query<{ events: bigint; sealed: bigint }>(sql`
      select count(*) as events, count(*) filter (where (xid, position) <= (${String(after.xid)}::xid8, ${after.position})) as sealed from event`);
    findings.push(...(await gapFindings(tx)));
    const outsideNumbers = outside.flatMap((file) => [...file.seals.keys()]);
    return {
      events: counts?.events ?? 0n,
      sealed: counts?.sealed ?? 0n,
      seals: BigInt(seals.length),
      outsideUpTo: outside.length === 0 ? null : outsideNumbers.reduce((a, b) => (a > b ? a : b), 0n),
      findings: inOrder(findings).slice(0, MOST_FINDINGS),
    };
  });
}

/** Numbers, links, hashes and signatures of the seals in the database. */
function sealFindings(seals: readonly SignedSeal[], keys: VerifyOptions['keys']): Finding[] {
  const findings: Finding[] = [];
  let expected = 1n;
  let previous: Buffer = NO_SEAL;
  for (const { seal, hash, signature } of seals) {
    const { no } = seal;
    if (no !== expected) findings.push({ kind: 'seal_missing', position: null, sealNo: expected });
    const span = { position: seal.from.position, toPosition: seal.to.position, sealNo: no };
    const key = keys.get(seal.keyId);
    const whole = sealHash(seal).equals(hash) && (no !== expected || seal.previousHash.equals(previous));
    if (!whole) findings.push({ kind: 'seal_forged', ...span });
    else if (key === undefined) findings.push({ kind: 'key_unknown', ...span });
    else if (!isSigned(key, hash, signature)) findings.push({ kind: 'seal_forged', ...span });
    expected = no + 1n;
    previous = hash;
  }
  return findings;
}

/** Seals that the files outside know and the database does not, or knows otherwise. */
function outsideFindings(
  seals: readonly SignedSeal[],
  keys: VerifyOptions['keys'],
  outside: readonly OutsideSeals[],
): Finding[] {
  const findings: Finding[] = [];
  const inside = new Map(seals.map((signed) => [signed.seal.no, signed]));
  const last = seals.at(-1)?.seal.no ?? 0n;
  for (const { file, seals: known, damagedLines } of outside) {
    for (const line of damagedLines)
      findings.push({ kind: 'outside_damaged', position: null, sealNo: null, file, line });
    for (const [no, signed] of known) {
      const key = keys.get(signed.seal.keyId);
      const genuine =
        key !== undefined && sealHash(signed.seal).equals(signed.hash) && isSigned(key, signed.hash, signed.signature);
      const mine = inside.get(no);
      const span = { position: signed.seal.from.position, toPosition: signed.seal.to.position, sealNo: no };
      if (!genuine) findings.push({ kind: 'outside_damaged', ...span, file });
      else if (mine === undefined) findings.push({ kind: no > last ? 'cut' : 'seal_missing', ...span, file });
      else if (!mine.hash.equals(signed.hash)) findings.push({ kind: 'seal_forged', ...span, file });
    }
  }
  return findings;
}

/** Compares the events of a span with what was sealed, and names the first that differs. */
async function spanFindings(tx: Tx, no: bigint, after: Place, to: Place, root: Buffer): Promise<Finding[]> {
  const [events, packed] = await Promise.all([
    tx.query<SealedEvent>(sql`
      select ${sealedColumns} from event e
      where (e.xid, e.position) > (${String(after.xid)}::xid8, ${after.position}) and (e.xid, e.position) <= (${String(to.xid)}::xid8, ${to.position})
      order by e.xid, e.position`),
    tx.query<{ entries: Buffer }>(sql`select entries from event_seal where no = ${no}`),
  ]);
  const found = events.map(entryOf);
  if (merkleRoot(found).equals(root)) return [];
  const sealed = unpackEntries(packed[0]?.entries ?? Buffer.alloc(0));
  if (sealed === null || !merkleRoot(sealed).equals(root)) {
    return [{ kind: 'span_changed', position: found[0]?.position ?? to.position, toPosition: to.position, sealNo: no }];
  }
  const difference = await firstDifference(tx, sealed, found);
  return difference === null ? [] : [{ ...difference, sealNo: no }];
}

async function firstDifference(
  tx: Tx,
  sealed: readonly Entry[],
  found: readonly Entry[],
): Promise<Omit<Finding, 'sealNo'> | null> {
  for (let i = 0; i < Math.max(sealed.length, found.length); i += 1) {
    const was = sealed[i];
    const is = found[i];
    if (was !== undefined && is !== undefined && sameEntry(was, is)) continue;
    if (was !== undefined && is !== undefined && samePlace(was, is)) {
      const elsewhere = found.some((entry) => entry.hash.equals(was.hash)) || (await wasSealed(tx, is));
      return { kind: elsewhere ? 'moved' : 'edited', position: is.position };
    }
    const isNew = is !== undefined && !sealed.some((entry) => samePlace(entry, is));
    if (is !== undefined && isNew && (was === undefined || isBefore(is, was))) {
      return { kind: sealed.some((entry) => entry.hash.equals(is.hash)) ? 'moved' : 'inserted', position: is.position };
    }
    if (was !== undefined) {
      const moved = found.some((entry) => entry.hash.equals(was.hash)) || (await existsElsewhere(tx, was));
      return { kind: moved ? 'moved' : 'deleted', position: was.position };
    }
  }
  return null;
}

/** A sealed event whose transaction number was changed is still there, in another span. */
async function existsElsewhere(tx: Tx, was: Entry): Promise<boolean> {
  const rows = await tx.query<SealedEvent>(
    sql`select ${sealedColumns} from event e where e.position = ${was.position}`,
  );
  return rows.some((row) => entryOf(row).hash.equals(was.hash));
}

/** Whether the content of an event was sealed at any place, its own span's or another's. */
async function wasSealed(tx: Tx, is: Entry): Promise<boolean> {
  const rows = await tx.query(sql`select 1 from event_seal where position(${is.hash}::bytea in entries) > 0 limit 1`);
  return rows.length > 0;
}

/** Versions count the events of a document, sealed or not: a hole means that one was taken out. */
async function gapFindings(tx: Tx): Promise<Finding[]> {
  const rows = await tx.query<{ position: bigint }>(sql`
    select min(position) as position from event group by document_id having count(*) <> max(version) or min(version) <> 1 order by 1 limit ${MOST_FINDINGS}::int`);
  return rows.map(({ position }) => ({ kind: 'gap', position, sealNo: null }));
}

/** What names an event comes before what names a span or a document, and the earlier before the later. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const rank = ({ kind }: Finding) =>
    ['edited', 'deleted', 'inserted', 'moved'].includes(kind) ? 0 : kind === 'cut' ? 1 : kind === 'gap' ? 3 : 2;
  const place = ({ position, sealNo }: Finding) => position ?? sealNo ?? 0n;
  return [...findings].sort((a, b) => rank(a) - rank(b) || (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

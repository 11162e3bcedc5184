/** Seals outside the database: one JSON line each, appended and synced. What a superuser of the database cannot reach shows what he cut off. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseInstant } from '../../kernel/clock.ts';
import type { Seal } from './seal-content.ts';

export type SignedSeal = { seal: Seal; hash: Buffer; signature: Buffer };

/** The files of an installation: `seals.jsonl` in the data folder, and the configured second one. */
export const sealFiles = (place: { dataDir: string; sealCopy: string | null }): string[] => [
  path.join(place.dataDir, 'seals.jsonl'),
  ...(place.sealCopy === null ? [] : [place.sealCopy]),
];

const digits = z.string().regex(/^\d{1,20}$/);
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const Line = z.strictObject({
  no: digits,
  fromXid: digits,
  fromPosition: digits,
  toXid: digits,
  toPosition: digits,
  eventCount: digits,
  root: hex,
  previousHash: hex,
  sealedAt: z.string(),
  keyId: z.string(),
  hash: hex,
  signature: z.string(),
});

export function sealLine({ seal, hash, signature }: SignedSeal): string {
  const line: z.infer<typeof Line> = {
    no: String(seal.no),
    fromXid: String(seal.from.xid),
    fromPosition: String(seal.from.position),
    toXid: String(seal.to.xid),
    toPosition: String(seal.to.position),
    eventCount: String(seal.eventCount),
    root: seal.root.toString('hex'),
    previousHash: seal.previousHash.toString('hex'),
    sealedAt: seal.sealedAt.toISOString(),
    keyId: seal.keyId,
    hash: hash.toString('hex'),
    signature: signature.toString('base64'),
  };
  return `${JSON.stringify(line)}\n`;
}

/** The seal of a line; null when it is none. */
export function parseSealLine(text: string): SignedSeal | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = Line.safeParse(json);
  if (!parsed.success) return null;
  const line = parsed.data;
  const sealedAt = parseInstant(line.sealedAt);
  if (sealedAt === null) return null;
  return {
    seal: {
      no: BigInt(line.no),
      from: { xid: BigInt(line.fromXid), position: BigInt(line.fromPosition) },
      to: { xid: BigInt(line.toXid), position: BigInt(line.toPosition) },
      eventCount: BigInt(line.eventCount),
      root: Buffer.from(line.root, 'hex'),
      previousHash: Buffer.from(line.previousHash, 'hex'),
      sealedAt,
      keyId: line.keyId,
    },
    hash: Buffer.from(line.hash, 'hex'),
    signature: Buffer.from(line.signature, 'base64'),
  };
}

/** The last whole seal of a file, or null. A line torn by a crash is cut away first. */
export function lastSealOf(file: string): SignedSeal | null {
  if (!fs.existsSync(file)) return null;
  mendTornLine(file);
  const size = fs.statSync(file).size;
  const length = Math.min(size, 8192);
  const tail = Buffer.alloc(length);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, tail, 0, length, size - length);
  } finally {
    fs.closeSync(handle);
  }
  const last = tail.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  if (last === '') return null;
  const seal = parseSealLine(last);
  if (seal === null) throw new Error(`${file}: the last line is not a seal`);
  return seal;
}

function mendTornLine(file: string): void {
  const size = fs.statSync(file).size;
  if (size === 0) return;
  const content = Buffer.alloc(Math.min(size, 8192));
  const handle = fs.openSync(file, 'r+');
  try {
    fs.readSync(handle, content, 0, content.length, size - content.length);
    if (content.at(-1) === 0x0a) return;
    fs.ftruncateSync(handle, size - content.length + content.lastIndexOf(0x0a) + 1);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Appends seals; they are on the disk when it returns. */
export function appendSeals(file: string, seals: readonly SignedSeal[]): void {
  if (seals.length === 0) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.appendFileSync(file, seals.map(sealLine).join(''), { mode: 0o600, flush: true });
}

export type OutsideSeals = { file: string; seals: Map<bigint, SignedSeal>; damagedLines: number[] };

/** All seals of a file by number; null when there is no such file. Lines that are no seals are named; half a last line is forgiven. */
export function readSealFile(file: string): OutsideSeals | null {
  if (!fs.existsSync(file)) return null;
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const torn = lines.pop() ?? '';
  const seals = new Map<bigint, SignedSeal>();
  const damagedLines: number[] = [];
  lines.forEach((line, i) => {
    const found = parseSealLine(line);
    if (found === null) damagedLines.push(i + 1);
    else {
      const known = seals.get(found.seal.no);
      if (known !== undefined && !known.hash.equals(found.hash)) damagedLines.push(i + 1);
      else seals.set(found.seal.no, found);
    }
  });
  const last = torn === '' ? null : parseSealLine(torn);
  if (last !== null) seals.set(last.seal.no, last);
  return { file, seals, damagedLines };
}

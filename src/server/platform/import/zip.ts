/** Entries of a zip archive in memory, inflated piece by piece within limits. Only what is asked for by name is ever read. */
import { crc32, createInflateRaw } from 'node:zlib';
import { refuse } from '../../kernel/refusal.ts';

const MOST_ENTRIES = 2000;
const MOST_BYTES = 200 * 1024 * 1024;
const MOST_RATIO = 100;
/** Small files may shrink as much as they like. */
const RATIO_FROM = 1024 * 1024;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_COMMENT = 65_535;

type Entry = { method: number; crc: number; packed: number; size: number; offset: number };
export type Archive = {
  names: readonly string[];
  /** The bytes of an entry; null when there is none of that name. */
  open(name: string): AsyncIterable<Buffer> | null;
};

const unreadable = (where: string) => refuse('import.unreadable', { where });
const beyond = () => refuse('import.archive_limits');

/** The directory of the archive. Refuses encrypted, split and oversized archives before anything is inflated. */
export function openZip(bytes: Buffer): Archive {
  const entries = directory(bytes);
  let total = 0;
  async function* inflate(entry: Entry): AsyncGenerator<Buffer> {
    const { offset } = entry;
    if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) throw unreadable('zip');
    const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const packed = bytes.subarray(from, from + entry.packed);
    if (packed.length !== entry.packed) throw unreadable('zip');
    let size = 0;
    let sum = 0;
    for await (const piece of entry.method === 0 ? [packed] : inflated(packed)) {
      size += piece.length;
      total += piece.length;
      if (total > MOST_BYTES || (size > RATIO_FROM && size > MOST_RATIO * entry.packed)) throw beyond();
      sum = crc32(piece, sum);
      yield piece;
    }
    if (size !== entry.size || sum !== entry.crc) throw unreadable('zip');
  }
  return {
    names: [...entries.keys()],
    open(name) {
      const entry = entries.get(name);
      return entry === undefined ? null : inflate(entry);
    },
  };
}

async function* inflated(packed: Buffer): AsyncGenerator<Buffer> {
  const stream = createInflateRaw();
  stream.end(packed);
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw unreadable('zip');
    throw error;
  }
}

function directory(bytes: Buffer): Map<string, Entry> {
  const end = endRecord(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES) throw beyond();
  const entries = new Map<string, Entry>();
  let declared = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw unreadable('zip');
    const flags = bytes.readUInt16LE(at + 8);
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 24);
    const nameLength = bytes.readUInt16LE(at + 28);
    const entry = {
      method,
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size,
      offset: bytes.readUInt32LE(at + 42),
    };
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw unreadable('zip');
    declared += size;
    if (declared > MOST_BYTES) throw beyond();
    entries.set(bytes.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\//, ''), entry);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function endRecord(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - 22 - LONGEST_COMMENT);
  for (let at = bytes.length - 22; at >= lowest; at -= 1) if (bytes.readUInt32LE(at) === END) return at;
  throw unreadable('zip');
}

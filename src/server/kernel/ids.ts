/** Identifiers and the fingerprint of a value. */
import { createHash, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Random bytes are drawn for many ids at once: a call of the system for each costs more than the rest of the id. */
const ID_BYTES = 16;
const POOL_BYTES = ID_BYTES * 256;
const pool = new Uint8Array(POOL_BYTES);
let drawn = POOL_BYTES;

/** A new UUID version 7 whose time is the handed-in one: ids sort by the millisecond, and by nothing within it. */
export function newId(now: Date): string {
  if (drawn === POOL_BYTES) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += ID_BYTES;
  return v7({ msecs: now.getTime(), random: pool.subarray(drawn - ID_BYTES, drawn) });
}

/** The smallest id that can have been made at an instant or later: a version 7 id begins with the milliseconds. */
export function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Whether the text has the form of an id as we write them: lower case, hyphens. Whether it exists is for the database to say. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/**
 * SHA-256 (hex) of the canonical JSON of a value: keys sorted by code unit, properties that are undefined left out, bigint as decimal
 * text, Date as ISO text. Equal meaning gives an equal hash, whatever the order of keys. Throws TypeError for what JSON cannot carry.
 */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The text that {@link canonicalHash} hashes. */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'bigint':
      return `"${value}"`;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`no canonical form: ${value}`);
      return JSON.stringify(value);
    case 'object':
      break;
    default:
      throw new TypeError(`no canonical form: ${typeof value}`);
  }
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value instanceof Map || value instanceof Set) throw new TypeError('no canonical form: Map or Set');
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** How values travel to the database: as text that its types read, long texts of arrays in its binary form. */
import type { WireValue } from './flight.ts';

/** Texts, numbers, bigints, booleans, instants, bytes, null, arrays of these, and anything else as JSON. */
export function wire(value: unknown): WireValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value;
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return arrayLiteral(value);
  return JSON.stringify(value);
}

/** `{"a","b",NULL}`: elements are strings, numbers, bigints, booleans, instants, bytes or null. */
function arrayLiteral(items: readonly unknown[]): string {
  return `{${items.map(element).join(',')}}`;
}

function element(item: unknown): string {
  if (item === null || item === undefined) return 'NULL';
  if (typeof item === 'string') return quoted(item);
  if (typeof item === 'bigint' || typeof item === 'number' || typeof item === 'boolean') return String(item);
  if (item instanceof Date) return item.toISOString();
  if (Array.isArray(item)) return arrayLiteral(item);
  if (Buffer.isBuffer(item)) return `"\\\\x${item.toString('hex')}"`;
  throw new TypeError(`no array element: ${typeof item}`);
}

/** What needs no quotes in a literal: ids, numbers, codes. */
const PLAIN = /^[\w.:+-]+$/;
const NULL = /^null$/i;

function quoted(text: string): string {
  if (PLAIN.test(text) && !NULL.test(text)) return text;
  return text.includes('"') || text.includes('\\') ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}

const ELEMENT = { text: { oid: 25, prefix: 0 }, jsonb: { oid: 3802, prefix: 1 } };
const LONG = 100;

/**
 * An array of texts or of JSON texts: a literal as long as all are short, else PostgreSQL's binary form, in which nothing has to be quoted
 * here and searched there (stored answers are of some kilobytes).
 */
export function textArray(items: readonly (string | null)[], type: keyof typeof ELEMENT): string | Buffer {
  if (items.every((item) => item === null || item.length <= LONG)) return arrayLiteral(items);
  const { oid, prefix } = ELEMENT[type];
  const sizes = items.map((item) => (item === null ? -1 : Buffer.byteLength(item)));
  const buffer = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + (size < 0 ? 0 : size + prefix), 20));
  let at = 0;
  // Dimensions, whether there are nulls, type of the elements, their number, index of the first.
  for (const n of [1, sizes.includes(-1) ? 1 : 0, oid, items.length, 1]) at = buffer.writeInt32BE(n, at);
  for (const [i, item] of items.entries()) {
    const size = sizes[i] ?? -1;
    at = buffer.writeInt32BE(size < 0 ? -1 : size + prefix, at);
    if (item === null) continue;
    // The version of the format of jsonb.
    if (prefix === 1) at = buffer.writeInt8(1, at);
    at += buffer.write(item, at);
  }
  return buffer;
}

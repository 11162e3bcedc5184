/** How values travel to the database. Arrays are written here, once and cheaply: the driver would quote and search every element twice. */
import { Socket } from 'node:net';

/** A wire value: bigint as text, arrays as array literals, everything else as the driver does it. */
export function wire(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return arrayLiteral(value);
  return value;
}

/** `{"a","b",NULL}`: elements are strings, numbers, bigints, booleans, instants, bytes or null. */
function arrayLiteral(items: readonly unknown[]): string {
  let literal = '{';
  for (const [i, item] of items.entries()) literal += i === 0 ? element(item) : `,${element(item)}`;
  return `${literal}}`;
}

function element(item: unknown): string {
  if (item === null || item === undefined) return 'NULL';
  if (typeof item === 'string') return quoted(item);
  if (typeof item === 'bigint' || typeof item === 'number' || typeof item === 'boolean') return String(item);
  if (item instanceof Date) return `"${item.toISOString()}"`;
  if (Array.isArray(item)) return arrayLiteral(item);
  if (Buffer.isBuffer(item)) return `"\\\\x${item.toString('hex')}"`;
  throw new TypeError(`no array element: ${typeof item}`);
}

const quoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;

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

/**
 * A socket that sends in one packet what is written in one turn of the event loop: a flight of statements costs one system call on both
 * sides, not one for each statement.
 */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  const cork = socket.cork.bind(socket);
  let gathering = false;
  // The driver corks around every statement.
  socket.cork = () => {
    if (!gathering) {
      gathering = true;
      cork();
      process.nextTick(() => {
        gathering = false;
        socket.uncork();
      });
    }
    cork();
  };
  return socket;
}

/** How values travel to the database. Arrays are written here, once and cheaply: the driver would quote and search every element twice. */
import { Socket } from 'node:net';

/** A wire value: bigint as text, arrays as array literals, everything else as the driver does it. */
export function wire(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return arrayLiteral(value);
  return value;
}

/** `{"a","b",NULL}`: elements are strings, numbers, bigints, booleans, instants or null. */
function arrayLiteral(items: readonly unknown[]): string {
  let literal = '{';
  for (const [i, item] of items.entries()) {
    if (i > 0) literal += ',';
    literal += element(item);
  }
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

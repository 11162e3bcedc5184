/** Turns low-level failures of a start (listen, connect) into a `StartError`; anything unknown passes through. */
import { errorCode, errorMessage, StartError } from './errors.ts';
import { addressUnknown, databaseRefused, databaseUnreachable, portForbidden, portTaken } from './start-errors.ts';

/** What `listen()` of the HTTP server failed with, in words. Unknown errors come back as they are. */
export function explainListenError(error: unknown, at: { host: string; port: number }): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return portTaken(at.host, at.port);
    case 'EACCES':
      return portForbidden(at.host, at.port);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return addressUnknown(at.host);
    default:
      return error;
  }
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** SQLSTATEs of a server that is there but does not let us in: wrong password, role or database, starting, full. */
const REFUSED = new Set(['28P01', '28000', '3D000', '57P03', '53300', '42501']);

/** `host:port/database` of a PostgreSQL URL: never the user's password. */
export function databaseLabel(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return '(unreadable)';
  return `${parsed.hostname || 'localhost'}:${parsed.port || '5432'}${decodeURIComponent(parsed.pathname)}`;
}

/** What the first connection to `url` failed with, in words and without the password. */
export function explainDatabaseError(error: unknown, url: string): unknown {
  if (error instanceof StartError) return error;
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = errorCode(error) || errorCode(first);
  const detail = withoutPassword(errorMessage(first) || code, url);
  if (UNREACHABLE.has(code) || /timeout|terminated/i.test(detail)) {
    return databaseUnreachable(databaseLabel(url), code || detail);
  }
  if (REFUSED.has(code) || /SASL|password|SSL/.test(detail)) return databaseRefused(databaseLabel(url), detail);
  return error;
}

function withoutPassword(text: string, url: string): string {
  const password = URL.parse(url)?.password ?? '';
  if (password === '') return text;
  return text.replaceAll(password, '***').replaceAll(decodeURIComponent(password), '***');
}

/** The server's log: pino, JSON lines for machines or one readable line each for a terminal; secrets never get in. */
import { Writable } from 'node:stream';
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = 'json' | 'text';

/** Paths whose values are replaced by `[redacted]`, wherever a whole request, header set or body is logged. */
const SECRET_KEYS = ['authorization', 'cookie', 'set-cookie', 'x-api-key', 'password', 'token', 'secret', 'apiKey'];
const SECRET_PATHS = SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);

/** A logger; `destination` is standard output unless a test hands in another. */
export function createLog(
  options: { level: LogLevel; format: LogFormat },
  destination: DestinationStream = process.stdout,
): Log {
  const target = options.format === 'text' ? textStream(destination) : destination;
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    },
    target,
  );
}

/** A logger for tests and tools that want none. */
export function silentLog(): Log {
  return pino({ level: 'silent' });
}

/** One line for a person from one JSON line: `12:04:05 warn  message key=value`, errors with their stack below. */
export function formatLine(json: string): string {
  let record: unknown;
  try {
    record = JSON.parse(json);
  } catch {
    return json;
  }
  if (typeof record !== 'object' || record === null) return json;
  const { level, time, msg, err, ...rest } = record as Record<string, unknown>;
  const label = (pino.levels.labels[Number(level)] ?? String(level)).padEnd(5);
  const clock = typeof time === 'string' ? time.slice(11, 19) : '';
  const pairs = Object.entries(rest).map(([key, value]) => ` ${key}=${short(value)}`);
  return `${clock} ${label} ${String(msg ?? '')}${pairs.join('')}${stackOf(err)}\n`;
}

function short(value: unknown): string {
  if (typeof value === 'string') return /\s/.test(value) || value === '' ? JSON.stringify(value) : value;
  return JSON.stringify(value) ?? 'undefined';
}

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const text = 'stack' in error ? error.stack : 'message' in error ? error.message : JSON.stringify(error);
  return `\n  ${String(text).replaceAll('\n', '\n  ')}`;
}

function textStream(destination: DestinationStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      destination.write(formatLine(chunk.toString()));
      done();
    },
  });
}

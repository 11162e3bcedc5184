/** One POST to a place outside: guarded while dialling, bounded in time and in what is read, no redirect followed. Source: W1–W3, P18. */
import type { Agent } from 'undici';
import type { SendResult } from './dispatch.ts';
import { type AllowedHosts, BlockedAddress, guardedLookup, type Resolve, webhookUrl } from './public-address.ts';

export type PosterOptions = {
  allowed: AllowedHosts;
  /** How names are resolved; by the system unless said otherwise. */
  resolve?: Resolve;
  timeoutMs?: number;
};
export type Poster = {
  post(url: string, headers: Record<string, string>, body: string): Promise<SendResult>;
  close(): Promise<void>;
};

const TIMEOUT_MS = 15_000;
const READ_AT_MOST = 64 * 1024;
/** A longer Retry-After is cut. */
const RETRY_AFTER_AT_MOST_MS = 6 * 3_600_000;

export function poster({ allowed, resolve, timeoutMs = TIMEOUT_MS }: PosterOptions): Poster {
  const hosts = new Set(allowed.map((host) => host.replace(/:\d+$/, '')));
  // The library comes with the first delivery: most installations have none.
  const library = () => import('undici');
  let agent: Agent | null = null;
  const agentOf = ({ Agent: Made }: Awaited<ReturnType<typeof library>>): Agent => {
    agent ??= new Made({
      connect: { timeout: timeoutMs, lookup: guardedLookup((host) => hosts.has(host), resolve) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxResponseSize: -1,
    });
    return agent;
  };
  return {
    async post(text, headers, body) {
      const url = webhookUrl(text, allowed);
      if (url === null) return { outcome: 'failed', reason: 'blocked_address' };
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const undici = await library();
        const dispatcher = agentOf(undici);
        const answer = await undici.request(url, { method: 'POST', headers, body, dispatcher, signal });
        const detail = await beginningOf(answer.body);
        return resultOf(answer.statusCode, detail, answer.headers['retry-after']);
      } catch (error) {
        return failureOf(error);
      }
    },
    close: async () => agent?.destroy(),
  };
}

/** At most 64 KB are read; the rest is hung up on. */
async function beginningOf(body: AsyncIterable<Buffer> & { destroy(error?: Error): unknown }): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of body) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= READ_AT_MOST) break;
    }
  } catch (error) {
    // The head of the answer has said what matters; a body that hangs or breaks off is no second answer.
    if (bytes === 0 && !(error instanceof Error)) throw error;
  }
  body.destroy();
  return Buffer.concat(parts).subarray(0, READ_AT_MOST).toString('utf8');
}

function resultOf(status: number, detail: string, retryAfter: string | string[] | undefined): SendResult {
  if (status >= 200 && status < 300) return { outcome: 'sent', status };
  const seen = { status, detail };
  if (status === 410) return { outcome: 'refused', reason: 'gone', ...seen };
  if (status >= 300 && status < 400) return { outcome: 'failed', reason: 'redirect', ...seen };
  const wait = status === 429 || status === 503 ? waitOf(retryAfter) : undefined;
  return {
    outcome: 'failed',
    reason: status === 429 ? 'too_many' : 'status',
    ...seen,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

/** Seconds; dates are rare and clocks differ, so that the usual waiting time is good enough for them. */
function waitOf(header: string | string[] | undefined): number | undefined {
  const [text = ''] = [header].flat();
  return /^\d{1,9}$/.test(text) ? Math.min(Number.parseInt(text, 10) * 1000, RETRY_AFTER_AT_MOST_MS) : undefined;
}

function failureOf(error: unknown): SendResult {
  const causes: Error[] = [];
  for (let cause: unknown = error; cause instanceof Error && causes.length < 5; cause = cause.cause) causes.push(cause);
  const codes = causes.map((cause) => `${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.name}`).join(' ');
  // Nothing of a place inside is told, not even that it exists.
  if (causes.some((cause) => cause instanceof BlockedAddress)) return { outcome: 'failed', reason: 'blocked_address' };
  const detail = causes.map(({ message }) => message).join(': ');
  if (/TIMEOUT|TimeoutError|AbortError/i.test(codes)) return { outcome: 'failed', reason: 'timeout', detail };
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY|ALTNAME/i.test(codes)) return { outcome: 'failed', reason: 'tls', detail };
  return { outcome: 'failed', reason: 'unreachable', detail };
}

/** The parsing thread: reads messages and checks where they come from. DNS is asked through the main thread, which may use another resolver. */
import { parentPort } from 'node:worker_threads';
import { authenticate } from 'mailauth';
import { parseMail, Unparsable } from './parse-mail.ts';
import type { AuthResult } from './parsed-mail.ts';

export type Connection = { ip: string | null; helo: string | null; sender: string | null };
export type Job =
  | { id: number; kind: 'parse'; raw: Uint8Array }
  | { id: number; kind: 'authenticate'; raw: Uint8Array; connection: Connection };
type Found = { dns: number; ok: true; records: unknown } | { dns: number; ok: false; code: string; message: string };

const port = parentPort;
if (port === null) throw new Error('this file is a worker thread');

const asked = new Map<number, { resolve(records: unknown): void; reject(error: Error): void }>();
let last = 0;
const resolver = (name: string, type: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    last += 1;
    asked.set(last, { resolve, reject });
    port.postMessage({ dns: last, name, type });
  });

port.on('message', (message: Job | Found) => {
  if ('dns' in message) answerDns(message);
  else void work(message);
});

function answerDns(found: Found): void {
  const waiting = asked.get(found.dns);
  asked.delete(found.dns);
  if (found.ok) waiting?.resolve(found.records);
  else waiting?.reject(Object.assign(new Error(found.message), { code: found.code }));
}

async function work(job: Job): Promise<void> {
  const raw = Buffer.from(job.raw.buffer, job.raw.byteOffset, job.raw.byteLength);
  try {
    const result = job.kind === 'parse' ? await parseMail(raw) : await check(raw, job.connection);
    port?.postMessage({ id: job.id, ok: true, result });
  } catch (error) {
    const reason = error instanceof Unparsable ? error.reason : 'parse_error';
    port?.postMessage({ id: job.id, ok: false, reason, detail: String(error).slice(0, 300) });
  }
}

/** SPF (where the connection is known), DKIM and DMARC. */
async function check(raw: Buffer, { ip, helo, sender }: Connection): Promise<AuthResult> {
  const result = await authenticate(raw, {
    ...(ip === null ? {} : { ip }),
    ...(helo === null ? {} : { helo }),
    ...(sender === null ? {} : { sender }),
    mta: 'qucheng',
    disableArc: true,
    disableBimi: true,
    resolver: resolver as never,
  });
  const dmarc = result.dmarc === false || result.dmarc === undefined ? null : result.dmarc;
  const signatures = result.dkim.results ?? [];
  const dkimAligned = signatures.some(({ status }) => status.result === 'pass' && Boolean(status.aligned));
  const spf = result.spf === false || result.spf === undefined ? null : result.spf;
  const author = result.dkim.headerFrom?.[0]?.split('@').at(-1)?.toLowerCase() ?? '';
  const spfDomain = spf?.domain?.toLowerCase() ?? '';
  const spfAligned =
    spf?.status.result === 'pass' &&
    spfDomain !== '' &&
    (author === spfDomain || author.endsWith(`.${spfDomain}`) || spfDomain.endsWith(`.${author}`));
  return {
    spf: spf?.status.result ?? 'none',
    dkim: signatures.some(({ status }) => status.result === 'pass') ? 'pass' : (signatures[0]?.status.result ?? 'none'),
    dmarc: dmarc?.status.result ?? 'none',
    by: 'self',
    aligned: dkimAligned || spfAligned,
  };
}

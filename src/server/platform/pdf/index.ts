/** PDF: documents go to a worker thread and come back as bytes. The thread starts with the first document and ends when none came for a while. */
import { Worker } from 'node:worker_threads';
import { refuse } from '../../kernel/refusal.ts';
import type { PdfDocument, PdfResult } from './document.ts';

export type { PdfDocument, PdfNode, PdfResult } from './document.ts';

const AT_MOST = 50;
const TIMEOUT_MS = 30_000;
const IDLE_MS = 60_000;

type Waiting = { resolve(result: PdfResult): void; reject(error: unknown): void; timer: NodeJS.Timeout };
type Reply = { id: number; bytes: Uint8Array; missing: string[] } | { id: number; error: string };
type Thread = { worker: Worker; waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined };

let thread: Thread | undefined;
let last = 0;

/** Lays a document out. Refused with request.busy when too many wait; rejects when the document cannot be laid out in time. */
export function renderPdf(document: PdfDocument): Promise<PdfResult> {
  const current = thread ?? start();
  if (current.waiting.size >= AT_MOST) return Promise.reject(refuse('request.busy'));
  clearTimeout(current.idle);
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(current, new Error('the document was not laid out in time')), TIMEOUT_MS);
    current.waiting.set(id, { resolve, reject, timer });
    current.worker.ref();
    current.worker.postMessage({ id, document });
  });
}

/** Ends the thread now; what waits is rejected. The next document starts another. */
export async function closePdf(): Promise<void> {
  const current = thread;
  if (current !== undefined) await end(current, new Error('closed'));
}

function start(): Thread {
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), { execArgv: [] });
  const started: Thread = { worker, waiting: new Map(), idle: undefined };
  thread = started;
  worker.unref();
  worker.on('message', (reply: Reply) => {
    const waiting = started.waiting.get(reply.id);
    if (waiting === undefined) return;
    started.waiting.delete(reply.id);
    clearTimeout(waiting.timer);
    if ('error' in reply) waiting.reject(new Error(reply.error));
    else
      waiting.resolve({
        bytes: Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.byteLength),
        missing: reply.missing,
      });
    if (started.waiting.size > 0) return;
    worker.unref();
    started.idle = setTimeout(() => void end(started, new Error('idle')), IDLE_MS);
    started.idle.unref();
  });
  worker.on('error', (error) => void end(started, error));
  worker.on('exit', () => void end(started, new Error('the layout thread ended')));
  return started;
}

async function end(ended: Thread, reason: unknown): Promise<void> {
  if (thread === ended) thread = undefined;
  clearTimeout(ended.idle);
  for (const { reject, timer } of ended.waiting.values()) {
    clearTimeout(timer);
    reject(reason);
  }
  ended.waiting.clear();
  await ended.worker.terminate();
}

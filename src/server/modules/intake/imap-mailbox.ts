/**
 * A mailbox that is read over IMAP: what is unseen is fetched, stored, and only then marked as seen; then the server tells when more comes
 * (IDLE). A connection that breaks is made again. A message that was stored and not yet marked comes again and is stored once.
 */
import type { ImapFlow } from 'imapflow';
import type { RawMessage } from './commands/store-message.ts';
import { MOST_BYTES } from './smtp-listener.ts';

export type ImapAccount = {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  folder: string;
};
export type Mailbox = { stop(): Promise<void> };
export type MailboxEvents = {
  store(message: RawMessage): Promise<void>;
  running(): void;
  failed(error: Error): void;
};

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** Asked again so often even if the server says nothing: some never do. */
const LOOK_EVERY_MS = 60_000;

/** The library comes with the first mailbox: most installations have none. */
async function clientFor({ host, port, secure, user, password }: ImapAccount): Promise<ImapFlow> {
  const { ImapFlow: Client } = await import('imapflow');
  return new Client({
    host,
    port,
    secure,
    auth: { user, pass: password },
    logger: false,
    maxIdleTime: LOOK_EVERY_MS,
    socketTimeout: 3 * LOOK_EVERY_MS,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
  });
}

/** Signs in once and counts the messages of the folder. Throws what went wrong. */
export async function tryMailbox(account: ImapAccount): Promise<number> {
  const client = await clientFor(account);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const status = await client.status(account.folder, { messages: true });
    return status === false ? 0 : (status.messages ?? 0);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

export function watchMailbox(account: ImapAccount, events: MailboxEvents): Mailbox {
  let stopping = false;
  const open = new Set<ImapFlow>();
  let wakeUp: (() => void) | null = null;
  let pause = FIRST_PAUSE_MS;

  const closeAll = () => {
    for (const client of open) client.close();
    open.clear();
  };
  const session = async () => {
    const current = await clientFor(account);
    if (stopping) return;
    open.add(current);
    let broken: Error | null = null;
    let knock: () => void = () => undefined;
    current.on('error', (error: Error) => {
      broken = error;
      knock();
    });
    current.on('close', () => {
      broken ??= new Error('the connection was closed');
      knock();
    });
    await current.connect();
    await current.mailboxOpen(account.folder);
    events.running();
    pause = FIRST_PAUSE_MS;
    let more = true;
    current.on('exists', () => {
      more = true;
      knock();
    });
    while (!stopping && broken === null) {
      if (more) {
        more = false;
        await takeUnseen(current, events);
        continue;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          more = true;
          resolve();
        }, LOOK_EVERY_MS);
        knock = () => {
          clearTimeout(timer);
          resolve();
        };
        wakeUp = knock;
        if (stopping || more || broken !== null) return knock();
        // The server speaks up by itself from now on; the next command ends it.
        current.idle().catch(() => undefined);
      });
    }
    if (broken !== null && !stopping) throw broken;
  };

  const life = (async () => {
    while (!stopping) {
      try {
        await session();
      } catch (error) {
        if (!stopping) events.failed(error instanceof Error ? error : new Error(String(error)));
      }
      closeAll();
      if (stopping) break;
      const wait = pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();

  return {
    async stop() {
      stopping = true;
      wakeUp?.();
      closeAll();
      await life;
    },
  };
}

/** One after the other: fetch, store, mark. What cannot be stored stays unseen. */
async function takeUnseen(client: ImapFlow, { store }: MailboxEvents): Promise<void> {
  const found = await client.search({ seen: false }, { uid: true });
  for (const uid of found === false || found === undefined ? [] : found) {
    const head = await client.fetchOne(String(uid), { size: true }, { uid: true });
    if (head === false) continue;
    // What is too large to be read is stored by its beginning: it shows as failed, and the whole stays in the mailbox.
    const whole = (head.size ?? 0) <= MOST_BYTES;
    const message = await client.fetchOne(
      String(uid),
      whole ? { source: true } : { source: { start: 0, maxLength: MOST_BYTES } },
      { uid: true },
    );
    if (message === false || message.source === undefined) continue;
    await store({ source: 'imap', raw: message.source, envelopeFrom: null, remoteIp: null, helo: null });
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  }
}

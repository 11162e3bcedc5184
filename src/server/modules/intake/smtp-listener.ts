/**
 * The built-in SMTP listener, for those who forward. It answers 250 only after the message is stored; when it cannot store, the sender keeps
 * the message and comes again (451). STARTTLS with the operator's certificate, where there is one; no sign-in: who wrote a message is proven
 * by the message (fate.ts). One machine may send only so much at a time.
 */
import type { AddressInfo } from 'node:net';
import type { RawMessage } from './commands/store-message.ts';
import type { IntakeSettingRow } from './intake-tables.ts';
import { peerLimits } from './peer-limits.ts';

export const MOST_BYTES = 25 * 1024 * 1024;
const MOST_CLIENTS = 40;
const QUIET_MS = 60_000;

export type Listener = { port: number; stop(): Promise<void> };
/** The operator's certificate (with its chain) and key, as PEM. */
export type SmtpTls = { cert: Buffer; key: Buffer };

export async function listenSmtp(
  settings: Pick<IntakeSettingRow, 'smtp_host' | 'smtp_port' | 'smtp_recipients'>,
  store: (message: RawMessage) => Promise<void>,
  failed: (error: Error) => void,
  tls: SmtpTls | null = null,
): Promise<Listener> {
  const limits = peerLimits();
  const counted = new Set<string>();
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: tls === null ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    ...(tls === null ? {} : { ...tls, minVersion: 'TLSv1.2' as const }),
    size: MOST_BYTES,
    maxClients: MOST_CLIENTS,
    socketTimeout: QUIET_MS,
    closeTimeout: 5000,
    disableReverseLookup: true,
    banner: 'qucheng',
    onConnect({ id, remoteAddress }, callback) {
      if (!limits.enter(remoteAddress)) return callback(reply(421, 'too many connections from here'));
      counted.add(id);
      callback(null);
    },
    onClose({ id, remoteAddress }) {
      if (counted.delete(id)) limits.leave(remoteAddress);
    },
    onMailFrom: (_address, { remoteAddress }, callback) =>
      callback(
        limits.mayBegin(remoteAddress) ? null : reply(451, 'too many messages from here, please try again later'),
      ),
    onRcptTo: ({ address }, _session, callback) =>
      callback(accepts(settings.smtp_recipients, address) ? null : reply(550, 'no such mailbox here')),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on('error', callback);
      stream.on('end', () => {
        if (stream.sizeExceeded) return callback(reply(552, 'message is too large'));
        const { mailFrom } = session.envelope;
        store({
          source: 'smtp',
          raw: Buffer.concat(chunks),
          envelopeFrom: mailFrom === false ? null : mailFrom.address,
          remoteIp: session.remoteAddress,
          helo: session.hostNameAppearsAs || null,
        }).then(
          () => callback(null),
          (error: Error) => {
            failed(error);
            callback(reply(451, 'not stored, please try again later'));
          },
        );
      });
    },
  });
  // A client that breaks off is no fault of ours.
  server.on('error', (error) => failed(error));
  await new Promise<void>((resolve, reject) => {
    const refused = (error: Error) => reject(error);
    server.once('error', refused);
    server.listen(settings.smtp_port, settings.smtp_host, () => {
      server.off('error', refused);
      resolve();
    });
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

/** `orders@example.com`, or `@example.com` for every address of the domain. */
export function accepts(recipients: readonly string[], address: string): boolean {
  const wanted = address.toLowerCase();
  return (
    recipients.length === 0 ||
    recipients.some((each) => wanted === each || (each.startsWith('@') && wanted.endsWith(each)))
  );
}

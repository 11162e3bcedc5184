/** One mail over SMTP, and what the answer of the other side means. */
import type { Transporter } from 'nodemailer';
import type { SendResult } from '../outbound/index.ts';
import type { SecretBox } from '../secrets/index.ts';
import { type MailServerRow, mailPassword } from './mail-server.ts';

export type Mail = {
  to: { name: string | null; address: string };
  subject: string;
  text: string;
  html: string;
  /** The part of the Message-ID before the @: the same message keeps it, however often it is sent. */
  id: string;
  /** Mails of one case name the same root and stand in one thread. */
  thread?: string;
  attachments?: readonly { filename: string; content: Buffer; contentType: string }[];
};

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
/** How long one mail may take in all: a worker's claim lasts longer. */
export const SMTP_MOST_MS = 60_000;

export type Mailer = { send(mail: Mail, server: MailServerRow): Promise<SendResult>; close(): void };

/** Keeps a few connections to the server that is set up, and makes new ones when it changes. */
export function mailer(secrets: SecretBox): Mailer {
  let kept: { key: string; transport: Promise<Transporter> } | null = null;
  const transportFor = (server: MailServerRow): Promise<Transporter> => {
    const key = `${server.id} ${server.version}`;
    if (kept?.key === key) return kept.transport;
    forget();
    const transport = transportOf(server, secrets);
    // One that could not be made is not kept.
    transport.catch(() => (kept = null));
    kept = { key, transport };
    return transport;
  };
  function forget(): void {
    kept?.transport.then(
      (transport) => transport.close(),
      () => undefined,
    );
    kept = null;
  }
  return {
    async send(mail, server) {
      const domain = server.from_address.split('@').at(-1) ?? 'localhost';
      const root = mail.thread === undefined ? undefined : `<${mail.thread}@${domain}>`;
      try {
        const { response = '' } = await (await transportFor(server)).sendMail({
          from: { name: server.from_name, address: server.from_address },
          to: { name: mail.to.name ?? '', address: mail.to.address },
          ...(server.reply_to === null ? {} : { replyTo: server.reply_to }),
          subject: oneLine(mail.subject),
          text: mail.text,
          html: mail.html,
          messageId: `<${mail.id}@${domain}>`,
          ...(root === undefined ? {} : { inReplyTo: root, references: root }),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          ...(mail.attachments === undefined ? {} : { attachments: [...mail.attachments] }),
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { outcome: 'sent', status: statusOf(response), detail: response };
      } catch (error) {
        return failure(error);
      }
    },
    close: forget,
  };
}

/** The library is loaded when the first mail goes out: most of its weight is memory that who sends none need not hold. */
async function transportOf(server: MailServerRow, secrets: SecretBox): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const { username, password_sealed: sealed } = server;
  return createTransport({
    pool: true,
    maxConnections: 4,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    ...(username === null
      ? {}
      : { auth: { user: username, pass: sealed === null ? '' : secrets.open(sealed, mailPassword.place) } }),
  });
}

/** Names and subjects go into headers: whatever ends a line there becomes a blank (T5). */
export const oneLine = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();

const statusOf = (response: string): number => Number.parseInt(/^\d{3}/.exec(response)?.[0] ?? '250', 10);

type SmtpError = Error & { code?: string; responseCode?: number };

/** 5xx about this mail: no further try helps. Everything about the way there: another try may. */
function failure(error: unknown): SendResult {
  const {
    code = '',
    responseCode,
    message: detail,
  } = error instanceof Error ? (error as SmtpError) : (new Error(String(error)) as SmtpError);
  const seen = { detail, ...(responseCode === undefined ? {} : { status: responseCode }) };
  if (code === 'EAUTH') return { outcome: 'failed', reason: 'mail_auth', ...seen };
  if (responseCode !== undefined && responseCode >= 500 && responseCode !== 502 && responseCode !== 503)
    return { outcome: 'refused', reason: 'mail_refused', ...seen };
  if (responseCode !== undefined) return { outcome: 'failed', reason: 'mail_later', ...seen };
  if (code === 'ETLS' || /certificate|SSL|TLS/i.test(detail)) return { outcome: 'failed', reason: 'tls', ...seen };
  if (code === 'EENVELOPE') return { outcome: 'refused', reason: 'mail_refused', ...seen };
  return { outcome: 'failed', reason: code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', ...seen };
}

/** Sends notices by mail. Whom it goes to, in which language, and whether that person may still see it, is asked when it is sent. */
import { parseInstant } from '../../kernel/clock.ts';
import { COMPANY, type Database, sql, type Tx } from '../../platform/db/database.ts';
import { type MailServerRow, readMailServer } from '../../platform/mail/mail-server.ts';
import { replyMark } from '../../platform/mail/reply-keys.ts';
import { type Mailer, mailer, SMTP_MOST_MS } from '../../platform/mail/smtp.ts';
import type { Channel, OutgoingRow, SendResult } from '../../platform/outbound/index.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import type { SecretBox } from '../../platform/secrets/index.ts';
import { CODE_MAIL } from '../links/index.ts';
import { followUp, TEST_MAIL } from '../outgoing/index.ts';
import { applicationContent, isApplicationMail } from './application-mails.ts';
import { CONFIRMATION_MAIL } from './confirmation-mail.ts';
import { codeContent, confirmationContent, type Prepared } from './link-mails.ts';
import { layOut } from './mail-layout.ts';
import { mailWords } from './mail-words.ts';
import { noticeMail, type NoticeMail } from './notice-mail-text.ts';

const MINUTE = 60_000;
/** Nine tries over two days. */
const WAITS = [1, 5, 15, 60, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);

type Parts = { database: Database; secrets: SecretBox };
type Receiver = {
  id: string;
  kind: string;
  name: string;
  name_en: string | null;
  email: string | null;
  locale: string;
  partner_id: string | null;
  state: string;
  partner_name: string | null;
  partner_name_en: string | null;
};

export function mailChannel({ database, secrets }: Parts): Channel {
  const post = mailer(secrets);
  const prepare = async (
    message: OutgoingRow,
    notice: NoticeMail,
    server: MailServerRow,
    env: Env,
    now: Date,
  ): Promise<Prepared> => {
    switch (message.kind) {
      case CONFIRMATION_MAIL:
        return confirmationContent({ database, secrets }, message, notice, server, env, now);
      case CODE_MAIL:
        return codeContent({ database, secrets }, message, notice, now);
      default:
        return { mail: noticeMail(notice) };
    }
  };
  return {
    name: 'mail',
    waits: WAITS,
    leaseMs: 2 * SMTP_MOST_MS,
    atOnceForTarget: 2,
    atOnce: 8,
    isOpen: async (tx) => (await readMailServer(tx)) !== null,
    async send(message, env, now) {
      const { server, receiver } = await database.read(COMPANY, (tx) => load(tx, message));
      if (server === null) return { outcome: 'dropped', reason: 'mail_off' };
      if (receiver === undefined || receiver.state !== 'active') return { outcome: 'dropped', reason: 'receiver_gone' };
      if (message.kind === TEST_MAIL) return sendTest(post, server, message, receiver, env);
      if (!server.is_on) return { outcome: 'dropped', reason: 'mail_off' };
      if (receiver.email === null) return { outcome: 'dropped', reason: 'no_address' };
      // Somebody who has changed sides meanwhile.
      if (receiver.partner_id !== null && receiver.partner_id !== message.partner_id)
        return { outcome: 'dropped', reason: 'not_allowed' };
      const notice = noticeOf(secrets, message, receiver, server, env);
      const prepared = isApplicationMail(message.kind)
        ? await applicationContent(
            { database, secrets },
            message,
            { locale: receiver.locale, company: companyName(env, receiver.locale) },
            server,
          )
        : await prepare(message, notice, server, env, now);
      if ('result' in prepared) return prepared.result;
      const thread = `${message.document_type}.${message.document_id}`;
      const to = { name: receiver.name, address: receiver.email };
      return post.send({ to, ...prepared.mail, id: message.id, thread }, server);
    },
    async settled(tx, message, _result, state, env, now) {
      // Nobody needs to look after a test, nor after a code that is over in ten minutes.
      if (message.kind !== TEST_MAIL && message.kind !== CODE_MAIL) await followUp(tx, message, state, env, now);
    },
    close: async () => post.close(),
  };
}

async function load(
  tx: Tx,
  message: OutgoingRow,
): Promise<{ server: MailServerRow | null; receiver: Receiver | undefined }> {
  const [server, [receiver]] = await Promise.all([
    readMailServer(tx),
    tx.query<Receiver>(sql`
      select r.*, p.name as partner_name, p.name_en as partner_name_en from (
        select id, kind, name, name_en, email, locale, partner_id, state from app_user where id = ${message.target_id}
        union all
        select c.id, 'partner', c.name, null, c.email, coalesce(c.locale, p.locale, 'zh-Hant'), c.partner_id, case when c.is_active then 'active' else 'disabled' end
        from partner_contact c join partner p on p.id = c.partner_id where c.id = ${message.target_id}
        union all
        select id, 'applicant', no, null, content -> 'contact' ->> 'email', locale, null, case when content is null then 'disabled' else 'active' end
        from partner_application where id = ${message.target_id}
      ) r left join partner p on p.id = ${message.partner_id}::uuid`),
  ]);
  return { server, receiver };
}

function noticeOf(
  secrets: SecretBox,
  message: OutgoingRow,
  receiver: Receiver,
  server: MailServerRow,
  env: Env,
): NoticeMail {
  const side = receiver.kind === 'partner' ? 'partner' : 'staff';
  return {
    ...contentOf(message),
    kind: message.kind,
    document: { type: message.document_type, id: message.document_id, no: message.document_no },
    partnerName: receiver.locale === 'en' ? (receiver.partner_name_en ?? receiver.partner_name) : receiver.partner_name,
    receiver: { name: nameOf(receiver), locale: receiver.locale, side },
    company: { name: companyName(env, receiver.locale), timeZone: env.company.timeZone },
    publicUrl: server.public_url,
    replyMark: side === 'partner' ? markOf(secrets, message) : null,
  };
}

const nameOf = ({ name, name_en, locale }: Receiver) => (locale === 'en' ? (name_en ?? name) : name);
const companyName = ({ company }: Env, locale: string) =>
  locale === 'en' ? (company.nameEn ?? company.name) : company.name;

function contentOf({ content, created_at }: OutgoingRow): {
  params: Record<string, unknown>;
  dueAt: Date | null;
  at: Date;
} {
  const { params, dueAt, at } = content as { params?: Record<string, unknown>; dueAt?: string | null; at?: string };
  return {
    params: params ?? {},
    dueAt: typeof dueAt === 'string' ? parseInstant(dueAt) : null,
    at: (typeof at === 'string' ? parseInstant(at) : null) ?? created_at,
  };
}

const markOf = (secrets: SecretBox, message: OutgoingRow): string | null =>
  message.partner_id === null
    ? null
    : replyMark(secrets, {
        documentType: message.document_type,
        documentId: message.document_id,
        partnerId: message.partner_id,
      });

/** A test says at once what is wrong: it is not tried again. */
async function sendTest(
  post: Mailer,
  server: MailServerRow,
  message: OutgoingRow,
  receiver: Receiver,
  env: Env,
): Promise<SendResult> {
  const words = mailWords(receiver.locale);
  const company = companyName(env, receiver.locale);
  const { to } = message.content as { to: string };
  const body = layOut({
    greeting: words.say('greeting', { name: nameOf(receiver) }),
    lead: words.say('testBody', { company }),
    facts: [],
    button: null,
    notes: [],
  });
  const result = await post.send(
    { to: { name: receiver.name, address: to }, subject: words.say('testSubject'), ...body, id: message.id },
    server,
  );
  return result.outcome === 'failed' ? { ...result, outcome: 'refused' } : result;
}

/** Mails to the person of a reply link: the confirmation with its paper and its link, and the one-time code. Source: R4.3. */
import { bizDateOf, wallTime } from '../../kernel/biz-date.ts';
import { parseInstant } from '../../kernel/clock.ts';
import { COMPANY, type Database } from '../../platform/db/database.ts';
import { asLocale } from '../../platform/http/messages.ts';
import type { MailServerRow } from '../../platform/mail/mail-server.ts';
import type { Mail } from '../../platform/mail/smtp.ts';
import type { OutgoingRow, SendResult } from '../../platform/outbound/index.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import type { SecretBox } from '../../platform/secrets/index.ts';
import { confirmationPdf } from '../documents/index.ts';
import { CODE_PLACE, linkPath, readLink, readRound } from '../links/index.ts';
import { layOut } from './mail-layout.ts';
import { mailWords } from './mail-words.ts';
import { type NoticeMail, noticeMail } from './notice-mail-text.ts';

type Parts = { database: Database; secrets: SecretBox };
type Content = Pick<Mail, 'subject' | 'text' | 'html' | 'attachments'>;
export type Prepared = { mail: Content } | { result: SendResult };

/** The confirmation as it was sent; not any more when the round was recalled or answered before the mail could leave. */
export async function confirmationContent(
  { database, secrets }: Parts,
  message: OutgoingRow,
  notice: NoticeMail,
  server: MailServerRow,
  env: Env,
  now: Date,
): Promise<Prepared> {
  const { linkId, round } = message.content as { linkId: string; round: number };
  const asked = await database.read(COMPANY, async (tx) => {
    const link = await readLink(tx, linkId);
    return link === undefined || link.revoked_at !== null ? null : await readRound(tx, link);
  });
  if (asked === null || !asked.isOpen) return { result: { outcome: 'dropped', reason: 'not_wanted' } };
  const locale = asLocale(notice.receiver.locale);
  const words = mailWords(locale);
  const { fileName, bytes } = await confirmationPdf(database, {
    orderId: message.document_id,
    round,
    // Whoever reads English gets both languages: the contract is in Chinese.
    language: locale === 'en' ? 'bilingual' : locale,
    locale,
    today: bizDateOf(now, env.company.timeZone),
  });
  const text = noticeMail({
    ...notice,
    button: { text: words.say('openRound'), link: `${server.public_url}${linkPath(secrets, linkId)}` },
    more: [
      words.say('attached', { file: fileName }),
      words.say('linkAlone'),
      words.say(asked.silence_accepts ? 'silenceAccepts' : 'silenceIsNone'),
    ],
  });
  return { mail: { ...text, attachments: [{ filename: fileName, content: bytes, contentType: 'application/pdf' }] } };
}

/** The code; a copy that comes too late is not sent. */
export function codeContent(
  { secrets }: Parts,
  message: OutgoingRow,
  notice: Pick<NoticeMail, 'receiver' | 'company'>,
  now: Date,
): Prepared {
  const { codeSealed, expiresAt } = message.content as { codeSealed: string; expiresAt: string };
  const until = parseInstant(expiresAt);
  if (until === null || until <= now) return { result: { outcome: 'dropped', reason: 'not_wanted' } };
  const words = mailWords(notice.receiver.locale);
  const code = secrets.open(codeSealed, CODE_PLACE);
  const body = layOut({
    greeting: words.say('greeting', { name: notice.receiver.name }),
    lead: words.say('codeLead', { code }),
    facts: [
      [words.say('document'), message.document_no ?? ''],
      [words.say('due'), wallTime(until, notice.company.timeZone)],
    ],
    button: null,
    notes: [words.say('codeHint', { company: notice.company.name })],
  });
  return { mail: { subject: [words.say('codeSubject'), message.document_no].join(' · '), ...body } };
}

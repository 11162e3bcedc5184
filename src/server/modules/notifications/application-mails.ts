/**
 * Mails to applicants, who have no account: received, asked back, accepted with the way to the account, refused with the reason. Each carries
 * the link under which the application is followed. What the applicant typed is not repeated: the address may be somebody else's. Source: R3.1.
 */
import { sql, type Tx } from '../../platform/db/database.ts';
import { COMPANY, type Database } from '../../platform/db/database.ts';
import type { LogEvent } from '../../platform/events/readers.ts';
import { isMailOn, type MailServerRow } from '../../platform/mail/mail-server.ts';
import { enqueue, type OutgoingRow } from '../../platform/outbound/index.ts';
import type { SecretBox } from '../../platform/secrets/index.ts';
import { APPLICATION_TOKEN_PLACE } from '../applications/index.ts';
import type { Prepared } from './link-mails.ts';
import { layOut } from './mail-layout.ts';
import { mailWords, type Phrase } from './mail-words.ts';

/** Event → the state in which it is still news, and its sentence. */
const STEPS: Readonly<Record<string, { state: string; lead: Phrase; button: Phrase }>> = {
  'application.submitted': { state: 'submitted', lead: 'applicationReceived', button: 'openApplication' },
  'application.asked_back': { state: 'needs_data', lead: 'applicationAsked', button: 'answerApplication' },
  'application.accepted': { state: 'accepted', lead: 'applicationAccepted', button: 'openAccount' },
  'application.refused': { state: 'refused', lead: 'applicationRefused', button: 'openApplication' },
};

export const isApplicationMail = (kind: string): boolean => Object.hasOwn(STEPS, kind);

export async function applicationMails(tx: Tx, events: readonly LogEvent[], now: Date): Promise<void> {
  const told = events.filter(({ type }) => isApplicationMail(type));
  if (told.length === 0 || !(await isMailOn(tx))) return;
  await enqueue(
    tx,
    told.map((event) => ({
      channel: 'mail' as const,
      partnerId: null,
      targetId: event.documentId,
      kind: event.type,
      eventId: event.id,
      document: { type: 'application', id: event.documentId, no: event.documentNo },
      content: { at: event.at.toISOString() },
    })),
    now,
  );
}

type Row = { state: string; question: string | null; reason: string | null; token_sealed: string | null };

/** The mail as things are when it is sent; not any more when the application has moved on. */
export async function applicationContent(
  { database, secrets }: { database: Database; secrets: SecretBox },
  message: OutgoingRow,
  { locale, company }: { locale: string; company: string },
  server: Pick<MailServerRow, 'public_url'>,
): Promise<Prepared> {
  const [row] = await database.read(COMPANY, (tx) =>
    tx.query<Row>(
      sql`select state, question, reason, token_sealed from partner_application where id = ${message.target_id}`,
    ),
  );
  const step = STEPS[message.kind];
  if (row === undefined || step === undefined || row.state !== step.state)
    return { result: { outcome: 'dropped', reason: 'not_wanted' } };
  const words = mailWords(locale);
  const said = row.state === 'needs_data' ? row.question : row.state === 'refused' ? row.reason : null;
  const token = row.token_sealed === null ? null : secrets.open(row.token_sealed, APPLICATION_TOKEN_PLACE);
  const body = layOut({
    greeting: words.say('hello'),
    lead: words.say(step.lead, { company, no: message.document_no ?? '' }),
    facts: said === null ? [] : [[words.say(row.state === 'refused' ? 'reason' : 'question'), said]],
    button:
      token === null
        ? null
        : { text: words.say(step.button), link: `${server.public_url}/application#${encodeURIComponent(token)}` },
    notes: [words.say('applicationHint', { company })],
  });
  return { mail: { subject: [words.say('applicationSubject'), message.document_no].join(' · '), ...body } };
}

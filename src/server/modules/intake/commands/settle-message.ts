/** The product settles a message: an inquiry, an answer to one, quarantine, ignored, failed; one of them, once (P8). */
import { addMs } from '../../../kernel/clock.ts';
import { sql } from '../../../platform/db/database.ts';
import type { ReplyTo } from '../../../platform/mail/reply-token.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { isKeepable, keepAttachments } from '../../conversation/index.ts';
import { answerFromMail, dateContext, isOpenForAnswers } from '../../inquiries/index.ts';
import { parkReturned } from '../../outgoing/index.ts';
import { believed, type Contact, type Fate, fateOf } from '../fate.ts';
import type { IntakeMessage, IntakeReason } from '../intake-tables.ts';
import type { AuthResult, ParsedMail } from '../parse/parsed-mail.ts';
import { readMail, readReply } from '../read-mail.ts';
import { goMessage, keptMail, lockMessage, makeInquiry } from './shared.ts';

const DAY_MS = 86_400_000;

export type Settle = {
  messageId: string;
  found:
    | { ok: true; mail: ParsedMail; auth: AuthResult | null; replyTo: ReplyTo | null }
    | { ok: false; reason: IntakeReason };
};

export const settleMessage = defineCommand<Settle>({
  name: 'intake.settle',
  refuses: ['intake.not_found', 'intake.duplicate'],
  async run(context, { messageId, found }) {
    const row = await lockMessage(context, messageId);
    // Another node, or the same one before it died, has settled it.
    if (row.state !== 'stored') return { status: 200, body: { id: row.id, state: row.state } };
    row.settled_at = context.command.now;
    if (!found.ok) {
      row.reason = found.reason;
      await goMessage(context, row, 'quarantine', 'failed');
      return { status: 200, body: { id: row.id, state: row.state } };
    }
    const { mail } = found;
    row.message_id = mail.messageId;
    row.from_address = mail.from;
    row.subject = mail.subject === '' ? null : mail.subject;
    row.parsed = keptMail({
      ...mail,
      attachments: mail.attachments.map((file) => ({ ...file, kept: isKeepable(file) })),
    });
    const { fate, auth } = await weigh(context, row, found);
    row.auth = auth;
    await follow(context, row, mail, fate);
    return { status: 200, body: { id: row.id, state: row.state } };
  },
});

async function weigh(
  { tx, env }: Context<unknown>,
  row: IntakeMessage,
  { mail, auth: own, replyTo }: Settle['found'] & { ok: true },
): Promise<{ fate: Fate; auth: AuthResult | null }> {
  const [contacts, twins, settings, replyOpen, repeats] = await Promise.all([
    tx.query<Contact>(sql`
      select p.id as "partnerId", p.state = 'active' as active from partner p where p.id in (
        select partner_id from partner_contact where is_active and lower(email) = ${mail.from}
        union select partner_id from app_user where kind = 'partner' and state = 'active' and lower(email) = ${mail.from})`),
    tx.query(
      sql`select 1 from intake_message where message_id = ${row.message_id} and id <> ${row.id} and state in ('inquiry', 'reply')`,
    ),
    tx.query<{ trusted_relays: string[] }>(sql`select trusted_relays from intake_setting`),
    replyTo?.documentType === 'inquiry' ? isOpenForAnswers(tx, replyTo.documentId, replyTo.partnerId) : false,
    tx.query(sql`
      select 1 from intake_message where state = 'inquiry' and id <> ${row.id} and from_address = ${mail.from} and subject is not distinct from ${row.subject}
        and received_at > ${addMs(row.received_at, -DAY_MS)} and parsed = ${JSON.stringify(row.parsed)}::text::jsonb limit 1`),
  ]);
  const auth = believed(own, mail.relayResults, settings[0]?.trusted_relays ?? []);
  const kept = row.parsed ?? { text: '', tables: [], attachments: [] };
  const hasLines = readMail(kept, mail.subject, dateContext(env, row.received_at)).lines.length > 0;
  return {
    auth,
    fate: fateOf({
      mail,
      auth,
      contacts,
      seenBefore: twins.length > 0,
      replyTo,
      replyOpen,
      hasLines,
      repeated: repeats.length > 0,
    }),
  };
}

async function follow(context: Context<unknown>, row: IntakeMessage, mail: ParsedMail, fate: Fate): Promise<void> {
  const { env } = context;
  const kept = row.parsed ?? { text: '', tables: [], attachments: [] };
  const dates = dateContext(env, row.received_at);
  switch (fate.state) {
    case 'ignored':
      row.reason = fate.reason;
      if (mail.returned !== null) await parkReturned(context, mail.returned);
      return goMessage(context, row, 'settle', 'ignored');
    case 'quarantined':
      row.reason = fate.reason;
      return goMessage(context, row, 'quarantine', 'quarantined');
    case 'reply': {
      row.partner_id = fate.partnerId;
      row.inquiry_id = fate.inquiryId;
      const { no } = await answerFromMail(context, fate.inquiryId, readReply(kept, dates));
      await keepAttachments(
        context,
        { type: 'inquiry', id: fate.inquiryId, no, partnerId: fate.partnerId },
        mail.attachments,
      );
      return goMessage(context, row, 'settle', 'reply');
    }
    case 'inquiry':
      row.partner_id = fate.partnerId;
      row.inquiry_id = await makeInquiry(
        context,
        row,
        fate.partnerId,
        readMail(kept, mail.subject, dates),
        mail.attachments,
      );
      return goMessage(context, row, 'settle', 'inquiry');
  }
}

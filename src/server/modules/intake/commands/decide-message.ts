/** A person decides on a message: released to a partner as an inquiry, discarded with a reason, taken back. R3.2. */
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { dateContext, readText } from '../../inquiries/index.ts';
import { readMessage } from '../intake-queries.ts';
import type { IntakeMessage } from '../intake-tables.ts';
import { parseThread } from '../parse/parse-thread.ts';
import { readMail } from '../read-mail.ts';
import { goMessage, type IntakeAction, lockMessage, makeInquiry } from './shared.ts';
import { intakeMachine } from '../../../../contract/machines/intake.ts';

/** For the files of messages that are released; their senders are not asked about again. */
const thread = parseThread();

function requireAction(row: IntakeMessage, action: IntakeAction): void {
  if (intakeMachine.row(action, row.state) === undefined)
    throw refuse('intake.wrong_state', { action, state: row.state });
}

async function answer({ tx, command }: Context<unknown>, row: IntakeMessage) {
  return { status: 200, body: await readMessage(tx, row.id, command.actor), etag: row.version };
}

export const releaseMessage = defineCommand<{ messageId: string; partnerId: string; text?: string | undefined }>({
  name: 'intake.release',
  refuses: [
    'intake.not_found',
    'intake.wrong_state',
    'partner.not_found',
    'partner.not_active',
    'inquiry.nothing_read',
    'intake.duplicate',
  ],
  async run(context, { messageId, partnerId, text }) {
    const { tx, command, env } = context;
    const row = await lockMessage(context, messageId);
    requireAction(row, 'release');
    const twins = await tx.query(
      sql`select 1 from intake_message where message_id = ${row.message_id} and id <> ${row.id} and state = 'inquiry'`,
    );
    if (twins.length > 0) throw refuse('intake.duplicate');
    const dates = dateContext(env, row.received_at);
    const read =
      text !== undefined
        ? readText(text, dates)
        : row.parsed === null
          ? null
          : readMail(row.parsed, row.subject ?? '', dates);
    if (read === null || read.lines.length === 0) throw refuse('inquiry.nothing_read', undefined, 'text');
    const parsed = row.parsed?.attachments.some(({ kept }) => kept) === true ? await thread.parse(row.raw) : null;
    row.inquiry_id = await makeInquiry(
      context,
      row,
      partnerId,
      read,
      parsed?.ok === true ? parsed.result.attachments : [],
    );
    row.partner_id = partnerId;
    row.decided_by = command.actor.userId;
    await goMessage(context, row, 'release', 'inquiry');
    return answer(context, row);
  },
});

export const discardMessage = defineCommand<{ messageId: string; reason: string }>({
  name: 'intake.discard',
  refuses: ['intake.not_found', 'intake.wrong_state'],
  async run(context, { messageId, reason }) {
    const row = await lockMessage(context, messageId);
    requireAction(row, 'discard');
    row.discard_reason = reason;
    row.decided_by = context.command.actor.userId;
    await goMessage(context, row, 'discard', 'discarded');
    return answer(context, row);
  },
});

export const restoreMessage = defineCommand<{ messageId: string }>({
  name: 'intake.restore',
  refuses: ['intake.not_found', 'intake.wrong_state'],
  async run(context, { messageId }) {
    const row = await lockMessage(context, messageId);
    requireAction(row, 'restore');
    row.discard_reason = null;
    row.decided_by = context.command.actor.userId;
    row.reason ??= 'restored';
    await goMessage(context, row, 'restore', 'quarantined');
    return answer(context, row);
  },
});

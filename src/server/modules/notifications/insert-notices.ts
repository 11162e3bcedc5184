/** Notices are written, and those that go by mail put on their way, in one transaction. */
import type { Tx } from '../../platform/db/database.ts';
import { insertRows, type RowOf } from '../../platform/db/table.ts';
import { isMailOn } from '../../platform/mail/mail-server.ts';
import { enqueue } from '../../platform/outbound/index.ts';
import { CONFIRMATION_MAIL } from './confirmation-mail.ts';
import { isWanted, readChoices } from './mail-choice.ts';
import { noticeTable } from './notice-tables.ts';

type NoticeRow = Omit<RowOf<typeof noticeTable>, 'params'> & { params: Record<string, unknown> };

/** Each notice once; the mail of one that is there already is there already too. */
export async function insertNotices(tx: Tx, notices: readonly NoticeRow[], now: Date): Promise<void> {
  if (notices.length === 0) return;
  const [, isOn] = await Promise.all([
    insertRows(tx, noticeTable, notices, { onConflictDoNothing: true }),
    isMailOn(tx),
  ]);
  if (!isOn) return;
  const choices = await readChoices(tx, [...new Set(notices.map(({ user_id }) => user_id))]);
  const mailed = notices.filter(({ user_id, kind, params }) => {
    // It has a mail of its own, with paper and link.
    if (kind === CONFIRMATION_MAIL) return false;
    const choice = choices.get(user_id);
    return choice !== undefined && isWanted(choice, kind, params);
  });
  await enqueue(
    tx,
    mailed.map((notice) => ({
      channel: 'mail',
      partnerId: notice.partner_id,
      targetId: notice.user_id,
      kind: notice.kind,
      eventId: notice.event_id,
      document: { type: notice.document_type, id: notice.document_id, no: notice.document_no },
      content: { params: notice.params, dueAt: notice.due_at?.toISOString() ?? null, at: notice.at.toISOString() },
    })),
    now,
  );
}

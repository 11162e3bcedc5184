/** Tasks are written in the transaction that makes them necessary: there is no moment at which a case has no holder. */
import { newId } from '../../kernel/ids.ts';
import type { WorkingCalendar } from '../../kernel/working-calendar.ts';
import { sql, type Tx } from '../db/database.ts';
import { defineTable, insertRows } from '../db/table.ts';
import type { Command, TaskChange } from '../pipeline/types.ts';
import { reminderTimes } from './reminder-times.ts';

export const taskTable = defineTable('task', ['id'], {
  id: 'uuid',
  kind: 'text',
  document_type: 'text',
  document_id: 'uuid',
  document_no: 'text',
  partner_id: 'uuid?',
  side: 'text',
  role: 'text',
  user_id: 'uuid?',
  article: 'text?',
  due_at: 'timestamptz?',
  due_is_provisional: 'boolean',
  opened_at: 'timestamptz',
  closed_at: 'timestamptz?',
  closed_by: 'uuid?',
  clock: 'text?',
  reminders: 'jsonb?',
  remind_at: 'timestamptz?',
  reminded: 'int',
});

/** Closes the open tasks of documents (all, or one family such as `order.reply`), then opens the new ones. Two statements, however many. */
export async function saveTasks(
  tx: Tx,
  changes: readonly { change: TaskChange; command: Command<unknown> }[],
  calendar: WorkingCalendar,
): Promise<void> {
  const closing = changes.flatMap(({ change, command }) =>
    'closeOf' in change ? [{ ...change, by: command.actor.userId, at: command.now }] : [],
  );
  const opening = changes.flatMap(({ change, command }) => {
    if (!('open' in change)) return [];
    const { open: t } = change;
    return [
      {
        id: newId(command.now),
        kind: t.kind,
        document_type: t.documentType,
        document_id: t.documentId,
        document_no: t.documentNo,
        partner_id: t.partnerId,
        side: t.holder.side,
        role: t.holder.role,
        user_id: t.holder.userId ?? null,
        article: t.article,
        due_at: t.due?.at ?? null,
        due_is_provisional: t.due?.provisional ?? false,
        opened_at: command.now,
        closed_at: null,
        closed_by: null,
        clock: t.due?.clock ?? null,
        reminders: t.due?.reminders ?? null,
        remind_at: t.due == null ? null : firstReminder(calendar, command.now, t.due.at, t.due.reminders),
        reminded: 0,
      },
    ];
  });
  if (closing.length > 0) {
    void tx.run(sql`
      update task set closed_at = c.at, closed_by = c.by
      from unnest(${closing.map((c) => c.closeOf)}::uuid[], ${closing.map((c) => c.family ?? '')}::text[], ${closing.map((c) => c.by)}::uuid[], ${closing.map((c) => c.at)}::timestamptz[]) as c(document_id, family, by, at)
      where task.document_id = c.document_id and task.closed_at is null and starts_with(task.kind, c.family)`);
  }
  await insertRows(tx, taskTable, opening);
}

const firstReminder = (...of: Parameters<typeof reminderTimes>): Date | null => reminderTimes(...of)[0]?.at ?? null;

/**
 * Each minute: reminders of tasks that come near their deadline, and word to the head of the department when it is over. Each is written
 * once; after a standstill of the server only the newest of those missed is written. Source: process.md, "Deadlines"; N7.
 */
import type { Reminders } from '../../../contract/policy.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { newId } from '../../kernel/ids.ts';
import { COMPANY, sql } from '../../platform/db/database.ts';
import { updateRows } from '../../platform/db/table.ts';
import type { JobContext, TimedJob } from '../../platform/jobs/timed-jobs.ts';
import { type Reminder, reminderTimes } from '../../platform/tasks/reminder-times.ts';
import { taskTable } from '../../platform/tasks/task-table.ts';
import { loadPeople, type OpenTask, type People } from './audience.ts';
import { insertNotices } from './insert-notices.ts';

type DueTask = OpenTask & {
  due_at: Date;
  document_type: string;
  document_no: string;
  article: string | null;
  opened_at: Date;
  reminders: Reminders | null;
  reminded: number;
};

const BATCH = 500;

export const deadlineJob: TimedJob = {
  name: 'task deadlines',
  everyMs: 60_000,
  async run(context) {
    while ((await speak(context)) === BATCH);
  },
};

/**
 * Tasks whose next moment has come; the number looked at. In a transaction of its own, and past those that somebody is closing just now:
 * neither waits for the other.
 */
const speak = ({ runtime, env, now }: JobContext): Promise<number> =>
  runtime.database.write(COMPANY, async (tx) => {
    const tasks = await tx.query<DueTask>(sql`
      select t.id, t.kind, t.document_type, t.document_id, t.document_no, t.partner_id, t.side, t.role, t.user_id, t.article, t.due_at,
        t.due_is_provisional, t.opened_at, t.reminders, t.reminded
      from task t
      where t.closed_at is null and t.remind_at <= ${now} and t.due_at is not null order by t.remind_at limit ${BATCH}::int for no key update skip locked`);
    const plans = tasks.map((task) => ({
      task,
      ...planOf(task, reminderTimes(env.calendar, task.opened_at, task.due_at, task.reminders), now),
    }));
    const partnerIds = [...new Set(tasks.flatMap(({ partner_id }) => (partner_id === null ? [] : [partner_id])))];
    const people = await loadPeople(tx, partnerIds, bizDateOf(now, env.company.timeZone));
    await insertNotices(
      tx,
      plans.flatMap(({ task, say }) => (say === null ? [] : reminderRows(task, say, people, now))),
      now,
    );
    await updateRows(
      tx,
      taskTable,
      ['reminded', 'remind_at'],
      plans.map(({ task, reminded, next }) => ({ id: task.id, reminded, remind_at: next })),
    );
    return tasks.length;
  });

/** The newest reminder that is due, and the one after it. */
function planOf(
  task: DueTask,
  reminders: readonly Reminder[],
  now: Date,
): { say: Reminder['kind'] | null; reminded: number; next: Date | null } {
  const passed = reminders.filter(({ at }) => at.getTime() <= now.getTime()).length;
  const say = passed > task.reminded ? (reminders[passed - 1]?.kind ?? null) : null;
  return { say, reminded: Math.max(passed, task.reminded), next: reminders[passed]?.at ?? null };
}

function reminderRows(task: DueTask, kind: Reminder['kind'], people: People, now: Date) {
  return [...new Set(toldOf(task, kind, people))].map((userId) => ({
    id: newId(now),
    event_id: task.id,
    kind,
    user_id: userId,
    partner_id: task.partner_id,
    document_type: task.document_type,
    document_id: task.document_id,
    document_no: task.document_no,
    params: {
      ...(task.article === null ? {} : { article: task.article }),
      task: task.kind,
      yours: people.holding(task).includes(userId),
      provisional: task.due_is_provisional,
    },
    due_at: task.due_at,
    at: now,
    read_at: null,
  }));
}

/** Before the end: who holds it. At the end also the sales contact and the head of the department; a working day later the managers. */
function toldOf(task: DueTask, kind: Reminder['kind'], people: People): readonly string[] {
  switch (kind) {
    case 'task.half_time':
    case 'task.nearly_due':
      return people.holding(task);
    case 'task.overdue':
      return [
        ...people.holding(task),
        ...people.of('owner', task.partner_id),
        ...people.headOf(task.side === 'staff' ? task.role : 'sales'),
      ];
    default:
      return people.of('manager', null);
  }
}

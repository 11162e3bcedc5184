/**
 * Each minute: reminders of tasks that come near their deadline, and word to the head of the department when it is over. Each is written
 * once; after a standstill of the server only the newest of those missed is written. Source: process.md, "Deadlines"; N7.
 */
import type { Reminders } from '../../../contract/policy.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { addMs } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { plannedAnew, sql, type Tx } from '../../platform/db/database.ts';
import { deleteRows, insertRows, updateRows } from '../../platform/db/table.ts';
import type { JobContext, TimedJob } from '../../platform/jobs/timed-jobs.ts';
import { loadPeople, type OpenTask, type People } from './audience.ts';
import { insertNotices } from './insert-notices.ts';
import type { ClockNotice } from './notice-rules.ts';
import { taskClockTable } from './notice-tables.ts';
import { type Reminder, reminderTimes } from './reminder-times.ts';

type DueTask = OpenTask & {
  due_at: Date;
  document_type: string;
  document_no: string;
  article: string | null;
  opened_at: Date;
  closed_at: Date | null;
  reminders: Reminders | null;
  step: number;
};

const BATCH = 500;
const FRESH = 5_000;
const LOOK_AGAIN_MS = 24 * 3_600_000;

export const deadlineJob: TimedJob = {
  name: 'task deadlines',
  everyMs: 60_000,
  async run(context) {
    while ((await startClocks(context)) === FRESH);
    while ((await speak(context)) === BATCH);
  },
};

/**
 * Tasks that are new to the clock; the number found. All open tasks are passed once: the limit stands outside, since a plan made for the
 * first few hundred looked through the clocks once for each task (seven seconds for 20,000 open ones, in which no row could be pruned).
 */
async function startClocks({ tx, env }: JobContext): Promise<number> {
  const tasks = await tx.query<{ id: string; opened_at: Date; due_at: Date; reminders: Reminders | null }>(
    plannedAnew(sql`
      with fresh as materialized (
        select t.id, t.opened_at, t.due_at, t.reminders from task t
        where t.closed_at is null and t.due_at is not null and not exists (select from task_clock c where c.task_id = t.id))
      select * from fresh limit ${FRESH}::int`),
  );
  const rows = tasks.map((task) => ({
    task_id: task.id,
    step: 0,
    next_at:
      reminderTimes(env.calendar, task.opened_at, task.due_at, task.reminders ?? undefined)[0]?.at ?? task.due_at,
  }));
  await insertRows(tx, taskClockTable, rows, { onConflictDoNothing: true });
  return tasks.length;
}

/** Tasks whose next moment has come; the number looked at. */
async function speak({ tx, env, now }: JobContext): Promise<number> {
  const tasks = await tx.query<DueTask>(sql`
    select t.id, t.kind, t.document_type, t.document_id, t.document_no, t.partner_id, t.side, t.role, t.user_id, t.article, t.due_at,
      t.due_is_provisional, t.opened_at, t.closed_at, t.reminders, c.step
    from task_clock c join task t on t.id = c.task_id
    where c.next_at <= ${now} order by c.next_at limit ${BATCH}::int for update of c`);
  const open = tasks.filter(({ closed_at }) => closed_at === null);
  const plans = open.map((task) => ({
    task,
    ...planOf(task, reminderTimes(env.calendar, task.opened_at, task.due_at, task.reminders ?? undefined), now),
  }));
  const partnerIds = [...new Set(open.flatMap(({ partner_id }) => (partner_id === null ? [] : [partner_id])))];
  const people = await loadPeople(tx, partnerIds, bizDateOf(now, env.company.timeZone));
  await insertNotices(
    tx,
    plans.flatMap(({ task, say }) => (say === null ? [] : reminderRows(task, say, people, now))),
    now,
  );
  await moveOn(tx, tasks, plans, now);
  return tasks.length;
}

/** The newest reminder that is due, and the one after it. */
function planOf(
  task: DueTask,
  reminders: readonly Reminder[],
  now: Date,
): { say: ClockNotice | null; step: number; next: Date | null } {
  const passed = reminders.filter(({ at }) => at.getTime() <= now.getTime()).length;
  const say = passed > task.step ? (reminders[passed - 1]?.kind ?? null) : null;
  return { say, step: Math.max(passed, task.step), next: reminders[passed]?.at ?? null };
}

/** Clocks of tasks that are done go. Where everything is said, the clock only waits for that. */
async function moveOn(
  tx: Tx,
  tasks: readonly DueTask[],
  plans: readonly { task: DueTask; step: number; next: Date | null }[],
  now: Date,
): Promise<void> {
  const done = tasks.filter(({ closed_at }) => closed_at !== null);
  await Promise.all([
    updateRows(
      tx,
      taskClockTable,
      ['step', 'next_at'],
      plans.map(({ task, step, next }) => ({ task_id: task.id, step, next_at: next ?? addMs(now, LOOK_AGAIN_MS) })),
    ),
    deleteRows(
      tx,
      taskClockTable,
      done.map(({ id }) => ({ task_id: id })),
    ),
  ]);
}

function reminderRows(task: DueTask, kind: ClockNotice, people: People, now: Date) {
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
function toldOf(task: DueTask, kind: ClockNotice, people: People): readonly string[] {
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

/**
 * By the clock: a deadline that rests on a year whose statutory calendar is not published is provisional. When the calendar has come (in a
 * new release, or entered by the company), open deadlines are computed again from the clock that each task has kept. R4.3.
 */
import { newId } from '../kernel/ids.ts';
import { moveReplyDate } from '../modules/orders/index.ts';
import { systemActor } from '../platform/auth/authenticate.ts';
import { COMPANY, sql } from '../platform/db/database.ts';
import { updateRows } from '../platform/db/table.ts';
import type { TimedJob } from '../platform/jobs/timed-jobs.ts';
import { durationOf } from '../platform/pipeline/policy-book.ts';
import { type Runtime, runCommands } from '../platform/pipeline/run.ts';
import { taskTable } from '../platform/tasks/task-table.ts';

type Provisional = {
  id: string;
  kind: string;
  document_id: string;
  clock: string;
  opened_at: Date;
  due_at: Date;
};

const AT_ONCE = 500;

/** Returns how many deadlines are settled now or have moved. */
export async function settleDeadlines(runtime: Runtime, now: Date): Promise<number> {
  const env = await runtime.env(now);
  const moved = await runtime.database.write(COMPANY, async (tx) => {
    const tasks = await tx.query<Provisional>(sql`
      select id, kind, document_id, clock, opened_at, due_at from task
      where closed_at is null and due_is_provisional and clock is not null order by id limit ${AT_ONCE} for update`);
    const changed = tasks.flatMap((task) => {
      const duration = durationOf(task.clock);
      if (duration === null) return [];
      const { at, provisional } = env.calendar.deadline(task.opened_at, duration);
      const same = at.getTime() === task.due_at.getTime();
      return same && provisional
        ? []
        : [{ ...task, due_at: at, due_is_provisional: provisional, remind_at: now, same }];
    });
    // The clock looks at them now, and finds the new times.
    await updateRows(tx, taskTable, ['due_at', 'due_is_provisional', 'remind_at'], changed);
    return changed;
  });
  const replies = moved.filter(({ kind, same }) => kind === 'order.reply' && !same);
  await runCommands(
    runtime,
    moveReplyDate,
    replies.map(({ document_id }) => ({
      input: { orderId: document_id },
      actor: systemActor,
      now,
      requestId: newId(now),
    })),
  );
  return moved.length;
}

export const provisionalDeadlinesJob: TimedJob = {
  name: 'provisional deadlines',
  everyMs: 300_000,
  async run({ runtime, now }) {
    await settleDeadlines(runtime, now);
  },
};

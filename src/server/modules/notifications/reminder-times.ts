/** When a task is spoken of: at half time, a working day before (an hour, if it is shorter), when it is over, and a working day later. Source: process.md. */
import { addMs } from '../../kernel/clock.ts';
import type { WorkingCalendar } from '../../kernel/working-calendar.ts';
import type { ClockNotice } from './notice-rules.ts';

export type Reminder = { kind: ClockNotice; at: Date };

const HOUR_MS = 3_600_000;
const DAY_MS = 8 * HOUR_MS;

/** The reminders of a task in order of time; two that fall together are one. */
export function reminderTimes(calendar: WorkingCalendar, openedAt: Date, dueAt: Date): Reminder[] {
  const over: Reminder[] = [
    { kind: 'task.overdue', at: dueAt },
    { kind: 'task.overdue_manager', at: calendar.deadline(dueAt, { value: 1, unit: 'wd' }).at },
  ];
  const before = beforeDue(calendar, openedAt, dueAt).filter(({ at }) => at > openedAt && at < dueAt);
  before.sort((a, b) => a.at.getTime() - b.at.getTime());
  return [...before, ...over];
}

function beforeDue(calendar: WorkingCalendar, openedAt: Date, dueAt: Date): Reminder[] {
  const working = calendar.workingHoursBetween(openedAt, dueAt);
  if (working < 2 * HOUR_MS) {
    // Hardly any working time in between: the plain clock counts, as for deadlines round the clock.
    const span = dueAt.getTime() - openedAt.getTime();
    const half: Reminder = { kind: 'task.half_time', at: addMs(openedAt, Math.floor(span / 2)) };
    return span > 2 * HOUR_MS ? [half, { kind: 'task.nearly_due', at: addMs(dueAt, -HOUR_MS) }] : [half];
  }
  const afterWorking = (ms: number) => calendar.deadline(openedAt, { value: ms / HOUR_MS, unit: 'wh' }).at;
  const lead = working > DAY_MS ? DAY_MS : HOUR_MS;
  const half: Reminder = { kind: 'task.half_time', at: afterWorking(working / 2) };
  return working / 2 === lead ? [half] : [half, { kind: 'task.nearly_due', at: afterWorking(working - lead) }];
}

/** When a task is spoken of: usually at half time, a working day before (an hour, if it is shorter), when it is over, and a working day later; a policy parameter may say otherwise. Source: process.md. */
import { DEFAULT_REMINDERS, type PolicyDuration, type Reminders } from '../../../contract/policy.ts';
import { addMs } from '../../kernel/clock.ts';
import type { WorkingCalendar } from '../../kernel/working-calendar.ts';

export const REMINDERS = ['task.half_time', 'task.nearly_due', 'task.overdue', 'task.overdue_manager'] as const;
export type Reminder = { kind: (typeof REMINDERS)[number]; at: Date };

const HOUR_MS = 3_600_000;
const DAY_MS = 8 * HOUR_MS;
const UNIT_MS = { wh: HOUR_MS, wd: DAY_MS, h: HOUR_MS, d: 24 * HOUR_MS } as const;

/** The reminders of a task in order of time; two that fall together are one. */
export function reminderTimes(
  calendar: WorkingCalendar,
  openedAt: Date,
  dueAt: Date,
  ownRules?: Reminders | null,
): Reminder[] {
  const rules = ownRules ?? DEFAULT_REMINDERS;
  const over: Reminder[] = [
    { kind: 'task.overdue', at: dueAt },
    ...(rules.manager === null
      ? []
      : [{ kind: 'task.overdue_manager' as const, at: calendar.deadline(dueAt, rules.manager).at }]),
  ];
  const before = beforeDue(calendar, openedAt, dueAt, rules).filter(({ at }) => at > openedAt && at < dueAt);
  before.sort((a, b) => a.at.getTime() - b.at.getTime());
  return [...before, ...over];
}

function beforeDue(calendar: WorkingCalendar, openedAt: Date, dueAt: Date, rules: Reminders): Reminder[] {
  const working = calendar.workingHoursBetween(openedAt, dueAt);
  // Hardly any working time in between, or a lead by the plain clock: that one counts, as for deadlines round the clock.
  const plain = working < 2 * HOUR_MS;
  const whole = plain ? dueAt.getTime() - openedAt.getTime() : working;
  const after = (ms: number) =>
    plain ? addMs(openedAt, Math.floor(ms)) : calendar.deadline(openedAt, { value: ms / HOUR_MS, unit: 'wh' }).at;
  const half: Reminder[] = rules.half ? [{ kind: 'task.half_time', at: after(whole / 2) }] : [];
  if (rules.before === null || (plain && whole <= 2 * HOUR_MS)) return half;
  if (!plain && isPlain(rules.before)) {
    return [...half, { kind: 'task.nearly_due', at: addMs(dueAt, -msOf(rules.before)) }];
  }
  const wanted = msOf(rules.before);
  const lead = !plain && whole > wanted ? wanted : HOUR_MS;
  return rules.half && whole / 2 === lead ? half : [...half, { kind: 'task.nearly_due', at: after(whole - lead) }];
}

const msOf = ({ value, unit }: PolicyDuration): number => value * UNIT_MS[unit];
const isPlain = ({ unit }: PolicyDuration): boolean => unit === 'h' || unit === 'd';

/**
 * Working days, working hours and deadlines of a company. A listed working day works, a listed holiday does not, otherwise Monday to
 * Friday work. The first day is not counted and a last day that is off moves on (Civil Code of the PRC, articles 201 and 203).
 */
import { type BizDate, dateOfDay, dayOf, weekdayOfDay } from './biz-date.ts';
import { instantOfMs } from './clock.ts';
import { bizDayAt, DAY_MS, instantAt, offsetAt, startOfDayMs } from './zone.ts';

/** A day that differs from the plain week, or confirms it: a holiday, or a weekend day that is worked (调休). */
export type CalendarDay = { date: BizDate; isWork: boolean; name: string };
/** Times of the day as 'HH:MM', `end` up to '24:00'; the break is optional and lies within. */
export type WorkingHours = {
  start: string;
  end: string;
  breakStart?: string | undefined;
  breakEnd?: string | undefined;
};
/** wh working hours, wd working days, h hours round the clock, d calendar days. Days are whole; hours may have a fraction. */
export type Duration = { value: number; unit: 'wh' | 'wd' | 'h' | 'd' };
/** `provisional`: the answer rests on a day of a year whose holidays are not published; it is computed again when they are. */
export type Deadline = { at: Date; provisional: boolean };

export type WorkingCalendar = {
  isWorkingDay(d: BizDate): boolean;
  /** Whether the answer of `isWorkingDay` may change: the day is not listed and its year not published. */
  isProvisional(d: BizDate): boolean;
  /** The n-th working day after d, d not counted; before d for negative n; d itself for 0. */
  addWorkingDays(d: BizDate, n: number): BizDate;
  /**
   * When a duration that starts at an instant runs out. wh: counted through nights, breaks and days off. wd: the end of the hours of the
   * n-th working day. h: so many hours later, off or not. d: the last millisecond of the n-th day, or of the next working day if that is off.
   * A duration of 0 wd ends with today's hours, or the next working day's when they are over. Throws RangeError for negative durations,
   * parts of days, and values above 100,000.
   */
  deadline(from: Date, duration: Duration): Deadline;
  /** Working time from a to b in milliseconds; negative when b is the earlier. */
  workingHoursBetween(a: Date, b: Date): number;
};

const HOUR_MS = 3_600_000;
/** Longer than the longest row of days off that a calendar can sensibly hold; a calendar without any working day is an error. */
const MOST_DAYS_OFF = 400;
/** The largest number of days or hours that is counted out, so that a wrong number costs milliseconds and not minutes. */
const MOST_UNITS = 100_000;

type Span = readonly [start: number, end: number];
type Days = { works(day: number): boolean; known(day: number): boolean };

/** The calendar of a company: its listed days, the years whose list is complete, its hours and its zone. Throws RangeError for bad data. */
export function workingCalendar(opts: {
  days: readonly CalendarDay[];
  publishedYears: readonly number[];
  hours: WorkingHours;
  timeZone: string;
}): WorkingCalendar {
  const { timeZone } = opts;
  const days = calendarDays(opts.days, opts.publishedYears);
  const spans = spansOf(opts.hours);
  const endOfHours = spans.at(-1)?.[1] ?? 0;
  const perDay = spans.reduce((sum, [start, end]) => sum + end - start, 0);

  const deadlineOf = (from: number, { value, unit }: Duration, walk: Walk): number => {
    if (!(value >= 0 && value <= MOST_UNITS) || ((unit === 'wd' || unit === 'd') && !Number.isInteger(value))) {
      throw new RangeError(`not a duration: ${value} ${unit}`);
    }
    if (unit === 'h') return from + Math.round(value * HOUR_MS);
    const today = bizDayAt(from, timeZone);
    const timeOfDay = from + offsetAt(from, timeZone) - today * DAY_MS;
    if (unit === 'd') return startOfDayMs(nextWorking(today + value, walk) + 1, timeZone) - 1;
    if (unit === 'wh') {
      const left = Math.round(value * HOUR_MS);
      if (left === 0) return from;
      const { day, time } = workOff(today, timeOfDay, left, spans, (next) => nextWorking(next, walk));
      return instantAt(day, time, timeZone);
    }
    const last =
      value > 0 ? nthWorking(today, value, walk) : nextWorking(timeOfDay > endOfHours ? today + 1 : today, walk);
    return instantAt(last, endOfHours, timeZone);
  };
  /** Working time of the zone's clock from the start of `first` to a moment. */
  const worked = (first: number, ms: number): number => {
    const today = bizDayAt(ms, timeZone);
    let sum = 0;
    for (let day = first; day < today; day += 1) if (days.works(day)) sum += perDay;
    return sum + (days.works(today) ? workedBy(ms + offsetAt(ms, timeZone) - today * DAY_MS, spans) : 0);
  };
  const between = (a: number, b: number): number => {
    const first = bizDayAt(a, timeZone);
    return worked(first, b) - worked(first, a);
  };

  return {
    isWorkingDay: (d) => days.works(dayOf(d)),
    isProvisional: (d) => !days.known(dayOf(d)),
    addWorkingDays: (d, n) => {
      if (!Number.isInteger(n) || Math.abs(n) > MOST_UNITS) throw new RangeError(`not a number of days: ${n}`);
      return dateOfDay(nthWorking(dayOf(d), n, newWalk(days)));
    },
    deadline: (from, duration) => {
      const walk = newWalk(days);
      const at = deadlineOf(from.getTime(), duration, walk);
      return { at: instantOfMs(at), provisional: walk.provisional() };
    },
    workingHoursBetween: (a, b) => (a <= b ? between(a.getTime(), b.getTime()) : 0 - between(b.getTime(), a.getTime())),
  };
}

/** Looks at days one after another, remembers whether one was of an unknown year, and stops when it would go on for ever. */
type Walk = { visit(day: number): boolean; provisional(): boolean };

function newWalk(days: Days): Walk {
  let unknown = false;
  let off = 0;
  return {
    visit: (day) => {
      if (!days.known(day)) unknown = true;
      const works = days.works(day);
      off = works ? 0 : off + 1;
      if (off > MOST_DAYS_OFF) throw new RangeError('the calendar has no working day');
      return works;
    },
    provisional: () => unknown,
  };
}

/** From that day on, it included, the first that works; with step −1 the last before. */
function nextWorking(day: number, walk: Walk, step = 1): number {
  let next = day;
  while (!walk.visit(next)) next += step;
  return next;
}

/** The n-th working day after a day, before it for negative n. */
function nthWorking(day: number, n: number, walk: Walk): number {
  const step = n < 0 ? -1 : 1;
  let last = day;
  for (let left = Math.abs(n); left > 0; left -= 1) last = nextWorking(last + step, walk, step);
  return last;
}

function calendarDays(listed: readonly CalendarDay[], publishedYears: readonly number[]): Days {
  const exceptions = new Map(listed.map(({ date, isWork }) => [dayOf(date), isWork]));
  const published = new Set<number>();
  for (const year of publishedYears) {
    for (let day = dayOf(`${year}-01-01`); day <= dayOf(`${year}-12-31`); day += 1) published.add(day);
  }
  return {
    works: (day) => exceptions.get(day) ?? weekdayOfDay(day) <= 5,
    known: (day) => published.has(day) || exceptions.has(day),
  };
}

/** Where working time runs out that starts at a time of a day: within hours, or at their very end rather than the next morning. */
function workOff(
  today: number,
  timeOfDay: number,
  workingMs: number,
  spans: readonly Span[],
  nextWorking: (day: number) => number,
): { day: number; time: number } {
  let left = workingMs;
  let time = timeOfDay;
  let day = nextWorking(today);
  if (day !== today) time = 0;
  for (;;) {
    for (const [start, end] of spans) {
      const begin = Math.max(start, time);
      if (end - begin >= left) return { day, time: begin + left };
      if (end > begin) left -= end - begin;
    }
    day = nextWorking(day + 1);
    time = 0;
  }
}

function workedBy(timeOfDay: number, spans: readonly Span[]): number {
  return spans.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(timeOfDay, end) - start), 0);
}

function spansOf({ start, end, breakStart, breakEnd }: WorkingHours): readonly Span[] {
  const whole: Span = [timeOf(start), timeOf(end)];
  const spans: readonly Span[] =
    breakStart === undefined || breakEnd === undefined
      ? [whole]
      : [
          [whole[0], timeOf(breakStart)],
          [timeOf(breakEnd), whole[1]],
        ];
  const inOrder = spans.flat().every((time, index, all) => index === 0 || time > (all[index - 1] ?? 0));
  if (!inOrder || (breakStart === undefined) !== (breakEnd === undefined)) {
    throw new RangeError(`not working hours: ${start}–${end}, break ${breakStart ?? 'none'}–${breakEnd ?? 'none'}`);
  }
  return spans;
}

function timeOf(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text);
  if (match === null) throw new RangeError(`not a time of day: ${text}`);
  const [hours, minutes] = text.split(':').map((part) => Number.parseInt(part, 10));
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}

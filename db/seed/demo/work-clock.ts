/** Working days of the demo's year as counted places, and moments within their hours (09:00 to 12:00, 13:30 to 18:00 in Shanghai). */
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { chineseHolidays } from '../../../src/server/kernel/holidays-cn.ts';
import { workingCalendar } from '../../../src/server/kernel/working-calendar.ts';
import type { Random } from './random.ts';

/** Working minutes of a day. */
export const DAY_MINUTES = 450;
const MORNING_MINUTES = 180;

/** `day`: place of a working day; `minute`: working minutes since its start. */
export type Moment = { day: number; minute: number };

export type WorkClock = {
  /** Working days from `startOn` on, in order; days[0] is the first. */
  days: readonly BizDate[];
  /** Place of the first working day on or after a date. */
  placeOf(date: BizDate): number;
  dateOf(moment: Moment): BizDate;
  /** ISO 8601 with Z. */
  instantOf(moment: Moment): string;
};

/** The working days from a date on, for so many calendar days. Shanghai is eight hours ahead of UTC and keeps no summer time. */
export function workClock(from: BizDate, calendarDays: number): WorkClock {
  const calendar = workingCalendar({
    ...chineseHolidays(),
    hours: { start: '09:00', end: '18:00', breakStart: '12:00', breakEnd: '13:30' },
    timeZone: 'Asia/Shanghai',
  });
  const days: BizDate[] = [];
  const places = new Map<BizDate, number>();
  for (let date = from, left = calendarDays; left > 0; date = addDays(date, 1), left -= 1) {
    places.set(date, days.length);
    if (calendar.isWorkingDay(date)) days.push(date);
  }
  const dateAt = (place: number): BizDate => {
    const date = days[place];
    if (date === undefined) throw new RangeError(`beyond the calendar: ${place}`);
    return date;
  };
  return {
    days,
    placeOf: (date) => {
      const place = places.get(date);
      if (place === undefined) throw new RangeError(`beyond the calendar: ${date}`);
      return place;
    },
    dateOf: (moment) => dateAt(moment.day),
    instantOf: ({ day, minute }) => {
      const sinceMidnight = minute < MORNING_MINUTES ? 540 + minute : 810 + minute - MORNING_MINUTES;
      return new Date(Date.parse(`${dateAt(day)}T00:00:00+08:00`) + sinceMidnight * 60_000).toISOString();
    },
  };
}

/** So many working minutes later; what does not fit into the day goes to the next morning. */
export function afterMinutes(moment: Moment, minutes: number, random: Random): Moment {
  const minute = moment.minute + Math.max(1, minutes);
  return minute < DAY_MINUTES - 5 ? { day: moment.day, minute } : { day: moment.day + 1, minute: random.int(5, 60) };
}

/** Some time of the working day so many working days later; for 0, later on the same day. */
export function afterDays(moment: Moment, days: number, random: Random): Moment {
  return days <= 0
    ? afterMinutes(moment, random.int(10, 120), random)
    : { day: moment.day + days, minute: random.int(5, DAY_MINUTES - 60) };
}

/** Which of two moments is the earlier: negative when it is `a`. */
export const compareMoments = (a: Moment, b: Moment): number => a.day - b.day || a.minute - b.minute;

/** The later of two moments. */
export const laterOf = (a: Moment, b: Moment): Moment => (compareMoments(a, b) >= 0 ? a : b);

/** Business dates: 'YYYY-MM-DD' in the zone of the company. Days are counted in whole numbers; the zone of the host plays no part. */
import { instantOfMs } from './clock.ts';
import { bizDayAt, offsetAt, startOfDayMs } from './zone.ts';

/** 'YYYY-MM-DD', a real date of the years 1900 to 2999. */
export type BizDate = string;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The text itself when it is a real calendar date of the years 1900 to 2999 in the form YYYY-MM-DD, otherwise null. */
export function parseBizDate(text: string): BizDate | null {
  return parts(text) === null ? null : text;
}

/** The date that a calendar on the wall in that IANA zone shows at that instant. Throws RangeError for an unknown zone. */
export function bizDateOf(at: Date, timeZone: string): BizDate {
  return dateOfDay(bizDayAt(at.getTime(), timeZone));
}

/** An instant as the wall clock of that zone shows it: `2026-03-10 14:05`. Throws RangeError for an unknown zone. */
export function wallTime(at: Date, timeZone: string): string {
  const local = instantOfMs(at.getTime() + offsetAt(at.getTime(), timeZone)).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}

/** The date n days later; earlier for negative n. */
export function addDays(d: BizDate, n: number): BizDate {
  return dateOfDay(dayOf(d) + n);
}

/** Days from a to b: 1 from a day to the next, negative when b is the earlier. */
export function daysBetween(a: BizDate, b: BizDate): number {
  return dayOf(b) - dayOf(a);
}

/** The last day of the month of d. */
export function monthEnd(d: BizDate): BizDate {
  const { year, month } = partsOf(d);
  return write(year, month, monthLength(year, month));
}

/** The same day n months later; the 31st becomes the last day of a shorter month, and so does 29 February. */
export function addMonths(d: BizDate, n: number): BizDate {
  const { year, month, day } = partsOf(d);
  const months = year * 12 + month - 1 + n;
  const [toYear, toMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  return write(toYear, toMonth, Math.min(day, monthLength(toYear, toMonth)));
}

/** Day of the week: 1 Monday to 7 Sunday. */
export function weekday(d: BizDate): number {
  return weekdayOfDay(dayOf(d));
}

/** The first instant of the date in that zone: midnight, or the end of the gap where the clocks skip midnight. */
export function startOfDay(d: BizDate, timeZone: string): Date {
  return instantOfMs(startOfDayMs(dayOf(d), timeZone));
}

/** Days since 1970-01-01. Throws RangeError for what {@link parseBizDate} refuses. */
export function dayOf(d: BizDate): number {
  const { year, month, day } = partsOf(d);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The date of a count of days since 1970-01-01. Throws RangeError outside the years 1900 to 2999. */
export function dateOfDay(day: number): BizDate {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return write(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth);
}

/** Day of the week (1 Monday to 7 Sunday) of a count of days since 1970-01-01, which was a Thursday. */
export function weekdayOfDay(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

type Parts = { year: number; month: number; day: number };

function parts(text: string): Parts | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1).map((part) => Number.parseInt(part, 10));
  const real = year >= 1900 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
  return real ? { year, month, day } : null;
}

function partsOf(d: BizDate): Parts {
  const read = parts(d);
  if (read === null) throw new RangeError(`not a business date: ${d}`);
  return read;
}

function monthLength(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function write(year: number, month: number, day: number): BizDate {
  if (!(year >= 1900 && year <= 2999)) throw new RangeError(`beyond the years 1900 to 2999: ${year}`);
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

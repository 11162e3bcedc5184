/** Serial numbers of spreadsheets as dates. */
import { type BizDate, dateOfDay, dayOf } from '../../kernel/biz-date.ts';

const DAY_ZERO_1900 = 25_569;
const DAY_ZERO_1904 = 24_107;
const LAST = dayOf('2999-12-31');

/** The date of a serial; null for 60 (29 February 1900 never was), times without a day, and dates outside 1900 to 2999. */
export function dateOfSerial(text: string, from1904: boolean): BizDate | null {
  if (!/^\d{1,7}(\.\d+)?$/.test(text)) return null;
  const serial = Number.parseInt(text, 10);
  if (from1904) return dateIn(serial - DAY_ZERO_1904);
  if (serial < 1 || serial === 60) return null;
  return dateIn(serial - DAY_ZERO_1900 + (serial < 60 ? 1 : 0));
}

const dateIn = (day: number): BizDate | null => (day < dayOf('1900-01-01') || day > LAST ? null : dateOfDay(day));

/** Formats of spreadsheets that show a date: built-in ones, East Asian ones, and those whose pattern speaks of years, months or days. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  const pattern = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[yd年月日]/i.test(pattern) || (/m/i.test(pattern) && !/[hs0#]/i.test(pattern));
}

/** A date as people write it: 2026-03-10, 2026/3/10, 2026.3.10, 2026年3月10日, 20260310. Never day-first or month-first forms. */
export function dateOfText(text: string): BizDate | null {
  const match = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))$/.exec(
    text.normalize('NFKC').trim(),
  );
  if (match === null) return null;
  const [, year = '', ...rest] = match;
  const [month = '', day = ''] = rest.filter((part) => part !== undefined);
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    dayOf(date);
    return date;
  } catch {
    return null;
  }
}

/**
 * Delivery dates as people write them, in Chinese and English: 2026/11/30, 11月30日, 下週五前, 月底, 十天內, by next Friday, Nov 30, within 2
 * weeks. Read by the day on which the message was written. What can mean two days (05/06/2026) is not read.
 */
import {
  addDays,
  addMonths,
  type BizDate,
  daysBetween,
  monthEnd,
  parseBizDate,
  weekday,
} from '../../../kernel/biz-date.ts';
import { chineseNumber } from './quantities.ts';
import type { Span } from './plain.ts';

export type DateContext = {
  /** The day of the message in the zone of the company. */
  today: BizDate;
  addWorkingDays(day: BizDate, days: number): BizDate;
};
export type FoundDate = Span & { date: BizDate };

/** A date without a year that lies no longer ago than this is this year's, and late; otherwise next year's. */
const RECENT_DAYS = 31;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const CHINESE_DAYS = '一二三四五六日';
const SMALL: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  ten: 10,
};

const int = (text: string | undefined): number => Number.parseInt(text ?? '', 10);
const count = (text: string | undefined): number =>
  SMALL[text?.toLowerCase() ?? ''] ?? chineseNumber(text ?? '') ?? int(text);
const two = (n: number): string => String(n).padStart(2, '0');
const real = (year: number, month: number, day: number): BizDate | null =>
  parseBizDate(`${year}-${two(month)}-${two(day)}`);
const monthNo = (name: string | undefined): number => MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;

/** Month and day without a year: the one that lies nearest ahead, or just behind. */
function nearest(month: number, day: number, today: BizDate): BizDate | null {
  const year = int(today.slice(0, 4));
  for (const candidate of [year - 1, year, year + 1]) {
    const date = real(candidate, month, day);
    if (date !== null && daysBetween(today, date) >= -RECENT_DAYS) return date;
  }
  return null;
}

function dayOfMonth(day: number, today: BizDate, monthsAhead: number): BizDate | null {
  const base = addMonths(`${today.slice(0, 8)}01`, monthsAhead);
  return real(int(base.slice(0, 4)), int(base.slice(5, 7)), day);
}

/** Friday of the week `weeks` after this one; without a word (null) the next one from today on. */
function weekdayDate(day: number, weeks: number | null, today: BizDate): BizDate {
  const ahead = day - weekday(today);
  return addDays(today, weeks === null ? (ahead + 7) % 7 : ahead + 7 * weeks);
}

const weeksOf = (word: string | undefined): number | null => {
  if (word === undefined || word === '') return null;
  const next = word.match(/下/g)?.length ?? 0;
  return next;
};

type Rule = { pattern: RegExp; read(match: RegExpExecArray, context: DateContext): BizDate | null };
const rule = (pattern: RegExp, read: Rule['read']): Rule => ({ pattern, read });

const M =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const W = '(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?';
const N = '(\\d{1,3}|[一二两兩三四五六七八九十]{1,3}|an?|one|two|three|four|five|six|seven|eight|ten)';

/** In order: what says more comes first. */
const RULES: readonly Rule[] = [
  rule(/(?<!\d)(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号號]?(?!\d)/g, ([, y, m, d]) =>
    real(int(y), int(m), int(d)),
  ),
  rule(/(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/g, ([, y, m, d]) => real(int(y), int(m), int(d))),
  rule(/(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?[日号號]?(?!\d)/g, ([, m, d], { today }) => nearest(int(m), int(d), today)),
  rule(/([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]/g, ([, m, d], { today }) =>
    nearest(count(m), count(d), today),
  ),
  rule(/(本|这|這|下下|下)(?:个|個)?月(?:的)?(底|末)/g, ([, w], { today }) =>
    monthEnd(addMonths(`${today.slice(0, 8)}01`, weeksOf(w) ?? 0)),
  ),
  rule(/(本|这|這|下下|下)(?:个|個)?月 ?(\d{1,2}) ?[日号號]/g, ([, w, d], { today }) =>
    dayOfMonth(int(d), today, weeksOf(w) ?? 0),
  ),
  rule(/月底|月末/g, (_m, { today }) => monthEnd(today)),
  rule(/年底|年末/g, (_m, { today }) => `${today.slice(0, 4)}-12-31`),
  rule(/(本|这|這|下下|下)?(?:个|個)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])/g, ([, w, d], { today }) =>
    weekdayDate(CHINESE_DAYS.indexOf(d === '天' ? '日' : (d ?? '')) + 1, weeksOf(w), today),
  ),
  rule(/大后天|大後天/g, (_m, { today }) => addDays(today, 3)),
  rule(/后天|後天/g, (_m, { today }) => addDays(today, 2)),
  rule(/明天|明日/g, (_m, { today }) => addDays(today, 1)),
  rule(/今天|今日|当天|當天/g, (_m, { today }) => today),
  rule(new RegExp(`${N} ?(?:个|個)?工作[日天](?:之?[内內])?`, 'g'), ([, n], { today, addWorkingDays }) =>
    addWorkingDays(today, count(n)),
  ),
  rule(new RegExp(`${N} ?[天日]之?[内內后後]`, 'g'), ([, n], { today }) => addDays(today, count(n))),
  rule(new RegExp(`${N} ?(?:个|個)?(?:周|週|星期|礼拜|禮拜)之?[内內后後]`, 'g'), ([, n], { today }) =>
    addDays(today, 7 * count(n)),
  ),
  rule(new RegExp(`${N} ?(?:个|個)月之?[内內后後]`, 'g'), ([, n], { today }) => addMonths(today, count(n))),
  rule(new RegExp(`\\b${M} ?(\\d{1,2})(?:st|nd|rd|th)?(?:,? ?(20\\d{2}))?(?![\\d])`, 'gi'), ([, m, d, y], { today }) =>
    y === undefined ? nearest(monthNo(m), int(d), today) : real(int(y), monthNo(m), int(d)),
  ),
  rule(
    new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?${M}(?:,?[ -]?(20\\d{2}))?\\b`, 'gi'),
    ([, d, m, y], { today }) =>
      y === undefined ? nearest(monthNo(m), int(d), today) : real(int(y), monthNo(m), int(d)),
  ),
  rule(new RegExp(`\\b(?:(this|next|coming) )?${W}\\b(?![-\\w])`, 'gi'), ([, w, d], { today }) =>
    weekdayDate(
      WEEKDAYS.indexOf((d ?? '').toLowerCase()) + 1,
      w?.toLowerCase() === 'next' ? 1 : w?.toLowerCase() === 'this' ? 0 : null,
      today,
    ),
  ),
  rule(/\bday after tomorrow\b/gi, (_m, { today }) => addDays(today, 2)),
  rule(/\btomorrow\b/gi, (_m, { today }) => addDays(today, 1)),
  rule(/\btoday\b/gi, (_m, { today }) => today),
  rule(/\bend of (?:the |this )?month\b|\bmonth[- ]end\b/gi, (_m, { today }) => monthEnd(today)),
  rule(/\bend of next month\b/gi, (_m, { today }) => monthEnd(addMonths(`${today.slice(0, 8)}01`, 1))),
  rule(/\bend of (?:the |this )?year\b/gi, (_m, { today }) => `${today.slice(0, 4)}-12-31`),
  rule(new RegExp(`\\b(?:within|in) ${N} (?:working|business) days?\\b`, 'gi'), ([, n], { today, addWorkingDays }) =>
    addWorkingDays(today, count(n)),
  ),
  rule(new RegExp(`\\b(?:within|in) ${N} days?\\b`, 'gi'), ([, n], { today }) => addDays(today, count(n))),
  rule(new RegExp(`\\b(?:within|in) ${N} weeks?\\b`, 'gi'), ([, n], { today }) => addDays(today, 7 * count(n))),
  rule(new RegExp(`\\b(?:within|in) ${N} months?\\b`, 'gi'), ([, n], { today }) => addMonths(today, count(n))),
  // Month and day with a stroke, only where it cannot be a part of a code, a size or a fraction.
  rule(/(?<![\w/.-])(\d{1,2})\/(\d{1,2})(?![\w/.-])/g, ([, a, b], { today }) =>
    int(a) <= 12 ? nearest(int(a), int(b), today) : int(b) <= 12 ? nearest(int(b), int(a), today) : null,
  ),
  rule(/(?<![\w/.-])(\d{1,2})[/.-](\d{1,2})[/.-](20\d{2})(?![\w/.-])/g, ([, a, b, y]) =>
    // 30/11/2026 and 11/30/2026 are plain, 05/06/2026 is not.
    int(a) > 12
      ? real(int(y), int(b), int(a))
      : int(b) > 12
        ? real(int(y), int(a), int(b))
        : int(a) === int(b)
          ? real(int(y), int(a), int(b))
          : null,
  ),
];

/** Words around a date that belong to it: 於 … 前, by …, before …. */
const BEFORE =
  /(?:请|請)?(?:在|于|於|需要?|要求)?(?:最(?:晚|遲|迟))? ?$|\b(?:by|before|until|on|no later than|not later than|the|at)(?: the)? $/i;
const AFTER =
  /^ ?(?:（?含）?)?(?:之前|以前|前|到货|到貨|送到|送达|送達|交货|交貨|交付|发货|發貨)*|^ ?(?:at the latest|latest)/i;

/** Every date in a plain line, in order, with the words that belong to it. */
export function findDates(line: string, context: DateContext): FoundDate[] {
  const found: FoundDate[] = [];
  for (const { pattern, read } of RULES) {
    for (const match of line.matchAll(pattern)) {
      const from = match.index;
      const to = from + match[0].length;
      if (found.some((other) => from < other.to && to > other.from)) continue;
      const date = read(match as RegExpExecArray, context);
      if (date === null) continue;
      const before = BEFORE.exec(line.slice(0, from))?.[0].length ?? 0;
      const after = AFTER.exec(line.slice(to))?.[0].length ?? 0;
      found.push({ date, from: from - before, to: to + after });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** A cell that should be a date; null when it says none, or more than one. */
export function readDate(text: string, context: DateContext): BizDate | null {
  const found = findDates(text, context);
  return found.length === 1 ? (found[0]?.date ?? null) : null;
}

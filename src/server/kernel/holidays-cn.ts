/**
 * Statutory holidays and make-up working days (调休) of mainland China as the State Council published them, 2007 to 2026.
 * The data is trimmed from NateScarlet/holiday-cn (MIT, Copyright (c) 2019 NateScarlet; revision in the file), all years merged by date,
 * because a notice can hold days of the year before. 2027 is not published yet.
 */
import data from './holidays-cn.json' with { type: 'json' };
import type { CalendarDay } from './working-calendar.ts';

/** The listed days in order of date, and the years whose notice is out. A seed: a company edits its own calendar. */
export function chineseHolidays(): { days: CalendarDay[]; publishedYears: number[] } {
  const days = [...listed(data.off, false), ...listed(data.work, true)];
  return { days: days.sort((a, b) => (a.date < b.date ? -1 : 1)), publishedYears: [...data.publishedYears] };
}

function listed(names: Record<string, string>, isWork: boolean): CalendarDay[] {
  return Object.entries(names).map(([date, name]) => ({ date, isWork, name }));
}

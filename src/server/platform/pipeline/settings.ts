/** Company, policy and calendar: read often, changed rarely. Cached for a few seconds and dropped at once when this node changes them. */
import { chineseHolidays } from '../../kernel/holidays-cn.ts';
import { type WorkingCalendar, workingCalendar } from '../../kernel/working-calendar.ts';
import { COMPANY, type Database, sql } from '../db/database.ts';
import { type Masters, rememberedMasters } from './masters.ts';
import { type PolicyEntry, policyBook } from './policy-book.ts';
import type { Env } from './types.ts';

const FRESH_FOR_MS = 3000;

type CompanyRow = {
  id: string;
  name: string;
  name_en: string | null;
  currency: string;
  time_zone: string;
  delivery_method: string | null;
};

export type Settings = { env(now: Date): Promise<Env>; forget(): void };

export function settingsCache(database: Database, tick: () => number = () => performance.now()): Settings {
  const masters = rememberedMasters();
  const calendars = calendarCache();
  let known: Promise<Env> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    env() {
      if (known === null || tick() - readAt > FRESH_FOR_MS) {
        readAt = tick();
        known = readEnv(database, masters, calendars);
        known.catch(() => {
          known = null;
        });
      }
      return known;
    },
    forget() {
      known = null;
    },
  };
}

type CalendarRows = { days: { day: string; is_work: boolean; name: string }[]; years: number[]; timeZone: string };

/** The calendar is made anew only when what it is made of has changed. */
function calendarCache(): { of(rows: CalendarRows): WorkingCalendar } {
  let made: { from: string; calendar: WorkingCalendar } | null = null;
  return {
    of(rows) {
      const from = JSON.stringify(rows);
      if (made?.from !== from) made = { from, calendar: companyCalendar(rows) };
      return made.calendar;
    },
  };
}

function companyCalendar({ days, years, timeZone }: CalendarRows): WorkingCalendar {
  const builtIn = chineseHolidays();
  // The company's own days go over the statutory ones.
  const byDate = new Map(builtIn.days.map((day) => [day.date, day]));
  for (const row of days) byDate.set(row.day, { date: row.day, isWork: row.is_work, name: row.name });
  return workingCalendar({
    days: [...byDate.values()],
    publishedYears: [...builtIn.publishedYears, ...years],
    hours: { start: '09:00', end: '18:00', breakStart: '12:00', breakEnd: '13:00' },
    timeZone,
  });
}

async function readEnv(
  database: Database,
  masters: Masters,
  calendars: ReturnType<typeof calendarCache>,
): Promise<Env> {
  return database.read(COMPANY, async (tx) => {
    const [companies, policies, days, years] = await Promise.all([
      tx.query<CompanyRow>(sql`select id, name, name_en, currency, time_zone, delivery_method from company`),
      tx.query<PolicyEntry>(
        sql`select code, value, unit, valid_from, level, agreement_id, reminders from policy_parameter where withdrawn_at is null order by valid_from, id`,
      ),
      tx.query<{ day: string; is_work: boolean; name: string }>(sql`select day, is_work, name from calendar_day`),
      tx.query<{ year: number; published: boolean }>(sql`select year, published from calendar_year where published`),
    ]);
    const company = companies[0];
    const timeZone = company?.time_zone ?? 'Asia/Shanghai';
    const calendar = calendars.of({ days, years: years.map(({ year }) => year), timeZone });
    return {
      company: {
        id: company?.id ?? '',
        name: company?.name ?? '',
        nameEn: company?.name_en ?? null,
        currency: company?.currency ?? 'CNY',
        timeZone,
        deliveryMethod: company?.delivery_method ?? null,
      },
      calendar,
      policy: policyBook(policies, calendar),
      masters,
    };
  });
}

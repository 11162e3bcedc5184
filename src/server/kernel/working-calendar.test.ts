import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type BizDate, bizDateOf, dateOfDay, dayOf, daysBetween, weekday } from './biz-date.ts';
import { addMs, instant, instantOfMs } from './clock.ts';
import { chineseHolidays } from './holidays-cn.ts';
import { type Duration, type WorkingHours, workingCalendar } from './working-calendar.ts';

const SHANGHAI = 'Asia/Shanghai';
const HOUR = 3_600_000;
const HOURS: WorkingHours = { start: '09:00', end: '18:00', breakStart: '12:00', breakEnd: '13:00' };
const official = chineseHolidays();
const calendar = workingCalendar({ ...official, hours: HOURS, timeZone: SHANGHAI });
const due = (from: string, value: number, unit: Duration['unit']) => calendar.deadline(instant(from), { value, unit });
const at = (iso: string, provisional = false) => ({ at: instant(iso), provisional });

/** The slow way, straight from the words of the rule. */
const listed = new Map(official.days.map((day) => [day.date, day.isWork]));
const works = (d: BizDate): boolean => listed.get(d) ?? weekday(d) < 6;

describe('the official calendar', () => {
  it('P15 2026 has 248 working days, six of them at weekends', () => {
    const year = Array.from({ length: 365 }, (_, n) => addDays('2026-01-01', n)).filter(calendar.isWorkingDay);
    expect(year.length).toBe(248);
    expect(year.filter((d) => weekday(d) > 5)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
  });

  it('P15 days off a year, weekends included, are those of the notices', () => {
    const off = (year: number) =>
      Array.from({ length: daysBetween(`${year}-01-01`, `${year + 1}-01-01`) }, (_, n) =>
        addDays(`${year}-01-01`, n),
      ).filter((d) => !calendar.isWorkingDay(d)).length;
    expect([2022, 2023, 2024, 2025, 2026].map(off)).toEqual([116, 116, 115, 117, 117]);
  });

  it('P15 a notice also lists days of the year before', () => {
    expect(listed.get('2007-12-29')).toBe(true);
    expect(listed.get('2018-12-31')).toBe(false);
    expect(calendar.isWorkingDay('2018-12-29')).toBe(true);
  });

  it('P15 is listed in order of date, no day twice, up to the last published year', () => {
    expect(official.publishedYears).toEqual(Array.from({ length: 20 }, (_, n) => 2007 + n));
    const dates = official.days.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(official.days.every(({ name }) => name !== '')).toBe(true);
  });
});

describe('working days', () => {
  it('P15 the first day is not counted, make-up Saturdays are, and holidays are not', () => {
    expect(calendar.addWorkingDays('2026-02-13', 1)).toBe('2026-02-14');
    expect(calendar.addWorkingDays('2026-02-13', 2)).toBe('2026-02-24');
    expect(calendar.addWorkingDays('2026-02-24', -1)).toBe('2026-02-14');
    expect(calendar.addWorkingDays('2026-10-03', 1)).toBe('2026-10-08');
    expect(calendar.addWorkingDays('2026-10-03', 0)).toBe('2026-10-03');
    expect(() => calendar.addWorkingDays('2026-10-03', 0.5)).toThrow(RangeError);
  });

  it('P15 counting agrees with a walk from day to day, forward and back', () => {
    const day = fc.integer({ min: dayOf('2006-12-01'), max: dayOf('2027-12-31') }).map(dateOfDay);
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (from, n) => {
        let d = from;
        for (let left = Math.abs(n); left > 0; ) {
          d = addDays(d, Math.sign(n));
          if (works(d)) left -= 1;
        }
        expect(calendar.addWorkingDays(from, n)).toBe(d);
        expect(calendar.isWorkingDay(from)).toBe(works(from));
      }),
      { numRuns: 5000 },
    );
  });

  it('P15 a company calendar comes before the plain week, and an unlisted year is told to be unsure', () => {
    const own = workingCalendar({
      days: [{ date: '2027-06-05', isWork: true, name: 'stock taking' }],
      publishedYears: [2026],
      hours: HOURS,
      timeZone: SHANGHAI,
    });
    expect(own.isWorkingDay('2027-06-05')).toBe(true);
    expect(own.isProvisional('2027-06-05')).toBe(false);
    expect(own.isProvisional('2027-06-04')).toBe(true);
    expect(own.isProvisional('2026-06-04')).toBe(false);
  });
});

describe('deadlines', () => {
  it('P15 working hours run through the break, the night and the National Day week', () => {
    expect(due('2026-09-28T11:00:00+08:00', 2, 'wh')).toEqual(at('2026-09-28T14:00:00+08:00'));
    expect(due('2026-09-28T11:00:00+08:00', 16, 'wh')).toEqual(at('2026-09-30T11:00:00+08:00'));
    expect(due('2026-09-30T17:30:00+08:00', 1, 'wh')).toEqual(at('2026-10-08T09:30:00+08:00'));
    expect(due('2026-10-03T10:00:00+08:00', 0.5, 'wh')).toEqual(at('2026-10-08T09:30:00+08:00'));
    expect(due('2026-09-28T17:00:00+08:00', 1, 'wh')).toEqual(at('2026-09-28T18:00:00+08:00'));
    expect(due('2026-09-28T20:00:00+08:00', 0, 'wh')).toEqual(at('2026-09-28T20:00:00+08:00'));
  });

  it('P15 working days end with the hours of the last one', () => {
    expect(due('2026-02-13T09:00:00+08:00', 1, 'wd')).toEqual(at('2026-02-14T18:00:00+08:00'));
    expect(due('2026-02-14T23:00:00+08:00', 1, 'wd')).toEqual(at('2026-02-24T18:00:00+08:00'));
    expect(due('2026-09-28T17:59:00+08:00', 0, 'wd')).toEqual(at('2026-09-28T18:00:00+08:00'));
    expect(due('2026-09-30T18:01:00+08:00', 0, 'wd')).toEqual(at('2026-10-08T18:00:00+08:00'));
  });

  it('P15 calendar days end at midnight, and a last day that is off moves on', () => {
    expect(due('2026-09-23T10:00:00+08:00', 1, 'd')).toEqual(at('2026-09-24T23:59:59.999+08:00'));
    expect(due('2026-09-28T10:00:00+08:00', 5, 'd')).toEqual(at('2026-10-08T23:59:59.999+08:00'));
    expect(due('2026-05-07T10:00:00+08:00', 2, 'd')).toEqual(at('2026-05-09T23:59:59.999+08:00'));
  });

  it('P15 hours round the clock do not care for days off', () => {
    expect(due('2026-09-30T17:30:00+08:00', 48, 'h')).toEqual(at('2026-10-02T17:30:00+08:00'));
    expect(due('2026-12-31T17:30:00+08:00', 48, 'h').provisional).toBe(false);
  });

  it('P15 a deadline that rests on 2027, which is not published, is provisional', () => {
    expect(due('2026-12-30T10:00:00+08:00', 1, 'wd')).toEqual(at('2026-12-31T18:00:00+08:00'));
    expect(due('2026-12-31T10:00:00+08:00', 1, 'wd')).toEqual(at('2027-01-01T18:00:00+08:00', true));
    expect(due('2026-12-31T17:00:00+08:00', 1, 'wh').provisional).toBe(false);
    expect(due('2026-12-31T17:00:00+08:00', 2, 'wh').provisional).toBe(true);
    expect(due('2026-12-25T17:00:00+08:00', 30, 'd').provisional).toBe(true);
  });

  it('P15 the same deadline is computed again, and sure, once 2027 is published', () => {
    const published = workingCalendar({
      days: [...official.days, { date: '2027-01-01', isWork: false, name: '元旦' }],
      publishedYears: [...official.publishedYears, 2027],
      hours: HOURS,
      timeZone: SHANGHAI,
    });
    expect(published.deadline(instant('2026-12-31T10:00:00+08:00'), { value: 1, unit: 'wd' })).toEqual(
      at('2027-01-04T18:00:00+08:00'),
    );
  });

  it('P17 what is no duration is an error', () => {
    for (const [value, unit] of [
      [-1, 'wh'],
      [1.5, 'wd'],
      [0.5, 'd'],
      [Number.NaN, 'h'],
      [1e9, 'wh'],
    ] as const) {
      expect(() => due('2026-01-05T10:00:00+08:00', value, unit)).toThrow(RangeError);
    }
  });

  it('P15 working hours agree with a count minute by minute', () => {
    const minute = fc.integer({ min: minuteOf('2007-01-02T00:00Z'), max: minuteOf('2026-12-01T00:00Z') });
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 40 * 60 }), (from, minutes) => {
        let end = from;
        for (let left = minutes; left > 0; end += 1) if (isWorkingMinute(end)) left -= 1;
        const { at: found, provisional } = calendar.deadline(instantOfMs(from * 60_000), {
          value: minutes / 60,
          unit: 'wh',
        });
        expect(found.getTime()).toBe(end * 60_000);
        expect(provisional).toBe(false);
        expect(calendar.workingHoursBetween(instantOfMs(from * 60_000), found)).toBe(minutes * 60_000);
      }),
      { numRuns: 300 },
    );
  });

  it('P15 working and calendar days agree with a walk from day to day', () => {
    const ms = fc.integer({ min: minuteOf('2007-01-02T00:00Z') * 60_000, max: minuteOf('2026-09-01T00:00Z') * 60_000 });
    fc.assert(
      fc.property(
        ms,
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('wd' as const, 'd' as const),
        (from, value, unit) => {
          let d = bizDateOf(instantOfMs(from), SHANGHAI);
          if (unit === 'd') {
            d = addDays(d, value);
            while (!works(d)) d = addDays(d, 1);
          } else {
            for (let left = value; left > 0; ) {
              d = addDays(d, 1);
              if (works(d)) left -= 1;
            }
          }
          const end =
            unit === 'd' ? addMs(instant(`${addDays(d, 1)}T00:00:00+08:00`), -1) : instant(`${d}T18:00:00+08:00`);
          expect(calendar.deadline(instantOfMs(from), { value, unit })).toEqual({ at: end, provisional: false });
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('working time between two instants', () => {
  it('P15 nights, breaks and days off do not count', () => {
    const between = (a: string, b: string) => calendar.workingHoursBetween(instant(a), instant(b)) / HOUR;
    expect(between('2026-09-30T17:00:00+08:00', '2026-10-08T10:00:00+08:00')).toBe(2);
    expect(between('2026-10-08T10:00:00+08:00', '2026-09-30T17:00:00+08:00')).toBe(-2);
    expect(between('2026-10-02T00:00:00+08:00', '2026-10-05T00:00:00+08:00')).toBe(0);
    expect(between('2026-09-28T00:00:00+08:00', '2026-09-29T00:00:00+08:00')).toBe(8);
    expect(between('2026-09-28T12:10:00+08:00', '2026-09-28T12:50:00+08:00')).toBe(0);
  });

  it('P15 time that is cut in two adds up', () => {
    const ms = fc.integer({ min: minuteOf('2025-01-01T00:00Z') * 60_000, max: minuteOf('2026-12-31T00:00Z') * 60_000 });
    fc.assert(
      fc.property(ms, ms, ms, (a, b, c) => {
        const between = (from: number, to: number) => calendar.workingHoursBetween(instantOfMs(from), instantOfMs(to));
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
      }),
    );
  });
});

describe('calendars of companies', () => {
  it('P15 hours of a zone with summer time stay hours of its clocks', () => {
    const newYork = workingCalendar({ days: [], publishedYears: [2026], hours: HOURS, timeZone: 'America/New_York' });
    const found = newYork.deadline(instant('2026-03-06T17:00:00-05:00'), { value: 2, unit: 'wh' });
    expect(found).toEqual(at('2026-03-09T10:00:00-04:00'));
    expect(newYork.deadline(instant('2026-10-31T12:00:00-04:00'), { value: 1, unit: 'd' })).toEqual(
      at('2026-11-02T23:59:59.999-05:00'),
    );
  });

  it('work until midnight and without a break is possible', () => {
    const late = workingCalendar({ ...official, hours: { start: '00:00', end: '24:00' }, timeZone: SHANGHAI });
    expect(late.deadline(instant('2026-09-28T23:00:00+08:00'), { value: 1, unit: 'wh' })).toEqual(
      at('2026-09-29T00:00:00+08:00'),
    );
  });

  it('P17 hours that are none, and a calendar that never works, are errors', () => {
    const withHours = (hours: WorkingHours) => () =>
      workingCalendar({ days: [], publishedYears: [], hours, timeZone: SHANGHAI });
    expect(withHours({ start: '18:00', end: '09:00' })).toThrow(RangeError);
    expect(withHours({ start: '09:00', end: '25:00' })).toThrow(RangeError);
    expect(withHours({ start: '9:00', end: '18:00' })).toThrow(RangeError);
    expect(withHours({ start: '09:00', end: '18:00', breakStart: '12:00' })).toThrow(RangeError);
    expect(withHours({ start: '09:00', end: '18:00', breakStart: '08:00', breakEnd: '10:00' })).toThrow(RangeError);
    const days = Array.from({ length: 800 }, (_, n) => ({
      date: addDays('2026-01-01', n),
      isWork: false,
      name: 'closed',
    }));
    const closed = workingCalendar({ days, publishedYears: [2026], hours: HOURS, timeZone: SHANGHAI });
    expect(() => closed.addWorkingDays('2026-01-01', 1)).toThrow('no working day');
  });

  it('ten thousand deadlines take less than a second', () => {
    const start = performance.now();
    for (let n = 0; n < 10_000; n += 1) due('2026-09-30T17:30:00+08:00', 24, 'wh');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

function minuteOf(iso: string): number {
  return instant(iso).getTime() / 60_000;
}

/** Whether somebody works in Shanghai in the minute that begins then; China has had one offset since 1991. */
function isWorkingMinute(minute: number): boolean {
  const local = minute + 8 * 60;
  const ofDay = local % 1440;
  const inHours = (ofDay >= 540 && ofDay < 720) || (ofDay >= 780 && ofDay < 1080);
  return inHours && works(dateOfDay(Math.floor(local / 1440)));
}

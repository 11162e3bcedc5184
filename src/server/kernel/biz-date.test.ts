import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  type BizDate,
  bizDateOf,
  dateOfDay,
  dayOf,
  daysBetween,
  monthEnd,
  parseBizDate,
  startOfDay,
  weekday,
} from './biz-date.ts';
import { addMs, instant, instantOfMs } from './clock.ts';

const SHANGHAI = 'Asia/Shanghai';
/** Zones with half hours, with clocks that skip midnight, with a day that never was, with seconds in their old offset. */
const ZONES = [
  SHANGHAI,
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
];
const zone = fc.constantFrom(...ZONES);
const date = fc.integer({ min: dayOf('1900-01-01'), max: dayOf('2999-12-31') }).map(dateOfDay);
const recent = fc.integer({ min: dayOf('1980-01-01'), max: dayOf('2036-12-31') }).map(dateOfDay);

describe('business dates', () => {
  it.each(['2026-02-28', '2024-02-29', '2000-02-29', '1900-01-01', '2999-12-31'])('P17 %s is a date', (text) => {
    expect(parseBizDate(text)).toBe(text);
  });

  it.each([
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-00-00',
    '2026-2-3',
    '01/02/2026',
    '20260203',
    '1899-12-31',
    '3000-01-01',
    '2026-01-01T00:00:00Z',
    '２０２６-01-01',
    ' 2026-01-01',
    '2026-01-01\n',
    'tomorrow',
    'infinity',
    'now',
    '',
  ])('P17 %j is not a date', (text) => {
    expect(parseBizDate(text)).toBeNull();
    expect(() => addDays(text, 0)).toThrow(RangeError);
  });

  it('P15 every day of eleven centuries agrees with an independent calendar', () => {
    let previous = Temporal.PlainDate.from('1899-12-31');
    for (let day = dayOf('1900-01-01'); day <= dayOf('2999-12-31'); day += 7) {
      previous = previous.add({ days: day === dayOf('1900-01-01') ? 1 : 7 });
      const text = dateOfDay(day);
      if (text !== previous.toString() || dayOf(text) !== day || weekday(text) !== previous.dayOfWeek) {
        expect.unreachable(`${text} is not ${previous.toString()}`);
      }
    }
  });

  it('P15 days are added, counted and undone exactly', () => {
    fc.assert(
      fc.property(recent, fc.integer({ min: -3000, max: 3000 }), (d, n) => {
        const later = addDays(d, n);
        expect(later).toBe(Temporal.PlainDate.from(d).add({ days: n }).toString());
        expect(daysBetween(d, later)).toBe(n);
        expect(addDays(later, -n)).toBe(d);
      }),
    );
  });

  it('P15 the 31st becomes the last day of a shorter month, as does 29 February a year later', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
    expect(monthEnd('2024-02-01')).toBe('2024-02-29');
    expect(monthEnd('2026-12-31')).toBe('2026-12-31');
    fc.assert(
      fc.property(recent, fc.integer({ min: -500, max: 500 }), (d, n) => {
        expect(addMonths(d, n)).toBe(Temporal.PlainDate.from(d).add({ months: n }).toString());
      }),
    );
  });

  it('the week begins on Monday', () => {
    expect(weekday('2026-09-28')).toBe(1);
    expect(weekday('2026-10-04')).toBe(7);
    expect(weekday('1900-01-01')).toBe(1);
  });

  it('dates beyond the calendar are an error, not another date', () => {
    expect(() => addDays('2999-12-31', 1)).toThrow(RangeError);
    expect(() => addMonths('1900-01-31', -1)).toThrow(RangeError);
    fc.assert(
      fc.property(date, (d) => {
        expect(parseBizDate(addMonths(monthEnd(d), 0))).toBe(monthEnd(d));
      }),
    );
  });
});

describe('the date at an instant', () => {
  it('P15 the last millisecond of a day in Shanghai belongs to it, seen from any host', () => {
    const midnight = startOfDay('2026-10-02', SHANGHAI);
    expect(midnight.toISOString()).toBe('2026-10-01T16:00:00.000Z');
    expect(bizDateOf(addMs(midnight, -1), SHANGHAI)).toBe('2026-10-01');
    expect(bizDateOf(midnight, SHANGHAI)).toBe('2026-10-02');
  });

  it('P15 agrees with an independent implementation in zones with awkward clocks', () => {
    const ms = fc.integer({
      min: instant('1970-01-01T00:00:00Z').getTime(),
      max: instant('2037-01-01T00:00:00Z').getTime(),
    });
    fc.assert(
      fc.property(ms, zone, (at, timeZone) => {
        expect(bizDateOf(instantOfMs(at), timeZone)).toBe(dateInZone(at, timeZone));
      }),
      { numRuns: 2000 },
    );
  });

  it('P15 the first instant of a day has that date and the millisecond before does not', () => {
    fc.assert(
      fc.property(recent, zone, (d, timeZone) => {
        fc.pre(
          !(timeZone === 'Pacific/Apia' && d === '2011-12-30') && !(timeZone === 'Pacific/Kiritimati' && skipped(d)),
        );
        const start = startOfDay(d, timeZone);
        expect(start.getTime()).toBe(Temporal.PlainDate.from(d).toZonedDateTime(timeZone).epochMilliseconds);
        expect(bizDateOf(start, timeZone)).toBe(d);
        expect(bizDateOf(addMs(start, -1), timeZone) < d).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('P15 where clocks skip midnight the day begins after the gap', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
    expect(bizDateOf(instant('2018-11-04T02:59:59.999Z'), 'America/Sao_Paulo')).toBe('2018-11-03');
  });

  it('P15 where a day never was the next one begins in its place', () => {
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toEqual(startOfDay('2011-12-31', 'Pacific/Apia'));
  });

  it('an unknown zone is an error', () => {
    expect(() => bizDateOf(instant('2026-01-01T00:00:00Z'), 'Asia/Qucheng')).toThrow(RangeError);
  });
});

function dateInZone(ms: number, timeZone: string): BizDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Kiritimati moved over the date line at the turn of 1994 to 1995. */
function skipped(d: BizDate): boolean {
  return d >= '1994-12-30' && d <= '1995-01-02';
}

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const HOST_ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kolkata'];

/** Runs in a process of its own, because a host has its zone from the start. Prints its own zone first, then results that must not depend on it. */
const PROGRAM = `
const at = (file) => import(new URL(file, ${JSON.stringify(import.meta.url)}));
const { instant, instantOfMs, addMs } = await at('./clock.ts');
const { bizDateOf, startOfDay, addDays, monthEnd, addMonths, weekday } = await at('./biz-date.ts');
const { workingCalendar } = await at('./working-calendar.ts');
const { chineseHolidays } = await at('./holidays-cn.ts');
const { newId, canonicalHash } = await at('./ids.ts');
const hours = { start: '09:00', end: '18:00', breakStart: '12:00', breakEnd: '13:00' };
const results = [];
for (const timeZone of ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin']) {
  const calendar = workingCalendar({ ...chineseHolidays(), hours, timeZone });
  const start = instant('2024-01-01T00:00:00+08:00').getTime();
  for (let n = 0; n < 4000; n += 1) {
    const from = instantOfMs(start + n * 23_456_789);
    const day = bizDateOf(from, timeZone);
    results.push(from, day, startOfDay(day, timeZone), addDays(day, 40), monthEnd(day), addMonths(day, 1), weekday(day));
    for (const unit of ['wh', 'wd', 'h', 'd']) results.push(calendar.deadline(from, { value: n % 9, unit }));
    results.push(calendar.workingHoursBetween(from, addMs(from, 999_999_999)), newId(from).slice(0, 13));
  }
}
console.log(JSON.stringify({ host: new Date('2026-07-01T00:00:00Z').getTimezoneOffset(), count: results.length, hash: canonicalHash(results) }));
`;

describe('the zone of the host', () => {
  it('P15 five hosts in five zones compute the same dates, deadlines and ids', () => {
    const answers = HOST_ZONES.map((TZ) => {
      const printed = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', PROGRAM], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      });
      return JSON.parse(printed) as { host: number; count: number; hash: string };
    });
    expect(answers.map(({ host }) => host)).toEqual([0, -480, 240, -840, -330]);
    expect(answers[0]?.count).toBe(3 * 4000 * 13);
    expect(new Set(answers.map(({ hash }) => hash)).size).toBe(1);
  }, 60_000);
});

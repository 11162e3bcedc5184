import { describe, expect, it } from 'vitest';
import { addMs, fixedClock, instant, instantOfMs, parseInstant, systemClock } from './clock.ts';

describe('clock', () => {
  it('P15 an instant needs an offset, so that no host zone can change its meaning', () => {
    expect(instant('2026-10-01T08:00:00+08:00').toISOString()).toBe('2026-10-01T00:00:00.000Z');
    expect(instant('2026-10-01T08:00Z').toISOString()).toBe('2026-10-01T08:00:00.000Z');
    expect(instant('2026-10-01T00:00:00.123456-05:30').toISOString()).toBe('2026-10-01T05:30:00.123Z');
    expect(() => instant('2026-10-01T08:00:00')).toThrow(RangeError);
  });

  it.each([
    '2026-10-01',
    '2026-10-01T24:00:00Z',
    '2026-10-01T10:00:60Z',
    '2026-10-01T10:60:00Z',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '0000-00-00T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '3000-01-01T00:00:00Z',
    '2026-10-01 10:00:00Z',
    '2026-10-01T10:00:00z',
    '2026-10-01T10:00:00+0800',
    '2026-10-01T10:00:00.Z',
    '２０２６-10-01T10:00:00Z',
    'now',
    'infinity',
    '',
  ])('P17 %j is not an instant', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('a fixed clock moves only when told and hands out copies', () => {
    const clock = fixedClock('2026-01-01T00:00:00Z');
    clock.now().setFullYear(1999);
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
    clock.advance(90_000);
    expect(clock.now().toISOString()).toBe('2026-01-01T00:01:30.000Z');
    clock.set(instant('2027-02-03T00:00:00Z'));
    expect(clock.now().toISOString()).toBe('2027-02-03T00:00:00.000Z');
  });

  it('the system clock goes forward', () => {
    const before = systemClock.now();
    expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(before.getTime()).toBeGreaterThan(instant('2025-01-01T00:00:00Z').getTime());
  });

  it('milliseconds are added to a new instant, and nonsense is no instant', () => {
    const start = instant('2026-03-29T00:59:59.999Z');
    expect(addMs(start, 1).toISOString()).toBe('2026-03-29T01:00:00.000Z');
    expect(start.toISOString()).toBe('2026-03-29T00:59:59.999Z');
    expect(() => instantOfMs(Number.NaN)).toThrow(RangeError);
  });
});

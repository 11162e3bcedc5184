import { describe, expect, it } from 'vitest';
import { instantOf, wallOf } from './company-time.ts';

describe('times typed in the company’s zone', () => {
  it('R5.2 become the instant of that zone, whatever the zone of the computer', () => {
    expect(instantOf('2026-11-30 14:05', 'Asia/Shanghai').toISOString()).toBe('2026-11-30T06:05:00.000Z');
    expect(instantOf('2026-01-01 00:30', 'America/New_York').toISOString()).toBe('2026-01-01T05:30:00.000Z');
    expect(instantOf('2026-07-01 00:30', 'America/New_York').toISOString()).toBe('2026-07-01T04:30:00.000Z');
  });

  it('R5.2 are shown as they were typed, also around a change of the clocks', () => {
    for (const wall of [
      '2026-03-08 01:30',
      '2026-03-08 03:30',
      '2026-11-01 00:30',
      '2026-11-01 01:30',
      '2026-11-01 03:00',
    ])
      expect(wallOf(instantOf(wall, 'America/New_York'), 'America/New_York')).toBe(wall);
  });

  it('R5.2 in an hour that the clocks repeat mean the earlier one', () => {
    expect(instantOf('2026-11-01 01:30', 'America/New_York').toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divRoundHalfUp, formatDecimal, parseDecimal } from './decimal.ts';

const scale = fc.integer({ min: 0, max: 6 });
const scaled = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });

describe('decimal numbers', () => {
  it('P5 every number that is written reads back as itself', () => {
    fc.assert(
      fc.property(scaled, scale, scale, (value, places, minimum) => {
        const text = formatDecimal(value, places, minimum);
        expect(parseDecimal(text, Math.max(places, minimum))).toBe(
          inRange(value * 10n ** BigInt(Math.max(0, minimum - places))),
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it('P17 a text is read as exactly its value, or not at all', () => {
    const text = fc.stringMatching(/^-?\d{1,14}(\.\d{1,8})?$/);
    fc.assert(
      fc.property(text, scale, (written, places) => {
        const [whole = '', fraction = ''] = written.replace('-', '').split('.');
        const value = BigInt(whole + fraction.padEnd(places, '0').slice(0, places));
        const negative = written.startsWith('-');
        const readable =
          fraction.length <= places && whole.length + fraction.length <= 18 && !(negative && value === 0n);
        expect(parseDecimal(written, places)).toBe(readable ? inRange(negative ? -value : value) : null);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['12.5', 125000n],
    ['-0.0001', -1n],
    ['007', 70000n],
    ['0', 0n],
    ['0.0000', 0n],
    ['99999999999999.9999', 10n ** 18n - 1n],
  ])('P17 %j with four decimals is read', (text, value) => {
    expect(parseDecimal(text, 4)).toBe(value);
  });

  it.each([
    '',
    ' 5 ',
    '5\n',
    '+5',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '-',
    '.',
    '.5',
    '5.',
    '1.2.3',
    '--1',
    '1,000.00',
    '1 000',
    '１２．５',
    '٣',
    '-0',
    '-0.00',
    '0.00005',
    '100000000000000',
    '1234567890123456789',
    '0'.repeat(19),
  ])('P17 %j with four decimals is refused and never rounded', (text) => {
    expect(parseDecimal(text, 4)).toBeNull();
  });

  it('zeros at the end are dropped down to the least number of decimals', () => {
    expect(formatDecimal(15000n, 4)).toBe('1.5');
    expect(formatDecimal(15000n, 4, 2)).toBe('1.50');
    expect(formatDecimal(-1n, 4)).toBe('-0.0001');
    expect(formatDecimal(0n, 2, 2)).toBe('0.00');
    expect(formatDecimal(7n, 0)).toBe('7');
  });

  it('P5 halves are rounded away from zero, the same on both sides', () => {
    expect([5n, 15n, 14n, -5n, -15n, -14n].map((n) => divRoundHalfUp(n, 10n))).toEqual([1n, 2n, 1n, -1n, -2n, -1n]);
    expect(divRoundHalfUp(5n, -10n)).toBe(-1n);
    expect(() => divRoundHalfUp(1n, 0n)).toThrow(RangeError);
  });

  it('P5 rounding is never off by more than half, and mirrors at zero', () => {
    fc.assert(
      fc.property(scaled, fc.bigInt({ min: 1n, max: 10n ** 12n }), (n, d) => {
        const rounded = divRoundHalfUp(n, d);
        const twice = 2n * (rounded * d - n);
        expect(n >= 0n ? twice <= d && twice > -d : twice >= -d && twice < d).toBe(true);
        expect(divRoundHalfUp(-n, d)).toBe(-rounded);
      }),
      { numRuns: 10_000 },
    );
  });
});

function inRange(value: bigint): bigint | null {
  return value < 10n ** 18n && value > -(10n ** 18n) ? value : null;
}

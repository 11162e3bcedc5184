import { describe, expect, it } from 'vitest';
import { formatQty, isMultipleOf, isWhole, parseQty } from './qty.ts';

describe('quantities', () => {
  it('keep four decimals and are written without empty ones', () => {
    expect(parseQty('1.5')).toBe(15000n);
    expect(formatQty(15000n)).toBe('1.5');
    expect(formatQty(120000n)).toBe('12');
    expect(formatQty(-1n)).toBe('-0.0001');
  });

  it.each(['-0', '1e3', '1.00001', ' 1', '１', '', '1,000'])('P17 %j is no quantity', (text) => {
    expect(parseQty(text)).toBeNull();
  });

  it('a half is not a whole piece', () => {
    expect(isWhole(20000n)).toBe(true);
    expect(isWhole(-20000n)).toBe(true);
    expect(isWhole(15000n)).toBe(false);
  });

  it('a pack of 2.5 is sold in multiples of 2.5', () => {
    expect(isMultipleOf(75000n, 25000n)).toBe(true);
    expect(isMultipleOf(80000n, 25000n)).toBe(false);
    expect(isMultipleOf(0n, 25000n)).toBe(true);
    expect(() => isMultipleOf(1n, 0n)).toThrow(RangeError);
  });
});

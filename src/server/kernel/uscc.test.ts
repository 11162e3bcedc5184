import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeUscc, usccProblem } from './uscc.ts';

/** Codes of real organisations, collected from lists in public repositories (02020/vite and learn/utils; the tests of hutool). */
const REAL = [
  '91350200776049653A 91350503MA31DKY80A 91440101MA5CJQ4N59 123502001549897397 913502115628130384 91350203MA31NDF85F',
  '91350203MA31XXW31H 91350213678251743X 91350203MA31GJ942M 91350200MA31JNQ72Y 91350203MA31NFLDXR 91350206MA31H80F0J',
  '91440300MA5FG7JT43 91350100077407773G 91350200MA32AE621B 91350203MA32AH2832 91350100MA32G75888 91350200MA329TEQ4P',
  '91350200MA31DJ4F48 91110107082833558H 913502002601481917 913502123031288102 91350100056125371J 91350100MA31LTEW8M',
  '91350203MA31N5J38T 914403006188329255',
].flatMap((row) => row.split(' '));

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const first17 = fc.array(fc.constantFrom(...SYMBOLS), { minLength: 17, maxLength: 17 }).map((list) => list.join(''));

describe('unified social credit codes', () => {
  it.each(REAL)('P17 %s of a real organisation is correct', (code) => {
    expect(usccProblem(code)).toBeNull();
  });

  it('P17 a code of the early pilot is really in use and fails the checksum, which is why it can only be a warning', () => {
    expect(usccProblem('91350211M00013FA1N')).toBe('checksum');
  });

  it('P17 length and symbols are named before the checksum', () => {
    expect(usccProblem('')).toBe('length');
    expect(usccProblem('91350200776049653')).toBe('length');
    expect(usccProblem('91350200776049653a')).toBe('symbol');
    expect(usccProblem('9135020077604965OA')).toBe('symbol');
    expect(usccProblem('９1350200776049653A')).toBe('symbol');
  });

  it('P17 a sum that 31 divides has the check symbol 0', () => {
    expect(makeUscc('0'.repeat(17))).toBe('0'.repeat(18));
    let divisible = 0;
    fc.assert(
      fc.property(first17, (given) => {
        const made = makeUscc(given);
        expect(usccProblem(made)).toBeNull();
        if (made.endsWith('0')) divisible += 1;
      }),
      { numRuns: 2000 },
    );
    expect(divisible).toBeGreaterThan(20);
  });

  it('P17 one wrong symbol is always noticed', () => {
    fc.assert(
      fc.property(first17, fc.integer({ min: 0, max: 17 }), fc.constantFrom(...SYMBOLS), (given, at, symbol) => {
        const made = makeUscc(given);
        const wrong = made.slice(0, at) + symbol + made.slice(at + 1);
        expect(usccProblem(wrong)).toBe(wrong === made ? null : 'checksum');
      }),
    );
  });

  it('a code cannot be made from anything else than 17 symbols', () => {
    expect(() => makeUscc('123')).toThrow(RangeError);
    expect(() => makeUscc('I'.repeat(17))).toThrow(RangeError);
  });
});

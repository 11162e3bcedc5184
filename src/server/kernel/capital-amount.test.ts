import fc from 'fast-check';
import nzh from 'nzh';
import { describe, expect, it } from 'vitest';
import { capitalAmount } from './capital-amount.ts';
import { formatAmount, parseAmount } from './money.ts';

describe('amounts in capital numerals', () => {
  it.each([
    ['0', '人民币零元整'],
    ['0.05', '人民币伍分'],
    ['0.50', '人民币伍角'],
    ['0.55', '人民币伍角伍分'],
    ['10', '人民币壹拾元整'],
    ['10.50', '人民币壹拾元伍角'],
    ['1409.50', '人民币壹仟肆佰零玖元伍角'],
    ['16409.02', '人民币壹万陆仟肆佰零玖元零贰分'],
    ['107000.53', '人民币壹拾万柒仟元伍角叁分'],
    ['100000000', '人民币壹亿元整'],
    ['100000001', '人民币壹亿零壹元整'],
    ['100001000', '人民币壹亿零壹仟元整'],
    ['10001000.10', '人民币壹仟万壹仟元壹角'],
    ['90000000000000', '人民币玖拾万亿元整'],
    ['-3.02', '人民币负叁元零贰分'],
  ])('%s is %s', (text, expected) => {
    expect(capitalAmount(parseAmount(text, 'CNY') ?? -1n)).toBe(expected);
  });

  it('Traditional script writes the same amount with its own characters', () => {
    expect(capitalAmount(-1234506789n, 'zh-Hant')).toBe('人民幣負壹仟貳佰參拾肆萬伍仟零陸拾柒元捌角玖分');
    expect(capitalAmount(30000000000n, 'zh-Hant')).toBe('人民幣參億元整');
  });

  it('P5 agrees with an independent implementation for every amount below a trillion', () => {
    const digits = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(digits, fc.boolean(), (list, negative) => {
        const minor = BigInt(list.join('')) * (negative ? -1n : 1n);
        const text = formatAmount(minor, 'CNY')
          .replace(/\.00$/, '')
          .replace(/(\.\d)0$/, '$1');
        expect(capitalAmount(minor)).toBe(`人民币${nzh.cn.toMoney(text, { outSymbol: false })}`);
      }),
      { numRuns: 10_000 },
    );
  });

  it('P5 no two zeros stand together and no two amounts are written alike', () => {
    const value = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n });
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(capitalAmount(a)).not.toMatch(/零零|亿万|undefined/);
        if (a !== b) expect(capitalAmount(a)).not.toBe(capitalAmount(b));
      }),
      { numRuns: 5000 },
    );
  });
});

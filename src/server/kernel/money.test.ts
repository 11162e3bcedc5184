import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';
import {
  allocate,
  applyRate,
  currencyScale,
  formatAmount,
  isCurrency,
  lineGross,
  parseAmount,
  roundPrice,
  taxOf,
} from './money.ts';
import { parseQty } from './qty.ts';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const rate = fc.bigInt({ min: 0n, max: 1_000_000n });
const scaled = (text: string, scale: number) => parseDecimal(text, scale) ?? expect.unreachable(text);

describe('currencies', () => {
  it('each has the decimals of ISO 4217', () => {
    expect(['CNY', 'USD', 'JPY', 'VND', 'KWD', 'CLF'].map(currencyScale)).toEqual([2, 2, 0, 0, 3, 4]);
  });

  it('P17 what is no currency in use is refused', () => {
    for (const code of ['cny', 'XXX', 'XAU', 'RMB', '', 'DEM', '人民币']) {
      expect(isCurrency(code)).toBe(false);
      expect(() => currencyScale(code)).toThrow(RangeError);
    }
  });
});

describe('amounts', () => {
  it('P17 decimals beyond the currency are refused, never rounded', () => {
    expect(parseAmount('0.005', 'CNY')).toBeNull();
    expect(parseAmount('1.5', 'JPY')).toBeNull();
    expect(parseAmount('1.5', 'CNY')).toBe(150n);
    expect(parseAmount('15', 'JPY')).toBe(15n);
  });

  it('are written with all decimals of the currency', () => {
    expect(formatAmount(140950n, 'CNY')).toBe('1409.50');
    expect(formatAmount(-5n, 'CNY')).toBe('-0.05');
    expect(formatAmount(1500n, 'JPY')).toBe('1500');
    expect(formatAmount(1n, 'KWD')).toBe('0.001');
  });

  it('P5 the gross of a line is rounded once, half up, to the currency', () => {
    const gross = (qty: string, price: string, currency: string) =>
      lineGross(scaled(qty, 4), scaled(price, 6), currency);
    expect(gross('3', '0.335', 'CNY')).toBe(101n);
    expect(gross('-3', '0.335', 'CNY')).toBe(-101n);
    expect(gross('0.0001', '0.000001', 'CNY')).toBe(0n);
    expect(gross('12.5', '88.888888', 'CNY')).toBe(111111n);
    expect(gross('1', '0.5', 'JPY')).toBe(1n);
    expect(gross('1', '1.0005', 'KWD')).toBe(1001n);
  });

  it('a price is rounded to the scale of its list', () => {
    expect(roundPrice(scaled('1.234567', 6), 2)).toBe(scaled('1.23', 6));
    expect(roundPrice(scaled('1.235', 6), 2)).toBe(scaled('1.24', 6));
    expect(roundPrice(scaled('1.234567', 6), 6)).toBe(scaled('1.234567', 6));
    expect(roundPrice(scaled('-1.5', 6), 0)).toBe(scaled('-2', 6));
    expect(() => roundPrice(1n, 7)).toThrow(RangeError);
  });

  it('a rate is applied to a price with one rounding', () => {
    expect(applyRate(scaled('100', 6), scaled('0.85', 6))).toBe(scaled('85', 6));
    expect(applyRate(1n, scaled('0.5', 6))).toBe(1n);
    expect(applyRate(-1n, scaled('0.5', 6))).toBe(-1n);
  });
});

describe('tax', () => {
  it('P5 net and tax make the gross, whatever the rate and the mode', () => {
    fc.assert(
      fc.property(amount, rate, fc.constantFrom('inclusive' as const, 'exclusive' as const), (value, r, mode) => {
        const { net, tax, gross } = taxOf(value, r, mode);
        expect(net + tax).toBe(gross);
        expect(mode === 'inclusive' ? gross : net).toBe(value);
        const mirrored = taxOf(-value, r, mode);
        expect([-mirrored.net, -mirrored.tax, -mirrored.gross]).toEqual([net, tax, gross]);
        const exact =
          mode === 'inclusive' ? 2n * (net * (1_000_000n + r) - gross * 1_000_000n) : 2n * (tax * 1_000_000n - net * r);
        const unit = mode === 'inclusive' ? 1_000_000n + r : 1_000_000n;
        expect(exact <= unit && exact >= -unit).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('P5 ten lines of 1.00 at 13 % included hold 1.20 of tax, not the 1.15 of their sum', () => {
    expect(taxOf(100n, 130_000n, 'inclusive')).toEqual({ net: 88n, tax: 12n, gross: 100n });
    expect(taxOf(1000n, 130_000n, 'inclusive').tax).toBe(115n);
  });

  it('P5 ten lines of 1.04 without tax bear 1.40 at 13 %, not the 1.35 of their sum', () => {
    expect(taxOf(104n, 130_000n, 'exclusive')).toEqual({ net: 104n, tax: 14n, gross: 118n });
    expect(taxOf(1040n, 130_000n, 'exclusive').tax).toBe(135n);
  });

  it('a negative rate is an error', () => {
    expect(() => taxOf(1n, -1n, 'inclusive')).toThrow(RangeError);
  });
});

describe('spreading an amount', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 });

  it('P5 the parts sum to the total and none is off by a whole unit', () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const parts = allocate(total, shares);
        const sum = shares.reduce((a, b) => a + b, 0n);
        expect(parts.length).toBe(shares.length);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        parts.forEach((part, index) => {
          const [weight = 0n, whole] = sum === 0n ? [1n, BigInt(shares.length)] : [shares[index], sum];
          const difference = part * whole - total * weight;
          expect(difference < whole && difference > -whole).toBe(true);
          if (weight === 0n) expect(part).toBe(0n);
        });
      }),
      { numRuns: 10_000 },
    );
  });

  it('P5 no part that lost the remainder had a better claim to it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), weights, (total, shares) => {
        const sum = shares.reduce((a, b) => a + b, 0n);
        fc.pre(sum > 0n);
        const parts = allocate(total, shares);
        const claim = shares.map((weight) => (total * weight) % sum);
        const got = shares.map((weight, index) => (parts[index] ?? 0n) - (total * weight) / sum);
        for (let a = 0; a < shares.length; a += 1) {
          for (let b = 0; b < shares.length; b += 1) {
            const better = (claim[a] ?? 0n) > (claim[b] ?? 0n) || (claim[a] === claim[b] && a < b);
            if (better) expect(got[a]).toBeGreaterThanOrEqual(got[b] ?? 0n);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('P5 one cent over seven equal lines goes to the first line', () => {
    expect(
      allocate(
        1n,
        Array.from({ length: 7 }, () => 100n),
      ),
    ).toEqual([1n, 0n, 0n, 0n, 0n, 0n, 0n]);
    expect(
      allocate(
        -1n,
        Array.from({ length: 7 }, () => 100n),
      ),
    ).toEqual([-1n, 0n, 0n, 0n, 0n, 0n, 0n]);
  });

  it('P5 three equal lines of one third each share a hundred exactly', () => {
    expect(allocate(10_000n, [1n, 1n, 1n])).toEqual([3334n, 3333n, 3333n]);
    expect(allocate(5n, [0n, 0n, 0n])).toEqual([2n, 2n, 1n]);
    expect(allocate(7n, [1n, 0n, 6n])).toEqual([1n, 0n, 6n]);
  });

  it('nobody gets nothing, and a debt without a debtor is an error', () => {
    expect(allocate(0n, [])).toEqual([]);
    expect(() => allocate(1n, [])).toThrow(RangeError);
    expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError);
  });
});

describe('order lines', () => {
  it('P5 lines after their share of an order discount still sum to the discounted total', () => {
    const line = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 8n }), fc.bigInt({ min: 0n, max: 10n ** 10n }));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 30 }),
        fc.bigInt({ min: 0n, max: 1_000_000n }),
        (lines, percent) => {
          const gross = lines.map(([qty, price]) => lineGross(qty, price, 'CNY'));
          const total = gross.reduce((a, b) => a + b, 0n);
          const discount = applyRate(total, percent);
          const shares = allocate(discount, gross);
          const taxed = gross.map((each, index) => taxOf(each - (shares[index] ?? 0n), 130_000n, 'inclusive'));
          expect(taxed.reduce((sum, { net, tax }) => sum + net + tax, 0n)).toBe(total - discount);
          for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(gross[index] ?? 0n);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('a quantity of the wire times a price gives the amount people compute by hand', () => {
    expect(lineGross(parseQty('2.25') ?? 0n, scaled('19.99', 6), 'CNY')).toBe(4498n);
  });
});

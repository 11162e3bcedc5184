import { describe, expect, it } from 'vitest';
import { amountDays, costOfMoney } from './cost-of-money.ts';

describe('cost of money', () => {
  it('R4.1 each term has its days: prepaid none, the balance after a deposit, half a month to the end of a month, instalments a month apart', () => {
    const of = (term: Parameters<typeof amountDays>[1]) => amountDays(100_01n, term) / 100n;
    expect([
      of({ kind: 'prepaid' }),
      of({ kind: 'net_days', days: 30 }),
      of({ kind: 'month_end_days', days: 30 }),
      of({ kind: 'deposit_balance', depositRate: '0.3', days: 60 }),
      of({ kind: 'instalments', parts: 4, days: 0 }),
    ]).toEqual([0n, 3000n, 4500n, 4200n, 4500n]);
  });

  it('R4.1 the effect of another term is amount × days × rate / 365, rounded half up, to our cost when we wait longer, and the reverse of it when we do not', () => {
    const prepaid = { kind: 'prepaid' } as const;
    const days = (n: number) => ({ kind: 'net_days', days: n }) as const;
    // 36,500.00 × 30 × 6 % / 365
    expect(costOfMoney(36_500_00n, prepaid, days(30), 6)).toBe(-180_00n);
    expect(costOfMoney(36_500_00n, days(30), prepaid, 6)).toBe(180_00n);
    expect(costOfMoney(36_500_00n, days(30), days(45), 6)).toBe(-90_00n);
    expect(costOfMoney(36_500_00n, days(30), days(45), 0)).toBe(0n);
    // Half a minor unit: 36.50 × 1 × 5 % / 365 = 0.005.
    expect([costOfMoney(36_50n, prepaid, days(1), 5), costOfMoney(36_50n, days(1), prepaid, 5)]).toEqual([-1n, 1n]);
  });
});

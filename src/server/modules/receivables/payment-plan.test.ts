import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dateOfDay, daysBetween, monthEnd } from '../../kernel/biz-date.ts';
import { chineseHolidays } from '../../kernel/holidays-cn.ts';
import { workingCalendar } from '../../kernel/working-calendar.ts';
import { paymentPlan, planRows, shrunk, type Term } from './payment-plan.ts';

const { days, publishedYears } = chineseHolidays();
const calendar = workingCalendar({
  days,
  publishedYears,
  hours: { start: '09:00', end: '18:00' },
  timeZone: 'Asia/Shanghai',
});
const everyDay = { isWorkingDay: () => true, addWorkingDays: (d: string) => d };

const terms: fc.Arbitrary<Term> = fc.oneof(
  fc.constant<Term>({ kind: 'prepaid' }),
  fc.integer({ min: 0, max: 365 }).map((n): Term => ({ kind: 'net_days', days: n })),
  fc.integer({ min: 0, max: 365 }).map((n): Term => ({ kind: 'month_end_days', days: n })),
  fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 365 })).map(
    ([rate, n]): Term => ({
      kind: 'deposit_balance',
      depositRate: rate === 1_000_000 ? '1' : `0.${rate.toString().padStart(6, '0')}`,
      days: n,
    }),
  ),
  fc
    .tuple(fc.integer({ min: 2, max: 36 }), fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }))
    .map(([parts, n]): Term => ({ kind: 'instalments', parts, ...(n === undefined ? {} : { days: n }) })),
);
const grosses = fc.bigInt({ min: 0n, max: 10n ** 15n });
const dates = fc.integer({ min: 20_000, max: 22_000 }).map(dateOfDay);

describe('R6.1 the payment plan of an order', () => {
  test('R6.1 P5 the items of every term add up to the order exactly, none is negative, none is due before effect', () => {
    fc.assert(
      fc.property(grosses, terms, dates, (gross, term, on) => {
        const plan = paymentPlan(gross, term, on, calendar);
        expect(plan.reduce((sum, item) => sum + item.amount, 0n)).toBe(gross);
        expect(plan.map((item) => item.itemNo)).toEqual(plan.map((_, i) => i + 1));
        for (const [i, item] of plan.entries()) {
          if (gross > 0n) expect(item.amount).toBeGreaterThan(0n);
          expect(daysBetween(on, item.dueOn)).toBeGreaterThanOrEqual(0);
          expect(calendar.isWorkingDay(item.dueOn)).toBe(true);
          if (i > 0) expect(daysBetween(plan[i - 1]?.dueOn ?? '', item.dueOn)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 10_000, seed: 601 },
    );
  });

  test('R6.1 prepaid is due on the day of effect', () => {
    expect(paymentPlan(12345n, { kind: 'prepaid' }, '2026-03-04', calendar)).toEqual([
      { itemNo: 1, kind: 'full', dueOn: '2026-03-04', amount: 12345n },
    ]);
  });

  test('R6.1 a deposit is rounded half up and the balance takes the rest', () => {
    const term: Term = { kind: 'deposit_balance', depositRate: '0.3', days: 30 };
    expect(
      paymentPlan(10005n, term, '2026-03-04', everyDay).map(({ kind, amount, dueOn }) => [kind, amount, dueOn]),
    ).toEqual([
      ['deposit', 3002n, '2026-03-04'],
      ['balance', 7003n, '2026-04-03'],
    ]);
  });

  test('R6.1 a deposit of nothing, or of everything, leaves one item', () => {
    expect(paymentPlan(1n, { kind: 'deposit_balance', depositRate: '0.3' }, '2026-03-04', everyDay)).toMatchObject([
      { itemNo: 1, kind: 'balance', amount: 1n },
    ]);
    expect(paymentPlan(900n, { kind: 'deposit_balance', depositRate: '1.5' }, '2026-03-04', everyDay)).toMatchObject([
      { itemNo: 1, kind: 'deposit', amount: 900n },
    ]);
  });

  test('R6.1 net days count from effect, month end from the last day of its month', () => {
    expect(paymentPlan(1n, { kind: 'net_days', days: 30 }, '2026-01-31', everyDay)[0]?.dueOn).toBe('2026-03-02');
    expect(paymentPlan(1n, { kind: 'month_end_days', days: 30 }, '2026-01-05', everyDay)[0]?.dueOn).toBe(
      addDays(monthEnd('2026-01-05'), 30),
    );
    expect(paymentPlan(1n, { kind: 'month_end_days', days: 0 }, '2028-02-10', everyDay)[0]?.dueOn).toBe('2028-02-29');
  });

  test('R6.1 monthly instalments that begin on the 31st fall on the last day of shorter months', () => {
    const plan = paymentPlan(100n, { kind: 'instalments', parts: 3 }, '2026-01-31', everyDay);
    expect(plan.map(({ dueOn, amount }) => [dueOn, amount])).toEqual([
      ['2026-01-31', 33n],
      ['2026-02-28', 33n],
      ['2026-03-31', 34n],
    ]);
  });

  test('R6.1 a due date on a statutory holiday moves to the next working day, also when that is a worked Saturday', () => {
    // 2026-10-01 to 10-07 are off; Saturday 2026-10-10 is worked.
    expect(paymentPlan(1n, { kind: 'net_days', days: 1 }, '2026-09-30', calendar)[0]?.dueOn).toBe('2026-10-08');
    expect(paymentPlan(1n, { kind: 'net_days', days: 10 }, '2026-09-30', calendar)[0]?.dueOn).toBe('2026-10-10');
  });

  test('R6.1 an order of nothing has one item of nothing, and a negative one has no plan', () => {
    expect(paymentPlan(0n, { kind: 'instalments', parts: 3 }, '2026-03-04', everyDay)).toEqual([
      { itemNo: 1, kind: 'full', dueOn: '2026-03-04', amount: 0n },
    ]);
    expect(() => paymentPlan(-1n, { kind: 'prepaid' }, '2026-03-04', everyDay)).toThrow(RangeError);
  });

  test('R6.1 the rows of a plan begin unpaid', () => {
    const rows = planRows('o', 'p', paymentPlan(100n, { kind: 'prepaid' }, '2026-03-04', everyDay));
    expect(rows).toEqual([
      {
        order_id: 'o',
        item_no: 1,
        partner_id: 'p',
        kind: 'full',
        due_on: '2026-03-04',
        due_after: null,
        amount: 100n,
        paid_amount: 0n,
      },
    ]);
  });

  test('R6.1 a plan that has to come down loses from its last items first, never what is paid, and adds up to the new amount', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt(0n, 100n), fc.bigInt(0n, 100n)), { minLength: 1, maxLength: 6 }),
        fc.bigInt(0n, 600n),
        (parts, gross) => {
          const items = parts.map(([amount, paid], i) => ({
            ...planRows('o', 'p', [{ itemNo: i + 1, kind: 'instalment', dueOn: '2026-03-04', amount }])[0],
            paid_amount: paid < amount ? paid : amount,
          })) as ReturnType<typeof planRows>;
          const [total, paid] = [
            items.reduce((sum, { amount }) => sum + amount, 0n),
            items.reduce((sum, { paid_amount }) => sum + paid_amount, 0n),
          ];
          const kept = shrunk(items, gross);
          expect(kept === null).toBe(gross < paid || gross > total);
          if (kept === null) return;
          expect(kept.reduce((sum, { amount }) => sum + amount, 0n)).toBe(gross);
          const firstTouched = kept.findIndex(({ amount }, i) => amount !== items[i]?.amount);
          if (firstTouched >= 0)
            for (const item of kept.slice(firstTouched + 1)) expect(item.amount).toBe(item.paid_amount);
        },
      ),
      { numRuns: 2000, seed: 612 },
    );
  });
});

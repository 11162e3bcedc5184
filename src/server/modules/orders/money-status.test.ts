import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invoiceStatus } from './invoice-status.ts';
import { paymentStatus } from './payment-status.ts';

const item = (amount: bigint, paid_amount: bigint, due_on: string | null) => ({ amount, paid_amount, due_on });
const today = '2026-05-10';

describe('R6.1 payment status of an order', () => {
  test.each([
    ['an order without a plan has nothing due', [], 0n, 'none_due'],
    ['what falls due later is not due', [item(100n, 0n, '2026-05-11')], 0n, 'none_due'],
    ['what waits for an event is not due', [item(100n, 0n, null)], 0n, 'none_due'],
    ['what falls due today is due', [item(100n, 0n, today)], 0n, 'due'],
    ['what was due yesterday is overdue', [item(100n, 0n, '2026-05-09')], 0n, 'overdue'],
    [
      'a paid deposit makes it partly paid',
      [item(30n, 30n, '2026-05-01'), item(70n, 0n, '2026-06-01')],
      30n,
      'part_paid',
    ],
    [
      'a late balance makes it overdue although the deposit is paid',
      [item(30n, 30n, '2026-04-01'), item(70n, 10n, '2026-05-09')],
      40n,
      'overdue',
    ],
    ['everything paid is paid, however late', [item(100n, 100n, '2026-01-01')], 100n, 'paid'],
    ['an order of nothing is paid', [item(0n, 0n, '2026-01-01')], 0n, 'paid'],
    ['more than it costs is a credit', [item(100n, 100n, '2026-01-01')], 101n, 'credit'],
  ] as const)('R6.1 %s', (_, items, paid, status) => {
    expect(paymentStatus(items, paid, today)).toBe(status);
  });

  test('R6.1 paying more never leads back from paid, and time alone never makes anything paid', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt(0n, 50n), fc.integer({ min: 1, max: 28 })), { minLength: 1, maxLength: 5 }),
        fc.bigInt(0n, 200n),
        (parts, paid) => {
          let left = paid;
          const items = parts.map(([amount, day]) => {
            const take = left < amount ? left : amount;
            left -= take;
            return item(amount, take, `2026-05-${String(day).padStart(2, '0')}`);
          });
          const total = parts.reduce((sum, [amount]) => sum + amount, 0n);
          const status = paymentStatus(items, paid, today);
          expect(status === 'paid').toBe(paid === total);
          expect(status === 'credit').toBe(paid > total);
          if (paid < total) expect(paymentStatus(items, paid, '2026-06-01')).toBe('overdue');
        },
      ),
      { numRuns: 2000, seed: 61 },
    );
  });
});

describe('R6.3 invoice status of an order', () => {
  test.each([
    ['nothing yet', { gross: 100n, invoiced: 0n, requested: false, live: [] }, 'none'],
    [
      'money has come in, so an invoice is asked for',
      { gross: 100n, invoiced: 0n, requested: true, live: [] },
      'requested',
    ],
    ['an order of nothing asks for none', { gross: 0n, invoiced: 0n, requested: true, live: [] }, 'none'],
    ['a part', { gross: 100n, invoiced: 40n, requested: true, live: [{ state: 'received' }] }, 'part_invoiced'],
    [
      'all of it',
      { gross: 100n, invoiced: 100n, requested: false, live: [{ state: 'received' }, { state: 'sent' }] },
      'invoiced',
    ],
    [
      'all of it, and all received',
      { gross: 100n, invoiced: 100n, requested: false, live: [{ state: 'received' }, { state: 'received' }] },
      'received',
    ],
  ] as const)('R6.3 %s', (_, facts, status) => {
    expect(invoiceStatus(facts)).toBe(status);
  });
});

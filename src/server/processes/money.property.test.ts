/** Whatever people do with receipts and invoices, in whatever order and in whatever batches: the books agree (P4, P5). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../tests/support/app.ts';
import { booksAgree } from '../../../tests/support/books.ts';
import { goods } from '../../../tests/support/goods.ts';
import { type EffectiveOrder, type InEffect, inEffect } from '../../../tests/support/in-effect.ts';
import { newId } from '../kernel/ids.ts';
import { systemActor } from '../platform/auth/authenticate.ts';
import { runCommands } from '../platform/pipeline/run.ts';
import type { Command } from '../platform/pipeline/types.ts';
import { issueInvoice } from './invoice-is-issued.ts';
import { reverseInvoice } from './invoice-is-reversed.ts';
import { postPayment } from './payment-is-posted.ts';
import type { PaymentInput } from './payment-steps.ts';

let t: TestApp;
let p: InEffect;

beforeAll(async () => {
  t = await testApp();
  p = await inEffect(t, await goods(t), { paymentTerm: { kind: 'deposit_balance', depositRate: '0.3', days: 30 } });
});
afterAll(() => t.close());

/** As the product itself acts: no key, no version. Several at once are one batch and one transaction. */
const command = <I>(input: I): Command<I> => ({
  input,
  actor: systemActor,
  now: t.clock.now(),
  requestId: newId(t.clock.now()),
});
const pay = (inputs: readonly PaymentInput[]) => runCommands(t.services.runtime, postPayment, inputs.map(command));
const record = (amount: string, rest: object = {}): PaymentInput => ({
  kind: 'record',
  partnerId: p.partnerId,
  amount,
  receivedOn: '2026-03-10',
  method: 'bank_transfer',
  confirm: true,
  ...rest,
});
const codes = (outcomes: Awaited<ReturnType<typeof pay>>) =>
  outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.refusals[0]?.code));
const bodyOf = (outcome: Awaited<ReturnType<typeof pay>>[number] | undefined) =>
  outcome?.ok === true ? JSON.parse(outcome.body) : null;

describe('many commands in one transaction', () => {
  test('P4 each sees what those before it did; a refused one takes no number and spoils nobody', async () => {
    const order = await p.order([{ qty: '10' }]);
    const [first] = await pay([record('500.00')]);
    const paymentId = bodyOf(first).id;
    const give = (amount: string): PaymentInput => ({
      kind: 'allocate',
      paymentId,
      allocations: [{ orderId: order.id, amount }],
    });
    expect(
      codes(
        await pay([
          give('300.00'),
          give('300.00'),
          record('1.00', { bankRef: 'SAME' }),
          record('2.00', { bankRef: 'SAME' }),
          record('9999.00', { allocations: [{ orderId: order.id, amount: '9999.00' }] }),
          give('200.00'),
          give('0.01'),
        ]),
      ),
    ).toEqual([
      'ok',
      'payment.exceeds_unallocated',
      'ok',
      'payment.duplicate_ref',
      'payment.exceeds_open',
      'ok',
      'payment.exceeds_unallocated',
    ]);
    expect((await p.read(order.id))['paidAmount']).toBe('500.00');
    await booksAgree(t);
  });

  test('P4 parts of one order invoiced in one batch: never more than is due', async () => {
    const order = await p.order([{ qty: '10' }]);
    const part = (qty: string) => command({ orderId: order.id, lines: [{ lineNo: 1, qty }], beforePaymentReason: 'x' });
    expect(
      codes(await runCommands(t.services.runtime, issueInvoice, [part('4'), part('7'), part('6'), part('1')])),
    ).toEqual(['ok', 'invoice.exceeds_due', 'ok', 'invoice.exceeds_due']);
    expect((await p.read(order.id))['invoiceStatus']).toBe('invoiced');
    await booksAgree(t);
  });
});

type Step = {
  what: 'record' | 'open' | 'confirm' | 'allocate' | 'unallocate' | 'reverse' | 'invoice' | 'red';
  pick: number;
  cents: number;
};
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>(
      'record',
      'open',
      'confirm',
      'allocate',
      'allocate',
      'unallocate',
      'reverse',
      'invoice',
      'red',
    ),
    pick: fc.nat(20),
    cents: fc.integer({ min: 1, max: 60_000 }),
  }),
  { minLength: 4, maxLength: 16 },
);

describe('transactions that meet only in the database', () => {
  test('R6.2 the same bank reference from two sides: each time one is taken, the other refused by its name', async () => {
    for (let i = 0; i < 20; i += 1) {
      const wanted = record('1.00', { bankRef: `RACE-${i}`, confirm: false });
      const outcomes = await Promise.all([pay([wanted]), pay([wanted])]);
      expect(codes(outcomes.flat()).sort()).toEqual(['ok', 'payment.duplicate_ref']);
    }
    await booksAgree(t);
  });
});

describe('any sequence', () => {
  test('P5 R6.2 R6.3 receipts, allocations, invoices and their ways back in any order leave sums, statuses, versions and numbers right', async () => {
    let orders: EffectiveOrder[] = [];
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        if (runs % 10 === 0)
          orders = [await p.order([{ qty: '7', price: 33_330_000n }, { qty: '3' }]), await p.order([{ qty: '2' }])];
        runs += 1;
        const payments: string[] = [];
        const invoices: string[] = [];
        for (const step of sequence) await take(step, orders, payments, invoices);
        await booksAgree(t);
      }),
      { numRuns: 60, seed: 6_2026 },
    );
  });

  async function take(
    { what, pick, cents }: Step,
    orders: EffectiveOrder[],
    payments: string[],
    invoices: string[],
  ): Promise<void> {
    const of = <T>(all: readonly T[]) => all[pick % Math.max(1, all.length)];
    const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    const paymentId = of(payments);
    const orderId = of(orders)?.id ?? '';
    switch (what) {
      case 'record':
      case 'open': {
        const made = bodyOf((await pay([record(amount, { confirm: what === 'record' })]))[0]);
        if (made !== null) payments.push(made.id);
        return;
      }
      case 'confirm':
      case 'reverse':
        if (paymentId !== undefined) await pay([{ kind: what, paymentId, reason: 'x' }]);
        return;
      case 'allocate':
        if (paymentId !== undefined) await pay([{ kind: 'allocate', paymentId, allocations: [{ orderId, amount }] }]);
        return;
      case 'unallocate': {
        const [live] = await t.sql<{ id: string; payment_id: string }>(
          'select id, payment_id from allocation where reversed_at is null and order_id = $1 order by id offset $2 limit 1',
          [orderId, pick % 3],
        );
        if (live !== undefined)
          await pay([{ kind: 'unallocate', paymentId: live.payment_id, allocationId: live.id, reason: 'x' }]);
        return;
      }
      case 'invoice': {
        const lines = [{ lineNo: 1, qty: String(1 + (pick % 3)) }];
        const [made] = await runCommands(t.services.runtime, issueInvoice, [
          command({ orderId, beforePaymentReason: 'x', ...(pick % 4 === 0 ? {} : { lines }) }),
        ]);
        if (made?.ok === true) invoices.push(JSON.parse(made.body).id);
        return;
      }
      case 'red': {
        const invoiceId = of(invoices);
        if (invoiceId !== undefined)
          await runCommands(t.services.runtime, reverseInvoice, [command({ invoiceId, redReason: 'wrong_invoice' })]);
        return;
      }
    }
  }
});

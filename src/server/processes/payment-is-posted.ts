/**
 * A receipt is recorded, confirmed, allocated to orders and taken back, with everything that moves in the same transaction, for a set of
 * commands at once. One definition for the five steps, so that they wait in one queue and lock in one order: receipts, orders, credit
 * accounts, number series. R6.2.
 */
import { bizDateOf } from '../kernel/biz-date.ts';
import { lockOrderMoney, saveOrderMoney } from '../modules/orders/index.ts';
import { lockCredit, lockReceipts, readPayments, saveReceipts } from '../modules/receivables/index.ts';
import type { Tx } from '../platform/db/database.ts';
import { openNumbers } from '../platform/db/number-series.ts';
import { defineBatch } from '../platform/pipeline/define.ts';
import type { Command, Env } from '../platform/pipeline/types.ts';
import { completeIfDone } from './order-completes.ts';
import {
  decidePayment,
  type PaymentInput,
  PAYMENT_NO,
  type PostingChange,
  type PostingState,
  VOUCHER_NO,
} from './payment-steps.ts';

export const postPayment = defineBatch<PaymentInput, PostingState, PostingChange>({
  name: 'payments.post',
  refuses: [
    'partner.not_found',
    'payment.not_found',
    'payment.wrong_state',
    'payment.duplicate_ref',
    'payment.future_date',
    'payment.not_confirmed',
    'payment.currency',
    'payment.exceeds_open',
    'payment.exceeds_unallocated',
    'payment.allocated',
    'allocation.not_found',
    'allocation.reversed',
    'order.not_found',
    'order.wrong_state',
    'field.amount_decimals',
    'request.version_stale',
  ],
  maxBatch: 256,
  load,
  decide: decidePayment,
  save,
  savesAtOnce: true,
  follow(tx, changes, commands) {
    const settled = ordersOf(changes).filter(
      ({ row }) => row.paid_amount >= row.gross_amount && row.invoiced_amount >= row.gross_amount,
    );
    const { now, requestId } = commands[0] as Command<PaymentInput>;
    return completeIfDone(
      tx,
      settled.map(({ row }) => row.id),
      { now, requestId },
    );
  },
  async respond(tx, commands, changes) {
    const views = await readPayments(
      tx,
      changes.map(({ payment }) => payment.id),
      commands.map(({ actor }) => ({ actor, locale: actor.locale })),
    );
    return views.map((view, i) => ({
      status: commands[i]?.input.kind === 'record' ? 201 : 200,
      body: view,
      etag: view?.version ?? 0,
    }));
  },
});

async function load(tx: Tx, commands: readonly Command<PaymentInput>[], env: Env): Promise<PostingState> {
  const inputs = commands.map(({ input }) => input);
  const records = inputs.filter((input) => input.kind === 'record');
  const paymentIds = inputs.flatMap((input) => (input.kind === 'record' ? [] : [input.paymentId]));
  const partnerIds = records.map(({ partnerId }) => partnerId);
  const years = commands.map(({ now }) => bizDateOf(now, env.company.timeZone).slice(0, 4));
  const [receipts, orders, , numbers] = await Promise.all([
    lockReceipts(tx, {
      paymentIds,
      partnerIds,
      bankRefs: records.flatMap(({ bankRef }) => bankRef ?? []),
      on: bizDateOf(commands[0]?.now ?? new Date(0), env.company.timeZone),
    }),
    lockOrderMoney(tx, {
      orderIds: inputs.flatMap((input) =>
        'allocations' in input ? (input.allocations ?? []).map(({ orderId }) => orderId) : [],
      ),
      allocationIds: inputs.flatMap((input) => (input.kind === 'unallocate' ? [input.allocationId] : [])),
    }),
    lockCredit(tx, partnerIds, paymentIds),
    openNumbers(
      tx,
      years.flatMap((year) => [PAYMENT_NO, VOUCHER_NO].map((prefix) => ({ prefix, year }))),
    ),
  ]);
  return { ...receipts, orders, numbers };
}

/** A document that several commands of the batch have changed is written once, as the last of them left it. */
const lastOf = <R>(rows: readonly R[], key: (row: R) => string) => [
  ...new Map(rows.map((row) => [key(row), row])).values(),
];

const ordersOf = (changes: readonly PostingChange[]) =>
  lastOf(
    changes.flatMap(({ orders }) => orders),
    ({ row }) => row.id,
  );

function save(tx: Tx, state: PostingState, changes: readonly PostingChange[]): Promise<unknown> {
  const known = changes.filter(({ isNew }) => !isNew);
  const orders = ordersOf(changes);
  return Promise.all([
    saveReceipts(tx, {
      created: changes.filter(({ isNew }) => isNew).map(({ payment }) => payment),
      changed: lastOf(
        known.map(({ payment }) => payment),
        ({ id }) => id,
      ),
      allocated: changes.flatMap(({ allocated }) => allocated),
      unallocated: changes.flatMap(({ unallocated }) => unallocated),
      entries: changes.flatMap(({ entries }) => entries),
    }),
    saveOrderMoney(
      tx,
      orders.map(({ row }) => row),
      orders.flatMap(({ items }) => items),
    ),
    state.numbers.save(tx),
  ]);
}

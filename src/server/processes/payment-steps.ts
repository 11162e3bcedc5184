/** What each step on a receipt changes: pure, over copies of the rows, so that a refused command leaves nothing behind. R6.2. */
import { bizDateOf } from '../kernel/biz-date.ts';
import { newId } from '../kernel/ids.ts';
import { formatAmount, parseAmount } from '../kernel/money.ts';
import { Refused, refuse, refuseIf } from '../kernel/refusal.ts';
import { moneyStatuses, type OrderMoney } from '../modules/orders/index.ts';
import {
  ACCOUNTS,
  type AllocationOfOrder,
  type AllocationRow,
  fillItems,
  type LedgerRow,
  mirrored,
  openOf,
  type PaymentRow,
  payerDiffers,
  paymentRefusals,
  type Receipt,
  type Receipts,
  type Source,
  voucher,
} from '../modules/receivables/index.ts';
import { scopeOf } from '../modules/partners/index.ts';
import { COMPANY_WIDE, rulesOf } from '../platform/pipeline/policy-book.ts';
import type { NumberBook } from '../platform/db/number-series.ts';
import type { Command, Decision, Env, NewEvent, PolicyScope, TaskChange } from '../platform/pipeline/types.ts';

export const PAYMENT_NO = 'PM';
export const VOUCHER_NO = 'VC';

type AllocationWanted = { orderId: string; amount: string };
export type RecordPayment = {
  kind: 'record';
  partnerId: string;
  amount: string;
  currency?: string | undefined;
  receivedOn: string;
  method: string;
  payerName?: string | undefined;
  bankRef?: string | undefined;
  note?: string | undefined;
  confirm?: boolean | undefined;
  allocations?: readonly AllocationWanted[] | undefined;
};
export type PaymentInput =
  | RecordPayment
  | { kind: 'confirm'; paymentId: string; allocations?: readonly AllocationWanted[] | undefined }
  | { kind: 'allocate'; paymentId: string; allocations: readonly AllocationWanted[] }
  | { kind: 'unallocate'; paymentId: string; allocationId: string; reason: string }
  | { kind: 'reverse'; paymentId: string; reason: string };

export type PostingState = Receipts & { orders: Map<string, OrderMoney>; numbers: NumberBook };
export type PostingChange = {
  isNew: boolean;
  payment: PaymentRow;
  allocated: AllocationRow[];
  unallocated: AllocationRow[];
  entries: LedgerRow[];
  orders: OrderMoney[];
  command: Command<PaymentInput>;
};

type Work = {
  state: PostingState;
  command: Command<PaymentInput>;
  env: Env;
  today: string;
  receipt: Receipt;
  /** Copies of the orders that this command touches. */
  orders: Map<string, OrderMoney>;
  change: Omit<PostingChange, 'orders' | 'payment'>;
  events: NewEvent[];
  tasks: TaskChange[];
};

export function decidePayment(state: PostingState, command: Command<PaymentInput>, env: Env): Decision<PostingChange> {
  const mark = state.numbers.mark();
  try {
    const work = begin(state, command, env);
    takeStep(work, command.input);
    return settle(work);
  } catch (error) {
    state.numbers.back(mark);
    if (error instanceof Refused) return { ok: false, refusals: error.refusals };
    throw error;
  }
}

function begin(state: PostingState, command: Command<PaymentInput>, env: Env): Work {
  const { input } = command;
  const isNew = input.kind === 'record';
  const today = bizDateOf(command.now, env.company.timeZone);
  const receipt = isNew ? newReceipt(state, command, input, today) : knownReceipt(state, command, input.paymentId);
  return {
    state,
    command,
    env,
    today,
    receipt,
    orders: new Map(),
    change: { isNew, allocated: [], unallocated: [], entries: [], command },
    events: [],
    tasks: [],
  };
}

function knownReceipt(state: PostingState, command: Command<PaymentInput>, paymentId: string): Receipt {
  const known = state.payments.get(paymentId);
  if (known === undefined) throw refuse('payment.not_found');
  if (command.expectedVersion !== undefined && command.expectedVersion !== known.row.version) {
    throw refuse('request.version_stale', { version: String(known.row.version) });
  }
  return { row: { ...known.row }, allocations: [...known.allocations], entries: [...known.entries] };
}

function newReceipt(
  state: PostingState,
  { actor, now }: Command<PaymentInput>,
  input: RecordPayment,
  today: string,
): Receipt {
  const partner = state.partners.get(input.partnerId);
  if (partner === undefined) throw refuse('partner.not_found', undefined, 'partnerId');
  if (input.currency !== undefined && input.currency !== partner.currency) {
    throw refuse('payment.currency', { currency: partner.currency }, 'currency');
  }
  const amount = parseAmount(input.amount, partner.currency);
  if (amount === null) throw refuse('field.amount_decimals', { currency: partner.currency }, 'amount');
  if (input.receivedOn > today) throw refuse('payment.future_date', { today }, 'receivedOn');
  if (input.confirm !== true && (input.allocations ?? []).length > 0)
    throw refuse('payment.not_confirmed', undefined, 'confirm');
  if (input.bankRef !== undefined && state.takenRefs.has(input.bankRef)) {
    throw refuse('payment.duplicate_ref', { ref: input.bankRef }, 'bankRef');
  }
  const row: PaymentRow = {
    id: newId(now),
    no: state.numbers.next(PAYMENT_NO, today.slice(0, 4)),
    partner_id: partner.id,
    state: 'recorded',
    currency: partner.currency,
    amount,
    allocated_amount: 0n,
    received_on: input.receivedOn,
    method: input.method,
    payer_name: input.payerName ?? null,
    payer_differs: payerDiffers(input.payerName, partner),
    method_differs: input.method !== partner.payment_method,
    bank_ref: input.bankRef ?? null,
    note: input.note ?? null,
    reverse_reason: null,
    recorded_by: actor.userId,
    recorded_at: now,
    confirmed_by: null,
    confirmed_at: null,
    version: 0,
  };
  return { row, allocations: [], entries: [] };
}

function takeStep(work: Work, input: PaymentInput): void {
  const { row } = work.receipt;
  const facts = { ...row, orderNos: liveOrderNos(work.receipt) };
  switch (input.kind) {
    case 'record':
      emit(work, 'payment.recorded', {
        receivedOn: row.received_on,
        method: row.method,
        payerDiffers: row.payer_differs,
        methodDiffers: row.method_differs,
      });
      if (input.confirm === true) confirm(work, input.allocations ?? []);
      else openConfirmTask(work);
      return;
    case 'confirm':
      refuseIf(paymentRefusals('confirm', facts));
      confirm(work, input.allocations ?? []);
      return;
    case 'allocate':
      refuseIf(paymentRefusals('allocate', facts));
      allocate(work, input.allocations);
      return;
    case 'unallocate':
      takeAllocationBack(work, input.allocationId, input.reason);
      return;
    case 'reverse':
      refuseIf(paymentRefusals('reverse', facts));
      reverse(work, input.reason);
      return;
    default: {
      const unknown: never = input;
      throw new Error(`unknown step ${String(unknown)}`);
    }
  }
}

const liveOrderNos = ({ allocations }: Receipt) => [
  ...new Set(allocations.filter(({ reversed_at }) => reversed_at === null).map(({ order_no }) => order_no)),
];

/** Whose case it is, for the parameters that steer it. */
function scopeFor({ partners }: PostingState, partnerId: string): PolicyScope {
  const partner = partners.get(partnerId);
  return partner === undefined ? COMPANY_WIDE : scopeOf(partner);
}

function openConfirmTask({ receipt: { row }, state, env, command, tasks }: Work): void {
  tasks.push({
    open: {
      kind: 'payment.confirm',
      documentType: 'payment',
      documentId: row.id,
      documentNo: row.no,
      partnerId: row.partner_id,
      holder: { side: 'staff', role: 'finance' },
      article: 'R6.2',
      due: env.policy.deadline('payment.confirm', command.now, { scope: scopeFor(state, row.partner_id) }),
    },
  });
}

/** The money is there: Dr bank, Cr receivable. Without orders it stands as an advance. */
function confirm(work: Work, allocations: readonly AllocationWanted[]): void {
  const { receipt, command } = work;
  const { row } = receipt;
  row.state = 'confirmed';
  row.confirmed_by = command.actor.userId;
  row.confirmed_at = command.now;
  const entries = voucher(sourceOf(work), [{ debit: ACCOUNTS.bank, credit: ACCOUNTS.receivable, amount: row.amount }]);
  post(work, entries);
  if (!work.change.isNew) work.tasks.push({ closeOf: row.id });
  emit(work, 'payment.confirmed', { voucherNo: entries[0]?.voucher_no ?? null });
  if (allocations.length > 0) allocate(work, allocations);
}

function sourceOf({ receipt: { row }, state, command, today }: Work): Source {
  return {
    voucherNo: state.numbers.next(VOUCHER_NO, today.slice(0, 4)),
    postedOn: today,
    currency: row.currency,
    partnerId: row.partner_id,
    type: 'payment',
    id: row.id,
    memo: row.bank_ref,
    now: command.now,
  };
}

function post(work: Work, entries: readonly LedgerRow[]): void {
  work.change.entries.push(...entries);
  work.receipt.entries.push(...entries);
}

function allocate(work: Work, wanted: readonly AllocationWanted[]): void {
  const sums = new Map<string, bigint>();
  for (const [i, part] of wanted.entries()) {
    const order = orderFor(work, part.orderId, `allocations.${i}.orderId`);
    const amount = allocateOne(work, order, part.amount, `allocations.${i}.amount`);
    sums.set(order.row.id, (sums.get(order.row.id) ?? 0n) + amount);
  }
  const parts = [...sums].map(([id, amount]) => {
    const order = work.orders.get(id);
    if (order === undefined) throw new Error(`order ${id} is not touched`);
    requestInvoice(work, order);
    return emitOrder(work, order, 'order.payment_allocated', amount);
  });
  emit(work, 'payment.allocated', { allocations: parts });
}

/** The copy of an order that this command works on. */
function orderFor(work: Work, orderId: string, field: string): OrderMoney {
  const known = work.orders.get(orderId) ?? work.state.orders.get(orderId);
  const { row } = work.receipt;
  if (known === undefined || known.row.partner_id !== row.partner_id) throw refuse('order.not_found', undefined, field);
  if (known.row.state !== 'in_effect')
    throw refuse('order.wrong_state', { action: 'allocate', state: known.row.state }, field);
  if (known.row.currency !== row.currency) throw refuse('payment.currency', { currency: row.currency }, field);
  const copy = work.orders.get(orderId) ?? {
    ...known,
    row: { ...known.row },
    items: known.items.map((item) => ({ ...item })),
  };
  work.orders.set(orderId, copy);
  return copy;
}

function allocateOne(work: Work, order: OrderMoney, text: string, field: string): bigint {
  const { row } = work.receipt;
  const amount = parseAmount(text, row.currency);
  if (amount === null) throw refuse('field.amount_decimals', { currency: row.currency }, field);
  const left = row.amount - row.allocated_amount;
  if (amount > left)
    throw refuse('payment.exceeds_unallocated', { unallocated: formatAmount(left, row.currency) }, field);
  const parts = fillItems(order.items, amount);
  if (parts === null) {
    const open = formatAmount(openOf(order.items), row.currency);
    throw refuse('payment.exceeds_open', { order: order.row.no, open }, field);
  }
  for (const part of parts) {
    const item = order.items.find(({ item_no }) => item_no === part.itemNo);
    if (item !== undefined) item.paid_amount += part.amount;
    const made: AllocationOfOrder = {
      id: newId(work.command.now),
      payment_id: row.id,
      order_id: order.row.id,
      order_no: order.row.no,
      item_no: part.itemNo,
      partner_id: row.partner_id,
      amount: part.amount,
      made_by: work.command.actor.userId,
      made_at: work.command.now,
      reversed_at: null,
      reversed_by: null,
      reverse_reason: null,
    };
    work.change.allocated.push(made);
    work.receipt.allocations.push(made);
  }
  row.allocated_amount += amount;
  order.row.paid_amount += amount;
  return amount;
}

/** Money for what is not invoiced yet makes invoicing somebody's work (N10). */
function requestInvoice(work: Work, order: OrderMoney): void {
  if (order.requested || order.row.invoiced_amount >= order.row.gross_amount) return;
  order.requested = true;
  work.tasks.push({
    open: {
      kind: 'invoice.issue',
      documentType: 'order',
      documentId: order.row.id,
      documentNo: order.row.no,
      partnerId: order.row.partner_id,
      holder: { side: 'staff', role: 'finance' },
      article: 'R6.3',
      due: work.env.policy.deadline('invoice.issue', work.command.now, rulesOf(order.row)),
    },
  });
}

function takeAllocationBack(work: Work, allocationId: string, reason: string): void {
  const { receipt, command } = work;
  const at = receipt.allocations.findIndex(({ id }) => id === allocationId);
  const found = receipt.allocations[at];
  if (found === undefined) throw refuse('allocation.not_found');
  if (found.reversed_at !== null) throw refuse('allocation.reversed');
  refuseIf(paymentRefusals('unallocate', { ...receipt.row, orderNos: [] }));
  const order = orderFor(work, found.order_id, 'allocationId');
  const back = { ...found, reversed_at: command.now, reversed_by: command.actor.userId, reverse_reason: reason };
  receipt.allocations[at] = back;
  work.change.unallocated.push(back);
  receipt.row.allocated_amount -= found.amount;
  order.row.paid_amount -= found.amount;
  const item = order.items.find(({ item_no }) => item_no === found.item_no);
  if (item !== undefined) item.paid_amount -= found.amount;
  if (order.requested && order.row.paid_amount <= order.row.invoiced_amount) {
    order.requested = false;
    work.tasks.push({ closeOf: order.row.id, family: 'invoice.issue' });
  }
  const part = emitOrder(work, order, 'order.payment_unallocated', found.amount);
  emit(work, 'payment.unallocated', { allocationId, allocations: [part] });
}

function reverse(work: Work, reason: string): void {
  const { row, entries } = work.receipt;
  const taken = new Set(entries.map(({ reverses_id }) => reverses_id));
  const standing = entries.filter(({ id, reverses_id }) => reverses_id === null && !taken.has(id));
  if (standing.length > 0) post(work, mirrored(sourceOf(work), standing));
  row.state = 'reversed';
  row.reverse_reason = reason;
  work.tasks.push({ closeOf: row.id });
  emit(work, 'payment.reversed', { wasConfirmed: row.confirmed_at !== null });
}

function emit(work: Work, type: string, payload: Record<string, unknown>): void {
  const { row } = work.receipt;
  row.version += 1;
  work.events.push({
    documentType: 'payment',
    documentId: row.id,
    documentNo: row.no,
    version: row.version,
    type,
    partnerId: row.partner_id,
    payload: {
      amount: formatAmount(row.amount, row.currency),
      unallocatedAmount: formatAmount(row.amount - row.allocated_amount, row.currency),
      currency: row.currency,
      ...payload,
    },
  });
}

/** The order's own event: what came, what is open still. Returns what the receipt's event says of it. */
function emitOrder(work: Work, order: OrderMoney, type: string, amount: bigint): Record<string, unknown> {
  const { row } = order;
  const statuses = moneyStatuses(order, work.today);
  row.payment_status = statuses.payment;
  row.invoice_status = statuses.invoice;
  row.version += 1;
  const money = (value: bigint) => formatAmount(value, row.currency);
  const facts = {
    amount: money(amount),
    paidAmount: money(row.paid_amount),
    openAmount: money(openOf(order.items)),
    paymentStatus: row.payment_status,
    currency: row.currency,
  };
  work.events.push({
    documentType: 'order',
    documentId: row.id,
    documentNo: row.no,
    version: row.version,
    type,
    partnerId: row.partner_id,
    payload: { paymentId: work.receipt.row.id, paymentNo: work.receipt.row.no, ...facts },
  });
  return { orderId: row.id, orderNo: row.no, ...facts };
}

/** Puts the copies into the state, so that the next command of the batch sees them. */
function settle(work: Work): Decision<PostingChange> {
  const { state, receipt, orders, change, events, tasks } = work;
  state.payments.set(receipt.row.id, receipt);
  for (const [id, order] of orders) state.orders.set(id, order);
  if (change.isNew && receipt.row.bank_ref !== null) state.takenRefs.add(receipt.row.bank_ref);
  if (receipt.row.state === 'reversed' && receipt.row.bank_ref !== null) state.takenRefs.delete(receipt.row.bank_ref);
  return { ok: true, change: { ...change, payment: receipt.row, orders: [...orders.values()] }, events, tasks };
}

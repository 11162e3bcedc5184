/**
 * An invoice is issued for an order, for a set of commands at once: lines, account, held credit, order and task move in one transaction.
 * Issuing moves the gross from held credit to the balance, so that the exposure stays as it was. Lock order: orders, credit accounts,
 * number series. R6.3.
 */
import { rulesOf } from '../platform/pipeline/policy-book.ts';
import { INVOICE_KINDS } from '../../contract/partners.ts';
import { bizDateOf } from '../kernel/biz-date.ts';
import { newId } from '../kernel/ids.ts';
import { formatAmount } from '../kernel/money.ts';
import { formatQty, isWhole, parseQty } from '../kernel/qty.ts';
import { Refused, refuse } from '../kernel/refusal.ts';
import {
  type Amounts,
  type BuyerRow,
  buyerOf,
  buyerProblems,
  type DueOrderLine,
  type DueOrders,
  type InvoiceKind,
  type InvoiceLineRow,
  type InvoiceRow,
  invoiceEvent,
  invoiceTask,
  loadDueOrders,
  openQty,
  invoiceView,
  orderInvoiceEvent,
  partAmounts,
  saveInvoices,
  taxNoFits,
} from '../modules/invoices/index.ts';
import { lockOrderMoney, moneyStatuses, type OrderMoney, saveOrderMoney } from '../modules/orders/index.ts';
import { ACCOUNTS, type LedgerRow, post, voucher } from '../modules/receivables/index.ts';
import { sql, type Tx } from '../platform/db/database.ts';
import { type NumberBook, openNumbers } from '../platform/db/number-series.ts';
import { defineBatch } from '../platform/pipeline/define.ts';
import type { Actor, Command, Decision, Env, TaskChange } from '../platform/pipeline/types.ts';
import { completeIfDone } from './order-completes.ts';
import { VOUCHER_NO } from './payment-steps.ts';

export const INVOICE_NO = 'IV';

export type IssueInvoice = {
  orderId: string;
  kind?: InvoiceKind | undefined;
  lines?: readonly { lineNo: number; qty: string }[] | undefined;
  beforePaymentReason?: string | undefined;
  taxInvoiceNo?: string | undefined;
};
type State = DueOrders & { money: Map<string, OrderMoney>; numbers: NumberBook };
type Due = NonNullable<ReturnType<DueOrders['orders']['get']>>;
type Change = {
  invoice: InvoiceRow;
  lines: InvoiceLineRow[];
  orderLines: DueOrderLine[];
  order: OrderMoney;
  held: bigint;
  entries: LedgerRow[];
};

export const issueInvoice = defineBatch<IssueInvoice, State, Change>({
  name: 'invoices.issue',
  refuses: [
    'order.not_found',
    'order.wrong_state',
    'line.not_found',
    'invoice.exceeds_due',
    'invoice.buyer_data',
    'invoice.not_paid',
    'invoice.tax_no_format',
    'invoice.number_taken',
    'stock.qty_whole',
  ],
  maxBatch: 256,
  load,
  decide(state, command, env) {
    const mark = state.numbers.mark();
    try {
      return decide(state, command, env);
    } catch (error) {
      state.numbers.back(mark);
      if (error instanceof Refused) return { ok: false, refusals: error.refusals };
      throw error;
    }
  },
  save,
  savesAtOnce: true,
  follow(tx, changes, commands) {
    const settled = [...lastOf(changes).values()].filter(
      ({ row }) => row.paid_amount >= row.gross_amount && row.invoiced_amount >= row.gross_amount,
    );
    const { now, requestId } = commands[0] as Command<IssueInvoice>;
    return completeIfDone(
      tx,
      settled.map(({ row }) => row.id),
      { now, requestId },
    );
  },
});

async function load(tx: Tx, commands: readonly Command<IssueInvoice>[], env: Env): Promise<State> {
  const orderIds = commands.map(({ input }) => input.orderId);
  const years = commands.map(({ now }) => bizDateOf(now, env.company.timeZone).slice(0, 4));
  const [money, due, , numbers] = await Promise.all([
    lockOrderMoney(tx, { orderIds }),
    loadDueOrders(tx, orderIds),
    tx.run(sql`
      select 1 from credit_account where partner_id in (select partner_id from sales_order where id = any(${orderIds}::uuid[]))
      order by partner_id for update`),
    openNumbers(
      tx,
      years.flatMap((year) => [INVOICE_NO, VOUCHER_NO].map((prefix) => ({ prefix, year }))),
    ),
  ]);
  return { ...due, money, numbers };
}

type Part = { line: DueOrderLine; qty: bigint; amounts: Amounts };

function decide(state: State, command: Command<IssueInvoice>, env: Env): Decision<Change> {
  const { input } = command;
  const today = bizDateOf(command.now, env.company.timeZone);
  const due = state.orders.get(input.orderId);
  const known = state.money.get(input.orderId);
  const file = due === undefined ? undefined : state.files.get(due.partnerId);
  if (due === undefined || known === undefined || file === undefined)
    throw refuse('order.not_found', undefined, 'orderId');
  if (known.row.state !== 'in_effect' && known.row.state !== 'completed') {
    throw refuse('order.wrong_state', { action: 'invoice', state: known.row.state }, 'orderId');
  }
  const kind = input.kind ?? kindOf(file);
  const buyer = buyerOf(file);
  const problems = buyerProblems(buyer, kind);
  if (problems.length > 0)
    throw new Refused(problems.map((field) => ({ code: 'invoice.buyer_data', field: `buyer.${field}` })));
  if (input.taxInvoiceNo !== undefined && !taxNoFits(input.taxInvoiceNo, kind)) {
    throw refuse('invoice.tax_no_format', undefined, 'taxInvoiceNo');
  }
  const parts = partsOf(due.lines, input, known.row.currency);
  const total = sum(parts.map(({ amounts }) => amounts));
  const early = paymentCheck(known, total.gross, input, env, command.now);
  const warnings = [...(shippedFirst(parts) ? [] : ['before_shipment']), ...(early ? ['before_payment'] : [])];

  const order: OrderMoney = { ...known, row: { ...known.row }, live: [...known.live] };
  const invoice = newInvoice(state, command, { order, kind, buyer, total, warnings, today, file, early });
  const entries = voucher(
    {
      voucherNo: state.numbers.next(VOUCHER_NO, today.slice(0, 4)),
      postedOn: today,
      currency: order.row.currency,
      partnerId: file.id,
      type: 'invoice',
      id: invoice.id,
      memo: order.row.no,
      now: command.now,
    },
    [
      { debit: ACCOUNTS.receivable, credit: ACCOUNTS.revenue, amount: total.net },
      { debit: ACCOUNTS.receivable, credit: ACCOUNTS.outputTax, amount: total.tax },
    ],
  );
  const tasks: TaskChange[] = [
    invoiceTask(invoice, 'invoice.send', env.policy.deadline('invoice.send', command.now, rulesOf(order.row))),
  ];
  const held = total.gross < order.row.held_amount ? total.gross : order.row.held_amount;
  order.row.invoiced_amount += total.gross;
  order.row.held_amount -= held;
  order.live.push({ id: invoice.id, state: 'issued' });
  if (
    order.requested &&
    (order.row.invoiced_amount >= order.row.gross_amount || order.row.invoiced_amount >= order.row.paid_amount)
  ) {
    order.requested = false;
    tasks.push({ closeOf: order.row.id, family: 'invoice.issue' });
  }
  order.row.invoice_status = moneyStatuses(order, today).invoice;
  order.row.version += 1;

  const orderLines = parts.map(({ line, qty, amounts }) => ({
    ...line,
    invoicedQty: line.invoicedQty + qty,
    invoiced: sum([line.invoiced, amounts]),
  }));
  state.money.set(order.row.id, order);
  state.orders.set(order.row.id, {
    ...due,
    lines: due.lines.map((line) => orderLines.find(({ lineNo }) => lineNo === line.lineNo) ?? line),
  });
  const lines = parts.map((part) => invoiceLine(invoice, part));
  return {
    ok: true,
    answer: {
      status: 201,
      body: viewOfNew({ invoice, lines, order }, due, file, command.actor),
      etag: invoice.version,
    },
    change: {
      invoice,
      lines,
      orderLines,
      order,
      held,
      entries,
    },
    events: [
      invoiceEvent(invoice, order.row, 'invoice.issued', {
        netAmount: formatAmount(total.net, invoice.currency),
        taxAmount: formatAmount(total.tax, invoice.currency),
        warnings,
      }),
      orderInvoiceEvent(order.row, invoice, 'order.invoiced'),
    ],
    tasks,
  };
}

const kindOf = (file: BuyerRow): InvoiceKind => INVOICE_KINDS.find((kind) => kind === file.invoice_kind) ?? 'ordinary';

const sum = (all: readonly Amounts[]): Amounts =>
  all.reduce((a, b) => ({ gross: a.gross + b.gross, net: a.net + b.net, tax: a.tax + b.tax }), {
    gross: 0n,
    net: 0n,
    tax: 0n,
  });

/** What goes on the invoice: named quantities, or all that is left. Lines that cost nothing are not invoiced. */
function partsOf(lines: readonly DueOrderLine[], input: IssueInvoice, currency: string): Part[] {
  const wanted = input.lines?.map(({ lineNo, qty }, i) => ({ lineNo, qty: parseQty(qty) ?? 0n, field: `lines.${i}` }));
  const seen = new Set<number>();
  const parts = (
    wanted ?? lines.map((line) => ({ lineNo: line.lineNo, qty: openQty(line), field: 'orderId' }))
  ).flatMap(({ lineNo, qty, field }) => {
    const line = lines.find((each) => each.lineNo === lineNo);
    if (line === undefined || seen.has(lineNo))
      throw refuse('line.not_found', { lineNo: String(lineNo) }, `${field}.lineNo`);
    seen.add(lineNo);
    if (qty <= 0n && wanted === undefined) return [];
    if (line.wholeUnits && !isWhole(qty)) throw refuse('stock.qty_whole', { lineNo: String(lineNo) }, `${field}.qty`);
    const amounts = partAmounts(line, qty);
    if (amounts === null)
      throw refuse('invoice.exceeds_due', { line: String(lineNo), open: formatQty(openQty(line)) }, `${field}.qty`);
    return amounts.gross === 0n ? [] : [{ line, qty, amounts }];
  });
  if (parts.length === 0)
    throw refuse('invoice.exceeds_due', { line: '', open: formatAmount(0n, currency) }, 'orderId');
  return parts;
}

/** Whether it goes out before the money is there; refused without a reason where the policy asks for payment first. */
function paymentCheck({ row }: OrderMoney, gross: bigint, input: IssueInvoice, env: Env, now: Date): boolean {
  const early = row.invoiced_amount + gross > row.paid_amount;
  if (!early || env.policy.at('invoice.needs_payment', now).value !== 1) return false;
  if (input.beforePaymentReason === undefined) {
    throw refuse(
      'invoice.not_paid',
      {
        paid: formatAmount(row.paid_amount, row.currency),
        needed: formatAmount(row.invoiced_amount + gross, row.currency),
      },
      'beforePaymentReason',
    );
  }
  return true;
}

/** An invoice that precedes its goods brings the tax forward. */
const shippedFirst = (parts: readonly Part[]) =>
  parts.every(({ line, qty }) => !line.isGoods || line.invoicedQty + qty <= line.shippedQty);

type Made = {
  order: OrderMoney;
  kind: InvoiceKind;
  buyer: InvoiceRow['buyer'];
  total: Amounts;
  warnings: string[];
  today: string;
  file: BuyerRow;
  early: boolean;
};

function newInvoice({ numbers }: State, { actor, now, input }: Command<IssueInvoice>, made: Made): InvoiceRow {
  const { order, kind, buyer, total, warnings, today, file, early } = made;
  return {
    id: newId(now),
    no: numbers.next(INVOICE_NO, today.slice(0, 4)),
    order_id: order.row.id,
    partner_id: file.id,
    kind,
    state: 'issued',
    tax_invoice_no: input.taxInvoiceNo ?? null,
    reverses_id: null,
    currency: order.row.currency,
    buyer,
    net_amount: total.net,
    tax_amount: total.tax,
    gross_amount: total.gross,
    issued_on: today,
    issued_by: actor.kind === 'system' ? null : actor.userId,
    delivery_method: null,
    delivery_ref: null,
    sent_at: null,
    received_at: null,
    received_by: null,
    warnings,
    before_payment_reason: early ? (input.beforePaymentReason ?? null) : null,
    red_reason: null,
    red_form_no: null,
    reverse_note: null,
    version: 1,
    created_at: now,
  };
}

const invoiceLine = (invoice: InvoiceRow, { line, qty, amounts }: Part): InvoiceLineRow => ({
  invoice_id: invoice.id,
  line_no: line.lineNo,
  order_id: invoice.order_id,
  partner_id: invoice.partner_id,
  product_id: line.productId,
  name: line.name,
  qty,
  unit: line.unit,
  tax_rate: line.taxRate,
  net_amount: amounts.net,
  tax_amount: amounts.tax,
  gross_amount: amounts.gross,
});

/** An order that two commands of the batch have invoiced is written once, as the last of them left it. */
const lastOf = (changes: readonly Change[]) => new Map(changes.map(({ order }) => [order.row.id, order]));

function save(tx: Tx, state: State, changes: readonly Change[]): Promise<unknown> {
  const orderLines = [
    ...new Map(
      changes.flatMap((each) => each.orderLines).map((line) => [`${line.orderId} ${line.lineNo}`, line]),
    ).values(),
  ];
  return Promise.all([
    saveInvoices(tx, {
      created: changes.map(({ invoice }) => invoice),
      lines: changes.flatMap(({ lines }) => lines),
      orderLines,
    }),
    post(
      tx,
      changes.flatMap(({ entries }) => entries),
      changes.map(({ invoice, held }) => ({ partnerId: invoice.partner_id, amount: -held })),
    ),
    saveOrderMoney(
      tx,
      [...lastOf(changes).values()].map(({ row }) => row),
      [],
    ),
    state.numbers.save(tx),
  ]);
}

/** The answer: an invoice that has just been issued, with all that its view shows at hand. */
function viewOfNew(made: Pick<Change, 'invoice' | 'lines' | 'order'>, due: Due, file: BuyerRow, actor: Actor) {
  const { invoice, lines, order } = made;
  const byNo = new Map(due.lines.map((line) => [line.lineNo, line]));
  return invoiceView(
    {
      ...invoice,
      partner_no: file.no,
      partner_name: file.name,
      partner_name_en: file.name_en,
      order_no: order.row.no,
      po_no: due.poNo,
      customer_name: due.customerName,
      issuer_name: actor.name,
      blue_no: null,
      blue_tax_no: null,
      red_id: null,
      red_no: null,
      red_tax_no: null,
    },
    lines
      .toSorted((a, b) => a.line_no - b.line_no)
      .map((line) => {
        const { sku = '', spec = null, taxCode = null } = byNo.get(line.line_no) ?? {};
        return { ...line, sku, spec, tax_code: taxCode };
      }),
    { actor, locale: actor.locale },
  );
}

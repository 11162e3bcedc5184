/**
 * A red-letter invoice 紅字發票 takes an invoice back in full: the same lines with negative amounts, the postings mirrored, the gross back
 * from the balance to held credit, and what can be invoiced of the order open again. R6.3.
 */
import { rulesOf } from '../platform/pipeline/policy-book.ts';
import { bizDateOf } from '../kernel/biz-date.ts';
import { newId } from '../kernel/ids.ts';
import { refuseIf } from '../kernel/refusal.ts';
import {
  type InvoiceLineRow,
  type InvoiceRow,
  invoiceEvent,
  invoiceLineTable,
  invoiceRefusals,
  invoiceTask,
  issueTask,
  loadDueOrders,
  lockInvoice,
  orderInvoiceEvent,
  readInvoice,
  saveInvoices,
} from '../modules/invoices/index.ts';
import { moneyStatuses, type OrderMoney, saveOrderMoney } from '../modules/orders/index.ts';
import { ledgerOf, lockCredit, mirrored, post } from '../modules/receivables/index.ts';
import { sql } from '../platform/db/database.ts';
import { openNumbers } from '../platform/db/number-series.ts';
import { columnsOf } from '../platform/db/table.ts';
import { type Context, defineCommand } from '../platform/pipeline/define.ts';
import { INVOICE_NO } from './invoice-is-issued.ts';
import { VOUCHER_NO } from './payment-steps.ts';

type ReverseInvoice = {
  invoiceId: string;
  redReason: string;
  note?: string | undefined;
  redFormNo?: string | undefined;
};

export const reverseInvoice = defineCommand<ReverseInvoice>({
  name: 'invoices.reverse',
  refuses: ['invoice.not_found', 'invoice.wrong_state', 'invoice.is_red', 'request.version_stale'],
  async run(context, input) {
    const { tx, command, env } = context;
    const { invoice: blue, order } = await lockInvoice(tx, command, input.invoiceId);
    refuseIf(invoiceRefusals('reverse', blue));
    const today = bizDateOf(command.now, env.company.timeZone);
    const year = today.slice(0, 4);
    const [lines, due, entries, , numbers] = await Promise.all([
      tx.query<InvoiceLineRow>(
        sql`select ${columnsOf(invoiceLineTable)} from invoice_line where invoice_id = ${blue.id} order by line_no`,
      ),
      loadDueOrders(tx, [blue.order_id]),
      ledgerOf(tx, 'invoice', blue.id),
      lockCredit(tx, [blue.partner_id]),
      openNumbers(
        tx,
        [INVOICE_NO, VOUCHER_NO].map((prefix) => ({ prefix, year })),
      ),
    ]);
    const red = redInvoice(context, blue, numbers.next(INVOICE_NO, year), today);
    const after: InvoiceRow = { ...blue, state: 'reversed', version: blue.version + 1 };
    const back = mirrored(
      {
        voucherNo: numbers.next(VOUCHER_NO, year),
        postedOn: today,
        currency: blue.currency,
        partnerId: blue.partner_id,
        type: 'invoice',
        id: red.id,
        memo: order.row.no,
        now: command.now,
      },
      entries,
    );
    const orderLines = (due.orders.get(blue.order_id)?.lines ?? []).flatMap((line) => {
      const taken = lines.find(({ line_no }) => line_no === line.lineNo);
      if (taken === undefined) return [];
      const { gross, net, tax } = line.invoiced;
      return [
        {
          ...line,
          invoiced: { gross: gross - taken.gross_amount, net: net - taken.net_amount, tax: tax - taken.tax_amount },
        },
      ];
    });
    const moved = orderAfter(context, order, blue, today);
    context.emit(
      invoiceEvent(after, order.row, 'invoice.reversed', {
        redInvoiceId: red.id,
        redInvoiceNo: red.no,
        redReason: input.redReason,
      }),
    );
    context.emit(
      invoiceEvent(red, order.row, 'invoice.issued', {
        reversesId: blue.id,
        reversesNo: blue.no,
        redReason: input.redReason,
      }),
    );
    context.emit(orderInvoiceEvent(moved.row, red, 'order.invoice_reversed'));
    context.task({ closeOf: blue.id });
    context.task(
      invoiceTask(red, 'invoice.send', env.policy.deadline('invoice.send', command.now, rulesOf(order.row))),
    );
    await Promise.all([
      saveInvoices(tx, {
        created: [red],
        lines: lines.map((line) => redLine(line, red.id)),
        changed: [after],
        orderLines,
      }),
      post(tx, back, [{ partnerId: blue.partner_id, amount: moved.row.held_amount - order.row.held_amount }]),
      saveOrderMoney(tx, [moved.row], []),
      numbers.save(tx),
    ]);
    const view = await readInvoice(tx, red.id, { actor: command.actor, locale: command.actor.locale });
    return { status: 200, body: view, etag: view.version };
  },
});

function redInvoice({ command }: Context<ReverseInvoice>, blue: InvoiceRow, no: string, today: string): InvoiceRow {
  const { input, now, actor } = command;
  return {
    ...blue,
    id: newId(now),
    no,
    state: 'issued',
    tax_invoice_no: null,
    reverses_id: blue.id,
    net_amount: -blue.net_amount,
    tax_amount: -blue.tax_amount,
    gross_amount: -blue.gross_amount,
    issued_on: today,
    issued_by: actor.kind === 'system' ? null : actor.userId,
    delivery_method: null,
    delivery_ref: null,
    sent_at: null,
    received_at: null,
    received_by: null,
    warnings: [],
    before_payment_reason: null,
    red_reason: input.redReason,
    red_form_no: input.redFormNo ?? null,
    reverse_note: input.note ?? null,
    version: 1,
    created_at: now,
  };
}

const redLine = (line: InvoiceLineRow, invoiceId: string): InvoiceLineRow => ({
  ...line,
  invoice_id: invoiceId,
  qty: -line.qty,
  net_amount: -line.net_amount,
  tax_amount: -line.tax_amount,
  gross_amount: -line.gross_amount,
});

/** The order without that invoice; money that has no invoice any more makes invoicing somebody's work again. */
function orderAfter(
  { env, command, task }: Context<ReverseInvoice>,
  order: OrderMoney,
  blue: InvoiceRow,
  today: string,
): OrderMoney {
  const row = { ...order.row };
  row.invoiced_amount -= blue.gross_amount;
  row.held_amount += blue.gross_amount;
  row.version += 1;
  const requested = order.requested || row.paid_amount > row.invoiced_amount;
  if (requested && !order.requested)
    task(issueTask(row, env.policy.deadline('invoice.issue', command.now, rulesOf(row))));
  const moved: OrderMoney = { ...order, row, requested, live: order.live.filter(({ id }) => id !== blue.id) };
  row.invoice_status = moneyStatuses(moved, today).invoice;
  return moved;
}

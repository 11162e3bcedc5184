/** An invoice on its way to the partner: sent, received, not received after all; and its number of the tax authority. R6.3. */
import { rulesOf } from '../../../platform/pipeline/policy-book.ts';
import { bizDateOf } from '../../../kernel/biz-date.ts';
import { instant } from '../../../kernel/clock.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import type { Answer, TaskChange } from '../../../platform/pipeline/types.ts';
import { moneyStatuses, type OrderMoney, saveOrderMoney } from '../../orders/index.ts';
import { invoiceEvent, invoiceTask, orderInvoiceEvent } from '../invoice-events.ts';
import { saveInvoices } from '../invoice-load.ts';
import { readInvoice } from '../invoice-queries.ts';
import { invoiceRefusals, taxNoFits } from '../invoice-rules.ts';
import type { InvoiceRow } from '../invoice-tables.ts';
import { lockInvoice } from '../lock-invoice.ts';

type OnInvoice = { invoiceId: string };
type Action = 'send' | 'receive' | 'unreceive' | 'setTaxNo';
const EVENTS = {
  send: 'invoice.sent',
  receive: 'invoice.received',
  unreceive: 'invoice.receipt_reversed',
  setTaxNo: 'invoice.tax_no_set',
} as const;

/** Locks, asks the table, changes the invoice, and lets the order's status follow. */
async function onInvoice(
  context: Context<OnInvoice>,
  action: Action,
  change: (
    invoice: InvoiceRow,
    order: OrderMoney,
  ) => {
    fields: Partial<InvoiceRow>;
    payload?: Record<string, unknown>;
    tasks?: TaskChange[];
  },
): Promise<Answer> {
  const { tx, command } = context;
  const { invoice, order } = await lockInvoice(tx, command, command.input.invoiceId);
  refuseIf(invoiceRefusals(action, invoice));
  const { fields, payload, tasks = [] } = change(invoice, order);
  const after: InvoiceRow = { ...invoice, ...fields, version: invoice.version + 1 };
  context.emit(invoiceEvent(after, order.row, EVENTS[action], payload));
  for (const task of tasks) context.task(task);
  await Promise.all([
    saveInvoices(tx, { created: [], lines: [], changed: [after] }),
    followOrder(context, order, after),
  ]);
  if (!context.answers) return { status: 200, body: { id: after.id } };
  const view = await readInvoice(tx, after.id, { actor: command.actor, locale: command.actor.locale });
  return { status: 200, body: view, etag: view.version };
}

async function followOrder(
  { tx, env, command, emit }: Context<OnInvoice>,
  order: OrderMoney,
  invoice: InvoiceRow,
): Promise<void> {
  const live = order.live.map((each) => (each.id === invoice.id ? { ...each, state: invoice.state } : each));
  const { invoice: status } = moneyStatuses({ ...order, live }, bizDateOf(command.now, env.company.timeZone));
  if (status === order.row.invoice_status) return;
  const row = { ...order.row, invoice_status: status, version: order.row.version + 1 };
  emit(
    orderInvoiceEvent(
      row,
      invoice,
      status === 'received' ? 'order.invoices_received' : 'order.invoice_receipt_reversed',
    ),
  );
  await saveOrderMoney(tx, [row], []);
}

export const sendInvoice = defineCommand<OnInvoice & { method: string; ref?: string | undefined }>({
  name: 'invoices.send',
  refuses: ['invoice.not_found', 'invoice.wrong_state', 'request.version_stale'],
  run: (context, { method, ref }) =>
    onInvoice(context, 'send', (invoice, order) => ({
      fields: { state: 'sent', delivery_method: method, delivery_ref: ref ?? null, sent_at: context.command.now },
      payload: { method },
      tasks: [
        { closeOf: invoice.id },
        invoiceTask(
          invoice,
          'invoice.follow_up',
          context.env.policy.deadline('invoice.receipt', context.command.now, rulesOf(order.row)),
        ),
      ],
    })),
});

export const receiveInvoice = defineCommand<OnInvoice & { receivedBy: string; receivedAt?: string | undefined }>({
  name: 'invoices.receive',
  refuses: ['invoice.not_found', 'invoice.wrong_state', 'invoice.time_order', 'request.version_stale'],
  run: (context, { receivedBy, receivedAt }) =>
    onInvoice(context, 'receive', (invoice) => {
      const { now } = context.command;
      const at = receivedAt === undefined ? now : instant(receivedAt);
      if (at.getTime() > now.getTime() || bizDateOf(at, context.env.company.timeZone) < invoice.issued_on) {
        throw refuse('invoice.time_order', { issuedOn: invoice.issued_on }, 'receivedAt');
      }
      return {
        fields: { state: 'received', received_at: at, received_by: receivedBy },
        payload: { receivedAt: at.toISOString() },
        tasks: [{ closeOf: invoice.id }],
      };
    }),
});

export const unreceiveInvoice = defineCommand<OnInvoice & { reason: string }>({
  name: 'invoices.unreceive',
  refuses: ['invoice.not_found', 'invoice.wrong_state', 'request.version_stale'],
  run: (context, { reason }) =>
    onInvoice(context, 'unreceive', (invoice, order) => ({
      fields: { state: 'sent', received_at: null, received_by: null },
      payload: { reason },
      tasks: [
        invoiceTask(
          invoice,
          'invoice.follow_up',
          context.env.policy.deadline('invoice.receipt', context.command.now, rulesOf(order.row)),
        ),
      ],
    })),
});

export const setTaxNo = defineCommand<OnInvoice & { taxInvoiceNo: string }>({
  name: 'invoices.set_tax_no',
  refuses: [
    'invoice.not_found',
    'invoice.wrong_state',
    'invoice.tax_no_format',
    'invoice.number_taken',
    'request.version_stale',
  ],
  run: (context, { taxInvoiceNo }) =>
    onInvoice(context, 'setTaxNo', (invoice) => {
      if (!taxNoFits(taxInvoiceNo, invoice.kind)) throw refuse('invoice.tax_no_format', undefined, 'taxInvoiceNo');
      return { fields: { tax_invoice_no: taxInvoiceNo }, payload: { before: invoice.tax_invoice_no } };
    }),
});

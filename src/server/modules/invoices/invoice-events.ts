/** What the log says of invoices, and of orders when their invoices change. */
import { formatAmount } from '../../kernel/money.ts';
import type { NewEvent, TaskChange } from '../../platform/pipeline/types.ts';
import type { OrderMoneyRow } from '../orders/index.ts';
import type { InvoiceRow } from './invoice-tables.ts';

type Names = Pick<OrderMoneyRow, 'id' | 'no'>;

/** An event of an invoice, at the version that its row carries. */
export const invoiceEvent = (
  invoice: InvoiceRow,
  order: Names,
  type: string,
  payload: Record<string, unknown> = {},
): NewEvent => ({
  documentType: 'invoice',
  documentId: invoice.id,
  documentNo: invoice.no,
  version: invoice.version,
  type,
  partnerId: invoice.partner_id,
  payload: {
    orderId: order.id,
    orderNo: order.no,
    kind: invoice.kind,
    grossAmount: formatAmount(invoice.gross_amount, invoice.currency),
    currency: invoice.currency,
    taxInvoiceNo: invoice.tax_invoice_no,
    ...payload,
  },
});

/** An event of the order of an invoice, at the version that the order's row carries. */
export const orderInvoiceEvent = (order: OrderMoneyRow, invoice: InvoiceRow, type: string): NewEvent => ({
  documentType: 'order',
  documentId: order.id,
  documentNo: order.no,
  version: order.version,
  type,
  partnerId: order.partner_id,
  payload: {
    invoiceId: invoice.id,
    invoiceNo: invoice.no,
    amount: formatAmount(invoice.gross_amount, order.currency),
    invoicedAmount: formatAmount(order.invoiced_amount, order.currency),
    openAmount: formatAmount(order.gross_amount - order.invoiced_amount, order.currency),
    invoiceStatus: order.invoice_status,
    currency: order.currency,
  },
});

type Due = { at: Date; provisional: boolean };

/** A task of finance on an invoice. */
export const invoiceTask = (invoice: InvoiceRow, kind: 'invoice.send' | 'invoice.follow_up', due: Due): TaskChange => ({
  open: {
    kind,
    documentType: 'invoice',
    documentId: invoice.id,
    documentNo: invoice.no,
    partnerId: invoice.partner_id,
    holder: { side: 'staff', role: 'finance' },
    article: 'R6.3',
    due,
  },
});

/** The task to invoice an order for which money has come in (N10). */
export const issueTask = (order: OrderMoneyRow, due: Due): TaskChange => ({
  open: {
    kind: 'invoice.issue',
    documentType: 'order',
    documentId: order.id,
    documentNo: order.no,
    partnerId: order.partner_id,
    holder: { side: 'staff', role: 'finance' },
    article: 'R6.3',
    due,
  },
});

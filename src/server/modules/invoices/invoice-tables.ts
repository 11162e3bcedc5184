/** Tables that the invoices module owns. */
import type { z } from 'zod';
import type { InvoiceBuyer } from '../../../contract/invoices.ts';
import type { InvoiceState } from '../../../contract/machines/others.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const invoiceTable = defineTable('invoice', ['id'], {
  id: 'uuid',
  no: 'text',
  order_id: 'uuid',
  partner_id: 'uuid',
  kind: 'text',
  state: 'text',
  tax_invoice_no: 'text?',
  reverses_id: 'uuid?',
  currency: 'text',
  buyer: 'jsonb',
  net_amount: 'bigint',
  tax_amount: 'bigint',
  gross_amount: 'bigint',
  issued_on: 'date',
  issued_by: 'uuid?',
  delivery_method: 'text?',
  delivery_ref: 'text?',
  sent_at: 'timestamptz?',
  received_at: 'timestamptz?',
  received_by: 'text?',
  warnings: 'text[]',
  before_payment_reason: 'text?',
  red_reason: 'text?',
  red_form_no: 'text?',
  reverse_note: 'text?',
  version: 'int',
  created_at: 'timestamptz',
});
export type Buyer = z.infer<typeof InvoiceBuyer>;
export type InvoiceRow = Omit<RowOf<typeof invoiceTable>, 'state' | 'buyer'> & { state: InvoiceState; buyer: Buyer };

export const INVOICE_CHANGING = [
  'state',
  'tax_invoice_no',
  'delivery_method',
  'delivery_ref',
  'sent_at',
  'received_at',
  'received_by',
  'version',
] as const satisfies readonly (keyof InvoiceRow)[];

export const invoiceLineTable = defineTable('invoice_line', ['invoice_id', 'line_no'], {
  invoice_id: 'uuid',
  line_no: 'int',
  order_id: 'uuid',
  partner_id: 'uuid',
  product_id: 'uuid',
  name: 'text',
  qty: 'bigint',
  unit: 'text',
  tax_rate: 'bigint',
  net_amount: 'bigint',
  tax_amount: 'bigint',
  gross_amount: 'bigint',
});
export type InvoiceLineRow = RowOf<typeof invoiceLineTable>;

/** What is invoiced of the lines of orders: an invoice moves these columns in its own transaction, with the order locked. */
export const lineInvoicedTable = defineTable('order_line', ['order_id', 'line_no'], {
  order_id: 'uuid',
  line_no: 'int',
  invoiced_gross_amount: 'bigint',
  invoiced_net_amount: 'bigint',
  invoiced_tax_amount: 'bigint',
});

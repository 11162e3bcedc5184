/** How far an order is invoiced: derived from its amounts and its live invoices, never set by hand. Source: R6.3, rulings on derived statuses. */
import type { InvoiceStatus } from '../../../contract/machines/order.ts';

export type InvoiceFacts = {
  gross: bigint;
  invoiced: bigint;
  /** A task to invoice it is open: money has come in. */
  requested: boolean;
  /** Blue invoices that are not reversed. */
  live: readonly { state: string }[];
};

/** received: everything is invoiced, and the partner has each invoice. An order of nothing needs no invoice. */
export function invoiceStatus({ gross, invoiced, requested, live }: InvoiceFacts): InvoiceStatus {
  if (invoiced === 0n) return requested && gross > 0n ? 'requested' : 'none';
  if (invoiced < gross) return 'part_invoiced';
  return live.length > 0 && live.every(({ state }) => state === 'received') ? 'received' : 'invoiced';
}

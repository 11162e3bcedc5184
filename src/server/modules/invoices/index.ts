/** Front door of invoices. */
export { invoiceEvent, invoiceTask, issueTask, orderInvoiceEvent } from './invoice-events.ts';
export { type BuyerRow, type DueOrderLine, type DueOrders, loadDueOrders, saveInvoices } from './invoice-load.ts';
export { invoiceView, readInvoice } from './invoice-queries.ts';
export {
  type Amounts,
  buyerOf,
  buyerProblems,
  type DueLine,
  type InvoiceKind,
  invoiceRefusals,
  openQty,
  partAmounts,
  taxNoFits,
} from './invoice-rules.ts';
export { type InvoiceLineRow, type InvoiceRow, invoiceLineTable } from './invoice-tables.ts';
export { lockInvoice } from './lock-invoice.ts';
export { invoiceRoutes } from './routes.ts';
export { invoicesExport } from './exports.ts';

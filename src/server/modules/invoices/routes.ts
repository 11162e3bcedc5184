/** Invoices over HTTP: in and out, nothing decided here. Issue and reversal cross modules: see src/server/processes. */
import * as contract from '../../../contract/invoices.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { receiveInvoice, sendInvoice, setTaxNo, unreceiveInvoice } from './commands/deliver-invoice.ts';
import { listInvoices, readInvoice, readInvoiceable } from './invoice-queries.ts';

export const invoiceRoutes: Route[] = [
  read(contract.invoicesList, ({ tx, query, ...seeker }) => listInvoices(tx, query, seeker)),
  read(contract.invoiceGet, ({ tx, params, actor, locale }) => readInvoice(tx, params.invoiceId, { actor, locale })),
  read(contract.invoiceableGet, ({ tx, params, env, now, locale }) =>
    readInvoiceable(tx, params.orderId, env, now, locale),
  ),
  write(contract.invoiceSend, sendInvoice, ({ params, body }) => ({ ...params, ...body })),
  write(contract.invoiceReceive, receiveInvoice, ({ params, body }) => ({ ...params, ...body })),
  write(contract.invoiceUnreceive, unreceiveInvoice, ({ params, body }) => ({ ...params, ...body })),
  write(contract.invoiceSetTaxNo, setTaxNo, ({ params, body }) => ({ ...params, ...body })),
];

/** Steps on receipts and invoices over HTTP: in and out, nothing decided here. */
import * as invoices from '../../contract/invoices.ts';
import * as payments from '../../contract/payments.ts';
import { type Route, write } from '../platform/http/route.ts';
import { issueInvoice } from './invoice-is-issued.ts';
import { reverseInvoice } from './invoice-is-reversed.ts';
import { postPayment } from './payment-is-posted.ts';

export const moneyRoutes: Route[] = [
  write(payments.paymentRecord, postPayment, ({ body }) => ({ kind: 'record' as const, ...body })),
  write(payments.paymentConfirm, postPayment, ({ params, body }) => ({ kind: 'confirm' as const, ...params, ...body })),
  write(payments.paymentAllocate, postPayment, ({ params, body }) => ({
    kind: 'allocate' as const,
    ...params,
    ...body,
  })),
  write(payments.paymentUnallocate, postPayment, ({ params, body }) => ({
    kind: 'unallocate' as const,
    ...params,
    ...body,
  })),
  write(payments.paymentReverse, postPayment, ({ params, body }) => ({ kind: 'reverse' as const, ...params, ...body })),
  write(invoices.invoiceIssue, issueInvoice, ({ body }) => body),
  write(invoices.invoiceReverse, reverseInvoice, ({ params, body }) => ({ ...params, ...body })),
];

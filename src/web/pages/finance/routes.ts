import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { only, workbenchRoute } from '../../route-roots.ts';

const paymentsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'payments',
  validateSearch: listSearch,
  component: lazyPage(() => import('./payment-list.tsx')),
});

/** `?partnerId=…` chooses the partner. */
const paymentNewRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'payments/new',
  beforeLoad: only('payment.record'),
  validateSearch: listSearch,
  component: lazyPage(() => import('./payment-new.tsx')),
});

const paymentRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'payments/$paymentId',
  component: lazyPage(() => import('./payment-page.tsx')),
});

const invoicesRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'invoices',
  validateSearch: listSearch,
  component: lazyPage(() => import('./invoice-list.tsx')),
});

/** `?orderId=…` is the order to invoice; without it, one is chosen. */
const invoiceNewRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'invoices/new',
  beforeLoad: only('invoice.issue'),
  validateSearch: listSearch,
  component: lazyPage(() => import('./invoice-new.tsx')),
});

const invoiceRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'invoices/$invoiceId',
  component: lazyPage(() => import('./invoice-page.tsx')),
});

const receivablesRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'receivables',
  validateSearch: listSearch,
  component: lazyPage(() => import('./receivables.tsx')),
});

/** The account of one partner; the period stands in the address: `?from=…&to=…`. */
const ledgerRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'receivables/$partnerId',
  validateSearch: listSearch,
  component: lazyPage(() => import('./ledger.tsx')),
});

const openingBalancesRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'opening-balances',
  validateSearch: listSearch,
  component: lazyPage(() => import('./opening-balances.tsx')),
});

export const financeRoutes = [
  paymentsRoute,
  paymentNewRoute,
  paymentRoute,
  invoicesRoute,
  invoiceNewRoute,
  invoiceRoute,
  receivablesRoute,
  ledgerRoute,
  openingBalancesRoute,
] as const;

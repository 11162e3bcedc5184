import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { portalRoute } from '../../route-roots.ts';

const under = { getParentRoute: () => portalRoute } as const;

const homeRoute = createRoute({ ...under, path: '/', component: lazyPage(() => import('./home.tsx')) });

const inquiriesRoute = createRoute({
  ...under,
  path: 'inquiries',
  validateSearch: listSearch,
  component: lazyPage(() => import('./inquiries/inquiry-list.tsx')),
});
const inquiryNewRoute = createRoute({
  ...under,
  path: 'inquiries/new',
  component: lazyPage(() => import('./inquiries/inquiry-new.tsx')),
});
const inquiryRoute = createRoute({
  ...under,
  path: 'inquiries/$inquiryId',
  component: lazyPage(() => import('./inquiries/inquiry-page.tsx')),
});

const ordersRoute = createRoute({
  ...under,
  path: 'orders',
  validateSearch: listSearch,
  component: lazyPage(() => import('./orders/order-list.tsx')),
});
const orderNewRoute = createRoute({
  ...under,
  path: 'orders/new',
  validateSearch: listSearch,
  component: lazyPage(() => import('./orders/order-new.tsx')),
});
const templatesRoute = createRoute({
  ...under,
  path: 'orders/templates',
  validateSearch: listSearch,
  component: lazyPage(() => import('../templates/template-list.tsx')),
});
const orderRoute = createRoute({
  ...under,
  path: 'orders/$orderId',
  component: lazyPage(() => import('./orders/order-page.tsx')),
});
const orderEditRoute = createRoute({
  ...under,
  path: 'orders/$orderId/edit',
  component: lazyPage(() => import('./orders/order-edit.tsx')),
});

const shipmentsRoute = createRoute({
  ...under,
  path: 'shipments',
  validateSearch: listSearch,
  component: lazyPage(() => import('./goods/shipment-list.tsx')),
});
const shipmentRoute = createRoute({
  ...under,
  path: 'shipments/$shipmentId',
  component: lazyPage(() => import('./goods/shipment-page.tsx')),
});
const productRoute = createRoute({
  ...under,
  path: 'products/$productId',
  component: lazyPage(() => import('./goods/product-page.tsx')),
});

const companyRoute = createRoute({
  ...under,
  path: 'company',
  component: lazyPage(() => import('./company/company-page.tsx')),
});
/** Where tasks and notices about the own file lead. */
const companyOfRoute = createRoute({
  ...under,
  path: 'company/$partnerId',
  component: lazyPage(() => import('./company/company-page.tsx')),
});

const statementRoute = createRoute({
  ...under,
  path: 'statement',
  validateSearch: listSearch,
  component: lazyPage(() => import('./money/statement.tsx')),
});
const invoicesRoute = createRoute({
  ...under,
  path: 'invoices',
  validateSearch: listSearch,
  component: lazyPage(() => import('./money/invoice-list.tsx')),
});
const invoiceRoute = createRoute({
  ...under,
  path: 'invoices/$invoiceId',
  component: lazyPage(() => import('./money/invoice-page.tsx')),
});
const paymentRoute = createRoute({
  ...under,
  path: 'payments/$paymentId',
  component: lazyPage(() => import('./money/payment-page.tsx')),
});

const webhooksRoute = createRoute({
  ...under,
  path: 'webhooks',
  validateSearch: listSearch,
  component: lazyPage(() => import('../outgoing/webhooks.tsx')),
});

export const portalRoutes = [
  homeRoute,
  inquiriesRoute,
  inquiryNewRoute,
  inquiryRoute,
  ordersRoute,
  orderNewRoute,
  templatesRoute,
  orderRoute,
  orderEditRoute,
  shipmentsRoute,
  shipmentRoute,
  productRoute,
  companyRoute,
  companyOfRoute,
  statementRoute,
  invoicesRoute,
  invoiceRoute,
  paymentRoute,
  webhooksRoute,
] as const;

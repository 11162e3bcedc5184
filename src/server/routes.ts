/** Every route that the server serves, module by module. */
import { orderCutOver, orderUndoCutOver } from '../contract/cut-over.ts';
import { inquiryConvert } from '../contract/inquiries.ts';
import { orderAccept, orderAcceptService, orderComplete, orderShortClose } from '../contract/orders.ts';
import { analysisRoutes } from './modules/analysis/index.ts';
import { applicationRoutes } from './modules/applications/index.ts';
import { catalogRoutes } from './modules/catalog/index.ts';
import { companyRoutes } from './modules/company/index.ts';
import { conversationRoutes } from './modules/conversation/index.ts';
import { identityRoutes } from './modules/identity/index.ts';
import { importRoutes } from './modules/imports/index.ts';
import { inquiryRoutes } from './modules/inquiries/index.ts';
import { intakeRoutes } from './modules/intake/index.ts';
import { documentRoutes } from './modules/documents/index.ts';
import { invoiceRoutes } from './modules/invoices/index.ts';
import { stockRoutes } from './modules/inventory/routes.ts';
import { linkRoutes } from './modules/links/index.ts';
import { notificationRoutes } from './modules/notifications/index.ts';
import { orderRoutes } from './modules/orders/index.ts';
import { outgoingRoutes } from './modules/outgoing/index.ts';
import { partnerRoutes } from './modules/partners/index.ts';
import { pricingRoutes } from './modules/pricing/index.ts';
import { receivablesRoutes } from './modules/receivables/index.ts';
import { searchRoutes } from './modules/search/index.ts';
import { shipmentRoutes } from './modules/shipments/routes.ts';
import { webhookRoutes } from './modules/webhooks/index.ts';
import { type Route, write } from './platform/http/route.ts';
import { executionRoutes } from './processes/execution-routes.ts';
import { replyByLinkRoutes } from './processes/reply-by-link.ts';
import { convertInquiry } from './processes/inquiry-becomes-order.ts';
import { moneyRoutes } from './processes/money-routes.ts';
import { completeOrder } from './processes/order-completes.ts';
import { cutOverOrder } from './processes/order-is-cut-over.ts';
import { undoCutOver } from './processes/cut-over-is-undone.ts';
import { acceptOrder } from './processes/order-takes-effect.ts';
import { acceptService } from './processes/service-is-accepted.ts';
import { setUpRoutes } from './processes/set-up.ts';
import { shortClose } from './processes/line-is-closed.ts';

/** Steps that cross modules. */
const processRoutes: Route[] = [
  write(inquiryConvert, convertInquiry, ({ params }) => ({ inquiryId: params.inquiryId })),
  write(orderAccept, acceptOrder, ({ params, body }) => ({ orderId: params.orderId, ...body })),
  write(orderCutOver, cutOverOrder, ({ body }) => body),
  write(orderUndoCutOver, undoCutOver, ({ params, body }) => ({ ...params, ...body })),
  write(orderAcceptService, acceptService, ({ params, body }) => ({ orderId: params.orderId, ...body })),
  write(orderShortClose, shortClose, ({ params, body }) => ({ orderId: params.orderId, ...body })),
  write(orderComplete, completeOrder, ({ params }) => ({ orderId: params.orderId })),
];

export const routes: Route[] = [
  ...identityRoutes,
  ...setUpRoutes,
  ...companyRoutes,
  ...partnerRoutes,
  ...applicationRoutes,
  ...catalogRoutes,
  ...pricingRoutes,
  ...inquiryRoutes,
  ...intakeRoutes,
  ...orderRoutes,
  ...stockRoutes,
  ...shipmentRoutes,
  ...executionRoutes,
  ...receivablesRoutes,
  ...documentRoutes,
  ...invoiceRoutes,
  ...moneyRoutes,
  ...outgoingRoutes,
  ...webhookRoutes,
  ...linkRoutes,
  ...replyByLinkRoutes,
  ...notificationRoutes,
  ...conversationRoutes,
  ...searchRoutes,
  ...analysisRoutes,
  ...processRoutes,
  ...importRoutes,
];

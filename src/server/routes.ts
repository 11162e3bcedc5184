/** Every route that the server serves, module by module. */
import { inquiryConvert } from '../contract/inquiries.ts';
import { orderComplete } from '../contract/orders.ts';
import { inquiryRoutes } from './modules/inquiries/index.ts';
import { orderRoutes } from './modules/orders/index.ts';
import { type Route, write } from './platform/http/route.ts';
import { convertInquiry } from './processes/inquiry-becomes-order.ts';
import { completeOrder } from './processes/order-completes.ts';

/** Steps that cross modules. */
const processRoutes: Route[] = [
  write(inquiryConvert, convertInquiry, ({ params }) => ({ inquiryId: params.inquiryId })),
  write(orderComplete, completeOrder, ({ params }) => ({ orderId: params.orderId })),
];

export const routes: Route[] = [...inquiryRoutes, ...orderRoutes, ...processRoutes];

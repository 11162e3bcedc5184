/** All pages. An area adds its routes in `pages/<area>/routes.ts` and one line here. */
import { accountRoutes } from './pages/account/routes.ts';
import { adminRoutes } from './pages/admin/routes.ts';
import { applicationPublicRoutes, applicationRoutes } from './pages/applications/routes.ts';
import { authRoutes } from './pages/auth/routes.ts';
import { financeRoutes } from './pages/finance/routes.ts';
import { inquiryRoutes } from './pages/inquiries/routes.ts';
import { linkRoutes } from './pages/links/routes.ts';
import { outgoingRoutes } from './pages/outgoing/routes.ts';
import { orderRoutes } from './pages/orders/routes.ts';
import { portalRoutes } from './pages/portal/routes.ts';
import { shippingRoutes } from './pages/shipping/routes.ts';
import { catalogRoutes } from './pages/catalog/routes.ts';
import { partnerRoutes } from './pages/partners/routes.ts';
import { stockRoutes } from './pages/stock/routes.ts';
import { taskRoutes } from './pages/tasks/routes.ts';
import { insideRoute, portalRoute, rootRoute, workbenchRoute } from './route-roots.ts';

export const routeTree = rootRoute.addChildren([
  ...authRoutes,
  ...linkRoutes,
  ...applicationPublicRoutes,
  insideRoute.addChildren([
    ...accountRoutes,
    workbenchRoute.addChildren([
      ...taskRoutes,
      ...orderRoutes,
      ...inquiryRoutes,
      ...shippingRoutes,
      ...financeRoutes,
      ...partnerRoutes,
      ...applicationRoutes,
      ...catalogRoutes,
      ...stockRoutes,
      ...adminRoutes,
      ...outgoingRoutes,
    ]),
    portalRoute.addChildren([...portalRoutes]),
  ]),
]);

import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const pickingsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'pickings',
  validateSearch: listSearch,
  component: lazyPage(() => import('./picking-list.tsx')),
});

const pickingRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'pickings/$pickingId',
  component: lazyPage(() => import('./picking-page.tsx')),
});

const shipmentsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'shipments',
  validateSearch: listSearch,
  component: lazyPage(() => import('./shipment-list.tsx')),
});

/** Without an order: what stands ready; `?orderId=…&warehouseId=…`: the dispatch of that order. */
const dispatchRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'shipments/new',
  validateSearch: listSearch,
  component: lazyPage(() => import('./dispatch.tsx')),
});

const shipmentRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'shipments/$shipmentId',
  component: lazyPage(() => import('./shipment-page.tsx')),
});

export const shippingRoutes = [pickingsRoute, pickingRoute, shipmentsRoute, dispatchRoute, shipmentRoute] as const;

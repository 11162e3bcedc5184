import { createRoute } from '@tanstack/react-router';
import { firstPage, lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { only, workbenchRoute } from '../../route-roots.ts';

const listRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'orders',
  validateSearch: listSearch,
  component: firstPage(() => import('./order-list.tsx')),
});

const newRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'orders/new',
  beforeLoad: only('order.create'),
  validateSearch: listSearch,
  component: lazyPage(() => import('./order-new.tsx')),
});

const templatesRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'orders/templates',
  validateSearch: listSearch,
  component: lazyPage(() => import('../templates/template-list.tsx')),
});

const pageRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'orders/$orderId',
  validateSearch: listSearch,
  component: lazyPage(() => import('./order-page.tsx')),
});

const editRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'orders/$orderId/edit',
  component: lazyPage(() => import('./order-edit.tsx')),
});

export const orderRoutes = [listRoute, newRoute, templatesRoute, pageRoute, editRoute] as const;

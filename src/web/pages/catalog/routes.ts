import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const productsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'products',
  validateSearch: listSearch,
  component: lazyPage(() => import('./product-list.tsx')),
});

const productRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'products/$productId',
  component: lazyPage(() => import('./product-page.tsx')),
});

const priceListsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'price-lists',
  validateSearch: listSearch,
  component: lazyPage(() => import('./price-lists.tsx')),
});

const priceListRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'price-lists/$priceListId',
  validateSearch: listSearch,
  component: lazyPage(() => import('./price-list-page.tsx')),
});

const promotionsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'promotions',
  validateSearch: listSearch,
  component: lazyPage(() => import('./promotions.tsx')),
});

export const catalogRoutes = [productsRoute, productRoute, priceListsRoute, priceListRoute, promotionsRoute] as const;

import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const listRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'stock',
  validateSearch: listSearch,
  component: lazyPage(() => import('./stock-list.tsx')),
});

const movesRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'stock/moves',
  validateSearch: listSearch,
  component: lazyPage(() => import('./stock-moves.tsx')),
});

const suppliesRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'stock/supplies',
  validateSearch: listSearch,
  component: lazyPage(() => import('./supply-list.tsx')),
});

const supplyRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'stock/supplies/$supplyId',
  component: lazyPage(() => import('./supply-page.tsx')),
});

const productRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'stock/$productId',
  validateSearch: listSearch,
  component: lazyPage(() => import('./stock-page.tsx')),
});

export const stockRoutes = [listRoute, movesRoute, suppliesRoute, supplyRoute, productRoute] as const;

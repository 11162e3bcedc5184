import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const listRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'partners',
  validateSearch: listSearch,
  component: lazyPage(() => import('./partner-list.tsx')),
});

const pageRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'partners/$partnerId',
  validateSearch: listSearch,
  component: lazyPage(() => import('./partner-page.tsx')),
});

export const partnerRoutes = [listRoute, pageRoute] as const;

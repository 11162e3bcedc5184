import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { rootRoute, workbenchRoute } from '../../route-roots.ts';

const applyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'apply',
  component: lazyPage(() => import('./apply.tsx')),
});

/** The token of the application stands behind #, which no server and no log sees. */
const followRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'application',
  component: lazyPage(() => import('./follow.tsx')),
});

const listRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'applications',
  validateSearch: listSearch,
  component: lazyPage(() => import('./application-list.tsx')),
});

const pageRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'applications/$applicationId',
  component: lazyPage(() => import('./application-page.tsx')),
});

export const applicationPublicRoutes = [applyRoute, followRoute] as const;
export const applicationRoutes = [listRoute, pageRoute] as const;

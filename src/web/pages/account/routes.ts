import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { insideRoute } from '../../route-roots.ts';

const accountRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: 'account',
  component: lazyPage(() => import('./account.tsx')),
});
const noticesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: 'notices',
  validateSearch: listSearch,
  component: lazyPage(() => import('../tasks/notices.tsx')),
});

/** Pages that both sides share. */
export const accountRoutes = [accountRoute, noticesRoute] as const;

import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

/** Home of the workbench. Partners are sent to the portal before it opens. */
const homeRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: '/',
  component: lazyPage(() => import('./home.tsx')),
});

const tasksRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'tasks',
  validateSearch: listSearch,
  component: lazyPage(() => import('./tasks.tsx')),
});

export const taskRoutes = [homeRoute, tasksRoute] as const;

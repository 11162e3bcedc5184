import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const tasksRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'tasks',
  validateSearch: listSearch,
  component: lazyPage(() => import('./tasks.tsx')),
});

export const taskRoutes = [tasksRoute] as const;

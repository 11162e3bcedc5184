/** All pages. An area adds its routes in `pages/<area>/routes.ts` and one line here. */
import { createRoute, redirect } from '@tanstack/react-router';
import { accountRoutes } from './pages/account/routes.ts';
import { authRoutes } from './pages/auth/routes.ts';
import { portalRoutes } from './pages/portal/routes.ts';
import { taskRoutes } from './pages/tasks/routes.ts';
import { insideRoute, portalRoute, rootRoute, workbenchRoute } from './route-roots.ts';

const startRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: context.session.actor.kind === 'partner' ? '/portal' : '/tasks' });
  },
});

export const routeTree = rootRoute.addChildren([
  ...authRoutes,
  insideRoute.addChildren([
    startRoute,
    ...accountRoutes,
    workbenchRoute.addChildren([...taskRoutes]),
    portalRoute.addChildren([...portalRoutes]),
  ]),
]);

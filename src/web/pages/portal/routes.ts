import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { portalRoute } from '../../route-roots.ts';

const homeRoute = createRoute({
  getParentRoute: () => portalRoute,
  path: '/',
  component: lazyPage(() => import('./home.tsx')),
});

export const portalRoutes = [homeRoute] as const;

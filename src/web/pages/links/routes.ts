import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { rootRoute } from '../../route-roots.ts';

/** Signed links: the token stands behind #, which no server and no log sees. Nobody is signed in here. */
const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'link',
  component: lazyPage(() => import('./link-page.tsx')),
});

export const linkRoutes = [linkRoute] as const;

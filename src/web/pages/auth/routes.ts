import { createRoute, redirect } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { safeReturn } from '../../lib/search-params.ts';
import { rootRoute } from '../../route-roots.ts';
import { loadSession } from '../../session.tsx';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: (raw: Record<string, unknown>): { return?: string; ended?: string } => ({
    ...(typeof raw['return'] === 'string' ? { return: safeReturn(raw['return']) } : {}),
    ...(raw['ended'] === 'yes' ? { ended: 'yes' } : {}),
  }),
  beforeLoad: async ({ search }) => {
    if ((await loadSession().catch(() => null)) !== null) throw redirect({ href: safeReturn(search.return) });
  },
  component: lazyPage(() => import('./sign-in.tsx')),
});

/** One-time links: the token stands behind #, which no server and no log sees. */
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'reset',
  component: lazyPage(() => import('./reset.tsx')),
});

const firstRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'first-run',
  component: lazyPage(() => import('./first-run.tsx')),
});

export const authRoutes = [signInRoute, resetRoute, firstRunRoute] as const;

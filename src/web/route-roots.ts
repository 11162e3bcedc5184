/** The routes that every page hangs under. Pages of an area: `pages/<area>/routes.ts`, put together in routes.tsx. */
import { createRootRoute, createRoute, notFound, redirect } from '@tanstack/react-router';
import type { Permission } from '../contract/roles.ts';
import { firstPage } from './lib/lazy-page.ts';
import { loadSession } from './session.tsx';
import { Frame } from './shell/frame.tsx';
import { NotFound, RouteProblem } from './shell/route-problem.tsx';

export const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: RouteProblem,
});

/** Everything behind the sign-in. */
export const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const session = await loadSession();
    if (session === null) throw redirect({ to: '/sign-in', search: { return: location.href } });
    return { session };
  },
  component: firstPage(() => import('./shell/shell.tsx')),
});

/** Pages of the company's people. */
export const workbenchRoute = createRoute({
  getParentRoute: () => insideRoute,
  id: 'workbench',
  beforeLoad: ({ context }) => {
    if (context.session.actor.kind === 'partner') throw redirect({ to: '/portal' });
  },
  notFoundComponent: NotFound,
});

type Inside = { context: { session: { actor: { permissions: readonly string[] } } } };

/** `beforeLoad` of a form that only some may send: for others there is no such page. */
export const only =
  (permission: Permission) =>
  ({ context }: Inside): void => {
    if (!context.session.actor.permissions.includes(permission)) throw notFound();
  };

/** Pages of the partners' people, under /portal. */
export const portalRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: 'portal',
  beforeLoad: ({ context }) => {
    if (context.session.actor.kind !== 'partner') throw redirect({ to: '/' });
  },
});

import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const outgoingListRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'outgoing',
  validateSearch: listSearch,
  component: lazyPage(() => import('./outgoing-list.tsx')),
});
const outgoingRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'outgoing/$outgoingId',
  component: lazyPage(() => import('./outgoing-page.tsx')),
});
const mailServerRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/mail',
  component: lazyPage(() => import('./mail-server-page.tsx')),
});

const webhooksRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/webhooks',
  validateSearch: listSearch,
  component: lazyPage(() => import('./webhooks.tsx')),
});
/** What leaves the house: mails and webhooks on their way, and how they are set up. */
export const outgoingRoutes = [outgoingListRoute, outgoingRoute, mailServerRoute, webhooksRoute] as const;

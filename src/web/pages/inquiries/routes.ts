import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const listRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'inquiries',
  validateSearch: listSearch,
  component: lazyPage(() => import('./inquiry-list.tsx')),
});

const newRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'inquiries/new',
  component: lazyPage(() => import('./inquiry-new.tsx')),
});

const pageRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'inquiries/$inquiryId',
  component: lazyPage(() => import('./inquiry-page.tsx')),
});

export const inquiryRoutes = [listRoute, newRoute, pageRoute] as const;

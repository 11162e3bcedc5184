import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { only, workbenchRoute } from '../../route-roots.ts';

const listRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'inquiries',
  validateSearch: listSearch,
  component: lazyPage(() => import('./inquiry-list.tsx')),
});

const newRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'inquiries/new',
  beforeLoad: only('inquiry.create'),
  component: lazyPage(() => import('./inquiry-new.tsx')),
});

const pageRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'inquiries/$inquiryId',
  component: lazyPage(() => import('./inquiry-page.tsx')),
});

const mailsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'mail',
  validateSearch: listSearch,
  component: lazyPage(() => import('./mail-list.tsx')),
});

const mailRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'mail/$messageId',
  component: lazyPage(() => import('./mail-page.tsx')),
});

const mailSettingsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/incoming-mail',
  component: lazyPage(() => import('./mail-settings.tsx')),
});

export const inquiryRoutes = [listRoute, newRoute, pageRoute, mailsRoute, mailRoute, mailSettingsRoute] as const;

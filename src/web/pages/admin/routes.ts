import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lib/lazy-page.ts';
import { listSearch } from '../../lib/search-params.ts';
import { workbenchRoute } from '../../route-roots.ts';

const companyRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/company',
  validateSearch: listSearch,
  component: lazyPage(() => import('./company-page.tsx')),
});

const policiesRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/policies',
  component: lazyPage(() => import('./policies.tsx')),
});

const calendarRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/calendar',
  validateSearch: listSearch,
  component: lazyPage(() => import('./calendar-page.tsx')),
});

const usersRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/users',
  validateSearch: listSearch,
  component: lazyPage(() => import('./user-list.tsx')),
});

const userRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/users/$userId',
  component: lazyPage(() => import('./user-page.tsx')),
});

const keysRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/keys',
  validateSearch: listSearch,
  component: lazyPage(() => import('./key-list.tsx')),
});

const accessLogRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/access-log',
  validateSearch: listSearch,
  component: lazyPage(() => import('./access-log.tsx')),
});

const delegationsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'admin/delegations',
  component: lazyPage(() => import('./delegations.tsx')),
});

const importsRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'imports',
  validateSearch: listSearch,
  component: lazyPage(() => import('./imports.tsx')),
});

const importRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: 'imports/$importId',
  component: lazyPage(() => import('./import-page.tsx')),
});

export const adminRoutes = [
  companyRoute,
  policiesRoute,
  calendarRoute,
  usersRoute,
  userRoute,
  keysRoute,
  accessLogRoute,
  delegationsRoute,
  importsRoute,
  importRoute,
] as const;

import { createRouter } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from './lib/search-params.ts';
import { routeTree } from './routes.tsx';
import { Waiting } from './shell/waiting.tsx';

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Waiting,
  defaultPendingMs: 200,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Every path that has a page: menus and links are checked against it. */
type AnyPath = keyof (typeof router)['routesByPath'];
export type PagePath = Exclude<AnyPath, `${string}/`> | '/';

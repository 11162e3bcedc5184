/** Every route that the server serves, module by module. */
import type { Route } from './platform/http/route.ts';

export const routes: Route[] = [];

/** Front door of the search. */
export { searchRoutes } from './routes.ts';

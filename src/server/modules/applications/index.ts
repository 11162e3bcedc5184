/** Front door of the applications to become a partner. */
export { applicationRoutes } from './routes.ts';

/** Front door of papers. */
export { documentRoutes } from './routes.ts';

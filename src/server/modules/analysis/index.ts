/** Front door of the figures. */
export { analysisRoutes } from './routes.ts';

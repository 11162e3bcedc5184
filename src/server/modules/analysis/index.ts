/** Front door of the figures. */
export { figuresReader } from './figures-reader.ts';
export { analysisRoutes } from './routes.ts';

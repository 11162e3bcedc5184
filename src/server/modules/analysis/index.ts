/** Front door of the figures. */
export { buildFigures, figuresReader } from './figures-reader.ts';
export { analysisRoutes } from './routes.ts';

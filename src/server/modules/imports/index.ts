/** Front door of files in and lists out. It stands right of every module whose commands and lists it uses. */
export { importRoutes } from './routes.ts';

/** Front door of the applications to become a partner. */
export { applicationRetentionJob } from './retention.ts';
export { applicationRoutes } from './routes.ts';

/** Front door of the applications to become a partner. */
export { applicationRetentionJob } from './retention.ts';
export { applicationRoutes } from './routes.ts';
export { APPLICATION_TOKEN_PLACE, applicationToken } from './application-tables.ts';

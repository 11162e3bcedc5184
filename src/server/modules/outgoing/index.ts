/** Front door of the mail server and of messages on their way. */
export { followUp } from './failed-message.ts';
export { parkReturned } from './returned-message.ts';
export { pruneMessagesJob } from './prune-messages.ts';
export { outgoingRoutes } from './routes.ts';
export { TEST_MAIL } from './commands/save-mail-server.ts';

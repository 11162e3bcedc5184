/** Front door of the conversation on documents. */
export { conversationRoutes } from './routes.ts';

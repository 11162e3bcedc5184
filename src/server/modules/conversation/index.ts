/** Front door of the conversation on documents. */
export { isKeepable, keepAttachments } from './keep-attachments.ts';
export { conversationRoutes } from './routes.ts';

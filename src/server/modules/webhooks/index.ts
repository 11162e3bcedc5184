/** Front door of webhooks. */
export { webhookRoutes } from './routes.ts';
export { webhookChannel } from './webhook-channel.ts';
export { webhookReader } from './webhook-reader.ts';
export { oldWebhookSecret, webhookSecret } from './webhook-tables.ts';

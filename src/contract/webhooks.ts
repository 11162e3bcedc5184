/** Webhooks by Standard Webhooks (standardwebhooks.com): addresses of other systems that are told what happens. Source: R4.3, R5.3. */
import { z } from 'zod';
import { Id, Instant, Text } from './common.ts';
import { operation } from './operation.ts';

const Url = z.string().max(500, 'field.too_long');
const EventTypes = z.array(z.string().max(80, 'webhook.event_type')).max(300, 'field.too_many');
export const WEBHOOK_STATES = ['on', 'off'] as const;

export const WebhookView = z
  .object({
    id: Id,
    version: z.number().int(),
    /** Whose it is; null: the company's own. */
    partnerName: z.string().nullable(),
    name: z.string(),
    url: z.string(),
    /** Empty: every type. */
    eventTypes: z.array(z.string()),
    state: z.enum(WEBHOOK_STATES),
    /** Why it is off. */
    offReason: z.string().nullable(),
    /** Until then the secret before the present one signs as well. */
    oldSecretUntil: Instant.nullable(),
    createdAt: Instant,
    waiting: z.number().int(),
    parked: z.number().int(),
  })
  .meta({ id: 'Webhook' });
/** The secret is shown once: to whoever made it. null: an earlier answer to the same request carried it. */
const WithSecret = z.object({ webhook: WebhookView, secret: z.string().nullable() });

export const webhookList = operation({
  id: 'webhookList',
  method: 'GET',
  path: '/api/v1/webhooks',
  summary: 'Endpoints; partners see their own',
  can: 'webhook.read',
  response: z.object({ items: z.array(WebhookView) }),
  errors: [],
});
export const webhookEventTypes = operation({
  id: 'webhookEventTypes',
  method: 'GET',
  path: '/api/v1/webhooks/event-types',
  summary: 'The types of events that the caller’s endpoints may be told of',
  can: 'webhook.read',
  response: z.object({ items: z.array(z.string()) }),
  errors: [],
});
export const webhookCreate = operation({
  id: 'webhookCreate',
  method: 'POST',
  path: '/api/v1/webhooks',
  summary: 'A new endpoint of the caller’s side; what happens from now on is told to it',
  can: 'webhook.manage',
  body: z.strictObject({ name: Text(100), url: Url, eventTypes: EventTypes }).meta({ id: 'WebhookCreate' }),
  response: WithSecret,
  status: 201,
  idempotent: true,
  errors: ['webhook.url', 'webhook.event_type', 'webhook.too_many'],
});
const one = z.object({ webhookId: Id });
export const webhookUpdate = operation({
  id: 'webhookUpdate',
  method: 'PATCH',
  path: '/api/v1/webhooks/:webhookId',
  summary: 'Change an endpoint, switch it off or on again; only what is given is changed',
  can: 'webhook.manage',
  params: one,
  body: z
    .strictObject({ name: Text(100), url: Url, eventTypes: EventTypes, state: z.enum(WEBHOOK_STATES) })
    .partial()
    .meta({ id: 'WebhookUpdate' }),
  response: WebhookView,
  idempotent: true,
  versioned: true,
  errors: ['webhook.not_found', 'webhook.url', 'webhook.event_type', 'request.version_stale'],
});
export const webhookRotate = operation({
  id: 'webhookRotate',
  method: 'POST',
  path: '/api/v1/webhooks/:webhookId/rotate-secret',
  summary: 'A new secret; for a day both sign, so that the other side can change over',
  can: 'webhook.manage',
  params: one,
  response: WithSecret,
  idempotent: true,
  versioned: true,
  errors: ['webhook.not_found', 'request.version_stale'],
});
export const webhookTest = operation({
  id: 'webhookTest',
  method: 'POST',
  path: '/api/v1/webhooks/:webhookId/test',
  summary: 'Send a test event; the answer names the message whose fate can be followed',
  can: 'webhook.manage',
  params: one,
  response: z.object({ outgoingId: Id }),
  status: 202,
  idempotent: true,
  errors: ['webhook.not_found', 'webhook.off'],
});

export const webhookOperations = [
  webhookList,
  webhookEventTypes,
  webhookCreate,
  webhookUpdate,
  webhookRotate,
  webhookTest,
] as const;

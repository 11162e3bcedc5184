/** Signed links: what they show, and how the person of a reply link answers. A link alone never accepts. Source: R4.3, R5.3. */
import { z } from 'zod';
import { BizDate, Id, Instant, LongText, Text } from './common.ts';
import { operation } from './operation.ts';

/** The token travels in the body and stands behind # in addresses: it reaches no log. */
const Token = z.string().min(1, 'link.not_found').max(200, 'link.not_found');
const bearer = { token: Token };

const Who = z.object({ name: z.string(), nameEn: z.string().nullable() });
const LinkLine = z.object({
  lineNo: z.number().int(),
  sku: z.string(),
  name: z.string(),
  qty: z.string(),
  unit: z.string(),
  unitPrice: z.string(),
  grossAmount: z.string(),
  promisedOn: BizDate.nullable(),
});
export const ReplyLinkView = z
  .object({
    kind: z.literal('reply'),
    company: Who,
    receiver: z.string(),
    orderId: Id,
    orderNo: z.string(),
    poNo: z.string().nullable(),
    round: z.number().int(),
    contentHash: z.string(),
    sentAt: Instant,
    dueAt: Instant,
    /** By a clause of the agreement no reply is acceptance. */
    silenceAccepts: z.boolean(),
    /** Whether this round still waits for an answer. */
    isOpen: z.boolean(),
    reply: z.enum(['accepted', 'objected', 'recalled', 'lapsed']).nullable(),
    repliedAt: Instant.nullable(),
    currency: z.string(),
    netAmount: z.string(),
    taxAmount: z.string(),
    grossAmount: z.string(),
    deliveryAddress: z.string().nullable(),
    lines: z.array(LinkLine),
  })
  .meta({ id: 'ReplyLink' });
export const StatusLinkView = z
  .object({
    kind: z.literal('status'),
    company: Who,
    orderNo: z.string(),
    shipments: z.array(
      z.object({
        no: z.string(),
        state: z.enum(['shipped', 'delivered', 'reversed']),
        carrier: Who.nullable(),
        waybillNo: z.string().nullable(),
        shippedAt: Instant,
        expectedOn: BizDate.nullable(),
        deliveredAt: Instant.nullable(),
        hasException: z.boolean(),
        news: z.array(z.object({ at: Instant, place: z.string().nullable(), kind: z.string() })),
      }),
    ),
  })
  .meta({ id: 'StatusLink' });

export const linkOpen = operation({
  id: 'linkOpen',
  method: 'POST',
  path: '/api/v1/links/open',
  summary: 'What a signed link shows. Edited, expired, revoked and made-up links are not found, all alike',
  article: 'R4.3',
  can: 'public',
  body: z.strictObject(bearer),
  response: z.discriminatedUnion('kind', [ReplyLinkView, StatusLinkView]),
  errors: ['link.not_found'],
});
export const linkCodeSend = operation({
  id: 'linkCodeSend',
  method: 'POST',
  path: '/api/v1/links/code',
  summary: 'Send a one-time code to the person’s own address, with which that person may answer',
  article: 'R4.3',
  can: 'public',
  body: z.strictObject(bearer),
  response: z.object({ sentTo: z.string(), expiresAt: Instant }),
  status: 202,
  errors: ['link.not_found', 'link.closed', 'link.locked', 'mail.not_set_up', 'request.too_many'],
});
const answer = {
  ...bearer,
  code: z.string().regex(/^\d{6}$/, 'link.code_wrong'),
  contentHash: z.string().max(100, 'field.too_long'),
};
const Answered = z.object({ orderNo: z.string(), reply: z.enum(['accepted', 'objected']) });
const REFUSALS = [
  'link.not_found',
  'link.closed',
  'link.locked',
  'link.code_wrong',
  'order.round_changed',
  'order.wrong_state',
] as const;
export const linkAccept = operation({
  id: 'linkAccept',
  method: 'POST',
  path: '/api/v1/links/accept',
  summary: 'Accept exactly the content that the link shows, with a one-time code',
  article: 'R4.3',
  can: 'public',
  body: z.strictObject(answer),
  response: Answered,
  errors: [...REFUSALS, 'order.credit_hold', 'order.hold', 'order.reservation_lapsed'],
});
export const linkObject = operation({
  id: 'linkObject',
  method: 'POST',
  path: '/api/v1/links/object',
  summary: 'Object with reasons, by line, with a one-time code',
  article: 'R4.3',
  can: 'public',
  body: z.strictObject({
    ...answer,
    reasons: z
      .array(z.strictObject({ lineNo: z.number().int().positive().optional(), reason: LongText(1000) }))
      .min(1, 'field.required')
      .max(500, 'field.too_many'),
  }),
  response: Answered,
  errors: [...REFUSALS, 'line.not_found'],
});

const onOrder = z.object({ orderId: Id });
export const StatusLinkRow = z
  .object({
    id: Id,
    /** What stands behind # in the address; null in a repeated answer, the list has it. */
    token: z.string().nullable(),
    note: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'StatusLinkRow' });
export const statusLinkList = operation({
  id: 'statusLinkList',
  method: 'GET',
  path: '/api/v1/orders/:orderId/status-links',
  summary: 'Links that show the customer how the goods travel, and nothing else',
  article: 'R5.3',
  can: 'order.share',
  params: onOrder,
  response: z.object({ items: z.array(StatusLinkRow) }),
  errors: ['order.not_found'],
});
export const statusLinkCreate = operation({
  id: 'statusLinkCreate',
  method: 'POST',
  path: '/api/v1/orders/:orderId/status-links',
  summary: 'A link for the customer: states of shipments only; it ends by itself and can be revoked',
  article: 'R5.3',
  can: 'order.share',
  params: onOrder,
  body: z.strictObject({ note: Text(100).nullable().optional(), days: z.number().int().min(1).max(365).optional() }),
  response: StatusLinkRow,
  status: 201,
  idempotent: true,
  errors: ['order.not_found', 'link.too_many'],
});
export const statusLinkRevoke = operation({
  id: 'statusLinkRevoke',
  method: 'POST',
  path: '/api/v1/orders/:orderId/status-links/:linkId/revoke',
  summary: 'End a link at once',
  article: 'R5.3',
  can: 'order.share',
  params: z.object({ orderId: Id, linkId: Id }),
  response: StatusLinkRow,
  idempotent: true,
  errors: ['link.not_found'],
});

export const linkOperations = [
  linkOpen,
  linkCodeSend,
  linkAccept,
  linkObject,
  statusLinkList,
  statusLinkCreate,
  statusLinkRevoke,
] as const;

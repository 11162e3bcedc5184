/** What leaves the house: the company's mail server, mails and webhooks on their way, what a person wants by mail. Source: R4.3, process.md "Who is told what". */
import { z } from 'zod';
import { Code, Id, Instant, Page, PageQuery, Text } from './common.ts';
import { operation } from './operation.ts';

const Mailbox = z.email('field.email').max(200, 'field.too_long');
const Host = Code(200).refine((text) => /^[A-Za-z0-9._:[\]-]+$/.test(text), 'field.invalid');
const PublicUrl = z
  .string()
  .max(200, 'field.too_long')
  .regex(/^https?:\/\/(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?\/?$/, 'field.url');

export const MAIL_SECURITY = ['tls', 'starttls', 'none'] as const;

export const MailServerView = z
  .object({
    /** 0: nothing has been set up yet. */
    version: z.number().int(),
    isOn: z.boolean(),
    host: z.string(),
    port: z.number().int(),
    security: z.enum(MAIL_SECURITY),
    username: z.string().nullable(),
    /** The password itself is never shown. */
    hasPassword: z.boolean(),
    fromName: z.string(),
    fromAddress: z.string(),
    replyTo: z.string().nullable(),
    publicUrl: z.string(),
  })
  .meta({ id: 'MailServer' });

export const mailServerGet = operation({
  id: 'mailServerGet',
  method: 'GET',
  path: '/api/v1/mail-server',
  summary: 'How the company sends mail; nothing leaves unless it is on',
  can: 'mail.manage',
  response: MailServerView,
  errors: [],
});
export const mailServerSet = operation({
  id: 'mailServerSet',
  method: 'PUT',
  path: '/api/v1/mail-server',
  summary: 'Set up how mail leaves, or switch it off; what waits is dropped then',
  can: 'mail.manage',
  body: z
    .strictObject({
      isOn: z.boolean(),
      host: Host,
      port: z.number().int().min(1).max(65_535),
      security: z.enum(MAIL_SECURITY),
      username: Text(200).nullable(),
      /** Left out: the password stays; null: there is none. */
      password: z.string().min(1, 'field.blank').max(500, 'field.too_long').nullable().optional(),
      fromName: Text(100),
      fromAddress: Mailbox,
      replyTo: Mailbox.nullable(),
      /** Where people reach this system: links in mails begin with it. */
      publicUrl: PublicUrl,
    })
    .meta({ id: 'MailServerSet' }),
  response: MailServerView,
  idempotent: true,
  versioned: true,
  errors: ['request.version_stale', 'field.url'],
});
export const mailServerTest = operation({
  id: 'mailServerTest',
  method: 'POST',
  path: '/api/v1/mail-server/test',
  summary: 'Send a mail to oneself with what is set up; the answer names the message whose fate can be followed',
  can: 'mail.manage',
  body: z.strictObject({ to: Mailbox }),
  response: z.object({ outgoingId: Id }),
  status: 202,
  idempotent: true,
  errors: ['mail.not_set_up'],
});

export const OUTGOING_STATES = ['waiting', 'sent', 'parked', 'dropped'] as const;
export const CHANNELS = ['mail', 'webhook'] as const;
export const OUTGOING_ACTIONS = ['sendAgain', 'park'] as const;

export const OutgoingView = z
  .object({
    id: Id,
    version: z.number().int(),
    channel: z.enum(CHANNELS),
    state: z.enum(OUTGOING_STATES),
    /** Kind of notice, or type of event. */
    kind: z.string(),
    documentType: z.string(),
    documentId: Id,
    documentNo: z.string().nullable(),
    partnerName: z.string().nullable(),
    /** Name of the person or of the endpoint. */
    receiver: z.string().nullable(),
    /** Mail address or URL. */
    address: z.string().nullable(),
    sequence: z.number().int(),
    attempts: z.number().int(),
    /** Why the last try failed. */
    reason: z.string().nullable(),
    nextAt: Instant.nullable(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
    /** When the link in it was first opened; null: not yet, or there is none. */
    openedAt: Instant.nullable(),
    allowedActions: z.array(z.enum(OUTGOING_ACTIONS)),
  })
  .meta({ id: 'Outgoing' });
export const OutgoingDetail = OutgoingView.extend({
  tries: z.array(
    z.object({
      no: z.number().int(),
      startedAt: Instant,
      finishedAt: Instant.nullable(),
      outcome: z.enum(['sent', 'failed', 'dropped']).nullable(),
      reason: z.string().nullable(),
      status: z.number().int().nullable(),
      /** The beginning of what the other side said. Only for people of the company. */
      detail: z.string().nullable(),
    }),
  ),
}).meta({ id: 'OutgoingDetail' });

export const outgoingList = operation({
  id: 'outgoingList',
  method: 'GET',
  path: '/api/v1/outgoing',
  summary: 'Mails and webhooks on their way, sent, parked; newest first. Partners see those of their own endpoints',
  can: 'outgoing.read',
  query: z.strictObject({
    ...PageQuery,
    channel: z.enum(CHANNELS, 'field.bad_parameter').optional(),
    state: z.enum(OUTGOING_STATES, 'field.bad_parameter').optional(),
    documentId: Id.optional(),
    targetId: Id.optional(),
  }),
  response: Page(OutgoingView),
  errors: ['request.bad_cursor'],
});
const one = z.object({ outgoingId: Id });
export const outgoingGet = operation({
  id: 'outgoingGet',
  method: 'GET',
  path: '/api/v1/outgoing/:outgoingId',
  summary: 'One message with every try',
  can: 'outgoing.read',
  params: one,
  response: OutgoingDetail,
  errors: ['outgoing.not_found'],
});
export const outgoingSendAgain = operation({
  id: 'outgoingSendAgain',
  method: 'POST',
  path: '/api/v1/outgoing/:outgoingId/send-again',
  summary: 'Send it now, whatever its state; it keeps its id, so that receivers know it again',
  can: 'outgoing.manage',
  params: one,
  response: OutgoingDetail,
  idempotent: true,
  versioned: true,
  errors: ['outgoing.not_found', 'outgoing.wrong_state', 'request.version_stale'],
});
export const outgoingPark = operation({
  id: 'outgoingPark',
  method: 'POST',
  path: '/api/v1/outgoing/:outgoingId/park',
  summary: 'Put a waiting message aside; it can be sent again later',
  can: 'outgoing.manage',
  params: one,
  response: OutgoingDetail,
  idempotent: true,
  versioned: true,
  errors: ['outgoing.not_found', 'outgoing.wrong_state', 'request.version_stale'],
});

/** What notices are about, as people choose among them. */
export const MAIL_TOPICS = ['inquiry', 'order', 'goods', 'money', 'partner', 'talk', 'reminder'] as const;
export const MailChoiceView = z
  .object({
    topics: z.array(z.enum(MAIL_TOPICS)),
    /** Only what asks the person to do something. */
    onlyAsked: z.boolean(),
    /** Where they go; null: no address is known, so nothing is sent. */
    email: z.string().nullable(),
    /** Whether this installation sends mail at all. */
    isOn: z.boolean(),
  })
  .meta({ id: 'MailChoice' });
export const mailChoiceGet = operation({
  id: 'mailChoiceGet',
  method: 'GET',
  path: '/api/v1/session/mail-choice',
  summary: 'Which notices one gets by mail',
  can: 'session.use',
  response: MailChoiceView,
  errors: [],
});
export const mailChoiceSet = operation({
  id: 'mailChoiceSet',
  method: 'PUT',
  path: '/api/v1/session/mail-choice',
  summary: 'Choose which notices one gets by mail',
  can: 'session.use',
  body: z.strictObject({ topics: z.array(z.enum(MAIL_TOPICS)).max(20, 'field.too_many'), onlyAsked: z.boolean() }),
  response: MailChoiceView,
  idempotent: true,
  errors: [],
});

export const outgoingOperations = [
  mailServerGet,
  mailServerSet,
  mailServerTest,
  outgoingList,
  outgoingGet,
  outgoingSendAgain,
  outgoingPark,
  mailChoiceGet,
  mailChoiceSet,
] as const;

/** Mail that comes in, on the wire: quarantine, settings of mailboxes. Source: R3.2; promise P8. */
import { z } from 'zod';
import {
  Code,
  Id,
  Instant,
  LongText,
  Named,
  Page,
  PageQuery,
  PartnerRef,
  Reason,
  Text,
  AllowedAction,
} from './common.ts';
import { INTAKE_STATES } from './machines/intake.ts';
import { operation } from './operation.ts';

/** Why a message became no inquiry by itself. */
export const INTAKE_REASONS = [
  // quarantine
  'auth_failed',
  'auth_none',
  'auth_unavailable',
  'from_unclear',
  'sender_unknown',
  'sender_ambiguous',
  'partner_not_active',
  'no_lines',
  'repeated',
  'reply_mismatch',
  'restored',
  // ignored
  'auto_reply',
  'bounce',
  'list_mail',
  'duplicate',
  // failed
  'too_large',
  'headers',
  'parse_timeout',
  'parse_memory',
  'parse_error',
  'refused',
] as const;

const Attachment = z.object({
  fileName: z.string(),
  mediaType: z.string(),
  byteCount: z.number().int(),
  /** How many lines of goods were read from it; null where it was not read. */
  lines: z.number().int().nullable(),
  /** Whether it is kept with the inquiry; what is not stays in the original message. */
  kept: z.boolean(),
});

const rowShape = {
  id: Id,
  no: z.string(),
  version: z.number().int(),
  source: z.enum(['smtp', 'imap']),
  state: z.enum(INTAKE_STATES),
  reason: z.enum(INTAKE_REASONS).nullable(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  receivedAt: Instant,
  partner: PartnerRef.nullable(),
  inquiry: z.object({ id: Id, no: z.string() }).nullable(),
  byteCount: z.number().int(),
};
export const IntakeRow = z.object(rowShape).meta({ id: 'IntakeRow' });
export const IntakeView = z
  .object({
    ...rowShape,
    messageId: z.string().nullable(),
    envelopeFrom: z.string().nullable(),
    remoteIp: z.string().nullable(),
    /** Results of SPF, DKIM and DMARC as words, or of the trusted relay. */
    auth: z.object({ spf: z.string(), dkim: z.string(), dmarc: z.string(), by: z.string() }).nullable(),
    /** The message as text. HTML is never shown. */
    text: z.string(),
    attachments: z.array(Attachment),
    /** Another message with the same words came from the same sender. */
    possibleDuplicateOf: z.array(z.object({ id: Id, no: z.string() })),
    /** Partners of whom somebody has this address. */
    suspects: z.array(PartnerRef),
    decidedBy: Named.nullable(),
    discardReason: z.string().nullable(),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'IntakeMessage' });

const params = z.object({ messageId: Id });
const act = <const T extends string>(verb: T) => `/api/v1/intake/messages/:messageId/${verb}` as const;
const COMMON = ['intake.not_found', 'intake.wrong_state'] as const;
const VIEW = {
  params,
  response: IntakeView,
  idempotent: true,
  versioned: true,
  method: 'POST',
  article: 'R3.2',
} as const;

export const intakeList = operation({
  id: 'intakeList',
  method: 'GET',
  path: '/api/v1/intake/messages',
  summary: 'Mail that came in, newest first',
  article: 'R3.2',
  can: 'intake.read',
  query: z.strictObject({
    ...PageQuery,
    state: z.union([z.enum(INTAKE_STATES), z.array(z.enum(INTAKE_STATES))]).optional(),
    q: z.string().max(100).optional(),
  }),
  response: Page(IntakeRow),
  errors: ['request.bad_cursor'],
});
export const intakeGet = operation({
  id: 'intakeGet',
  method: 'GET',
  path: '/api/v1/intake/messages/:messageId',
  summary: 'One message as text, with why it is where it is',
  article: 'R3.2',
  can: 'intake.read',
  params,
  response: IntakeView,
  errors: ['intake.not_found'],
});
export const intakeRelease = operation({
  ...VIEW,
  id: 'intakeRelease',
  path: act('release'),
  summary: 'Make an inquiry of it, for a partner',
  can: 'intake.decide',
  body: z.strictObject({
    partnerId: Id,
    /** Words to read instead of the message’s own. */
    text: LongText(20_000).optional(),
  }),
  errors: [...COMMON, 'partner.not_found', 'partner.not_active', 'inquiry.nothing_read', 'intake.duplicate'],
});
export const intakeDiscard = operation({
  ...VIEW,
  id: 'intakeDiscard',
  path: act('discard'),
  summary: 'Put it aside, with a reason',
  can: 'intake.decide',
  body: z.strictObject({ reason: Reason }),
  errors: [...COMMON],
});
export const intakeRestore = operation({
  ...VIEW,
  id: 'intakeRestore',
  path: act('restore'),
  summary: 'Take a discarded message back into quarantine',
  can: 'intake.decide',
  errors: [...COMMON],
});
export const inquiryMails = operation({
  id: 'inquiryMails',
  method: 'GET',
  path: '/api/v1/inquiries/:inquiryId/mails',
  summary: 'The mails of an inquiry: the one that it was made of, and answers to it',
  article: 'R3.2',
  can: 'inquiry.read',
  params: z.object({ inquiryId: Id }),
  response: z.object({
    items: z.array(
      z.object({
        id: Id,
        no: z.string(),
        state: z.enum(INTAKE_STATES),
        from: z.string().nullable(),
        subject: z.string().nullable(),
        receivedAt: Instant,
        text: z.string(),
      }),
    ),
  }),
  errors: ['inquiry.not_found'],
});

const Host = Text(255);
const Port = z.number().int('field.invalid').min(1, 'field.invalid').max(65_535, 'field.invalid');
/** An address, or a domain after an @. */
const Recipient = z
  .string()
  .max(255)
  .regex(/^[^\s@]*@[^\s@]+\.[^\s@]+$/, 'field.email');
const settingShape = {
  smtpEnabled: z.boolean(),
  smtpHost: Host,
  smtpPort: Port,
  smtpRecipients: z.array(Recipient).max(50, 'field.too_many'),
  imapEnabled: z.boolean(),
  imapHost: Host.nullable(),
  imapPort: Port,
  imapSecure: z.boolean(),
  imapUser: Text(255).nullable(),
  imapFolder: Text(255),
  trustedRelays: z.array(Code(255)).max(20, 'field.too_many'),
};
const Channel = z.object({
  source: z.enum(['smtp', 'imap']),
  state: z.enum(['off', 'running', 'failed']),
  detail: z.string().nullable(),
  changedAt: Instant.nullable(),
});
export const IntakeSettings = z
  .object({
    ...settingShape,
    version: z.number().int(),
    /** Whether a password is kept; it is never shown. */
    hasImapPassword: z.boolean(),
    channels: z.array(Channel),
  })
  .meta({ id: 'IntakeSettings' });

export const intakeSettingsGet = operation({
  id: 'intakeSettingsGet',
  method: 'GET',
  path: '/api/v1/intake/settings',
  summary: 'How mail comes in',
  article: 'R3.2',
  can: 'intake.manage',
  response: IntakeSettings,
  errors: [],
});
export const intakeSettingsSet = operation({
  id: 'intakeSettingsSet',
  method: 'PUT',
  path: '/api/v1/intake/settings',
  summary: 'Set up the SMTP listener and the mailbox',
  article: 'R3.2',
  can: 'intake.manage',
  body: z.strictObject({
    ...settingShape,
    /** Left out: the one that is kept; null: none. */
    imapPassword: z.string().min(1, 'field.blank').max(255, 'field.too_long').nullable().optional(),
  }),
  response: IntakeSettings,
  idempotent: true,
  versioned: true,
  errors: ['intake.imap_incomplete'],
});
export const intakeTest = operation({
  id: 'intakeTest',
  method: 'POST',
  path: '/api/v1/intake/settings/test',
  summary: 'Sign in to the mailbox once, with these settings, and say what came of it',
  article: 'R3.2',
  can: 'intake.manage',
  body: z.strictObject({
    imapHost: Host,
    imapPort: Port,
    imapSecure: z.boolean(),
    imapUser: Text(255),
    imapFolder: Text(255),
    /** Left out: the one that is kept. */
    imapPassword: z.string().min(1, 'field.blank').max(255, 'field.too_long').optional(),
  }),
  response: z.object({ ok: z.boolean(), messages: z.number().int().nullable(), detail: z.string().nullable() }),
  errors: ['intake.imap_incomplete'],
});

export const intakeOperations = [
  intakeList,
  intakeGet,
  intakeRelease,
  intakeDiscard,
  intakeRestore,
  inquiryMails,
  intakeSettingsGet,
  intakeSettingsSet,
  intakeTest,
] as const;

/** Applying to become a partner 渠道申請, without an account; its review by sales. Source: R3.1. */
import { z } from 'zod';
import {
  AllowedAction,
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
} from './common.ts';
import { APPLICATION_STATES } from './machines/application.ts';
import { operation } from './operation.ts';
import { Email } from './partner-fields.ts';
import { Login } from './session.ts';

export const ApplicationContent = z
  .strictObject({
    name: Text(200),
    nameEn: Text(200).nullable().optional(),
    uscc: Code(18).nullable().optional(),
    usccOverrideReason: LongText(500).nullable().optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'field.invalid')
      .optional(),
    regionCode: Code(6).nullable().optional(),
    contact: z.strictObject({ name: Text(100), phone: Text(40), email: Email }),
    address: z.strictObject({
      regionCode: Code(6).nullable().optional(),
      regionText: Text(120).nullable().optional(),
      detail: Text(300),
    }),
    invoiceTitle: Text(200).nullable().optional(),
    taxNo: Code(30).nullable().optional(),
    bankName: Text(200).nullable().optional(),
    bankAccount: Code(60).nullable().optional(),
    invoiceAddress: Text(300).nullable().optional(),
    invoicePhone: Text(60).nullable().optional(),
    message: LongText(2000).nullable().optional(),
  })
  .meta({ id: 'ApplicationContent' });

const Token = z.string().regex(/^[\w-]{20,100}$/, 'token.invalid');
const state = z.enum(APPLICATION_STATES);

/** What the applicant may know. Nothing in it tells whether the company is known already. */
export const ApplicationStatus = z
  .object({
    no: z.string(),
    version: z.number().int(),
    state,
    submittedAt: Instant,
    /** What is still needed, in the words of sales. */
    question: z.string().nullable(),
    /** Why it was refused. */
    reason: z.string().nullable(),
    /** What was typed, so that it can be amended; null once it has been erased. */
    content: ApplicationContent.nullable(),
    /** Accepted, and nobody has set the password of the account yet. */
    accountWaits: z.boolean(),
  })
  .meta({ id: 'ApplicationStatus' });

export const ApplicationRow = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    state,
    name: z.string().nullable(),
    contactName: z.string().nullable(),
    submittedAt: Instant,
    stateSince: Instant,
    dueAt: Instant.nullable(),
  })
  .meta({ id: 'ApplicationRow' });

export const ApplicationView = ApplicationRow.extend({
  content: ApplicationContent.nullable(),
  regionText: z.string().nullable(),
  addressText: z.string().nullable(),
  question: z.string().nullable(),
  reason: z.string().nullable(),
  decidedBy: Named.nullable(),
  partner: PartnerRef.nullable(),
  possibleDuplicates: z.array(PartnerRef.extend({ why: z.enum(['uscc', 'name', 'pinyin', 'phone']) })),
  allowedActions: z.array(AllowedAction),
}).meta({ id: 'Application' });

const BASE = '/api/v1/applications';
const params = z.object({ applicationId: Id });
const ERRORS = ['application.not_found', 'application.wrong_state'] as const;
const CONTENT_ERRORS = [
  'partner.uscc_invalid',
  'region.unknown',
  'partner.invoice_limit',
  'partner.invoice_characters',
  'partner.tax_no',
] as const;
const REVIEW = {
  method: 'POST',
  article: 'R3.1',
  can: 'application.review',
  params,
  idempotent: true,
  versioned: true,
} as const;

export const applicationSubmit = operation({
  id: 'applicationSubmit',
  method: 'POST',
  path: BASE,
  summary: 'Apply to become a partner; the answer carries the token of the link under which the applicant follows it',
  article: 'R3.1',
  can: 'public',
  body: z.strictObject({
    content: ApplicationContent,
    /** The notice on personal data was read and agreed to. */
    privacyAgreed: z.literal(true, 'application.privacy'),
  }),
  response: z.object({ no: z.string(), token: z.string() }).meta({ id: 'ApplicationSubmitted' }),
  status: 201,
  idempotent: true,
  errors: [...CONTENT_ERRORS, 'application.privacy', 'request.too_many', 'request.key_reused'],
});
export const applicationCheck = operation({
  id: 'applicationCheck',
  method: 'POST',
  path: `${BASE}/check`,
  summary: 'The state of one’s own application, by the token of its link',
  article: 'R3.1',
  can: 'public',
  body: z.strictObject({ token: Token }),
  response: ApplicationStatus,
  errors: ['token.invalid'],
});
export const applicationAmend = operation({
  id: 'applicationAmend',
  method: 'POST',
  path: `${BASE}/amend`,
  summary: 'Answer a question, or correct what was typed',
  article: 'R3.1',
  can: 'public',
  body: z.strictObject({ token: Token, content: ApplicationContent }),
  response: ApplicationStatus,
  idempotent: true,
  errors: [...CONTENT_ERRORS, 'token.invalid', 'application.wrong_state'],
});
export const applicationWithdraw = operation({
  id: 'applicationWithdraw',
  method: 'POST',
  path: `${BASE}/withdraw`,
  summary: 'Take one’s application back',
  article: 'R3.1',
  can: 'public',
  body: z.strictObject({ token: Token }),
  response: ApplicationStatus,
  idempotent: true,
  errors: ['token.invalid', 'application.wrong_state'],
});
export const applicationInvitation = operation({
  id: 'applicationInvitation',
  method: 'POST',
  path: `${BASE}/invitation`,
  summary: 'The one-time link to the account of an accepted application, as long as nobody has used one',
  article: 'R3.1',
  can: 'public',
  body: z.strictObject({ token: Token }),
  response: z.object({ token: z.string(), expiresAt: Instant }).meta({ id: 'ApplicationInvitation' }),
  idempotent: true,
  errors: ['token.invalid', 'application.wrong_state'],
});

export const APPLICATION_SORTS = ['-submittedAt', 'submittedAt'] as const;
export const applicationFilters = {
  q: z.string().max(100).optional(),
  state: z.union([state, z.array(state)]).optional(),
  sort: z.enum(APPLICATION_SORTS).optional(),
};
export const applicationList = operation({
  id: 'applicationList',
  method: 'GET',
  path: BASE,
  summary: 'Applications; search by number and company name',
  article: 'R3.1',
  can: 'application.read',
  query: z.strictObject({ ...PageQuery, ...applicationFilters }),
  response: Page(ApplicationRow),
  errors: ['request.bad_cursor'],
});
export const applicationGet = operation({
  id: 'applicationGet',
  method: 'GET',
  path: `${BASE}/:applicationId`,
  summary: 'An application with what was typed, who may be the same company, and what may be done',
  article: 'R3.1',
  can: 'application.read',
  params,
  response: ApplicationView,
  errors: ['application.not_found'],
});
export const applicationAskBack = operation({
  ...REVIEW,
  id: 'applicationAskBack',
  path: `${BASE}/:applicationId/ask-back`,
  summary: 'Ask the applicant for what is missing',
  body: z.strictObject({ question: LongText(2000) }),
  response: ApplicationView,
  errors: ERRORS,
});
export const applicationRefuse = operation({
  ...REVIEW,
  id: 'applicationRefuse',
  path: `${BASE}/:applicationId/refuse`,
  summary: 'Refuse with the reason that the applicant reads',
  body: z.strictObject({ reason: Reason }),
  response: ApplicationView,
  errors: ERRORS,
});
export const applicationReopen = operation({
  ...REVIEW,
  id: 'applicationReopen',
  path: `${BASE}/:applicationId/reopen`,
  summary: 'Take a refusal back',
  response: ApplicationView,
  errors: [...ERRORS, 'application.erased'],
});
export const applicationAccept = operation({
  ...REVIEW,
  id: 'applicationAccept',
  path: `${BASE}/:applicationId/accept`,
  summary: 'Make the partner file, let the partner order, and invite its first user; the one-time link is shown once',
  body: z.strictObject({
    salesOwnerId: Id.optional(),
    level: Code(20).nullable().optional(),
    /** A partner with a similar name exists and this is another one all the same. */
    confirmDuplicate: z.boolean().optional(),
    /** The login of the first user; the contact’s mail address unless given. */
    login: Login.optional(),
  }),
  response: z
    .object({ application: ApplicationView, partnerId: Id, token: z.string().nullable(), expiresAt: Instant })
    .meta({ id: 'ApplicationAccepted' }),
  errors: [
    ...ERRORS,
    ...CONTENT_ERRORS,
    'application.erased',
    'partner.duplicate',
    'user.not_found',
    'user.login_taken',
    'partner.incomplete',
  ],
});

export const applicationOperations = [
  applicationSubmit,
  applicationCheck,
  applicationAmend,
  applicationWithdraw,
  applicationInvitation,
  applicationList,
  applicationGet,
  applicationAskBack,
  applicationRefuse,
  applicationReopen,
  applicationAccept,
] as const;

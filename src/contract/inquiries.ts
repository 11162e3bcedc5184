/** Inquiries 客戶需求 on the wire. Source: R3.2. */
import { z } from 'zod';
import {
  AllowedAction,
  BizDate,
  Code,
  Id,
  Instant,
  LongText,
  Named,
  Page,
  PageQuery,
  PartnerRef,
  PositiveQty,
  Qty,
  Reason,
  Text,
} from './common.ts';
import { CSV_TYPE, XLSX_TYPE } from './imports.ts';
import { INQUIRY_STATES } from './machines/others.ts';
import { CHANNELS, OrderView } from './orders.ts';
import { operation } from './operation.ts';

/** A line as the partner wrote it. What is missing is marked, asked back, and never guessed. */
export const InquiryLineInput = z
  .strictObject({
    wanted: Text(300),
    productId: Id.optional(),
    spec: Text(300).optional(),
    qty: PositiveQty.optional(),
    unit: Text(20).optional(),
    requestedOn: BizDate.optional(),
    note: LongText(500).optional(),
  })
  .meta({ id: 'InquiryLineInput' });

export const InquiryCreate = z
  .strictObject({
    partnerId: Id.optional(),
    channel: z.enum(CHANNELS).optional(),
    customerName: Text(200).optional(),
    poNo: Code(64).optional(),
    requestedOn: BizDate.optional(),
    addressId: Id.optional(),
    note: LongText(4000).optional(),
    receivedAt: z.iso.datetime({ offset: true, error: 'field.instant_format' }).optional(),
    /** Files that the lines were read from (`fileId` of the preview): they are attached as they came. */
    fileIds: z.array(Id).max(10).optional(),
    lines: z.array(InquiryLineInput).min(1, 'order.no_lines').max(500, 'order.too_many_lines'),
  })
  .meta({ id: 'InquiryCreate' });

const MatchedProduct = z.object({
  id: Id,
  sku: z.string(),
  name: z.string(),
  nameHans: z.string().nullable(),
  nameEn: z.string().nullable(),
  unit: z.string(),
});
/** What is missing in a line. `spec`: several products fit, the specification would tell which. */
const Gap = z.enum(['product', 'spec', 'qty', 'requestedOn']);

export const InquiryLineView = z.object({
  lineNo: z.number().int(),
  wanted: z.string(),
  product: MatchedProduct.nullable(),
  /** How sure the match is, 0 to 100, and what else it could be. */
  confidence: z.number().int(),
  alternatives: z.array(z.object({ id: Id, sku: z.string(), name: z.string(), nameEn: z.string().nullable() })),
  spec: z.string().nullable(),
  qty: Qty.nullable(),
  unit: z.string().nullable(),
  requestedOn: BizDate.nullable(),
  note: z.string().nullable(),
  gaps: z.array(Gap),
});

/** What makes a line worth a second look before it is sent. */
export const PREVIEW_ODDITIES = [
  'unread',
  'date_past',
  'date_far',
  'date_off',
  'repeated',
  'unit',
  'qty_whole',
  'qty_minimum',
  'qty_multiple',
  'qty_high',
  'qty_low',
  'never_bought',
] as const;

export const InquiryPreview = z
  .object({
    /** Said for the whole. */
    requestedOn: BizDate.nullable(),
    poNo: z.string().nullable(),
    customerName: z.string().nullable(),
    /** There were more lines than an inquiry may have; the rest was left out. */
    truncated: z.boolean(),
    /** The file as it came; sent with the inquiry, it is attached to it. */
    fileId: Id.nullable(),
    lines: z.array(
      z.object({
        lineNo: z.number().int(),
        wanted: z.string(),
        /** With the units in which it is ordered, the base unit first. */
        product: MatchedProduct.extend({ units: z.array(z.string()) }).nullable(),
        confidence: z.number().int(),
        alternatives: z.array(MatchedProduct),
        spec: z.string().nullable(),
        qty: Qty.nullable(),
        unit: z.string().nullable(),
        requestedOn: BizDate.nullable(),
        note: z.string().nullable(),
        gaps: z.array(Gap),
        oddities: z.array(
          z.object({ code: z.enum(PREVIEW_ODDITIES), params: z.record(z.string(), z.string()).optional() }),
        ),
      }),
    ),
  })
  .meta({ id: 'InquiryPreview' });

export const InquiryView = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    state: z.enum(INQUIRY_STATES),
    partner: PartnerRef,
    salesOwner: Named.nullable(),
    channel: z.enum(CHANNELS),
    customerName: z.string().nullable(),
    poNo: z.string().nullable(),
    requestedOn: BizDate.nullable(),
    addressId: Id.nullable(),
    note: z.string().nullable(),
    gapsNote: z.string().nullable(),
    declineReason: z.string().nullable(),
    /** It came by a way that is not designated: the partner confirms it before it becomes an order. */
    needsConfirmation: z.boolean(),
    confirmedAt: Instant.nullable(),
    confirmedBy: z.string().nullable(),
    order: z.object({ id: Id, no: z.string() }).nullable(),
    sentBy: z.string().nullable(),
    receivedAt: Instant,
    dueAt: Instant.nullable(),
    /** Nothing has happened for a long time: when it closes by itself, unless somebody does or writes something. */
    closesAt: Instant.nullable(),
    lines: z.array(InquiryLineView),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'Inquiry' });

export const InquiryRow = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    state: z.enum(INQUIRY_STATES),
    partner: PartnerRef,
    channel: z.enum(CHANNELS),
    customerName: z.string().nullable(),
    poNo: z.string().nullable(),
    lineCount: z.number().int(),
    gapCount: z.number().int(),
    requestedOn: BizDate.nullable(),
    receivedAt: Instant,
    dueAt: Instant.nullable(),
  })
  .meta({ id: 'InquiryRow' });

const params = z.object({ inquiryId: Id });
const act = <const T extends string>(verb: T) => `/api/v1/inquiries/:inquiryId/${verb}` as const;
const VIEW = { params, response: InquiryView, idempotent: true, versioned: true, method: 'POST' } as const;
const COMMON = ['inquiry.not_found', 'inquiry.wrong_state'] as const;

export const inquiryList = operation({
  id: 'inquiryList',
  method: 'GET',
  path: '/api/v1/inquiries',
  summary: 'Inquiries',
  article: 'R3.2',
  can: 'inquiry.read',
  query: z.strictObject({
    ...PageQuery,
    state: z.union([z.enum(INQUIRY_STATES), z.array(z.enum(INQUIRY_STATES))]).optional(),
    partnerId: Id.optional(),
    q: z.string().max(100).optional(),
  }),
  response: Page(InquiryRow),
  errors: ['request.bad_cursor'],
});
export const inquiryGet = operation({
  id: 'inquiryGet',
  method: 'GET',
  path: '/api/v1/inquiries/:inquiryId',
  summary: 'One inquiry',
  article: 'R3.2',
  can: 'inquiry.read',
  params,
  response: InquiryView,
  errors: ['inquiry.not_found'],
});
export const inquiryCreate = operation({
  id: 'inquiryCreate',
  method: 'POST',
  path: '/api/v1/inquiries',
  summary: 'Send an inquiry; the sales contact has it at once, the partner a receipt',
  article: 'R3.2',
  can: 'inquiry.create',
  body: InquiryCreate,
  response: InquiryView,
  status: 201,
  idempotent: true,
  errors: [
    'attachment.not_found',
    'partner.not_found',
    'partner.not_active',
    'partner.not_in_range',
    'product.not_found',
    'address.not_found',
    'order.no_lines',
    'order.too_many_lines',
  ],
});
export const inquiryPreview = operation({
  id: 'inquiryPreview',
  method: 'POST',
  path: '/api/v1/inquiries/preview',
  summary: 'What was written as it is understood: products, gaps, oddities. Nothing is saved',
  article: 'R3.2',
  can: 'inquiry.create',
  body: z.strictObject({
    partnerId: Id.optional(),
    requestedOn: BizDate.optional(),
    /** Words, a list, or cells copied from a table. */
    text: LongText(200_000).optional(),
    /** Lines that are told apart already, instead of words. */
    lines: z.array(InquiryLineInput).max(500, 'order.too_many_lines').optional(),
  }),
  response: InquiryPreview,
  errors: ['partner.not_found', 'inquiry.nothing_read', 'order.too_many_lines'],
});
export const inquiryPreviewFile = operation({
  id: 'inquiryPreviewFile',
  method: 'POST',
  path: '/api/v1/inquiries/preview-file',
  summary:
    'A workbook or CSV file (raw bytes) as it is understood. The file is kept for the inquiry that is made of it',
  article: 'R3.2',
  can: 'inquiry.create',
  query: z.strictObject({ partnerId: Id.optional(), fileName: Text(255).optional() }),
  consumes: [CSV_TYPE, XLSX_TYPE, 'application/octet-stream'],
  response: InquiryPreview,
  errors: [
    'partner.not_found',
    'inquiry.nothing_read',
    'import.unreadable',
    'import.columns',
    'import.rows',
    'import.archive_limits',
    'import.empty',
    'import.too_large',
    'attachment.type_mismatch',
  ],
});
export const inquiryAskBack = operation({
  ...VIEW,
  id: 'inquiryAskBack',
  path: act('ask-back'),
  summary: 'Ask the partner for what is missing',
  article: 'R3.2',
  can: 'inquiry.handle',
  body: z.strictObject({ note: LongText(2000).optional() }),
  errors: [...COMMON],
});
export const inquiryAnswer = operation({
  ...VIEW,
  id: 'inquiryAnswer',
  path: act('answer'),
  summary: 'Fill in what was missing, or correct a line',
  article: 'R3.2',
  can: 'inquiry.answer',
  body: z.strictObject({
    requestedOn: BizDate.optional(),
    note: LongText(4000).optional(),
    lines: z
      .array(
        z.strictObject({
          lineNo: z.number().int().positive(),
          productId: Id.optional(),
          qty: PositiveQty.optional(),
          requestedOn: BizDate.optional(),
          spec: Text(300).optional(),
        }),
      )
      .max(500),
  }),
  errors: [...COMMON, 'line.not_found', 'product.not_found'],
});
export const inquiryCheck = operation({
  ...VIEW,
  id: 'inquiryCheck',
  path: act('check'),
  summary: 'Complete and understood: ready for a preliminary order',
  article: 'R3.2',
  can: 'inquiry.handle',
  errors: [...COMMON, 'inquiry.incomplete', 'inquiry.line_unmatched'],
});
export const inquiryConvert = operation({
  ...VIEW,
  id: 'inquiryConvert',
  path: act('convert'),
  summary: 'Make the preliminary order in one step',
  article: 'R3.3',
  can: 'inquiry.handle',
  response: OrderView,
  status: 201,
  errors: [
    ...COMMON,
    'inquiry.incomplete',
    'inquiry.line_unmatched',
    'inquiry.unconfirmed',
    'partner.not_active',
    'order.not_whole_base_unit',
    'order.unit_unknown',
    'order.qty_minimum',
    'order.qty_multiple',
    'product.not_sellable',
    'partner.not_in_range',
  ],
});
export const inquiryConfirm = operation({
  ...VIEW,
  id: 'inquiryConfirm',
  path: act('confirm'),
  summary: 'The partner confirms what sales has entered for it',
  article: 'R3.2',
  can: 'inquiry.answer',
  errors: [...COMMON, 'inquiry.nothing_to_confirm'],
});
export const inquiryDecline = operation({
  ...VIEW,
  id: 'inquiryDecline',
  path: act('decline'),
  summary: 'Decline, with a reason',
  article: 'R3.2',
  can: 'inquiry.handle',
  body: z.strictObject({ reason: Reason }),
  errors: [...COMMON],
});
export const inquiryWithdraw = operation({
  ...VIEW,
  id: 'inquiryWithdraw',
  path: act('withdraw'),
  summary: 'Withdraw',
  article: 'R3.2',
  can: 'inquiry.withdraw',
  errors: [...COMMON],
});
export const inquiryReopen = operation({
  ...VIEW,
  id: 'inquiryReopen',
  path: act('reopen'),
  summary: 'Take a withdrawal or a refusal back',
  article: 'R3.2',
  can: 'inquiry.withdraw',
  errors: [...COMMON],
});

export const inquiryOperations = [
  inquiryList,
  inquiryGet,
  inquiryCreate,
  inquiryPreview,
  inquiryPreviewFile,
  inquiryAskBack,
  inquiryAnswer,
  inquiryCheck,
  inquiryConvert,
  inquiryConfirm,
  inquiryDecline,
  inquiryWithdraw,
  inquiryReopen,
] as const;

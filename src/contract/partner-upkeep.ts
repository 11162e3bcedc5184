/** The partner file over the years: documents, range, proposed changes and their review, confirmation. Source: R3.1. */
import { z } from 'zod';
import { BizDate, Code, Id, Instant, LongText, PartnerRef, Reason, RefusalView, Text } from './common.ts';
import { contactFields, INVOICE_KINDS } from './partner-fields.ts';

export const DOCUMENT_KINDS = [
  'business_licence',
  'tax_certificate',
  'bank_certificate',
  'authorisation',
  'agreement',
  'other',
] as const;
export const PartnerDocumentView = z
  .object({
    id: Id,
    attachmentId: Id,
    kind: z.enum(DOCUMENT_KINDS),
    fileName: z.string(),
    note: z.string().nullable(),
    validFrom: BizDate.nullable(),
    validTo: BizDate.nullable(),
    /** In use today: neither replaced nor taken back nor run out. */
    inForce: z.boolean(),
    replacedBy: Id.nullable(),
    addedAt: Instant,
    retractedAt: Instant.nullable(),
  })
  .meta({ id: 'PartnerDocument' });
export const documentFields = {
  /** A file that was put on the partner before (`attachmentUpload`). */
  attachmentId: Id,
  kind: z.enum(DOCUMENT_KINDS),
  note: Text(200).nullable().optional(),
  validFrom: BizDate.nullable().optional(),
  validTo: BizDate.nullable().optional(),
  /** The document whose place it takes. */
  replacesId: Id.optional(),
};

export const PartnerRangeView = z
  .object({
    categories: z.array(z.string()),
    products: z.array(z.object({ id: Id, sku: z.string(), name: z.string(), nameEn: z.string().nullable() })),
  })
  .meta({ id: 'PartnerRange', description: 'What the partner may buy; nothing named means everything on sale' });
export const PartnerRangeSave = z
  .strictObject({ categories: z.array(Text(100)).max(200), productIds: z.array(Id).max(1000) })
  .meta({ id: 'PartnerRangeSave' });

/** What a merge would move, and why it is refused. */
export const MergePreview = z
  .object({
    from: PartnerRef,
    into: PartnerRef,
    moves: z.array(z.object({ what: z.string(), count: z.number().int() })),
    /** Own item codes that both have: those of the remaining file stay. */
    droppedItemCodes: z.number().int(),
    refusals: z.array(RefusalView),
  })
  .meta({ id: 'PartnerMergePreview' });

/** @public Fields that a partner's own people may ask to change, and who looks at each: finance at what money and invoices rest on. */
export const COMPANY_FIELDS = ['name', 'nameEn', 'shortName', 'uscc', 'usccOverrideReason', 'regionCode'] as const;
export const INVOICING_FIELDS = [
  'invoiceTitle',
  'taxNo',
  'bankName',
  'bankAccount',
  'invoiceAddress',
  'invoicePhone',
  'invoiceKind',
] as const;
export const ProposedFields = z
  .strictObject({
    name: Text(200),
    nameEn: Text(200).nullable(),
    shortName: Text(60).nullable(),
    uscc: Code(18).nullable(),
    usccOverrideReason: LongText(500).nullable(),
    regionCode: Code(6).nullable(),
    invoiceTitle: Text(200).nullable(),
    taxNo: Code(30).nullable(),
    bankName: Text(200).nullable(),
    bankAccount: Code(60).nullable(),
    invoiceAddress: Text(300).nullable(),
    invoicePhone: Text(60).nullable(),
    invoiceKind: z.enum(INVOICE_KINDS),
  })
  .partial()
  .meta({ id: 'ProposedFields' });
export const ProposedContact = z
  .strictObject({ id: Id.optional(), ...contactFields })
  .meta({ id: 'ProposedContact', description: 'With an id: a change of that contact' });

export const CHANGE_STATES = ['proposed', 'accepted', 'refused', 'withdrawn'] as const;
export const PartnerChangeView = z
  .object({
    id: Id,
    reviewer: z.enum(['sales', 'finance']),
    state: z.enum(CHANGE_STATES),
    fields: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
    contacts: z.array(ProposedContact),
    note: z.string().nullable(),
    /** null: of the other side. */
    proposedBy: z.string().nullable(),
    byPartner: z.boolean(),
    proposedAt: Instant,
    decidedAt: Instant.nullable(),
    reason: z.string().nullable(),
    mayDecide: z.boolean(),
    mayWithdraw: z.boolean(),
  })
  .meta({ id: 'PartnerChange' });
export const PartnerChangePropose = z
  .strictObject({
    fields: ProposedFields.optional(),
    contacts: z.array(ProposedContact).max(50).optional(),
    note: LongText(500).nullable().optional(),
  })
  .meta({ id: 'PartnerChangePropose' });
export const ChangeRefuse = z.strictObject({ reason: Reason });

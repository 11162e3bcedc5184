/** What a partner file is made of. Source: R3.1, R4.1. */
import { z } from 'zod';
import { Amount, BizDate, Code, Currency, Id, Instant, LongText, Text } from './common.ts';
import { DeliveryMethod, PAYMENT_METHODS, PaymentTerm } from './orders.ts';
import { LocaleCode } from './session.ts';

export { PAYMENT_METHODS };

export const CONTACT_DUTIES = ['buyer', 'finance', 'after_sales', 'admin'] as const;
export const INVOICE_KINDS = ['ordinary', 'special', 'digital_ordinary', 'digital_special'] as const;
/** What a complete file has; `partnerGet` says which of them are missing. */
export const COMPLETENESS_FIELDS = [
  'uscc',
  'level',
  'regionCode',
  'salesOwner',
  'invoiceTitle',
  'taxNo',
  'bankName',
  'bankAccount',
  'invoiceAddress',
  'invoicePhone',
  'contact',
  'contactBuyer',
  'contactFinance',
  'address',
  'agreement',
  'creditLimit',
  'licence',
] as const;

export const ContactView = z
  .object({
    id: Id,
    name: z.string(),
    duties: z.array(z.enum(CONTACT_DUTIES)),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    /** Language in which somebody without an account is written to; null: the partner's. */
    locale: LocaleCode.nullable(),
    userId: Id.nullable(),
    /** Its personal data are gone for good. */
    erasedAt: Instant.nullable(),
    isActive: z.boolean(),
  })
  .meta({ id: 'PartnerContact' });
export const Email = z
  .string()
  .max(254, 'field.too_long')
  .regex(/^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\]+$/, 'field.email');
export const contactFields = {
  name: Text(100),
  duties: z.array(z.enum(CONTACT_DUTIES)).max(4),
  phone: Text(40).nullable().optional(),
  email: Email.nullable().optional(),
  locale: LocaleCode.nullable().optional(),
  isActive: z.boolean().optional(),
};
export const ContactInput = z.strictObject(contactFields).meta({ id: 'PartnerContactInput' });

export const AddressView = z
  .object({
    id: Id,
    label: z.string(),
    regionCode: z.string().nullable(),
    regionText: z.string().nullable(),
    detail: z.string(),
    receiver: z.string(),
    phone: z.string().nullable(),
    /** How goods usually go there; null: as the company usually sends. */
    deliveryMethod: z.string().nullable(),
    isDefault: z.boolean(),
    isActive: z.boolean(),
  })
  .meta({ id: 'PartnerAddress' });
export const addressFields = {
  label: Text(60),
  /** GB/T 2260, six digits. Left out for places abroad; `regionText` then names the place. */
  regionCode: Code(6).nullable().optional(),
  regionText: Text(120).nullable().optional(),
  detail: Text(300),
  receiver: Text(100),
  phone: Text(40).nullable().optional(),
  deliveryMethod: DeliveryMethod.nullable().optional(),
  isDefault: z.boolean().optional(),
  isActive: z.boolean().optional(),
};
export const AddressInput = z.strictObject(addressFields).meta({ id: 'PartnerAddressInput' });

export const AgreementView = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    validFrom: BizDate,
    validTo: BizDate,
    inForce: z.boolean(),
    silenceAccepts: z.boolean(),
    paymentTerm: PaymentTerm,
    replyDays: z.number().int().nullable(),
    note: z.string().nullable(),
    /** Who signed for either side. */
    ourParty: z.string().nullable(),
    theirParty: z.string().nullable(),
    signedOn: BizDate.nullable(),
    priceList: z.object({ id: Id, code: z.string(), name: z.string() }).nullable(),
    /** The signed paper: an attachment of the partner. */
    attachmentId: Id.nullable(),
    /** The version that it took the place of. */
    replacesId: Id.nullable(),
  })
  .meta({ id: 'Agreement' });
export const AgreementCreate = z
  .strictObject({
    no: Code(40).optional(),
    validFrom: BizDate,
    validTo: BizDate,
    silenceAccepts: z.boolean().optional(),
    paymentTerm: PaymentTerm,
    replyDays: z.number().int().min(1).max(60).nullable().optional(),
    note: LongText(2000).nullable().optional(),
    ourParty: Text(200).nullable().optional(),
    theirParty: Text(200).nullable().optional(),
    signedOn: BizDate.nullable().optional(),
    /** The prices that were agreed; the partner buys by them while the agreement is in force. */
    priceListId: Id.nullable().optional(),
    attachmentId: Id.nullable().optional(),
    /** The agreement that this one is a new version of: it ends on the day before. Cases that began under it keep its terms. */
    replacesId: Id.optional(),
  })
  .meta({ id: 'AgreementCreate' });

export const CreditView = z
  .object({
    currency: Currency,
    /** null: no limit was set; that is not a limit of 0. */
    limitAmount: Amount.nullable(),
    /** Ledger: what is owed; negative: an advance. */
    balanceAmount: Amount,
    /** Uninvoiced part of orders from reservation on. */
    heldAmount: Amount,
    exposureAmount: Amount,
    availableAmount: Amount.nullable(),
  })
  .meta({ id: 'Credit' });

const partnerFields = {
  name: Text(200),
  nameEn: Text(200).nullable().optional(),
  shortName: Text(60).nullable().optional(),
  /** 统一社会信用代码. A code that fails its check is taken only with `usccOverrideReason`. */
  uscc: Code(18).nullable().optional(),
  usccOverrideReason: LongText(500).nullable().optional(),
  level: Code(20).nullable().optional(),
  regionCode: Code(6).nullable().optional(),
  territory: Text(60).nullable().optional(),
  /** Language in which its people are written to as long as they have not chosen one; null: Traditional Chinese. */
  locale: LocaleCode.nullable().optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'field.invalid')
    .optional(),
  salesOwnerId: Id.nullable().optional(),
  deputyOwnerId: Id.nullable().optional(),
  currency: Currency.optional(),
  paymentMethod: z.enum(PAYMENT_METHODS).optional(),
  paymentTerm: PaymentTerm.optional(),
  replyDays: z.number().int().min(1).max(60).nullable().optional(),
  priceListId: Id.nullable().optional(),
  invoiceTitle: Text(200).nullable().optional(),
  taxNo: Code(30).nullable().optional(),
  bankName: Text(200).nullable().optional(),
  bankAccount: Code(60).nullable().optional(),
  invoiceAddress: Text(300).nullable().optional(),
  invoicePhone: Text(60).nullable().optional(),
  invoiceKind: z.enum(INVOICE_KINDS).optional(),
  sourceRef: Text(100).nullable().optional(),
  /** The day on which the data was obtained starts the entry deadline. */
  obtainedOn: BizDate.nullable().optional(),
};
export const PartnerCreate = z
  .strictObject({
    no: Code(20).optional(),
    ...partnerFields,
    contacts: z.array(ContactInput).max(50).optional(),
    addresses: z.array(AddressInput).max(200).optional(),
    /** A partner with a similar name exists and this is another one all the same. */
    confirmDuplicate: z.boolean().optional(),
  })
  .meta({ id: 'PartnerCreate' });
export const PartnerUpdate = z
  .strictObject({ ...partnerFields, confirmDuplicate: z.boolean().optional() })
  .partial()
  .meta({
    id: 'PartnerUpdate',
    description: 'Only what is given is changed; null empties',
  });

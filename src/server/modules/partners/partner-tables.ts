import type { PaymentTerm } from '../../../contract/orders.ts';
import type { z } from 'zod';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export type Term = z.output<typeof PaymentTerm>;

export const partnerTable = defineTable('partner', ['id'], {
  id: 'uuid',
  no: 'text',
  state: 'text',
  name: 'text',
  name_folded: 'text',
  name_stem: 'text',
  name_en: 'text?',
  short_name: 'text?',
  pinyin: 'text',
  pinyin_initials: 'text',
  uscc: 'text?',
  uscc_override_reason: 'text?',
  level: 'text?',
  region_code: 'text?',
  territory: 'text?',
  locale: 'text?',
  country: 'text',
  sales_owner_id: 'uuid?',
  deputy_owner_id: 'uuid?',
  currency: 'text',
  payment_method: 'text',
  payment_term: 'jsonb',
  reply_days: 'int?',
  price_list_id: 'uuid?',
  invoice_title: 'text?',
  tax_no: 'text?',
  bank_name: 'text?',
  bank_account: 'text?',
  invoice_address: 'text?',
  invoice_phone: 'text?',
  invoice_kind: 'text',
  source_ref: 'text?',
  obtained_on: 'date?',
  confirmed_on: 'date?',
  merged_into_id: 'uuid?',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  version: 'int',
});
export type PartnerRow = RowOf<typeof partnerTable>;

export const contactTable = defineTable('partner_contact', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  name: 'text',
  duties: 'text[]',
  phone: 'text?',
  email: 'text?',
  locale: 'text?',
  user_id: 'uuid?',
  is_active: 'boolean',
  erased_at: 'timestamptz?',
});
export type ContactRow = RowOf<typeof contactTable>;

export const addressTable = defineTable('partner_address', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  label: 'text',
  region_code: 'text?',
  region_text: 'text?',
  detail: 'text',
  receiver: 'text',
  phone: 'text?',
  delivery_method: 'text?',
  is_default: 'boolean',
  is_active: 'boolean',
});
export type AddressRow = RowOf<typeof addressTable>;

export const agreementTable = defineTable('agreement', ['id'], {
  id: 'uuid',
  no: 'text',
  partner_id: 'uuid',
  valid_from: 'date',
  valid_to: 'date',
  silence_accepts: 'boolean',
  payment_term: 'jsonb',
  reply_days: 'int?',
  note: 'text?',
  version: 'int',
  created_at: 'timestamptz',
  price_list_id: 'uuid?',
  our_party: 'text?',
  their_party: 'text?',
  signed_on: 'date?',
  attachment_id: 'uuid?',
  replaces_id: 'uuid?',
});
export type AgreementRow = RowOf<typeof agreementTable>;

export const creditTable = defineTable('credit_account', ['partner_id'], {
  partner_id: 'uuid',
  currency: 'text',
  limit_amount: 'bigint?',
  balance_amount: 'bigint',
  held_amount: 'bigint',
});
export type CreditRow = RowOf<typeof creditTable>;

export const documentTable = defineTable('partner_document', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  attachment_id: 'uuid',
  kind: 'text',
  note: 'text?',
  valid_from: 'date?',
  valid_to: 'date?',
  added_by: 'uuid?',
  added_at: 'timestamptz',
  replaces_id: 'uuid?',
  retracted_at: 'timestamptz?',
});
export type DocumentRow = RowOf<typeof documentTable>;

export const rangeTable = defineTable('partner_range', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  category: 'text?',
  product_id: 'uuid?',
});

export const changeTable = defineTable('partner_change', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  reviewer: 'text',
  state: 'text',
  fields: 'jsonb',
  contacts: 'jsonb',
  note: 'text?',
  proposed_by: 'uuid?',
  proposed_person: 'uuid?',
  by_partner: 'boolean',
  proposed_at: 'timestamptz',
  decided_by: 'uuid?',
  decided_at: 'timestamptz?',
  reason: 'text?',
});
export type ChangeRow = RowOf<typeof changeTable>;

export const personalChangeTable = defineTable('partner_personal_change', ['partner_id', 'version', 'field'], {
  partner_id: 'uuid',
  version: 'int',
  field: 'text',
  subject_id: 'uuid?',
  before: 'text?',
  after: 'text?',
  erased_at: 'timestamptz?',
});

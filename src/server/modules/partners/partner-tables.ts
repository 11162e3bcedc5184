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
  user_id: 'uuid?',
  is_active: 'boolean',
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

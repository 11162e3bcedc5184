import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const companyTable = defineTable('company', ['id'], {
  id: 'uuid',
  name: 'text',
  name_en: 'text?',
  tax_no: 'text?',
  address: 'text?',
  phone: 'text?',
  currency: 'text',
  time_zone: 'text',
  logo_svg: 'text?',
  delivery_method: 'text?',
  version: 'int',
  updated_at: 'timestamptz',
});
export type CompanyRow = RowOf<typeof companyTable>;

export const warehouseTable = defineTable('warehouse', ['id'], {
  id: 'uuid',
  code: 'text',
  name: 'text',
  name_en: 'text?',
  region_code: 'text?',
  address: 'text?',
  is_active: 'boolean',
  priority: 'int',
  version: 'int',
});
export type WarehouseRow = RowOf<typeof warehouseTable>;

export const carrierTable = defineTable('carrier', ['id'], {
  id: 'uuid',
  code: 'text',
  name: 'text',
  name_en: 'text?',
  phone: 'text?',
  is_active: 'boolean',
  version: 'int',
});
export type CarrierRow = RowOf<typeof carrierTable>;

export const bankAccountTable = defineTable('bank_account', ['id'], {
  id: 'uuid',
  bank_name: 'text',
  account_no: 'text',
  currency: 'text',
  is_active: 'boolean',
  version: 'int',
});
export type BankAccountRow = RowOf<typeof bankAccountTable>;

export const taxRateTable = defineTable('tax_rate', ['id'], {
  id: 'uuid',
  rate: 'bigint',
  name: 'text',
  name_en: 'text?',
  is_active: 'boolean',
  version: 'int',
});
export type TaxRateRow = RowOf<typeof taxRateTable>;

export const unitTable = defineTable('unit_of_measure', ['id'], {
  id: 'uuid',
  name: 'text',
  name_hans: 'text?',
  name_en: 'text?',
  whole_units: 'boolean',
  is_active: 'boolean',
  version: 'int',
});
export type UnitRow = RowOf<typeof unitTable>;

export const policyTable = defineTable('policy_parameter', ['id'], {
  id: 'uuid',
  code: 'text',
  value: 'int?',
  unit: 'text',
  valid_from: 'timestamptz',
  level: 'text?',
  agreement_id: 'uuid?',
  reminders: 'jsonb?',
  set_by: 'uuid?',
  set_at: 'timestamptz?',
  note: 'text?',
  withdrawn_at: 'timestamptz?',
  withdrawn_by: 'uuid?',
});
export type PolicyRow = RowOf<typeof policyTable>;

import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const productTable = defineTable('product', ['id'], {
  id: 'uuid',
  sku: 'text',
  name: 'text',
  name_hans: 'text?',
  name_en: 'text?',
  pinyin: 'text',
  pinyin_initials: 'text',
  spec: 'text?',
  category: 'text?',
  kind: 'text',
  unit: 'text',
  unit_en: 'text?',
  whole_units: 'boolean',
  min_qty: 'bigint',
  multiple_qty: 'bigint',
  tax_rate: 'bigint',
  tax_code: 'text?',
  standard_cost_price: 'bigint?',
  lead_days: 'int',
  by_capacity: 'boolean',
  substitute_ids: 'jsonb',
  is_sellable: 'boolean',
  source_ref: 'text?',
  version: 'int',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
});
/** Units besides the base unit. */
export const productUnitTable = defineTable('product_unit', ['product_id', 'unit'], {
  product_id: 'uuid',
  unit: 'text',
  unit_en: 'text?',
  factor: 'bigint',
});
export type ProductUnitRow = RowOf<typeof productUnitTable>;
export type ProductRow = Omit<RowOf<typeof productTable>, 'substitute_ids'> & { substitute_ids: readonly string[] };

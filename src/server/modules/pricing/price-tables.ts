import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const priceListTable = defineTable('price_list', ['id'], {
  id: 'uuid',
  code: 'text',
  name: 'text',
  kind: 'text',
  level: 'text?',
  currency: 'text',
  tax_inclusive: 'boolean',
  price_scale: 'int',
  is_active: 'boolean',
  version: 'int',
  created_at: 'timestamptz',
});
export type PriceListRow = RowOf<typeof priceListTable>;

export const priceEntryTable = defineTable('price_entry', ['id'], {
  id: 'uuid',
  price_list_id: 'uuid',
  product_id: 'uuid',
  min_qty: 'bigint',
  valid_from: 'date',
  valid_to: 'date',
  unit_price: 'bigint',
  unit: 'text?',
  unit_factor: 'bigint',
});
export type PriceEntryRow = RowOf<typeof priceEntryTable>;

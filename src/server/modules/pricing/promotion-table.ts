import { defineTable, type RowOf } from '../../platform/db/table.ts';
import type { Promotion } from './promotion-rules.ts';

export const promotionTable = defineTable('promotion', ['id'], {
  id: 'uuid',
  code: 'text',
  name: 'text',
  name_en: 'text?',
  kind: 'text',
  rate: 'bigint?',
  off_price: 'bigint?',
  off_amount: 'bigint?',
  min_amount: 'bigint',
  currency: 'text?',
  buy_qty: 'bigint?',
  get_qty: 'bigint?',
  gift_product_id: 'uuid?',
  min_qty: 'bigint',
  valid_from: 'date',
  valid_to: 'date',
  product_ids: 'text[]',
  categories: 'text[]',
  levels: 'text[]',
  partner_ids: 'text[]',
  on_agreement: 'boolean',
  priority: 'int',
  stacks: 'boolean',
  quota_qty: 'bigint?',
  used_qty: 'bigint',
  is_active: 'boolean',
  version: 'int',
  created_at: 'timestamptz',
});
export type PromotionRow = Omit<RowOf<typeof promotionTable>, 'kind'> & { kind: Promotion['kind'] };

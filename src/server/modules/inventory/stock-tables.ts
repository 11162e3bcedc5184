/** Tables that the inventory module owns. */
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const stockTable = defineTable('stock', ['product_id', 'warehouse_id'], {
  product_id: 'uuid',
  warehouse_id: 'uuid',
  on_hand_qty: 'bigint',
  reserved_qty: 'bigint',
  minimum_qty: 'bigint',
});
export type StockTableRow = RowOf<typeof stockTable>;

export const supplyTable = defineTable('supply', ['id'], {
  id: 'uuid',
  no: 'text',
  kind: 'text',
  product_id: 'uuid',
  warehouse_id: 'uuid',
  expected_on: 'date',
  qty: 'bigint',
  received_qty: 'bigint',
  reserved_qty: 'bigint',
  state: 'text',
  note: 'text?',
  order_id: 'uuid?',
  version: 'int',
  created_at: 'timestamptz',
});
export type SupplyTableRow = RowOf<typeof supplyTable>;

export const stockMoveTable = defineTable('stock_move', ['id'], {
  id: 'uuid',
  product_id: 'uuid',
  warehouse_id: 'uuid',
  kind: 'text',
  qty: 'bigint',
  source_type: 'text',
  source_id: 'uuid?',
  reverses_id: 'uuid?',
  note: 'text?',
  at: 'timestamptz',
  actor_id: 'uuid?',
});
export type StockMoveRow = RowOf<typeof stockMoveTable>;

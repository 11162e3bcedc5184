/** Tables that the shipments module owns. */
import type { PickingState, ShipmentState } from '../../../contract/machines/others.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const pickingTable = defineTable('picking', ['id'], {
  id: 'uuid',
  no: 'text',
  order_id: 'uuid',
  partner_id: 'uuid',
  warehouse_id: 'uuid',
  state: 'text',
  ready_by_on: 'date?',
  started_by: 'uuid?',
  started_at: 'timestamptz?',
  ready_by: 'uuid?',
  ready_at: 'timestamptz?',
  short_reason: 'text?',
  version: 'int',
  created_at: 'timestamptz',
});
export type PickingRow = Omit<RowOf<typeof pickingTable>, 'state'> & { state: PickingState };

export const pickingLineTable = defineTable('picking_line', ['picking_id', 'line_no'], {
  picking_id: 'uuid',
  order_id: 'uuid',
  line_no: 'int',
  partner_id: 'uuid',
  product_id: 'uuid',
  qty: 'bigint',
  picked_qty: 'bigint',
  shipped_qty: 'bigint',
});
export type PickingLineRow = RowOf<typeof pickingLineTable>;

export const shipmentTable = defineTable('shipment', ['id'], {
  id: 'uuid',
  no: 'text',
  order_id: 'uuid',
  partner_id: 'uuid',
  warehouse_id: 'uuid',
  state: 'text',
  carrier_id: 'uuid?',
  waybill_no: 'text?',
  missing_data_reason: 'text?',
  shipped_at: 'timestamptz',
  expected_on: 'date?',
  delivery_address: 'text?',
  receiver: 'text?',
  receiver_phone: 'text?',
  delivered_at: 'timestamptz?',
  received_by: 'text?',
  receipt_note: 'text?',
  note: 'text?',
  has_exception: 'boolean',
  last_news_at: 'timestamptz',
  created_by: 'uuid?',
  version: 'int',
  created_at: 'timestamptz',
});
export type ShipmentRow = Omit<RowOf<typeof shipmentTable>, 'state'> & { state: ShipmentState };

export const shipmentLineTable = defineTable('shipment_line', ['shipment_id', 'picking_id', 'line_no'], {
  shipment_id: 'uuid',
  picking_id: 'uuid',
  order_id: 'uuid',
  line_no: 'int',
  partner_id: 'uuid',
  product_id: 'uuid',
  qty: 'bigint',
  received_qty: 'bigint?',
  lost_qty: 'bigint',
});
export type ShipmentLineRow = RowOf<typeof shipmentLineTable>;

export const trackingTable = defineTable('tracking_event', ['id'], {
  id: 'uuid',
  shipment_id: 'uuid',
  partner_id: 'uuid',
  at: 'timestamptz',
  kind: 'text',
  exception_kind: 'text?',
  place: 'text?',
  note: 'text',
  new_expected_on: 'date?',
  recorded_by: 'uuid?',
  recorded_at: 'timestamptz',
});
export type TrackingRow = RowOf<typeof trackingTable>;

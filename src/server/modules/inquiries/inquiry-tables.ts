/** Tables that the inquiries module owns. */
import type { InquiryState } from '../../../contract/machines/others.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const inquiryTable = defineTable('inquiry', ['id'], {
  id: 'uuid',
  no: 'text',
  partner_id: 'uuid',
  state: 'text',
  channel: 'text',
  customer_name: 'text?',
  po_no: 'text?',
  requested_on: 'date?',
  address_id: 'uuid?',
  note: 'text?',
  gaps_note: 'text?',
  decline_reason: 'text?',
  order_id: 'uuid?',
  needs_confirmation: 'boolean',
  confirmed_by: 'uuid?',
  confirmed_at: 'timestamptz?',
  sent_by: 'uuid?',
  received_at: 'timestamptz',
  created_at: 'timestamptz',
  active_at: 'timestamptz',
  warned_at: 'timestamptz?',
  closes_at: 'timestamptz?',
  policy_level: 'text?',
  policy_agreement_id: 'uuid?',
  version: 'int',
});
export type InquiryRow = Omit<RowOf<typeof inquiryTable>, 'state'> & { state: InquiryState };

export const inquiryLineTable = defineTable('inquiry_line', ['inquiry_id', 'line_no'], {
  inquiry_id: 'uuid',
  line_no: 'int',
  partner_id: 'uuid',
  wanted: 'text',
  product_id: 'uuid?',
  spec: 'text?',
  qty: 'bigint?',
  unit: 'text?',
  requested_on: 'date?',
  note: 'text?',
});
export type InquiryLineRow = RowOf<typeof inquiryLineTable>;
export type Gap = 'product' | 'qty' | 'requestedOn';

/** What is missing in a line before it can become an order line (R3.2: specification, quantity, delivery time). */
export const gapsOf = (line: InquiryLineRow): Gap[] => [
  ...(line.product_id === null ? (['product'] as const) : []),
  ...(line.qty === null ? (['qty'] as const) : []),
  ...(line.requested_on === null ? (['requestedOn'] as const) : []),
];

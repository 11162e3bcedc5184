/** Tables that the orders module owns. */
import type { z } from 'zod';
import type { DeliveryStatus, InvoiceStatus, OrderState, PaymentStatus } from '../../../contract/machines/order.ts';
import type {
  PaymentTerm,
  ProductionQuestion,
  PromiseCorrection,
  REPLY_HOWS,
  ShortageOption,
} from '../../../contract/orders.ts';
import type { PriceStep } from '../../../contract/price-steps.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const salesOrder = defineTable('sales_order', ['id'], {
  id: 'uuid',
  no: 'text',
  partner_id: 'uuid',
  state: 'text',
  version: 'int',
  revision: 'int',
  round: 'int',
  channel: 'text',
  customer_name: 'text?',
  own_stock: 'boolean',
  po_no: 'text?',
  inquiry_id: 'uuid?',
  currency: 'text',
  tax_inclusive: 'boolean',
  payment_method: 'text',
  payment_term: 'jsonb',
  requested_on: 'date?',
  delivery_method: 'text?',
  address_id: 'uuid?',
  delivery_address: 'text?',
  receiver: 'text?',
  receiver_phone: 'text?',
  note: 'text?',
  shortages: 'jsonb',
  corrections: 'jsonb',
  production_answers: 'jsonb',
  order_discount_amount: 'bigint',
  order_discount_rate: 'bigint?',
  net_amount: 'bigint',
  tax_amount: 'bigint',
  gross_amount: 'bigint',
  paid_amount: 'bigint',
  invoiced_amount: 'bigint',
  held_amount: 'bigint',
  delivery_status: 'text',
  payment_status: 'text',
  invoice_status: 'text',
  pricing_on: 'date?',
  reply_due_at: 'timestamptz?',
  reserved_until: 'timestamptz?',
  terms_reviewed_at: 'timestamptz?',
  terms_reviewed_by: 'uuid?',
  agreement_no: 'text?',
  agreement_version: 'int?',
  policy_level: 'text?',
  policy_agreement_id: 'uuid?',
  created_by: 'uuid?',
  requested_by: 'uuid?',
  created_at: 'timestamptz',
  submitted_at: 'timestamptz?',
  confirmed_at: 'timestamptz?',
  effective_at: 'timestamptz?',
  completed_at: 'timestamptz?',
  state_since: 'timestamptz',
});
export type PaymentTermValue = z.infer<typeof PaymentTerm>;
export type Shortage = z.infer<typeof ShortageOption>;
/** What order processing has laid down for a line instead of the system's proposal, or the partner has chosen (another warehouse). */
export type Correction = z.infer<typeof PromiseCorrection>;
/** What production is asked about a line, and what it answered. */
export type ProductionAnswer = z.infer<typeof ProductionQuestion>;
export type OrderRow = Omit<
  RowOf<typeof salesOrder>,
  | 'state'
  | 'payment_term'
  | 'shortages'
  | 'corrections'
  | 'production_answers'
  | 'delivery_status'
  | 'payment_status'
  | 'invoice_status'
> & {
  state: OrderState;
  payment_term: PaymentTermValue;
  shortages: Shortage[];
  corrections: Correction[];
  production_answers: ProductionAnswer[];
  delivery_status: DeliveryStatus;
  payment_status: PaymentStatus;
  invoice_status: InvoiceStatus;
};

/** Columns that a decision may change; the rest is fixed at creation. */
export const ORDER_CHANGING = [
  'state',
  'version',
  'revision',
  'round',
  'customer_name',
  'own_stock',
  'po_no',
  'tax_inclusive',
  'payment_method',
  'payment_term',
  'requested_on',
  'delivery_method',
  'address_id',
  'delivery_address',
  'receiver',
  'receiver_phone',
  'note',
  'shortages',
  'corrections',
  'production_answers',
  'order_discount_amount',
  'order_discount_rate',
  'net_amount',
  'tax_amount',
  'gross_amount',
  'held_amount',
  'delivery_status',
  'payment_status',
  'invoice_status',
  'pricing_on',
  'reply_due_at',
  'reserved_until',
  'terms_reviewed_at',
  'terms_reviewed_by',
  'agreement_no',
  'agreement_version',
  'submitted_at',
  'confirmed_at',
  'effective_at',
  'completed_at',
  'state_since',
] as const satisfies readonly (keyof OrderRow)[];

export const orderLine = defineTable('order_line', ['order_id', 'line_no'], {
  order_id: 'uuid',
  line_no: 'int',
  partner_id: 'uuid',
  product_id: 'uuid',
  qty: 'bigint',
  unit: 'text',
  order_unit: 'text?',
  unit_factor: 'bigint',
  requested_on: 'date?',
  note: 'text?',
  free: 'boolean',
  price_entry_id: 'uuid?',
  agreed_price: 'bigint?',
  unit_price: 'bigint',
  tax_rate: 'bigint',
  discount_amount: 'bigint',
  order_discount_share: 'bigint',
  promotion_share_amount: 'bigint',
  net_amount: 'bigint',
  tax_amount: 'bigint',
  gross_amount: 'bigint',
  promised_on: 'date?',
  picked_qty: 'bigint',
  shipped_qty: 'bigint',
  delivered_qty: 'bigint',
  closed_qty: 'bigint',
  invoiced_gross_amount: 'bigint',
  invoiced_net_amount: 'bigint',
  invoiced_tax_amount: 'bigint',
  source_ref: 'text?',
  why: 'jsonb',
  promotion_id: 'uuid?',
});
export type LineRow = Omit<RowOf<typeof orderLine>, 'why'> & { why: readonly PriceStep[] };

export const reservation = defineTable('reservation', ['id'], {
  id: 'uuid',
  order_id: 'uuid',
  line_no: 'int',
  partner_id: 'uuid',
  product_id: 'uuid',
  warehouse_id: 'uuid',
  supply_id: 'uuid?',
  qty: 'bigint',
  state: 'text',
  promised_on: 'date',
});
export type ReservationRow = RowOf<typeof reservation>;

export const discrepancy = defineTable('discrepancy', ['id'], {
  id: 'uuid',
  order_id: 'uuid',
  partner_id: 'uuid',
  line_no: 'int?',
  kind: 'text',
  agreed: 'text?',
  ordered: 'text?',
  effect_amount: 'bigint',
  yearly_percent: 'int?',
  state: 'text',
  raised_by: 'uuid?',
  raised_at: 'timestamptz',
  settled_by: 'uuid?',
  settled_at: 'timestamptz?',
  evidence: 'text?',
  agreement_no: 'text?',
  agreement_version: 'int?',
  reply_due_at: 'timestamptz?',
  partner_answer: 'text?',
  partner_answered_by: 'uuid?',
  partner_answered_at: 'timestamptz?',
  partner_note: 'text?',
});
export type DiscrepancyRow = RowOf<typeof discrepancy>;

export const inquiryDifference = defineTable('inquiry_difference', ['order_id', 'key'], {
  order_id: 'uuid',
  partner_id: 'uuid',
  key: 'text',
  inquiry_value: 'text?',
  order_value: 'text?',
  accepted_by: 'uuid?',
  accepted_at: 'timestamptz?',
});
export type DifferenceRow = RowOf<typeof inquiryDifference>;

export const orderRound = defineTable('order_round', ['order_id', 'round'], {
  order_id: 'uuid',
  round: 'int',
  partner_id: 'uuid',
  content: 'jsonb',
  content_hash: 'text',
  sent_by: 'uuid?',
  sent_at: 'timestamptz',
  due_at: 'timestamptz',
  silence_accepts: 'boolean',
  reply: 'text?',
  replied_by: 'uuid?',
  replied_at: 'timestamptz?',
  reply_from: 'text?',
  reply_evidence: 'text?',
  reply_how: 'text?',
  reply_attachment_id: 'uuid?',
  reply_contact_id: 'uuid?',
  lapses_at: 'timestamptz',
  reasons: 'jsonb',
});
export type ObjectionReason = { lineNo: number | null; reason: string; answer: string | null };
export type ReplyHow = (typeof REPLY_HOWS)[number];
export type RoundRow = Omit<RowOf<typeof orderRound>, 'reasons' | 'reply_how'> & {
  reasons: ObjectionReason[];
  reply_how: ReplyHow | null;
};
/** Without what was sent: that is read where rounds are compared. */
export type RoundSeen = Omit<RoundRow, 'content'>;
export type RoundAtWork = RoundSeen & Partial<Pick<RoundRow, 'content'>>;

export const orderRevision = defineTable('order_revision', ['order_id', 'revision'], {
  order_id: 'uuid',
  revision: 'int',
  partner_id: 'uuid',
  content: 'jsonb',
  content_hash: 'text',
  reason: 'text',
  made_by: 'uuid?',
  made_at: 'timestamptz',
});
export type RevisionRow = RowOf<typeof orderRevision>;

export const hold = defineTable('hold', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  order_id: 'uuid?',
  kind: 'text',
  reason: 'text',
  amount: 'bigint?',
  placed_by: 'uuid?',
  placed_at: 'timestamptz',
  released_by: 'uuid?',
  released_at: 'timestamptz?',
  release_reason: 'text?',
});
export type HoldRow = RowOf<typeof hold>;

export const partnerPo = defineTable('partner_po', ['partner_id', 'po_no'], {
  partner_id: 'uuid',
  po_no: 'text',
  order_id: 'uuid',
});
export type PoRow = RowOf<typeof partnerPo>;

/** An order with what belongs to it, as decisions see it. */
export type Order = {
  row: OrderRow;
  lines: LineRow[];
  reservations: ReservationRow[];
  discrepancies: DiscrepancyRow[];
  differences: DifferenceRow[];
  /** All rounds, oldest first. What was sent never changes: only a new round carries its content. */
  rounds: RoundAtWork[];
  /** Holds on this order, live and released. */
  holds: HoldRow[];
};
/** An order as readers see it. */
export type OrderSeen = Omit<Order, 'rounds' | 'differences'> & { rounds: readonly RoundSeen[] };

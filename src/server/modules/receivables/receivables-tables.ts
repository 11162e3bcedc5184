/** Tables that the receivables module owns. */
import type { PaymentState } from '../../../contract/machines/others.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const planItemTable = defineTable('payment_plan_item', ['order_id', 'item_no'], {
  order_id: 'uuid',
  item_no: 'int',
  partner_id: 'uuid',
  kind: 'text',
  due_on: 'date?',
  due_after: 'text?',
  amount: 'bigint',
  paid_amount: 'bigint',
});
export type PlanItemRow = RowOf<typeof planItemTable>;

export const paymentTable = defineTable('payment', ['id'], {
  id: 'uuid',
  no: 'text',
  partner_id: 'uuid',
  state: 'text',
  currency: 'text',
  amount: 'bigint',
  allocated_amount: 'bigint',
  received_on: 'date',
  method: 'text',
  payer_name: 'text?',
  payer_differs: 'boolean',
  method_differs: 'boolean',
  bank_ref: 'text?',
  note: 'text?',
  reverse_reason: 'text?',
  recorded_by: 'uuid?',
  recorded_at: 'timestamptz',
  confirmed_by: 'uuid?',
  confirmed_at: 'timestamptz?',
  version: 'int',
});
export type PaymentRow = Omit<RowOf<typeof paymentTable>, 'state'> & { state: PaymentState };

export const allocationTable = defineTable('allocation', ['id'], {
  id: 'uuid',
  payment_id: 'uuid',
  order_id: 'uuid',
  item_no: 'int',
  partner_id: 'uuid',
  amount: 'bigint',
  made_by: 'uuid?',
  made_at: 'timestamptz',
  reversed_at: 'timestamptz?',
  reversed_by: 'uuid?',
  reverse_reason: 'text?',
});
export type AllocationRow = RowOf<typeof allocationTable>;

export const ledgerTable = defineTable('ledger_entry', ['id'], {
  id: 'uuid',
  voucher_no: 'text',
  posted_on: 'date',
  debit_account: 'text',
  credit_account: 'text',
  amount: 'bigint',
  currency: 'text',
  partner_id: 'uuid',
  source_type: 'text',
  source_id: 'uuid',
  reverses_id: 'uuid?',
  memo: 'text?',
  at: 'timestamptz',
});
export type LedgerRow = RowOf<typeof ledgerTable>;

export const openingBalanceTable = defineTable('opening_balance', ['id'], {
  id: 'uuid',
  no: 'text',
  partner_id: 'uuid',
  currency: 'text',
  amount: 'bigint',
  posted_on: 'date',
  reference: 'text',
  payment_id: 'uuid?',
  posted_by: 'uuid?',
  posted_at: 'timestamptz',
  reversed_at: 'timestamptz?',
  reversed_by: 'uuid?',
  version: 'int',
});
export type OpeningBalanceRow = RowOf<typeof openingBalanceTable>;

/**
 * The money side of orders: what is paid and invoiced of them, and the statuses that follow. Payments and invoices move these columns in
 * their own transactions, with the order locked and its version going on. Source: R6.1, R6.3.
 */
import type { CaseColumns } from '../../platform/pipeline/policy-book.ts';
import type { DeliveryStatus, InvoiceStatus, OrderState, PaymentStatus } from '../../../contract/machines/order.ts';
import type { BizDate } from '../../kernel/biz-date.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { type Cells, hanging } from '../../platform/db/hanging.ts';
import { defineTable, updateRows } from '../../platform/db/table.ts';
import { invoiceStatus } from './invoice-status.ts';
import { paymentStatus } from './payment-status.ts';

export type OrderMoneyRow = {
  id: string;
  no: string;
  partner_id: string;
  state: OrderState;
  version: number;
  currency: string;
  gross_amount: bigint;
  paid_amount: bigint;
  invoiced_amount: bigint;
  held_amount: bigint;
  delivery_status: DeliveryStatus;
  payment_status: PaymentStatus;
  invoice_status: InvoiceStatus;
} & CaseColumns;
export type PlanFactRow = {
  order_id: string;
  item_no: number;
  kind: string;
  due_on: BizDate | null;
  amount: bigint;
  paid_amount: bigint;
};
/** An order with everything that its money statuses follow from. */
export type OrderMoney = {
  row: OrderMoneyRow;
  /** By item number. */
  items: PlanFactRow[];
  /** Blue invoices that are not reversed. */
  live: { id: string; state: string }[];
  /** A task to invoice it is open. */
  requested: boolean;
};

const orderMoneyTable = defineTable('sales_order', ['id'], {
  id: 'uuid',
  version: 'int',
  paid_amount: 'bigint',
  invoiced_amount: 'bigint',
  held_amount: 'bigint',
  payment_status: 'text',
  invoice_status: 'text',
});
const planPaidTable = defineTable('payment_plan_item', ['order_id', 'item_no'], {
  order_id: 'uuid',
  item_no: 'int',
  paid_amount: 'bigint',
});

/** What hangs on an order o. */
const PARTS = {
  items: hanging<PlanFactRow>(
    { order_id: 'uuid', item_no: 'int', kind: 'text', due_on: 'date?', amount: 'bigint', paid_amount: 'bigint' },
    sql`payment_plan_item x where x.order_id = o.id`,
    sql`x.item_no`,
  ),
  live: hanging<{ id: string; state: string }>(
    { id: 'uuid', state: 'text' },
    sql`invoice x where x.order_id = o.id and x.state <> 'reversed' and x.reverses_id is null`,
    sql`x.id`,
  ),
  requests: hanging<{ id: string }>(
    { id: 'uuid' },
    sql`task x where x.document_id = o.id and x.kind = 'invoice.issue' and x.closed_at is null`,
    sql`x.id`,
  ),
};

/** What names the orders: their ids, or allocations whose orders are meant. */
export type OrdersWanted = { orderIds: readonly string[]; allocationIds?: readonly string[] };

/** Locks orders in the order of their ids and reads their money. Two statements in one flight, however many. */
export async function lockOrderMoney(tx: Tx, wanted: OrdersWanted): Promise<Map<string, OrderMoney>> {
  return readOrderMoney(tx, wanted, true);
}

async function readOrderMoney(tx: Tx, { orderIds, allocationIds = [] }: OrdersWanted, lock: boolean) {
  const ids = [...new Set(orderIds)];
  const allocations = [...new Set(allocationIds)];
  const of = sql`(select id from sales_order where id = any(${ids}::uuid[]) union select order_id from allocation where id = any(${allocations}::uuid[]))`;
  const columns = sql`select id, no, partner_id, state, version, currency, gross_amount, paid_amount, invoiced_amount, held_amount, delivery_status, payment_status, invoice_status, created_at, policy_level, policy_agreement_id
    from sales_order where id in ${of} order by id`;
  const [rows, parts] = await Promise.all([
    tx.query<OrderMoneyRow>(lock ? sql`${columns} for update` : columns),
    tx.query<{ id: string } & Record<keyof typeof PARTS, Cells>>(
      sql`select o.id, ${PARTS.items.value} as items, ${PARTS.live.value} as live, ${PARTS.requests.value} as requests from sales_order o where o.id in ${of}`,
    ),
  ]);
  const partsOf = new Map(parts.map((row) => [row.id, row]));
  return new Map(
    rows.map((row) => {
      const { items = null, live = null, requests = null } = partsOf.get(row.id) ?? {};
      return [
        row.id,
        { row, items: PARTS.items.rows(items), live: PARTS.live.rows(live), requested: requests !== null },
      ];
    }),
  );
}

/** The statuses that the money of an order has now. */
export function moneyStatuses(order: OrderMoney, today: BizDate): { payment: PaymentStatus; invoice: InvoiceStatus } {
  const { row, items, live, requested } = order;
  return {
    payment: paymentStatus(items, row.paid_amount, today),
    invoice: invoiceStatus({ gross: row.gross_amount, invoiced: row.invoiced_amount, requested, live }),
  };
}

/** Writes amounts, statuses and versions of orders, and what is paid of their plan items. Two statements. */
export async function saveOrderMoney(
  tx: Tx,
  orders: readonly OrderMoneyRow[],
  items: readonly { order_id: string; item_no: number; paid_amount: bigint }[],
): Promise<void> {
  await Promise.all([
    updateRows(tx, planPaidTable, ['paid_amount'], items),
    updateRows(
      tx,
      orderMoneyTable,
      ['version', 'paid_amount', 'invoiced_amount', 'held_amount', 'payment_status', 'invoice_status'],
      orders,
    ),
  ]);
}

/** A first run after an import finds many; the next turn of the job goes on. */
const AT_ONCE = 5000;

export type MoneyStatusChange = { order: OrderMoneyRow; from: { payment: PaymentStatus; invoice: InvoiceStatus } };

/**
 * Works the money statuses of orders out anew and writes those that differ: when a plan was saved, and when days go by. `null`: every
 * order whose plan has something open. The caller writes the events: the version of a changed order has gone up by one already.
 */
export async function recomputeMoney(
  tx: Tx,
  orderIds: readonly string[] | null,
  today: BizDate,
): Promise<MoneyStatusChange[]> {
  const ids =
    orderIds ??
    (
      await tx.query<{ order_id: string }>(sql`
        select distinct i.order_id from payment_plan_item i join sales_order o on o.id = i.order_id
        where i.paid_amount < i.amount and i.due_on <= ${today} and o.payment_status <> 'overdue' limit ${AT_ONCE}`)
    ).map(({ order_id }) => order_id);
  if (ids.length === 0) return [];
  const orders = await lockOrderMoney(tx, { orderIds: ids });
  const changed: MoneyStatusChange[] = [];
  for (const order of orders.values()) {
    const now = moneyStatuses(order, today);
    const from = { payment: order.row.payment_status, invoice: order.row.invoice_status };
    if (now.payment === from.payment && now.invoice === from.invoice) continue;
    changed.push({
      order: { ...order.row, payment_status: now.payment, invoice_status: now.invoice, version: order.row.version + 1 },
      from,
    });
  }
  await saveOrderMoney(
    tx,
    changed.map(({ order }) => order),
    [],
  );
  return changed;
}

/** When part of an order falls away, its payment plan shrinks with it: from the last item, never below what is paid. R6.1. */
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, updateRows } from '../../platform/db/table.ts';
import { type PlanItemRow, planItemTable } from './receivables-tables.ts';

/** Brings the plans of the orders (locked by the caller, amounts already written) down to their amounts. Two statements, however many. */
export async function shrinkPlans(tx: Tx, orderIds: readonly string[]): Promise<void> {
  const rows = await tx.query<PlanItemRow & { order_gross: bigint }>(sql`
    select ${columnsOf(planItemTable, 'p')}, o.gross_amount as order_gross from payment_plan_item p join sales_order o on o.id = p.order_id
    where p.order_id = any(${[...orderIds]}::uuid[]) order by p.order_id, p.item_no desc`);
  const changed: PlanItemRow[] = [];
  for (const items of Map.groupBy(rows, ({ order_id }) => order_id).values()) {
    let excess = items.reduce((sum, { amount }) => sum + amount, 0n) - (items[0]?.order_gross ?? 0n);
    for (const item of items) {
      if (excess <= 0n) break;
      const open = item.amount - item.paid_amount;
      const less = open < excess ? open : excess;
      if (less === 0n) continue;
      changed.push({ ...item, amount: item.amount - less });
      excess -= less;
    }
  }
  await updateRows(tx, planItemTable, ['amount'], changed);
}

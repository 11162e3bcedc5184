/**
 * When an order is to be paid, in parts that add up to it exactly. Made once, when the order takes effect. Source: R6.1.
 * Every term counts from the day of effect: whether a term of days counts from shipment instead is a policy that is not offered yet.
 */
import type { z } from 'zod';
import type { PaymentTerm } from '../../../contract/orders.ts';
import { addDays, addMonths, type BizDate, monthEnd } from '../../kernel/biz-date.ts';
import { parseDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { applyRate } from '../../kernel/money.ts';
import type { WorkingCalendar } from '../../kernel/working-calendar.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../platform/db/table.ts';
import { type PlanItemRow, planItemTable } from './receivables-tables.ts';

export type Term = z.infer<typeof PaymentTerm>;
export type PlanItem = {
  itemNo: number;
  kind: 'full' | 'deposit' | 'balance' | 'instalment';
  dueOn: BizDate;
  amount: bigint;
};

/**
 * The plan of an order over `gross` minor units.
 * prepaid: all on the day of effect. deposit_balance: gross × depositRate (half up, scale 6) on that day, the rest `days` later.
 * net_days: all `days` later. month_end_days: all `days` after the end of the month of effect. instalments: `parts` equal parts, a month
 * apart (the 31st becomes the last day of a shorter month), the first `days` after effect; each is rounded down, the rest is in the last.
 * A due date on a day off moves to the next working day (Civil Code of the PRC, article 203). Parts of nothing are left out; an order of
 * nothing has one item of 0. Throws RangeError for a negative gross.
 */
export function paymentPlan(
  gross: bigint,
  term: Term,
  effectiveOn: BizDate,
  calendar: Pick<WorkingCalendar, 'isWorkingDay' | 'addWorkingDays'>,
): PlanItem[] {
  if (gross < 0n) throw new RangeError(`nothing to pay: ${gross}`);
  const parts = partsOf(gross, term, effectiveOn).filter(({ amount }) => amount > 0n);
  const shown = parts.length > 0 ? parts : [{ kind: 'full' as const, on: effectiveOn, amount: 0n }];
  return shown.map(({ kind, on, amount }, i) => ({
    itemNo: i + 1,
    kind,
    dueOn: calendar.isWorkingDay(on) ? on : calendar.addWorkingDays(on, 1),
    amount,
  }));
}

type Part = { kind: PlanItem['kind']; on: BizDate; amount: bigint };

function partsOf(gross: bigint, term: Term, on: BizDate): Part[] {
  const days = term.days ?? 0;
  switch (term.kind) {
    case 'prepaid':
      return [{ kind: 'full', on, amount: gross }];
    case 'net_days':
      return [{ kind: 'full', on: addDays(on, days), amount: gross }];
    case 'month_end_days':
      return [{ kind: 'full', on: addDays(monthEnd(on), days), amount: gross }];
    case 'deposit_balance': {
      const share = applyRate(gross, rateOf(term.depositRate));
      const deposit = share > gross ? gross : share;
      return [
        { kind: 'deposit', on, amount: deposit },
        { kind: 'balance', on: addDays(on, days), amount: gross - deposit },
      ];
    }
    case 'instalments': {
      const count = term.parts ?? 2;
      const each = gross / BigInt(count);
      const first = addDays(on, days);
      return Array.from({ length: count }, (_, i) => ({
        kind: 'instalment' as const,
        on: addMonths(first, i),
        amount: i === count - 1 ? gross - each * BigInt(count - 1) : each,
      }));
    }
    default: {
      const unknown: never = term.kind;
      throw new RangeError(`unknown payment term ${String(unknown)}`);
    }
  }
}

/** A term without a rate asks for no deposit. */
function rateOf(text: string | undefined): bigint {
  return text === undefined ? 0n : (parseDecimal(text, RATE_SCALE) ?? 0n);
}

/** The rows of a plan, nothing paid yet. */
export const planRows = (orderId: string, partnerId: string, items: readonly PlanItem[]): PlanItemRow[] =>
  items.map(({ itemNo, kind, dueOn, amount }) => ({
    order_id: orderId,
    item_no: itemNo,
    partner_id: partnerId,
    kind,
    due_on: dueOn,
    due_after: null,
    amount,
    paid_amount: 0n,
  }));

/** Saves plans of any number of orders in one statement. */
export async function savePlan(tx: Tx, rows: readonly PlanItemRow[]): Promise<void> {
  await insertRows(tx, planItemTable, rows);
}

/** Items of a plan that has to come down to `gross`: what falls away is taken from the last items first, never from what is paid. Null: it cannot. */
export function shrunk(items: readonly PlanItemRow[], gross: bigint): PlanItemRow[] | null {
  let less = items.reduce((sum, { amount }) => sum + amount, 0n) - gross;
  const kept = [...items]
    .sort((a, b) => b.item_no - a.item_no)
    .map((item) => {
      const open = item.amount - item.paid_amount;
      const off = less <= 0n ? 0n : open < less ? open : less;
      less -= off;
      return { ...item, amount: item.amount - off };
    });
  return less === 0n ? kept.reverse() : null;
}

/**
 * Brings the plans of orders, which the caller has locked and written, down to what the orders cost now. An order that is paid, or
 * invoiced, in full by that says so; its version does not go on, because the caller's event tells of the change.
 */
export async function shrinkPlans(tx: Tx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const ids = [...orderIds];
  const [orders, items] = await Promise.all([
    tx.query<{ id: string; gross_amount: bigint }>(
      sql`select id, gross_amount from sales_order where id = any(${ids}::uuid[])`,
    ),
    tx.query<PlanItemRow>(
      sql`select ${columnsOf(planItemTable)} from payment_plan_item where order_id = any(${ids}::uuid[]) order by order_id, item_no`,
    ),
  ]);
  const itemsOf = Map.groupBy(items, ({ order_id }) => order_id);
  const changed = orders.flatMap(({ id, gross_amount }) => {
    const kept = shrunk(itemsOf.get(id) ?? [], gross_amount);
    if (kept === null) throw new Error(`the plan of order ${id} does not come down to ${gross_amount}`);
    return kept;
  });
  await Promise.all([
    updateRows(tx, planItemTable, ['amount'], changed),
    tx.run(sql`
      update sales_order set
        payment_status = case when paid_amount = gross_amount then 'paid' else payment_status end,
        invoice_status = case when invoice_status = 'part_invoiced' and invoiced_amount = gross_amount then 'invoiced' else invoice_status end
      where id = any(${ids}::uuid[]) and exists (select from payment_plan_item i where i.order_id = sales_order.id)`),
  ]);
}

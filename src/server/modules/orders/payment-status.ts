/** How far an order is paid: derived from its payment plan, never set by hand. Source: R6.1, rulings on derived statuses. */
import type { PaymentStatus } from '../../../contract/machines/order.ts';
import type { BizDate } from '../../kernel/biz-date.ts';

export type PlanFact = { amount: bigint; paid_amount: bigint; due_on: BizDate | null };

/**
 * `paid` is what was allocated to the order, in minor units.
 * none_due: nothing paid, and nothing falls due today. due: nothing paid, and something falls due today. part_paid: some of it paid, and
 * nothing late. overdue: something was due before today. paid: all. credit: more than the order costs. No plan: none_due.
 */
export function paymentStatus(planItems: readonly PlanFact[], paid: bigint, today: BizDate): PaymentStatus {
  if (planItems.length === 0) return paid > 0n ? 'credit' : 'none_due';
  const total = planItems.reduce((sum, item) => sum + item.amount, 0n);
  if (paid > total) return 'credit';
  if (paid === total) return 'paid';
  const open = planItems.filter((item) => item.paid_amount < item.amount);
  if (open.some(({ due_on }) => due_on !== null && due_on < today)) return 'overdue';
  if (paid > 0n) return 'part_paid';
  return open.some(({ due_on }) => due_on !== null && due_on <= today) ? 'due' : 'none_due';
}

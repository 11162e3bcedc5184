/** Front door of receivables: payment plans, the partner's account, receipts. */
export { type PlanItem, paymentPlan, planRows, savePlan, type Term } from './payment-plan.ts';
export type { PlanItemRow } from './receivables-tables.ts';
export { shrinkPlans } from './shrink-plan.ts';

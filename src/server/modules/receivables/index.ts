/** Front door of receivables: payment plans, the partner's account, receipts. */
export { ACCOUNTS, mirrored, type Posting, type Source, voucher } from './ledger.ts';
export { readPartnerLedger } from './ledger-queries.ts';
export {
  type AllocationOfOrder,
  ledgerOf,
  lockCredit,
  lockReceipts,
  type PayerRow,
  post,
  type Receipt,
  type Receipts,
  saveReceipts,
} from './payment-load.ts';
export { type PlanItem, paymentPlan, planRows, savePlan, shrinkPlans, type Term } from './payment-plan.ts';
export { readPayments } from './payment-queries.ts';
export { fillItems, openOf, payerDiffers, paymentRefusals } from './payment-rules.ts';
export type { AllocationRow, LedgerRow, PaymentRow, PlanItemRow } from './receivables-tables.ts';
export { receivablesRoutes } from './routes.ts';
export { openItemsExport, paymentsExport } from './exports.ts';
export { openingBalancesImport } from './import-opening-balances.ts';
export { postOpeningBalance, reverseOpeningBalance } from './commands/opening-balance.ts';

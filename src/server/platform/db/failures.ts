/** What a failed statement means: try again, a refusal with a code (the constraint's name says which), or a fault of ours. */
import { type ErrorCode, isErrorCode } from '../../../contract/errors.ts';
import type { Refusal } from '../../kernel/refusal.ts';

/** Constraint → code, where the constraint is reached by racing callers or by data that only the database can judge. */
const CODES: Record<string, ErrorCode> = {
  idempotency__key: 'request.key_in_progress',
  event__version: 'request.version_stale',
  intake_message__once: 'intake.duplicate',
  partner_po__once: 'order.po_duplicate',
  stock__reserved: 'stock.insufficient',
  stock__on_hand: 'stock.insufficient',
  supply__reserved: 'stock.insufficient',
  app_user__login: 'user.login_taken',
  delegation__overlap: 'delegation.overlap',
  partner__uscc: 'partner.duplicate',
  partner__no: 'partner.duplicate',
  product__sku: 'product.duplicate',
  product__sku_folded: 'product.duplicate',
  warehouse__code: 'warehouse.duplicate',
  carrier__code: 'carrier.duplicate',
  bank_account__account_no: 'bank_account.duplicate',
  tax_rate__rate: 'tax_rate.duplicate',
  unit_of_measure__name: 'unit.duplicate',
  policy_parameter__once: 'policy.duplicate',
  price_list__code: 'price_list.duplicate',
  promotion__code: 'promotion.duplicate',
  promotion__code_folded: 'promotion.duplicate',
  promotion__quota: 'promotion.quota_full',
  price_entry__overlap: 'price.overlap',
  price_entry__period: 'price.period',
  partner__merged_away: 'partner.merged',
  partner_document__once: 'document.file_used',
  partner_change__open: 'partner.change_open',
  agreement__overlap: 'agreement.overlap',
  agreement__period: 'agreement.period',
  agreement__no: 'agreement.number_taken',
  sales_order__paid: 'payment.exceeds_open',
  sales_order__invoiced: 'invoice.exceeds_due',
  order_line__invoiced: 'invoice.exceeds_due',
  order_line__progress: 'shipment.exceeds_ready',
  payment_plan_item__paid: 'payment.exceeds_open',
  payment__allocated: 'payment.exceeds_unallocated',
  payment__bank_ref: 'payment.duplicate_ref',
  opening_balance__once: 'opening_balance.duplicate',
  invoice__tax_no: 'invoice.number_taken',
  invoice__reversed_once: 'invoice.wrong_state',
  stock_move__reversed_once: 'move.reversed',
};

type DatabaseError = Error & { code?: string; constraint?: string };
const asDatabaseError = (error: unknown): DatabaseError | null => (error instanceof Error ? error : null);

/** Serialization failure or deadlock: the same commands may run again. */
export function isRetryable(error: unknown): boolean {
  const code = asDatabaseError(error)?.code;
  return code === '40001' || code === '40P01';
}

/** The refusal that a broken constraint stands for; null where it is not one that callers can run into. */
export function constraintRefusal(error: unknown): Refusal | null {
  const failure = asDatabaseError(error);
  if (failure?.constraint === undefined) return null;
  const code = CODES[failure.constraint];
  return code !== undefined && isErrorCode(code) ? { code } : null;
}

/** The database is away or restarting: the caller may come back. */
export function isUnavailable(error: unknown): boolean {
  const failure = asDatabaseError(error);
  if (failure === null) return false;
  const code = failure.code ?? '';
  return (
    /^(08|57P|53)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code) ||
    // Its socket is gone.
    (code === 'ENOENT' && 'syscall' in failure && failure.syscall === 'connect') ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout/i.test(failure.message)
  );
}

/** Names of the constraints that have a code, for the test that compares them with the schema. */
export const codedConstraints = (): string[] => Object.keys(CODES);

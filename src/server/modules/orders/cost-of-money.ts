/** What another payment term than agreed costs or brings us: amount × days × rate / 365. Pure. Source: R4.1. */
import { divRoundHalfUp, parseDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { applyRate } from '../../kernel/money.ts';
import type { PaymentTermValue } from './order-tables.ts';

/** A term to the end of a month waits for half a month on average; instalments are a month apart. */
const HALF_A_MONTH = 15n;
const MONTH = 30n;
const YEAR = 365n;

/** Minor units × days from effect until they are paid, by the term. Counted in even months, so that the day of the order does not matter. */
export function amountDays(gross: bigint, term: PaymentTermValue): bigint {
  const days = BigInt(term.days ?? 0);
  switch (term.kind) {
    case 'prepaid':
      return 0n;
    case 'net_days':
      return gross * days;
    case 'month_end_days':
      return gross * (HALF_A_MONTH + days);
    case 'deposit_balance': {
      const deposit = applyRate(gross, parseDecimal(term.depositRate ?? '0', RATE_SCALE) ?? 0n);
      return deposit > gross ? 0n : (gross - deposit) * days;
    }
    case 'instalments': {
      const parts = BigInt(term.parts ?? 2);
      // Equal parts, the rest in the last: on average half of the way from the first to the last.
      const each = gross / parts;
      const last = gross - each * (parts - 1n);
      const first = each * ((parts - 1n) * (parts - 2n)) * MONTH;
      return gross * days + first / 2n + last * (parts - 1n) * MONTH;
    }
    default: {
      const unknown: never = term.kind;
      throw new RangeError(`unknown payment term ${String(unknown)}`);
    }
  }
}

/**
 * The money effect of paying by `ordered` instead of `agreed`, in minor units, half up: negative when we wait longer for the money.
 * `yearlyPercent`: the cost of money by policy.
 */
export const costOfMoney = (
  gross: bigint,
  agreed: PaymentTermValue,
  ordered: PaymentTermValue,
  yearlyPercent: number,
): bigint =>
  divRoundHalfUp((amountDays(gross, agreed) - amountDays(gross, ordered)) * BigInt(yearlyPercent), 100n * YEAR);

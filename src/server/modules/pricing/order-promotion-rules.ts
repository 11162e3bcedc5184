/**
 * Promotions on the whole order. Pure. Each looks at the lines in its range: from its threshold on, their amounts before any discount on the
 * whole order, it takes a percentage or an amount off what they then come to, spread over them by largest remainder. Order of application and
 * stacking as for promotions on prices, among themselves. Source: R4.1.
 */
import type { PriceStep } from '../../../contract/price-steps.ts';
import { formatDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { allocate, applyRate, formatAmount } from '../../kernel/money.ts';
import type { PricingContext } from './line-price-rules.ts';
import type { PriceEntry } from './price-rules.ts';
import { inOrder, inRange, ON_ORDER, type Promotion, runs } from './promotion-rules.ts';

/** A line with what it comes to after its own discount; nothing for what is given away. */
export type LineWorth = { productId: string; amount: bigint; listKind: PriceEntry['list_kind'] | null };
/** A promotion with the part of each line of what it takes off. */
export type OrderPromotion = { promotion: Promotion; shares: bigint[] };
type Context = Pick<PricingContext, 'partner' | 'currency' | 'on' | 'kept' | 'productOf' | 'promotions'>;

const sum = (amounts: readonly bigint[]) => amounts.reduce((whole, amount) => whole + amount, 0n);

export function orderPromotions(lines: readonly LineWorth[], context: Context): OrderPromotion[] {
  const chosen = inOrder(
    context.promotions.filter(
      (promotion) =>
        ON_ORDER.has(promotion.kind) &&
        runs(promotion, context) &&
        sum(worthOf(lines, promotion, context)) >= (promotion.min_amount > 0n ? promotion.min_amount : 1n),
    ),
  );
  let left = lines.map(({ amount }) => amount);
  return chosen.flatMap((promotion) => {
    const within = worthOf(lines, promotion, context).map((amount, i) => (amount > 0n ? (left[i] ?? 0n) : 0n));
    const shares = spread(takenOff(promotion, sum(within)), within);
    left = left.map((amount, i) => amount - (shares[i] ?? 0n));
    return sum(shares) === 0n ? [] : [{ promotion, shares }];
  });
}

/** The amounts of the lines that a promotion looks at; nothing for the others. */
const worthOf = (lines: readonly LineWorth[], promotion: Promotion, context: Context): bigint[] =>
  lines.map(({ productId, amount, listKind }) =>
    amount > 0n &&
    (promotion.on_agreement || listKind !== 'agreement') &&
    inRange(promotion, productId, context.productOf(productId)?.category ?? null)
      ? amount
      : 0n,
  );

function takenOff(promotion: Promotion, whole: bigint): bigint {
  if (promotion.kind === 'order_percentage') return applyRate(whole, promotion.rate ?? 0n);
  const off = promotion.off_amount ?? 0n;
  return off > whole ? whole : off;
}

/** Only over lines that have something left. */
const spread = (off: bigint, within: readonly bigint[]): bigint[] =>
  off === 0n ? within.map(() => 0n) : allocate(off, within);

/** What a line is told of a promotion on the whole order. */
export const orderPromotionStep = (promotion: Promotion, share: bigint, currency: string): PriceStep => ({
  step: 'order_promotion',
  id: promotion.id,
  code: promotion.code,
  name: promotion.name,
  kind: promotion.kind,
  ...(promotion.rate === null ? {} : { rate: formatDecimal(promotion.rate, RATE_SCALE) }),
  ...(promotion.min_amount === 0n ? {} : { minAmount: formatAmount(promotion.min_amount, currency) }),
  amount: formatAmount(share, currency),
});

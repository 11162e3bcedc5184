/**
 * What every line of an order costs by the agreement, and why. Pure. One function for orders and quotes: list, break, unit, tax, promotions and
 * rounding, step by step; then the goods that promotions give. Source: R4.1.
 */
import type { PriceStep } from '../../../contract/price-steps.ts';
import { divRoundHalfUp, formatDecimal, PRICE_SCALE, pow10, RATE_SCALE } from '../../kernel/decimal.ts';
import { roundPrice } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { fromBase } from '../catalog/unit-rules.ts';
import {
  type OrderUnit,
  type OwnList,
  type PriceEntry,
  RANK,
  resolvePrice,
  type ResolvedPrice,
} from './price-rules.ts';
import { giftQty, type Promotion, promotedPrice, promotionsFor } from './promotion-rules.ts';

export type PricedProduct = {
  id: string;
  category: string | null;
  tax_rate: bigint;
  is_sellable: boolean;
  unit: string;
};
export type LineAsk = { productId: string; qty: bigint; unit: OrderUnit; free: boolean };
export type PricingContext = {
  partner: { id: string; level: string | null };
  currency: string;
  on: string;
  /** Where the partner's own list comes from on that day. */
  agreement: OwnList['agreement'];
  entriesOf: (productId: string) => readonly PriceEntry[];
  productOf: (productId: string) => PricedProduct | undefined;
  promotions: readonly Promotion[];
  /** What is left of a promotion's quota for this order; null without a quota. */
  quotaLeft: (promotion: Promotion) => bigint | null;
  kept: ReadonlySet<string>;
  /** The tax mode when nothing on the order has a price. */
  taxInclusive: boolean;
};
export type LinePrice = { entry: ResolvedPrice | null; agreed: bigint | null; why: PriceStep[] };
/** Goods given by a promotion for `line` (its place among the lines). */
export type Gift = { promotion: Promotion; productId: string; qty: bigint; line: number; why: PriceStep[] };

const money = (price: bigint) => formatDecimal(price, PRICE_SCALE, 2);

export function priceAll(
  lines: readonly LineAsk[],
  context: PricingContext,
): { lines: LinePrice[]; gifts: Gift[]; taxInclusive: boolean } {
  const totals = new Map<string, bigint>();
  for (const { productId, qty, free } of lines) if (!free) totals.set(productId, (totals.get(productId) ?? 0n) + qty);
  const totalOf = ({ productId, qty }: LineAsk) => totals.get(productId) ?? qty;
  const entries = lines.map((line) =>
    resolvePrice(context.entriesOf(line.productId), totalOf(line), context.on, line.unit),
  );
  const taxInclusive = taxModeOf(entries) ?? context.taxInclusive;
  const quota = quotaLedger(context);
  const chosen = lines.map((line, i) => promotionsOf(line, entries[i] ?? null, totalOf(line), context));
  const priced = lines.map((line, i): LinePrice => {
    const entry = entries[i] ?? null;
    if (entry === null) return { entry, agreed: null, why: [] };
    const promotions = line.free ? [] : (chosen[i] ?? []);
    return priceOne(line, entry, {
      promotions,
      quota,
      taxInclusive,
      agreement: context.agreement,
      taxRate: context.productOf(line.productId)?.tax_rate ?? 0n,
    });
  });
  return { lines: priced, gifts: giftsOf(lines, chosen, totals, quota, context), taxInclusive };
}

/** One order has one tax mode: that of the price nearest to the partner. Other prices are converted. */
function taxModeOf(entries: readonly (ResolvedPrice | null)[]): boolean | null {
  let best: ResolvedPrice | null = null;
  for (const entry of entries)
    if (entry !== null && (best === null || RANK[entry.list_kind] < RANK[best.list_kind])) best = entry;
  return best?.tax_inclusive ?? null;
}

function promotionsOf(line: LineAsk, entry: PriceEntry | null, quantity: bigint, context: PricingContext): Promotion[] {
  if (entry === null || line.free || context.promotions.length === 0) return [];
  const { partner, currency, on, kept } = context;
  return promotionsFor(context.promotions, {
    partner,
    currency,
    productId: line.productId,
    category: context.productOf(line.productId)?.category ?? null,
    quantity,
    on,
    listKind: entry.list_kind,
    kept,
  });
}

type Quota = { left: (promotion: Promotion) => bigint | null; take: (promotion: Promotion, qty: bigint) => void };

function quotaLedger({ quotaLeft }: PricingContext): Quota {
  const taken = new Map<string, bigint>();
  return {
    left: (promotion) => {
      const left = quotaLeft(promotion);
      return left === null ? null : left - (taken.get(promotion.id) ?? 0n);
    },
    take: (promotion, qty) => taken.set(promotion.id, (taken.get(promotion.id) ?? 0n) + qty),
  };
}

function priceOne(
  line: LineAsk,
  entry: ResolvedPrice,
  by: {
    promotions: readonly Promotion[];
    quota: Quota;
    taxInclusive: boolean;
    taxRate: bigint;
    agreement: OwnList['agreement'];
  },
): LinePrice {
  const { listed } = entry;
  const why: PriceStep[] = [
    {
      step: 'list',
      code: listed.list_code,
      kind: listed.list_kind,
      price: money(listed.unit_price),
      from: listed.valid_from,
      to: listed.valid_to,
      ...(by.agreement === null || listed.list_kind !== 'agreement'
        ? {}
        : { agreement: by.agreement.no, version: by.agreement.version }),
      ...(listed.unit === null ? {} : { unit: listed.unit }),
    },
  ];
  if (listed.min_qty > 0n)
    why.push({ step: 'break', qty: formatQty(fromBase(listed.min_qty, listed.unit_factor) ?? listed.min_qty) });
  if (entry.unit_price !== listed.unit_price)
    why.push({
      step: 'unit',
      price: money(entry.unit_price),
      ...(line.unit.unit === null ? {} : { unit: line.unit.unit }),
    });
  let price = entry.unit_price;
  if (entry.tax_inclusive !== by.taxInclusive) {
    price = otherTaxMode(price, by.taxRate, by.taxInclusive);
    why.push({
      step: 'tax',
      kind: by.taxInclusive ? 'inclusive' : 'exclusive',
      rate: formatDecimal(by.taxRate, RATE_SCALE),
      price: money(price),
    });
  }
  for (const promotion of by.promotions) {
    if (promotion.kind === 'free_goods') continue;
    const left = by.quota.left(promotion);
    if (left !== null && left < line.qty) {
      why.push({ step: 'promotion_full', id: promotion.id, code: promotion.code, name: promotion.name });
      continue;
    }
    if (left !== null) by.quota.take(promotion, line.qty);
    price = promotedPrice(price, line.unit.factor, promotion);
    why.push(promotionStep(promotion, { price: money(price) }));
  }
  // A listed price stands as it was agreed; what was worked out from it is rounded to the decimals of the list.
  const rounded = price === entry.unit_price ? price : roundPrice(price, entry.price_scale);
  if (rounded !== price) why.push({ step: 'rounded', decimals: entry.price_scale, price: money(rounded) });
  return { entry, agreed: rounded, why };
}

const ONE = pow10(RATE_SCALE);
const otherTaxMode = (price: bigint, rate: bigint, toInclusive: boolean) =>
  toInclusive ? divRoundHalfUp(price * (ONE + rate), ONE) : divRoundHalfUp(price * ONE, ONE + rate);

const promotionStep = (promotion: Promotion, rest: Partial<PriceStep>): PriceStep => ({
  step: 'promotion',
  id: promotion.id,
  code: promotion.code,
  name: promotion.name,
  kind: promotion.kind,
  ...(promotion.rate === null ? {} : { rate: formatDecimal(promotion.rate, RATE_SCALE) }),
  ...(promotion.quota_qty === null ? {} : { limited: true }),
  ...rest,
});

/** Buy n, get m: each promotion once for each product that was bought, over all of its lines together. */
function giftsOf(
  lines: readonly LineAsk[],
  chosen: readonly Promotion[][],
  totals: ReadonlyMap<string, bigint>,
  quota: Quota,
  context: PricingContext,
): Gift[] {
  const gifts = new Map<string, Gift>();
  lines.forEach(({ productId }, line) => {
    for (const promotion of chosen[line] ?? []) {
      const key = `${promotion.id} ${productId}`;
      const given = promotion.gift_product_id ?? productId;
      if (promotion.kind !== 'free_goods' || gifts.has(key) || context.productOf(given)?.is_sellable !== true) continue;
      const qty = giftQty(promotion, totals.get(productId) ?? 0n, quota.left(promotion));
      if (qty === 0n) continue;
      quota.take(promotion, qty);
      const rule = { buy: formatQty(promotion.buy_qty ?? 0n), get: formatQty(promotion.get_qty ?? 0n) };
      gifts.set(key, { promotion, productId: given, qty, line, why: [promotionStep(promotion, rule)] });
    }
  });
  return [...gifts.values()];
}

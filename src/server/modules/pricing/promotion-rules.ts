/**
 * Promotions. Pure. Which ones hold for a product in an order, in which order they are applied, and what they make of a price.
 * Order of application: the greater priority first, then by code. One that does not stack stands alone: it applies only when it is the first,
 * and nothing follows it. Source: R4.1.
 */
import { applyRate } from '../../kernel/money.ts';
import { ONE_UNIT } from '../catalog/unit-rules.ts';
import type { PriceEntry } from './price-rules.ts';

export type Promotion = {
  id: string;
  code: string;
  name: string;
  kind: 'percentage' | 'amount' | 'free_goods' | 'order_percentage' | 'order_amount';
  /** Scale 6: what is taken off. */
  rate: bigint | null;
  /** Off the price of one base unit, scale 6, in `currency`. */
  off_price: bigint | null;
  /** order_amount: what is taken off; from `min_amount` on. Minor units of `currency`. */
  off_amount: bigint | null;
  min_amount: bigint;
  currency: string | null;
  /** Base units. */
  buy_qty: bigint | null;
  get_qty: bigint | null;
  gift_product_id: string | null;
  min_qty: bigint;
  valid_from: string;
  valid_to: string;
  product_ids: readonly string[];
  categories: readonly string[];
  levels: readonly string[];
  partner_ids: readonly string[];
  on_agreement: boolean;
  priority: number;
  stacks: boolean;
  quota_qty: bigint | null;
  used_qty: bigint;
  is_active: boolean;
};

export type PromotionAsk = {
  partner: { id: string; level: string | null };
  currency: string;
  productId: string;
  category: string | null;
  /** Base units of the product over the whole order. */
  quantity: bigint;
  on: string;
  listKind: PriceEntry['list_kind'];
  /** Promotions that the order has had since it was submitted: taking one back changes no order that is under way. */
  kept: ReadonlySet<string>;
};

const among = (list: readonly string[], value: string | null) =>
  list.length === 0 || (value !== null && list.includes(value));

/** Kinds that look at the whole order, not at the price of a line. */
export const ON_ORDER: ReadonlySet<Promotion['kind']> = new Set(['order_percentage', 'order_amount']);

type Day = {
  partner: { id: string; level: string | null };
  currency: string;
  on: string;
  kept: ReadonlySet<string>;
};
/** Whether a promotion runs on a day for a partner. */
export const runs = (promotion: Promotion, { partner, currency, on, kept }: Day): boolean =>
  (promotion.is_active || kept.has(promotion.id)) &&
  promotion.valid_from <= on &&
  promotion.valid_to >= on &&
  (promotion.currency === null || promotion.currency === currency) &&
  among(promotion.levels, partner.level) &&
  among(promotion.partner_ids, partner.id);

export const inRange = (promotion: Promotion, productId: string, category: string | null): boolean =>
  among(promotion.product_ids, productId) && among(promotion.categories, category);

const holds = (promotion: Promotion, ask: PromotionAsk): boolean =>
  !ON_ORDER.has(promotion.kind) &&
  runs(promotion, ask) &&
  promotion.min_qty <= ask.quantity &&
  (promotion.on_agreement || ask.listKind !== 'agreement') &&
  inRange(promotion, ask.productId, ask.category);

/** The promotions that are applied to a product in an order, in this order. */
export const promotionsFor = (all: readonly Promotion[], ask: PromotionAsk): Promotion[] =>
  inOrder(all.filter((promotion) => holds(promotion, ask)));

/** Of promotions that hold, those that are applied, in this order. */
export function inOrder(holding: readonly Promotion[]): Promotion[] {
  const found = [...holding].sort((a, b) => b.priority - a.priority || (a.code < b.code ? -1 : 1));
  const [first, ...rest] = found;
  if (first === undefined) return [];
  return first.stacks ? [first, ...rest.filter(({ stacks }) => stacks)] : [first];
}

/** A price (scale 6) of `factor` base units after one promotion; never below nothing. Rounding to the decimals of the list comes at the end. */
export function promotedPrice(price: bigint, factor: bigint, promotion: Promotion): bigint {
  switch (promotion.kind) {
    case 'percentage':
      return price - applyRate(price, promotion.rate ?? 0n);
    case 'amount': {
      const off = ((promotion.off_price ?? 0n) * factor) / ONE_UNIT;
      return off > price ? 0n : price - off;
    }
    case 'free_goods':
    case 'order_percentage':
    case 'order_amount':
      return price;
  }
}

/** How many base units a free-goods promotion gives for a quantity that was bought, at most `left` of its quota. */
export function giftQty(promotion: Promotion, bought: bigint, left: bigint | null): bigint {
  const { buy_qty, get_qty } = promotion;
  if (buy_qty === null || get_qty === null) return 0n;
  const times = bought / buy_qty;
  const possible = left === null ? times : left / get_qty;
  return (possible < times ? possible : times) * get_qty;
}

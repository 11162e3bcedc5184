/** What the lines of an order cost, and where the order deviates from the agreement. Pure: functions over rows. Source: R4.1. */
import type { PriceStep } from '../../../contract/price-steps.ts';
import { divRoundHalfUp, formatDecimal, PRICE_SCALE, RATE_SCALE } from '../../kernel/decimal.ts';
import { allocate, formatAmount, lineGross, parseAmount } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { fromBase, ONE_UNIT } from '../catalog/unit-rules.ts';
import { type Gift, type LinePrice, priceAll, type PricingContext } from '../pricing/line-price-rules.ts';
import { orderPromotions, orderPromotionStep } from '../pricing/order-promotion-rules.ts';
import { costOfMoney } from './cost-of-money.ts';
import { orderAmounts, type OrderDiscount, type OrderUnit } from '../pricing/price-rules.ts';
import type { PartnerTerms } from './order-masters.ts';
import type { DiscrepancyRow, LineRow, Order, OrderRow, PaymentTermValue } from './order-tables.ts';

/** A line whose unit price is not the agreement's was priced by a person. */
const pricedByHand = (line: LineRow) => line.unit_price !== (line.agreed_price ?? 0n) && !line.free;
/** Stands for the agreed price of a line until it is priced, where a person has named another: no price is agreed below nothing. */
export const NAMED_BY_HAND = -1n;

export const orderUnit = (line: LineRow): OrderUnit => ({ unit: line.order_unit, factor: line.unit_factor });
const lineWorth = (line: LineRow, price: bigint, currency: string) =>
  lineGross(line.qty, price, currency, line.unit_factor);

/** A line of which a part was taken away and that is no number of its unit any more (five of a box of twelve) goes on in the base unit. */
function inWholeUnits(line: LineRow): LineRow {
  if (fromBase(line.qty, line.unit_factor) !== null) return line;
  const perBase = (price: bigint) => divRoundHalfUp(price * ONE_UNIT, line.unit_factor);
  return {
    ...line,
    order_unit: null,
    unit_factor: ONE_UNIT,
    unit_price: perBase(line.unit_price),
    agreed_price: line.agreed_price === null ? null : perBase(line.agreed_price),
  };
}

/**
 * Prices every line for a day, adds what promotions give, and computes all amounts. Lines priced by hand keep their price; the agreed price
 * stands beside it. `submitted` is the order as it was before this step, once it has been submitted: its discounts stay with their lines.
 */
export function priceLines(order: Order, context: PricingContext, submitted: Order | null): void {
  const earlierGifts = order.lines.filter(({ promotion_id }) => promotion_id !== null);
  let lines = order.lines.filter(({ promotion_id }) => promotion_id === null).map(inWholeUnits);
  if (submitted !== null)
    lines = keepDiscounts(lines, submitted, context.currency, order.row.order_discount_amount === 0n);
  const asked = lines.map((line) => ({
    productId: line.product_id,
    qty: line.qty,
    unit: orderUnit(line),
    free: line.free,
  }));
  const found = priceAll(asked, context);
  const bought = lines.map((line, i) => withPrice(line, found.lines[i]));
  const priced = [
    ...(submitted === null ? withOrderPromotions(bought, found.lines, context) : bought),
    ...giftLines(found.gifts, lines, earlierGifts, context),
  ];
  const taxRateOf = (line: LineRow) => context.productOf(line.product_id)?.tax_rate ?? 0n;
  const amounts = orderAmounts(
    priced.map((line) => ({
      qty: line.qty,
      unitPrice: line.unit_price,
      unitFactor: line.unit_factor,
      taxRate: taxRateOf(line),
      discount: line.discount_amount,
      promotionShare: line.promotion_share_amount,
      free: line.free,
    })),
    submitted === null ? saidDiscount(order.row) : priced.map((line) => line.order_discount_share),
    found.taxInclusive ? 'inclusive' : 'exclusive',
    context.currency,
  );
  if (amounts.tooMuchDiscount) throw refuse('order.amount_range', undefined, 'orderDiscountAmount');
  if (amounts.gross > 10n ** 15n) throw refuse('order.amount_range', undefined, 'lines');
  order.lines = priced.map((line, i) => {
    const amount = amounts.lines[i];
    if (amount === undefined) return line;
    return {
      ...line,
      tax_rate: taxRateOf(line),
      discount_amount: amount.discount,
      order_discount_share: amount.orderDiscountShare,
      why: [
        ...line.why,
        ...orderDiscountStep(order.row.order_discount_rate, amount.orderDiscountShare, context.currency),
      ],
      net_amount: amount.net,
      tax_amount: amount.tax,
      gross_amount: amount.gross,
    };
  });
  Object.assign(order.row, {
    tax_inclusive: found.taxInclusive,
    order_discount_amount: amounts.orderDiscount,
    net_amount: amounts.net,
    tax_amount: amounts.tax,
    gross_amount: amounts.gross,
    pricing_on: context.on,
  });
}

/** The discount on the whole order as a person said it. A part of an order is worked out anew as long as its content may change. */
export const saidDiscount = (row: Pick<OrderRow, 'order_discount_amount' | 'order_discount_rate'>): OrderDiscount =>
  row.order_discount_rate === null ? row.order_discount_amount : { rate: row.order_discount_rate };

/** What a line is told of the discount that a person gives on the whole order. */
export const orderDiscountStep = (rate: bigint | null, share: bigint, currency: string): PriceStep[] =>
  share === 0n
    ? []
    : [
        {
          step: 'order_discount',
          ...(rate === null ? {} : { rate: formatDecimal(rate, RATE_SCALE) }),
          amount: formatAmount(share, currency),
        },
      ];

function withPrice(line: LineRow, price: LinePrice | undefined): LineRow {
  const byHand = pricedByHand(line);
  const unit_price = byHand ? line.unit_price : (price?.agreed ?? 0n);
  const said: PriceStep[] = line.free
    ? [{ step: 'free' }]
    : byHand
      ? [{ step: 'by_hand', price: formatDecimal(unit_price, PRICE_SCALE, 2) }]
      : [];
  return {
    ...line,
    price_entry_id: price?.entry?.id ?? null,
    agreed_price: price?.agreed ?? null,
    unit_price,
    why: [...(price?.why ?? []), ...said, ...onOrder(line)],
  };
}

/** What promotions on the whole order have taken off a line. */
const onOrder = (line: LineRow): PriceStep[] => line.why.filter(({ step }) => step === 'order_promotion');

/** Promotions on the whole order, spread over the lines that were bought. */
function withOrderPromotions(
  lines: readonly LineRow[],
  prices: readonly LinePrice[],
  context: PricingContext,
): LineRow[] {
  const worth = lines.map((line, i) => ({
    productId: line.product_id,
    amount: line.free ? 0n : lineWorth(line, line.unit_price, context.currency) - line.discount_amount,
    listKind: prices[i]?.entry?.list_kind ?? null,
  }));
  const applied = orderPromotions(worth, context);
  return lines.map((line, i) => {
    const steps = applied.flatMap(({ promotion, shares }) => {
      const share = shares[i] ?? 0n;
      return share === 0n ? [] : [orderPromotionStep(promotion, share, context.currency)];
    });
    return withShares(line, steps, context.currency);
  });
}

/** A line with these promotions on the whole order in place of those that it had. */
const withShares = (line: LineRow, steps: readonly PriceStep[], currency: string): LineRow => ({
  ...line,
  promotion_share_amount: steps.reduce((sum, { amount }) => sum + (parseAmount(amount ?? '0', currency) ?? 0n), 0n),
  why: [...line.why.filter(({ step }) => step !== 'order_promotion'), ...steps],
});

/** Goods that promotions give are lines of their own at no price; a gift that stays keeps its line number. */
function giftLines(
  gifts: readonly Gift[],
  lines: readonly LineRow[],
  earlier: readonly LineRow[],
  context: PricingContext,
): LineRow[] {
  let last = Math.max(0, ...lines.map(({ line_no }) => line_no), ...earlier.map(({ line_no }) => line_no));
  const free = [...earlier];
  return gifts.flatMap(({ promotion, productId, qty, line: at, why }) => {
    const bought = lines[at];
    if (bought === undefined) return [];
    const known = free.findIndex((row) => row.promotion_id === promotion.id && row.product_id === productId);
    const [kept] = known === -1 ? [] : free.splice(known, 1);
    if (kept === undefined) last += 1;
    const nothing = {
      net_amount: 0n,
      tax_amount: 0n,
      gross_amount: 0n,
      discount_amount: 0n,
      order_discount_share: 0n,
      promotion_share_amount: 0n,
    };
    return [
      {
        ...bought,
        ...nothing,
        line_no: kept?.line_no ?? last,
        product_id: productId,
        qty,
        unit: context.productOf(productId)?.unit ?? bought.unit,
        order_unit: null,
        unit_factor: ONE_UNIT,
        note: null,
        free: true,
        promotion_id: promotion.id,
        price_entry_id: null,
        agreed_price: null,
        unit_price: 0n,
        promised_on: kept?.promised_on ?? null,
        source_ref: null,
        why,
      },
    ];
  });
}

/**
 * Discounts were spread once, when the order was submitted, and stay with their lines: what changes one line (its quantity, its parting in
 * two) takes along the share of that line for the quantity that stays, and touches no other.
 */
function keepDiscounts(
  lines: readonly LineRow[],
  submitted: Order,
  currency: string,
  orderDiscountGone: boolean,
): LineRow[] {
  const known = new Set(submitted.lines.map(({ line_no }) => line_no));
  const fresh = lines.filter(({ line_no }) => !known.has(line_no));
  const kept = new Map<number, Pick<LineRow, 'discount_amount' | 'order_discount_share'>>();
  const promoted = new Map<number, PriceStep[]>(fresh.map(({ line_no }) => [line_no, []]));
  for (const was of submitted.lines) {
    const line = lines.find(({ line_no }) => line_no === was.line_no);
    if (line === undefined || line.qty >= was.qty) continue;
    const parts = [line, ...takeParts(fresh, was, was.qty - line.qty)];
    const qtys = parts.map(({ qty }) => qty);
    const whole = qtys.reduce((sum, qty) => sum + qty, 0n);
    const spread = (amount: bigint) => allocate(divRoundHalfUp(amount * whole, was.qty), qtys);
    const [discounts, shares] = [spread(was.discount_amount), spread(was.order_discount_share)];
    parts.forEach(({ line_no }, i) =>
      kept.set(line_no, { discount_amount: discounts[i] ?? 0n, order_discount_share: shares[i] ?? 0n }),
    );
    const steps = onOrder(was).map((step) => ({
      step,
      shares: spread(parseAmount(step.amount ?? '0', currency) ?? 0n),
    }));
    parts.forEach(({ line_no }, i) =>
      promoted.set(
        line_no,
        steps.map(({ step, shares: of }) => ({ ...step, amount: formatAmount(of[i] ?? 0n, currency) })),
      ),
    );
  }
  return lines.map((line) => {
    const steps = promoted.get(line.line_no);
    return {
      ...(steps === undefined ? line : withShares(line, steps, currency)),
      ...kept.get(line.line_no),
      ...(orderDiscountGone ? { order_discount_share: 0n } : {}),
    };
  });
}

/** The new lines that a line was parted into: of its product, together not more than what it has lost. */
function takeParts(fresh: LineRow[], was: LineRow, lost: bigint): LineRow[] {
  let left = lost;
  return fresh.filter((line) => {
    if (line.product_id !== was.product_id || line.qty > left) return false;
    left -= line.qty;
    return true;
  });
}

/** What an order takes of promotions with a quota, from its submission until it is cancelled, in base units. */
export function promotionUse(order: Order | null): Map<string, bigint> {
  const used = new Map<string, bigint>();
  if (order === null || order.row.state === 'draft' || order.row.state === 'cancelled') return used;
  for (const line of order.lines)
    for (const { step, id, limited } of line.why)
      if (step === 'promotion' && id !== undefined && limited === true) used.set(id, (used.get(id) ?? 0n) + line.qty);
  return used;
}

/** How the use of promotions moves when an order changes; sorted by id. */
export function useOfPromotions(before: Order | null, after: Order): { id: string; add: bigint }[] {
  const [was, is] = [promotionUse(before), promotionUse(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((id) => ({ id, add: (is.get(id) ?? 0n) - (was.get(id) ?? 0n) }))
    .filter(({ add }) => add !== 0n);
}

/** Lines that have neither an agreed price nor one named by a person: they cannot be sold. */
export const unpriced = (order: Order): LineRow[] =>
  order.lines.filter((line) => !line.free && line.agreed_price === null && line.unit_price === 0n);

type Found = Pick<DiscrepancyRow, 'line_no' | 'kind' | 'agreed' | 'ordered' | 'effect_amount'> &
  Partial<Pick<DiscrepancyRow, 'yearly_percent'>>;
/** What an order is held against besides the partner's terms: the agreed place, and what money costs in percent a year. */
export type Agreed = { place: string | null; yearlyPercent: number };

/**
 * Every deviation of an order from the agreement, in either side's favour. effect = ordered − agreed, in minor units; of another payment term
 * the cost of money. Another way of payment and another place move no amount of the order: their effect is nothing.
 */
export function deviations(order: Order, partner: PartnerTerms, { place, yearlyPercent }: Agreed): Found[] {
  const { row } = order;
  const price = (value: bigint) => formatDecimal(value, PRICE_SCALE, 2);
  const found: Found[] = [];
  for (const line of order.lines) {
    // What a promotion gives is agreed.
    if (line.promotion_id !== null) continue;
    if (line.free) {
      const worth = line.agreed_price === null ? 0n : lineWorth(line, line.agreed_price, row.currency);
      found.push({
        line_no: line.line_no,
        kind: 'free_goods',
        agreed: line.agreed_price === null ? null : price(line.agreed_price),
        ordered: '0',
        effect_amount: -worth,
      });
      continue;
    }
    if (line.agreed_price === null) {
      found.push({
        line_no: line.line_no,
        kind: 'price_missing',
        agreed: null,
        ordered: price(line.unit_price),
        effect_amount: lineWorth(line, line.unit_price, row.currency),
      });
    } else if (line.unit_price !== line.agreed_price) {
      const effect = lineWorth(line, line.unit_price, row.currency) - lineWorth(line, line.agreed_price, row.currency);
      found.push({
        line_no: line.line_no,
        kind: 'price',
        agreed: price(line.agreed_price),
        ordered: price(line.unit_price),
        effect_amount: effect,
      });
    }
    if (line.discount_amount !== 0n)
      found.push({
        line_no: line.line_no,
        kind: 'discount',
        agreed: '0',
        ordered: formatAmount(line.discount_amount, row.currency),
        effect_amount: -line.discount_amount,
      });
  }
  if (row.order_discount_amount !== 0n)
    found.push({
      line_no: null,
      kind: 'discount',
      agreed: '0',
      ordered: formatAmount(row.order_discount_amount, row.currency),
      effect_amount: -row.order_discount_amount,
    });
  if (row.payment_method !== partner.payment_method)
    found.push({
      line_no: null,
      kind: 'payment_method',
      agreed: partner.payment_method,
      ordered: row.payment_method,
      effect_amount: 0n,
    });
  if (termText(row.payment_term) !== termText(partner.payment_term))
    found.push({
      line_no: null,
      kind: 'payment_term',
      agreed: termText(partner.payment_term),
      ordered: termText(row.payment_term),
      effect_amount: costOfMoney(row.gross_amount, partner.payment_term, row.payment_term, yearlyPercent),
      yearly_percent: yearlyPercent,
    });
  if (row.address_id === null && row.delivery_address !== null)
    found.push({
      line_no: null,
      kind: 'delivery_place',
      agreed: place,
      ordered: row.delivery_address,
      effect_amount: 0n,
    });
  return found;
}

/** A payment term as one comparable text, e.g. `deposit_balance depositRate=0.3 days=30`. */
export const termText = (term: PaymentTermValue): string =>
  [
    term.kind,
    ...Object.entries(term)
      .filter(([key, value]) => key !== 'kind' && value !== undefined && value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`),
  ].join(' ');

/** To our cost, or another way of payment: the partner's agreement alone does not settle it. */
export const needsApproval = (found: Pick<Found, 'kind' | 'effect_amount'>): boolean =>
  found.effect_amount < 0n || found.kind === 'payment_term' || found.kind === 'payment_method';

/** What an approval has to cover: everything that the order gives away together, so that no deviation is made small by parting it. */
export const givenAway = (discrepancies: readonly Pick<DiscrepancyRow, 'effect_amount' | 'state'>[]): bigint =>
  discrepancies.reduce((sum, { effect_amount }) => (effect_amount < 0n ? sum - effect_amount : sum), 0n);

export const sameDeviation = (a: Found, b: Found): boolean =>
  a.line_no === b.line_no &&
  a.kind === b.kind &&
  a.agreed === b.agreed &&
  a.ordered === b.ordered &&
  a.effect_amount === b.effect_amount;

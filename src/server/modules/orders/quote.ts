/** Price, tax and promise without saving anything: for the line editor, the portal and partners' systems. R4.1, R4.2. */
import type { z } from 'zod';
import type { quoteCreate } from '../../../contract/quotes.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { formatDecimal, parseDecimal, PRICE_SCALE } from '../../kernel/decimal.ts';
import { formatAmount, lineGross, parseAmount } from '../../kernel/money.ts';
import { formatQty, parseQty } from '../../kernel/qty.ts';
import { Refused, refuse } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/db/database.ts';
import { refusalView } from '../../platform/http/messages.ts';
import type { Actor, Command, Env } from '../../platform/pipeline/types.ts';
import { toBase, unitNamed, unitsOf } from '../catalog/unit-rules.ts';
import { mayBuy, type PartnerRange } from '../partners/range-rules.ts';
import { priceAll, type PricingContext } from '../pricing/line-price-rules.ts';
import { orderPromotions, orderPromotionStep } from '../pricing/order-promotion-rules.ts';
import { BASE_UNIT, type OrderUnit, orderAmounts } from '../pricing/price-rules.ts';
import { NO_DISCOUNT, orderDiscount, quantityOf } from './order-input.ts';
import { orderDiscountStep, saidDiscount } from './order-price-rules.ts';
import { loadOrderState, partnerFor, pricingFor } from './order-load.ts';
import type { ProductRow } from './order-masters.ts';
import { promiseView } from './order-view.ts';
import { isService, needsSource, preferredWarehouse } from './availability-steps.ts';

type Body = z.infer<NonNullable<typeof quoteCreate.body>>;
type Quote = z.infer<typeof quoteCreate.response>;

export async function quote(tx: Tx, body: Body, actor: Actor, now: Date, locale: string, env: Env): Promise<Quote> {
  const partnerId = actor.partnerId ?? body.partnerId;
  if (partnerId === undefined) throw refuse('field.required', undefined, 'partnerId');
  const command: Command<Body> = { input: body, actor, now, requestId: '' };
  const state = await loadOrderState(
    tx,
    [command],
    [
      {
        partnerId,
        productIds: body.lines.flatMap((l) => (l.productId === undefined ? [] : [l.productId])),
        skus: body.lines.flatMap((l) => (l.sku === undefined ? [] : [l.sku])),
      },
    ],
    env,
    { stock: true, lock: false },
  );
  const partner = partnerFor(state, actor, partnerId);
  if (partner === undefined) throw refuse('partner.not_found');
  const today = bizDateOf(now, env.company.timeZone);
  const products = body.lines.map((line) =>
    line.productId !== undefined ? state.products.get(line.productId) : state.bySku.get(line.sku ?? ''),
  );
  const measured = body.lines.map((line, i) => measure(line, products[i]));
  const context: PricingContext = {
    ...pricingFor(state, partner, today),
    taxInclusive: true,
    quotaLeft: ({ quota_qty, used_qty }) => (quota_qty === null ? null : quota_qty - used_qty),
    kept: new Set(),
  };
  const found = priceAll(
    body.lines.map((line, i) => ({
      productId: products[i]?.id ?? '',
      ...(measured[i] ?? NOTHING),
      free: line.free === true,
    })),
    context,
  );
  const inclusive = found.taxInclusive;
  const priced = body.lines.map((line, i) => {
    const product = products[i];
    const price = found.lines[i];
    const agreed = price?.agreed ?? null;
    const byHand =
      line.unitPrice === undefined || actor.partnerId !== null ? null : parseDecimal(line.unitPrice, PRICE_SCALE);
    const discount =
      line.discountAmount === undefined || actor.partnerId !== null
        ? 0n
        : (parseAmount(line.discountAmount, partner.currency) ?? 0n);
    return {
      line,
      product,
      ...(measured[i] ?? NOTHING),
      entry: price?.entry ?? null,
      why: price?.why ?? [],
      unitPrice: byHand ?? agreed,
      discount,
      problems: problemsOf(line, product, i, { partner, noPrice: agreed === null && byHand === null }),
    };
  });
  const off = { ...NO_DISCOUNT, ...(actor.partnerId === null ? orderDiscount(body, partner.currency) : {}) };
  const promoted = orderPromotions(
    priced.map(({ line, product, qty, unit, unitPrice, discount, entry }) => ({
      productId: product?.id ?? '',
      amount:
        line.free === true || unitPrice === null
          ? 0n
          : lineGross(qty, unitPrice, partner.currency, unit.factor) - discount,
      listKind: entry?.list_kind ?? null,
    })),
    context,
  );
  const shareOf = (i: number) => promoted.reduce((sum, { shares }) => sum + (shares[i] ?? 0n), 0n);
  const amounts = orderAmounts(
    priced.map(({ qty, unit, unitPrice, product, discount, line }, i) => ({
      qty,
      unitPrice: unitPrice ?? 0n,
      unitFactor: unit.factor,
      taxRate: product?.tax_rate ?? 0n,
      discount,
      promotionShare: shareOf(i),
      free: line.free === true || unitPrice === null,
    })),
    saidDiscount(off),
    inclusive ? 'inclusive' : 'exclusive',
    partner.currency,
  );
  const preferred = preferredWarehouse(state, partner, null);
  const goods = priced.flatMap(({ product, qty, line }, i) =>
    product === undefined || !needsSource(product) || qty === 0n
      ? []
      : [
          {
            lineNo: i,
            productId: product.id,
            qty,
            requestedOn: line.requestedOn ?? body.requestedOn ?? null,
            ...(isService(product) ? { service: true } : { preferred }),
          },
        ],
  );
  const plans = new Map(state.ledger.plan(goods, today).map((plan) => [plan.lineNo, plan]));
  const warehouseNames = new Map([...state.warehouses].map(([id, { name }]) => [id, name]));
  const money = (value: bigint) => formatAmount(value, partner.currency);
  return {
    currency: partner.currency,
    taxInclusive: inclusive,
    pricedOn: today,
    gifts: found.gifts.map(({ promotion, productId, qty, line }) => {
      const product = state.products.get(productId);
      return {
        index: line,
        promotion: { code: promotion.code, name: promotion.name },
        productId,
        sku: product?.sku ?? '',
        name: product?.name ?? '',
        nameEn: product?.name_en ?? null,
        qty: formatQty(qty),
        unit: product?.unit ?? '',
      };
    }),
    lines: priced.map(({ line, product, qty, unit, entry, why, unitPrice, problems }, i) => {
      const plan = plans.get(i);
      const short =
        plan !== undefined && plan.short > 0n
          ? [
              {
                code: 'stock.insufficient',
                field: `lines.${i}.qty`,
                params: { available: formatQty(qty - plan.short), lines: String(i + 1) },
              },
            ]
          : [];
      const amount = amounts.lines[i];
      return {
        index: i,
        productId: product?.id ?? null,
        sku: product?.sku ?? null,
        name: product?.name ?? null,
        nameEn: product?.name_en ?? null,
        unit: product?.unit ?? null,
        qty: formatQty(qty),
        orderedQty: line.qty,
        orderedUnit: unit.unit ?? product?.unit ?? null,
        units: product === undefined ? [] : unitsOf(product).map((each) => each.unit),
        unitPrice: unitPrice === null ? null : formatDecimal(unitPrice, PRICE_SCALE, 2),
        priceSource:
          entry === null
            ? null
            : {
                listCode: entry.list_code,
                listName: entry.list_name,
                minQty: formatQty(entry.min_qty),
                validFrom: entry.valid_from,
                validTo: entry.valid_to,
              },
        why: [
          ...why,
          ...promoted.flatMap(({ promotion, shares }) =>
            shares[i] === undefined || shares[i] === 0n
              ? []
              : [orderPromotionStep(promotion, shares[i], partner.currency)],
          ),
          ...orderDiscountStep(off.order_discount_rate, amount?.orderDiscountShare ?? 0n, partner.currency),
        ],
        netAmount: unitPrice === null || amount === undefined ? null : money(amount.net),
        taxAmount: unitPrice === null || amount === undefined ? null : money(amount.tax),
        grossAmount: unitPrice === null || amount === undefined ? null : money(amount.gross),
        promisedOn:
          plan === undefined
            ? null
            : plan.short > 0n
              ? plan.laterOn
              : (plan.pieces
                  .map((piece) => piece.promisedOn)
                  .sort()
                  .at(-1) ?? null),
        promises: (plan?.pieces ?? []).map((piece) =>
          promiseView(
            {
              qty: piece.qty,
              promised_on: piece.promisedOn,
              warehouse_id: piece.warehouseId,
              supply_id: piece.supplyId,
            },
            warehouseNames,
            state.supplies,
            actor.partnerId !== null,
          ),
        ),
        problems: [...problems, ...short].map((refusal) => refusalView(refusal, locale)),
      };
    }),
    orderDiscountAmount: money(amounts.orderDiscount),
    promotions: promoted.map(({ promotion, shares }) => ({
      code: promotion.code,
      name: promotion.name,
      amount: money(shares.reduce((sum, share) => sum + share, 0n)),
    })),
    netAmount: money(amounts.net),
    taxAmount: money(amounts.tax),
    grossAmount: money(amounts.gross),
  };
}

const NOTHING = { qty: 0n, unit: BASE_UNIT };
type Line = Body['lines'][number];

/** What a line asks for, in the base unit; nothing while its unit or quantity cannot be read. */
function measure(line: Line, product: ProductRow | undefined): { qty: bigint; unit: OrderUnit } {
  const written = parseQty(line.qty);
  const named = product === undefined || line.unit === undefined ? undefined : unitNamed(product, line.unit);
  if (written === null || named === null) return NOTHING;
  const factor = named?.factor ?? BASE_UNIT.factor;
  const unit = named === undefined || named.unit === product?.unit ? BASE_UNIT : { unit: named.unit, factor };
  return { qty: toBase(written, factor) ?? 0n, unit };
}

function problemsOf(
  line: Line,
  product: ProductRow | undefined,
  i: number,
  { partner, noPrice }: { partner: PartnerRange; noPrice: boolean },
) {
  if (product === undefined)
    return [{ code: 'product.not_found', field: `lines.${i}.sku`, params: { product: line.sku ?? '' } }];
  if (!mayBuy(partner, product))
    return [{ code: 'partner.not_in_range', field: `lines.${i}.sku`, params: { sku: product.sku } }];
  try {
    quantityOf(line.qty, product, `lines.${i}`, line.unit);
  } catch (error) {
    if (error instanceof Refused) return [...error.refusals];
    throw error;
  }
  return noPrice ? [{ code: 'price.missing', field: `lines.${i}.sku`, params: { skus: product.sku } }] : [];
}

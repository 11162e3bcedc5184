/** Promotions: a percentage or an amount off the price or off the whole order, or goods given for goods bought. Source: R4.1. */
import { z } from 'zod';
import {
  Amount,
  BizDate,
  Code,
  Currency,
  Id,
  Page,
  PageQuery,
  PositiveAmount,
  PositiveQty,
  Price,
  Qty,
  Rate,
  Text,
} from './common.ts';
import { operation } from './operation.ts';

export const PROMOTION_KINDS = ['percentage', 'amount', 'free_goods', 'order_percentage', 'order_amount'] as const;
const Product = z.object({ id: Id, sku: z.string(), name: z.string() });

export const PromotionView = z
  .object({
    id: Id,
    version: z.number().int(),
    code: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    kind: z.enum(PROMOTION_KINDS),
    rate: Rate.nullable(),
    offPrice: Price.nullable(),
    offAmount: Amount.nullable(),
    /** null where there is no currency. */
    minAmount: Amount.nullable(),
    currency: z.string().nullable(),
    buyQty: Qty.nullable(),
    getQty: Qty.nullable(),
    /** null: the product that is bought. */
    gift: Product.nullable(),
    minQty: Qty,
    validFrom: BizDate,
    validTo: BizDate,
    products: z.array(Product),
    categories: z.array(z.string()),
    levels: z.array(z.string()),
    partners: z.array(z.object({ id: Id, no: z.string(), name: z.string() })),
    onAgreement: z.boolean(),
    priority: z.number().int(),
    stacks: z.boolean(),
    quotaQty: Qty.nullable(),
    usedQty: Qty,
    isActive: z.boolean(),
  })
  .meta({ id: 'Promotion' });

const fields = {
  name: Text(100),
  nameEn: Text(100).nullable().optional(),
  /** percentage, order_percentage: 0.1 takes ten percent off. */
  rate: Rate.optional(),
  /** amount: off the price of one base unit, in `currency` (left out: the company's). */
  offPrice: Price.optional(),
  /** order_amount: off the whole order, in `currency`. */
  offAmount: PositiveAmount.optional(),
  /** order_percentage, order_amount: from this amount of the lines in the range on, as the order shows them. */
  minAmount: Amount.optional(),
  currency: Currency.optional(),
  /** free_goods: for every buyQty of the product getQty of it, or of the gift, at no price; base units. */
  buyQty: PositiveQty.optional(),
  getQty: PositiveQty.optional(),
  giftProductId: Id.nullable().optional(),
  /** From this quantity of the product in one order on, base units. */
  minQty: Qty.optional(),
  validFrom: BizDate,
  validTo: BizDate,
  /** The range; an empty list means all. */
  productIds: z.array(Id).max(500).optional(),
  categories: z.array(Text(100)).max(100).optional(),
  levels: z.array(Code(20)).max(50).optional(),
  partnerIds: z.array(Id).max(500).optional(),
  /** Whether prices of a partner's own agreement are lowered as well. */
  onAgreement: z.boolean().optional(),
  /** The greater one is applied first. */
  priority: z.number().int().min(0).max(1000).optional(),
  /** Together with others that stack; otherwise alone, and only where nothing of a greater priority holds. */
  stacks: z.boolean().optional(),
  /** At most so many base units in all, counted from the submission of an order until it is cancelled. */
  quotaQty: PositiveQty.nullable().optional(),
};
export const PromotionCreate = z
  .strictObject({ code: Code(30), kind: z.enum(PROMOTION_KINDS), ...fields })
  .meta({ id: 'PromotionCreate' });
export const PromotionUpdate = z
  .strictObject({ ...fields, isActive: z.boolean() })
  .partial()
  .meta({ id: 'PromotionUpdate' });

export const promotionFilters = {
  q: z.string().max(100).optional(),
  kind: z.enum(PROMOTION_KINDS).optional(),
  active: z.enum(['true', 'false']).optional(),
  /** Only those in force on this day. */
  on: BizDate.optional(),
};

const params = z.object({ promotionId: Id });
const ERRORS = [
  'promotion.fields',
  'promotion.period',
  'promotion.quota_full',
  'product.not_found',
  'partner.not_found',
  'field.currency',
  'field.amount_decimals',
] as const;

export const promotionList = operation({
  id: 'promotionList',
  method: 'GET',
  path: '/api/v1/promotions',
  summary: 'Promotions',
  article: 'R4.1',
  can: 'price.read',
  query: z.strictObject({ ...PageQuery, ...promotionFilters }),
  response: Page(PromotionView),
  errors: ['request.bad_cursor'],
});
export const promotionGet = operation({
  id: 'promotionGet',
  method: 'GET',
  path: '/api/v1/promotions/:promotionId',
  summary: 'One promotion',
  article: 'R4.1',
  can: 'price.read',
  params,
  response: PromotionView,
  errors: ['promotion.not_found'],
});
export const promotionCreate = operation({
  id: 'promotionCreate',
  method: 'POST',
  path: '/api/v1/promotions',
  summary: 'Add a promotion',
  article: 'R4.1',
  can: 'price.write',
  body: PromotionCreate,
  response: PromotionView,
  status: 201,
  idempotent: true,
  errors: ['promotion.duplicate', 'field.code_characters', ...ERRORS],
});
export const promotionUpdate = operation({
  id: 'promotionUpdate',
  method: 'PATCH',
  path: '/api/v1/promotions/:promotionId',
  summary: 'Change, end or revive a promotion; orders that are under way keep what they have',
  article: 'R4.1',
  can: 'price.write',
  params,
  body: PromotionUpdate,
  response: PromotionView,
  idempotent: true,
  versioned: true,
  errors: ['promotion.not_found', ...ERRORS],
});

export const promotionOperations = [promotionList, promotionGet, promotionCreate, promotionUpdate] as const;

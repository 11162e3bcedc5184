/** Why a line has its price: the steps from the list to the price, as they were when it was made. Source: R4.1. */
import { z } from 'zod';

export const PRICE_STEPS = [
  'list',
  'break',
  'unit',
  'tax',
  'promotion',
  'promotion_full',
  'order_promotion',
  'order_discount',
  'rounded',
  'by_hand',
  'free',
] as const;

/**
 * list: price list (code, its kind, the listed price, its period, its unit when it is not the base unit, and the agreement that names it) · break: from this quantity on ·
 * unit: converted to the ordered unit · tax: converted to the tax mode of the order · promotion: which one, and the price after it, or for
 * free goods how many for how many · promotion_full: its quota is used up · order_promotion: which one on the whole order, from which amount
 * on, and what of it is taken off this line · order_discount: what a person takes off the whole order, as a part or an amount, and what of
 * it is taken off this line · rounded: to the decimals of the list · by_hand: a person named
 * another price · free: a person gives it away.
 */
export const PriceStep = z
  .object({
    step: z.enum(PRICE_STEPS),
    id: z.string().optional(),
    code: z.string().optional(),
    name: z.string().optional(),
    kind: z.string().optional(),
    price: z.string().optional(),
    unit: z.string().optional(),
    qty: z.string().optional(),
    rate: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    /** The number and the version of the agreement that names the list. */
    agreement: z.string().optional(),
    version: z.number().int().optional(),
    /** order_promotion, order_discount: what is taken off this line, and from which amount of the order on. */
    amount: z.string().optional(),
    minAmount: z.string().optional(),
    decimals: z.number().int().optional(),
    buy: z.string().optional(),
    get: z.string().optional(),
    /** The promotion has a quota, of which the quantity of the line is taken. */
    limited: z.boolean().optional(),
  })
  .meta({ id: 'PriceStep', description: 'One step of the explanation of a price' });
export type PriceStep = z.infer<typeof PriceStep>;

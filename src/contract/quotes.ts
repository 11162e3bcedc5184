/** Price, tax and promise of lines without saving anything: for the line editor, the portal and partners' systems. Source: R4.1, R4.2. */
import { z } from 'zod';
import { Amount, BizDate, Currency, DiscountRate, Id, PositiveAmount, Price, Qty, RefusalView } from './common.ts';
import { operation } from './operation.ts';
import { LinePromise, MAX_LINES, OrderLineInput } from './order-shapes.ts';
import { PriceStep } from './price-steps.ts';

export const QuoteLine = z.object({
  index: z.number().int(),
  productId: Id.nullable(),
  sku: z.string().nullable(),
  name: z.string().nullable(),
  nameEn: z.string().nullable(),
  /** The base unit, and the quantity in it. */
  unit: z.string().nullable(),
  qty: Qty,
  /** As the line was written; `unitPrice` is per `orderedUnit`. */
  orderedQty: z.string(),
  orderedUnit: z.string().nullable(),
  /** All units that the product can be ordered in. */
  units: z.array(z.string()),
  unitPrice: Price.nullable(),
  priceSource: z
    .object({ listCode: z.string(), listName: z.string(), minQty: Qty, validFrom: BizDate, validTo: BizDate })
    .nullable(),
  /** Why the agreed price is what it is. */
  why: z.array(PriceStep),
  netAmount: Amount.nullable(),
  taxAmount: Amount.nullable(),
  grossAmount: Amount.nullable(),
  promisedOn: BizDate.nullable(),
  promises: z.array(LinePromise),
  problems: z.array(RefusalView),
});
const QuoteGift = z.object({
  index: z.number().int(),
  promotion: z.object({ code: z.string(), name: z.string() }),
  productId: Id,
  sku: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  qty: Qty,
  unit: z.string(),
});
export const quoteCreate = operation({
  id: 'quoteCreate',
  method: 'POST',
  path: '/api/v1/quotes',
  summary: 'Price, tax and promise of lines, without saving anything',
  article: 'R4.1',
  can: 'quote.make',
  body: z.strictObject({
    partnerId: Id.optional(),
    requestedOn: BizDate.optional(),
    orderDiscountAmount: PositiveAmount.optional(),
    orderDiscountRate: DiscountRate.optional(),
    lines: z.array(OrderLineInput).max(MAX_LINES, 'order.too_many_lines'),
  }),
  response: z
    .object({
      currency: Currency,
      taxInclusive: z.boolean(),
      pricedOn: BizDate,
      lines: z.array(QuoteLine),
      /** What promotions give for these lines; `index`: the line that earned it. */
      gifts: z.array(QuoteGift),
      /** What a person takes off the whole order, spread over the lines. */
      orderDiscountAmount: Amount,
      /** What promotions take off the whole order. */
      promotions: z.array(z.object({ code: z.string(), name: z.string(), amount: Amount })),
      netAmount: Amount,
      taxAmount: Amount,
      grossAmount: Amount,
    })
    .meta({ id: 'Quote' }),
  errors: ['partner.not_found', 'order.too_many_lines', 'order.discount_twice'],
});

/** Figures of a partner, as the reader of the event log keeps them: never more than a second behind. */
import { z } from 'zod';
import { Amount, Currency, Id, Qty } from './common.ts';
import { operation } from './operation.ts';

/** Products are given at most. */
export const FIGURE_PRODUCTS = 20;

/** months: the last twelve, the current one last; products: what the partner ordered most of in them, by net amount. Amounts are null for roles that do not see money. */
export const PartnerFigures = z
  .object({
    months: z.array(
      z.object({
        month: z.string(),
        orders: z.number().int(),
        lines: z.number().int(),
        amount: Amount.nullable(),
        currency: Currency,
      }),
    ),
    products: z.array(
      z.object({
        productId: Id,
        sku: z.string(),
        name: z.string(),
        nameHans: z.string().nullable(),
        nameEn: z.string().nullable(),
        unit: z.string(),
        lines: z.number().int(),
        qty: Qty,
        netAmount: Amount.nullable(),
        currency: Currency,
      }),
    ),
  })
  .meta({ id: 'PartnerFigures' });
export const partnerFigures = operation({
  id: 'partnerFigures',
  method: 'GET',
  path: '/api/v1/partners/:partnerId/figures',
  summary:
    'What a partner ordered in the last twelve months, by month and by product; drafts and cancelled orders left out',
  can: 'order.read',
  params: z.object({ partnerId: Id }),
  response: PartnerFigures,
  errors: ['partner.not_found'],
});

export const figureOperations = [partnerFigures] as const;

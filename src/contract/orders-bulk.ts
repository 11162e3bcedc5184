/** Orders in bulk. Source: R3.3. */
import { z } from 'zod';
import { Amount, Currency, Id } from './common.ts';
import { operation } from './operation.ts';
import { LINES, SUBMIT } from './order-errors.ts';

export const MAX_BULK_ORDERS = 1000;
/** Each order is checked by itself, so that one that is unfit spoils no other. */
const AnyOrder = z.unknown().meta({ override: { $ref: '#/components/schemas/OrderCreate' } });
export const OrderCreateMany = z
  .strictObject({
    /** valid_rows: good orders are made, the others come back with their reasons. all_or_nothing: all are made, or none. */
    mode: z.enum(['valid_rows', 'all_or_nothing']),
    orders: z.array(AnyOrder).min(1, 'field.too_short').max(MAX_BULK_ORDERS, 'field.too_many'),
  })
  .meta({ id: 'OrderCreateMany' });
export const OrderCreateManyResult = z
  .object({
    okCount: z.number().int(),
    errorCount: z.number().int(),
    /** In the order of the request. */
    orders: z.array(
      z.object({
        index: z.number().int(),
        ok: z.boolean(),
        id: Id.optional(),
        no: z.string().optional(),
        state: z.string().optional(),
        grossAmount: Amount.optional(),
        currency: Currency.optional(),
        /** Made by an earlier sending of the same request. */
        replayed: z.boolean().optional(),
        errors: z.array(
          z.object({
            code: z.string(),
            title: z.string(),
            detail: z.string(),
            field: z.string().optional(),
            params: z.record(z.string(), z.string()).optional(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'OrderCreateManyResult' });
export const orderCreateMany = operation({
  id: 'orderCreateMany',
  method: 'POST',
  path: '/api/v1/orders/bulk',
  summary:
    'Create up to 1,000 orders in one request, each with its own outcome. The same request again (same key) makes nothing new and goes on where it was interrupted',
  article: 'R3.3',
  can: 'order.create',
  body: OrderCreateMany,
  response: OrderCreateManyResult,
  idempotent: true,
  errors: ['partner.not_found', 'field.unknown', ...LINES, ...SUBMIT],
});

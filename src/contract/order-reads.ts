/** What can be read of an order besides itself: comparisons and the timeline. Source: R3.3, R4.3, R5.3. */
import { z } from 'zod';
import { Id, Instant, Page, PageQuery } from './common.ts';
import { operation } from './operation.ts';

const params = z.object({ orderId: Id });

/** Side by side with what was asked for (R3.3). */
export const orderCompareInquiry = operation({
  id: 'orderCompareInquiry',
  method: 'GET',
  path: '/api/v1/orders/:orderId/inquiry-comparison',
  summary: 'Inquiry and order side by side, each difference marked',
  article: 'R3.3',
  can: 'order.read',
  params,
  response: z.object({
    inquiryId: Id.nullable(),
    items: z.array(
      z.object({
        key: z.string(),
        lineNo: z.number().int().nullable(),
        field: z.string(),
        label: z.string().nullable(),
        inquiryValue: z.string().nullable(),
        orderValue: z.string().nullable(),
        differs: z.boolean(),
        accepted: z.boolean(),
      }),
    ),
  }),
  errors: ['order.not_found'],
});

/** Two rounds side by side, or the last round and what stands on the order now (R4.3). */
export const orderCompareRounds = operation({
  id: 'orderCompareRounds',
  method: 'GET',
  path: '/api/v1/orders/:orderId/round-comparison',
  summary: 'Two rounds of confirmation side by side, each difference marked',
  article: 'R4.3',
  can: 'order.read',
  params,
  query: z.strictObject({
    left: z.coerce.number({ error: 'field.bad_parameter' }).int('field.bad_parameter').min(1, 'field.bad_parameter'),
    /** Without it: the order as it stands now. */
    right: z.coerce
      .number({ error: 'field.bad_parameter' })
      .int('field.bad_parameter')
      .min(1, 'field.bad_parameter')
      .optional(),
  }),
  response: z.object({
    left: z.number().int(),
    right: z.number().int().nullable(),
    items: z.array(
      z.object({
        key: z.string(),
        lineNo: z.number().int().nullable(),
        product: z.object({ sku: z.string(), name: z.string(), nameEn: z.string().nullable() }).nullable(),
        field: z.string(),
        left: z.string().nullable(),
        right: z.string().nullable(),
        differs: z.boolean(),
      }),
    ),
  }),
  errors: ['order.not_found', 'order.round_not_found'],
});

export const TimelineEntry = z
  .object({
    id: Id,
    at: Instant,
    type: z.string(),
    documentType: z.string(),
    documentId: Id,
    documentNo: z.string().nullable(),
    version: z.number().int(),
    actorName: z.string().nullable(),
    actorKind: z.string(),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });
export const orderTimeline = operation({
  id: 'orderTimeline',
  method: 'GET',
  path: '/api/v1/orders/:orderId/timeline',
  summary: 'All that happened to an order and its documents',
  article: 'R5.3',
  can: 'order.read',
  params,
  query: z.strictObject({ ...PageQuery }),
  response: Page(TimelineEntry),
  errors: ['order.not_found', 'request.bad_cursor'],
});

/** Orders that come again: saved under a name, shared in a team, and the start of a new draft. Rulings, section 7. */
import { z } from 'zod';
import { Id, Instant, Page, PageQuery, PartnerRef, Text } from './common.ts';
import { operation } from './operation.ts';
import { OrderView } from './order-shapes.ts';

export const OrderTemplateView = z
  .object({
    id: Id,
    name: z.string(),
    isShared: z.boolean(),
    /** Mine: only the owner renames, shares and deletes it. */
    mine: z.boolean(),
    owner: z.string(),
    partner: PartnerRef,
    lineCount: z.number().int(),
    /** The first products, for recognising it. */
    products: z.array(z.string()),
    updatedAt: Instant,
    version: z.number().int(),
  })
  .meta({ id: 'OrderTemplate' });

const params = z.object({ templateId: Id });
const NAME = Text(80);
const COMMON = { can: 'order.create', article: 'R3.3' } as const;

export const orderTemplateList = operation({
  ...COMMON,
  id: 'orderTemplateList',
  method: 'GET',
  path: '/api/v1/order-templates',
  summary: 'One’s own templates and those shared by one’s side',
  query: z.strictObject({ ...PageQuery, partnerId: Id.optional() }),
  response: Page(OrderTemplateView),
  errors: ['request.bad_cursor'],
});
export const orderTemplateSave = operation({
  ...COMMON,
  id: 'orderTemplateSave',
  method: 'POST',
  path: '/api/v1/orders/:orderId/save-as-template',
  summary: 'Save the goods and header of an order as a template; prices and dates are not kept',
  params: z.object({ orderId: Id }),
  body: z.strictObject({ name: NAME, isShared: z.boolean() }),
  response: OrderTemplateView,
  status: 201,
  idempotent: true,
  errors: ['order.not_found', 'order.no_lines', 'template.name_taken'],
});
export const orderTemplateUpdate = operation({
  ...COMMON,
  id: 'orderTemplateUpdate',
  method: 'PATCH',
  path: '/api/v1/order-templates/:templateId',
  summary: 'Rename one’s own template, share it or keep it to oneself',
  params,
  body: z.strictObject({ name: NAME.optional(), isShared: z.boolean().optional() }),
  response: OrderTemplateView,
  idempotent: true,
  versioned: true,
  errors: ['template.not_found', 'template.name_taken'],
});
export const orderTemplateDelete = operation({
  ...COMMON,
  id: 'orderTemplateDelete',
  method: 'POST',
  path: '/api/v1/order-templates/:templateId/delete',
  summary: 'Delete one’s own template; orders made from it stay',
  params,
  response: z.object({ id: Id }),
  idempotent: true,
  versioned: true,
  errors: ['template.not_found'],
});
export const orderTemplateUse = operation({
  ...COMMON,
  id: 'orderTemplateUse',
  method: 'POST',
  path: '/api/v1/order-templates/:templateId/use',
  summary: 'A new draft from a template, priced for today; goods that are no longer sold are left out',
  params,
  response: OrderView,
  status: 201,
  idempotent: true,
  errors: ['template.not_found', 'partner.not_active', 'order.no_lines'],
});

export const orderTemplateOperations = [
  orderTemplateList,
  orderTemplateSave,
  orderTemplateUpdate,
  orderTemplateDelete,
  orderTemplateUse,
] as const;

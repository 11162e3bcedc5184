/** Picking on the wire, and the parts that picking and shipping share. Source: R5.1. */
import { z } from 'zod';
import {
  AllowedAction,
  BizDate,
  Id,
  Instant,
  Named,
  Page,
  PageQuery,
  PartnerRef,
  Qty,
  Reason,
  Text,
} from './common.ts';
import { DELIVERY_STATUSES, ORDER_STATES } from './machines/order.ts';
import { PICKING_STATES, SHIPMENT_STATES } from './machines/others.ts';
import { operation } from './operation.ts';
import { StockProduct, StockWarehouse } from './stock.ts';

const Flag = z.enum(['true', 'false'], 'field.bad_parameter');
export const LineNo = z.number().int('field.invalid').min(1, 'field.invalid').max(100_000, 'field.invalid');

/** The order as execution shows it. */
export const ExecutionOrder = z
  .object({
    id: Id,
    no: z.string(),
    state: z.enum(ORDER_STATES),
    deliveryStatus: z.enum(DELIVERY_STATUSES),
    poNo: z.string().nullable(),
    customerName: z.string().nullable(),
    requestedOn: BizDate.nullable(),
    partner: PartnerRef,
  })
  .meta({ id: 'ExecutionOrder' });

/** Who has to do the next step; null when nobody has. */
export const Holder = z
  .object({
    side: z.enum(['staff', 'partner']),
    role: z.string(),
    user: Named.nullable(),
    kind: z.string(),
    dueAt: Instant.nullable(),
  })
  .meta({ id: 'Holder' });

/** What a step of execution answers: the document after it, and where its order stands now. */
export const ExecutionResult = z
  .object({
    id: Id,
    no: z.string(),
    state: z.string(),
    version: z.number().int(),
    order: z.object({
      id: Id,
      no: z.string(),
      state: z.enum(ORDER_STATES),
      version: z.number().int(),
      deliveryStatus: z.enum(DELIVERY_STATUSES),
    }),
    /** Documents that came with it: the picking for the rest of a short pick. */
    also: z.array(z.object({ id: Id, no: z.string(), kind: z.string() })),
  })
  .meta({ id: 'ExecutionResult' });

const pickingFields = {
  id: Id,
  no: z.string(),
  state: z.enum(PICKING_STATES),
  order: ExecutionOrder,
  warehouse: StockWarehouse,
  readyByOn: BizDate.nullable(),
  isLate: z.boolean(),
  lineCount: z.number().int(),
  qty: Qty,
  pickedQty: Qty,
  shippedQty: Qty,
  startedBy: Named.nullable(),
  startedAt: Instant.nullable(),
  readyAt: Instant.nullable(),
  createdAt: Instant,
  version: z.number().int(),
};
export const PickingItem = z.object(pickingFields).meta({ id: 'PickingItem' });
export const PickingLine = z
  .object({
    lineNo: z.number().int(),
    product: StockProduct,
    unit: z.string(),
    qty: Qty,
    pickedQty: Qty,
    shippedQty: Qty,
    note: z.string().nullable(),
  })
  .meta({ id: 'PickingLine' });
export const PickingView = z
  .object({
    ...pickingFields,
    shortReason: z.string().nullable(),
    deliveryAddress: z.string().nullable(),
    lines: z.array(PickingLine),
    shipments: z.array(z.object({ id: Id, no: z.string(), state: z.enum(SHIPMENT_STATES) })),
    holder: Holder.nullable(),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'PickingView' });

const pickingParams = z.object({ pickingId: Id });

export const pickingFilters = {
  q: Text(100).optional(),
  state: z.enum(PICKING_STATES, 'field.bad_parameter').optional(),
  warehouseId: Id.optional(),
  orderId: Id.optional(),
  partnerId: Id.optional(),
  readyByTo: BizDate.optional(),
  /** Ready and not shipped in full. */
  toShip: Flag.optional(),
  mine: Flag.optional(),
};
export const pickingsList = operation({
  id: 'pickingsList',
  method: 'GET',
  path: '/api/v1/pickings',
  summary: 'Picking lists by warehouse, state and date',
  article: 'R5.1',
  can: 'stock.read',
  query: z.strictObject({ ...PageQuery, ...pickingFilters }),
  response: Page(PickingItem),
  errors: ['request.bad_cursor'],
});

export const pickingGet = operation({
  id: 'pickingGet',
  method: 'GET',
  path: '/api/v1/pickings/:pickingId',
  summary: 'One picking list',
  article: 'R5.1',
  can: 'stock.read',
  params: pickingParams,
  response: PickingView,
  errors: ['picking.not_found'],
});

export const pickingCreate = operation({
  id: 'pickingCreate',
  method: 'POST',
  path: '/api/v1/pickings',
  summary: 'Open picking lists for what an order has reserved from stock and nobody picks yet',
  article: 'R5.1',
  can: 'shipment.plan',
  body: z.strictObject({ orderId: Id }),
  response: z.object({ orderId: Id, pickings: z.array(z.object({ id: Id, no: z.string(), warehouseId: Id })) }),
  status: 201,
  idempotent: true,
  errors: ['order.not_found', 'order.wrong_state', 'picking.nothing_open'],
});

export const pickingStart = operation({
  id: 'pickingStart',
  method: 'POST',
  path: '/api/v1/pickings/:pickingId/start',
  summary: 'Begin to pick',
  article: 'R5.1',
  can: 'pick.work',
  params: pickingParams,
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: ['picking.not_found', 'picking.wrong_state', 'order.wrong_state', 'order.hold', 'request.version_stale'],
});

export const SHORT_REST = ['pick_again', 'report'] as const;
export const pickingFinish = operation({
  id: 'pickingFinish',
  method: 'POST',
  path: '/api/v1/pickings/:pickingId/finish',
  summary: 'Goods ready: picked quantities by line; a short pick says why and what happens to the rest',
  article: 'R5.1',
  can: 'pick.work',
  params: pickingParams,
  body: z.strictObject({
    /** A list that nobody has begun yet is begun and finished in this one step; both are recorded. Otherwise it has to be begun before. */
    begin: z.boolean('field.invalid').default(false),
    /** Lines picked otherwise than in full; a line that is left out was picked in full. */
    lines: z
      .array(z.strictObject({ lineNo: LineNo, pickedQty: Qty }))
      .max(2000, 'field.too_many')
      .default([]),
    shortReason: Reason.optional(),
    /** pick_again: a new open picking list holds the rest. report: order processing decides what becomes of it. */
    rest: z.enum(SHORT_REST, 'field.invalid').default('pick_again'),
  }),
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: [
    'picking.not_found',
    'picking.wrong_state',
    'picking.exceeds',
    'picking.nothing_picked',
    'picking.short_reason',
    'line.not_found',
    'stock.qty_whole',
    'order.wrong_state',
    'order.hold',
    'request.version_stale',
  ],
});

export const pickingPutBack = operation({
  id: 'pickingPutBack',
  method: 'POST',
  path: '/api/v1/pickings/:pickingId/put-back',
  summary: 'The way back: goods return to their place, the list is open again',
  article: 'R5.1',
  can: 'pick.work',
  params: pickingParams,
  body: z.strictObject({ reason: Reason }),
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: [
    'picking.not_found',
    'picking.wrong_state',
    'order.wrong_state',
    'order.already_shipped',
    'request.version_stale',
  ],
});

export const pickingCancel = operation({
  id: 'pickingCancel',
  method: 'POST',
  path: '/api/v1/pickings/:pickingId/cancel',
  summary: 'Give up an open picking list; order processing decides what becomes of its lines',
  article: 'R5.1',
  can: 'pick.work',
  params: pickingParams,
  body: z.strictObject({ reason: Reason }),
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: ['picking.not_found', 'picking.wrong_state', 'request.version_stale'],
});

export const pickingOperations = [
  pickingsList,
  pickingGet,
  pickingCreate,
  pickingStart,
  pickingFinish,
  pickingPutBack,
  pickingCancel,
] as const;

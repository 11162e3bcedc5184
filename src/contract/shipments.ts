/** Dispatch, tracking, proof of delivery. Source: R5.2, R5.3. */
import { z } from 'zod';
import {
  AllowedAction,
  BizDate,
  Code,
  Id,
  Instant,
  LongText,
  Named,
  Page,
  PageQuery,
  PositiveQty,
  Qty,
  Reason,
  RefusalView,
  Text,
} from './common.ts';
import { SHIPMENT_STATES } from './machines/others.ts';
import { operation } from './operation.ts';
import { ExecutionOrder, ExecutionResult, Holder, LineNo } from './pickings.ts';
import { StockProduct, StockWarehouse } from './stock.ts';

const Flag = z.enum(['true', 'false'], 'field.bad_parameter');

const shipmentFields = {
  id: Id,
  no: z.string(),
  state: z.enum(SHIPMENT_STATES),
  order: ExecutionOrder,
  warehouse: StockWarehouse,
  carrier: Named.extend({ nameEn: z.string().nullable() }).nullable(),
  waybillNo: z.string().nullable(),
  shippedAt: Instant,
  expectedOn: BizDate.nullable(),
  deliveredAt: Instant.nullable(),
  /** Expected before today and not delivered. */
  isLate: z.boolean(),
  /** An exception was reported and is not settled. */
  hasException: z.boolean(),
  /** Less was received than shipped, and it is not settled. */
  hasDifference: z.boolean(),
  lastNewsAt: Instant,
  lineCount: z.number().int(),
  qty: Qty,
  version: z.number().int(),
};
export const ShipmentItem = z.object(shipmentFields).meta({ id: 'ShipmentItem' });
export const ShipmentLine = z
  .object({
    lineNo: z.number().int(),
    product: StockProduct,
    unit: z.string(),
    qty: Qty,
    receivedQty: Qty.nullable(),
    /** Of the difference: settled as lost; the order line is open again for it. */
    lostQty: Qty,
  })
  .meta({ id: 'ShipmentLine' });

export const TRACKING_KINDS = ['progress', 'exception', 'settled'] as const;
export const EXCEPTION_KINDS = ['late', 'damaged', 'lost', 'refused', 'short', 'other'] as const;
export const TrackingEvent = z
  .object({
    id: Id,
    at: Instant,
    kind: z.enum(TRACKING_KINDS),
    exceptionKind: z.enum(EXCEPTION_KINDS).nullable(),
    place: z.string().nullable(),
    note: z.string(),
    newExpectedOn: BizDate.nullable(),
    recordedAt: Instant,
    /** Left out for partners. */
    recordedBy: Named.nullable().optional(),
  })
  .meta({ id: 'TrackingEvent' });
export const ShipmentView = z
  .object({
    ...shipmentFields,
    missingDataReason: z.string().nullable(),
    deliveryAddress: z.string().nullable(),
    receiver: z.string().nullable(),
    receiverPhone: z.string().nullable(),
    receivedBy: z.string().nullable(),
    receiptNote: z.string().nullable(),
    /** Internal; null for partners. */
    note: z.string().nullable(),
    lines: z.array(ShipmentLine),
    tracking: z.array(TrackingEvent),
    holder: Holder.nullable(),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'ShipmentView' });

/** What of an order could leave now, by warehouse. */
export const DispatchView = z
  .object({
    order: ExecutionOrder,
    deliveryAddress: z.string().nullable(),
    receiver: z.string().nullable(),
    receiverPhone: z.string().nullable(),
    deliveryMethod: z.string().nullable(),
    warehouses: z.array(
      z.object({
        warehouse: StockWarehouse,
        lines: z.array(
          z.object({
            lineNo: z.number().int(),
            product: StockProduct,
            unit: z.string(),
            /** Picked and not shipped. */
            readyQty: Qty,
            /** Still to be picked in this warehouse. */
            pickingQty: Qty,
            orderedQty: Qty,
            shippedQty: Qty,
          }),
        ),
        /** Why it cannot leave now; empty: go. */
        refusals: z.array(RefusalView),
      }),
    ),
    version: z.number().int(),
  })
  .meta({ id: 'DispatchView' });

const shipmentParams = z.object({ shipmentId: Id });

export const dispatchGet = operation({
  id: 'dispatchGet',
  method: 'GET',
  path: '/api/v1/orders/:orderId/dispatch',
  summary: 'What of an order could be shipped now, by warehouse',
  article: 'R5.2',
  can: 'stock.read',
  params: z.object({ orderId: Id }),
  response: DispatchView,
  errors: ['order.not_found'],
});

export const shipmentCreate = operation({
  id: 'shipmentCreate',
  method: 'POST',
  path: '/api/v1/shipments',
  summary: 'Dispatch: goods that stand ready leave the warehouse, all or part, in one step with the goods issue',
  article: 'R5.2',
  can: 'shipment.dispatch',
  body: z.strictObject({
    orderId: Id,
    warehouseId: Id,
    /** Left out: everything that stands ready in that warehouse. */
    lines: z
      .array(z.strictObject({ lineNo: LineNo, qty: PositiveQty }))
      .min(1, 'field.too_short')
      .max(2000, 'field.too_many')
      .optional(),
    carrierId: Id.optional(),
    waybillNo: Code(60).optional(),
    shippedAt: Instant,
    expectedOn: BizDate.optional(),
    /** Why carrier, waybill number or expected arrival are not known yet. */
    missingDataReason: Reason.optional(),
    note: LongText(2000).optional(),
  }),
  response: ExecutionResult,
  status: 201,
  idempotent: true,
  errors: [
    'order.not_found',
    'order.wrong_state',
    'order.hold',
    'warehouse.not_found',
    'carrier.not_found',
    'shipment.nothing_ready',
    'shipment.exceeds_ready',
    'shipment.data_missing',
    'shipment.time_order',
    'line.not_found',
    'stock.qty_whole',
    'stock.insufficient',
  ],
});

export const shipmentFilters = {
  q: Text(100).optional(),
  state: z.enum(SHIPMENT_STATES, 'field.bad_parameter').optional(),
  orderId: Id.optional(),
  partnerId: Id.optional(),
  warehouseId: Id.optional(),
  carrierId: Id.optional(),
  from: BizDate.optional(),
  to: BizDate.optional(),
  late: Flag.optional(),
  exception: Flag.optional(),
};
export const shipmentsList = operation({
  id: 'shipmentsList',
  method: 'GET',
  path: '/api/v1/shipments',
  summary: 'Shipments, newest first',
  article: 'R5.2',
  can: 'shipment.read',
  query: z.strictObject({ ...PageQuery, ...shipmentFilters }),
  response: Page(ShipmentItem),
  errors: ['request.bad_cursor'],
});

export const shipmentGet = operation({
  id: 'shipmentGet',
  method: 'GET',
  path: '/api/v1/shipments/:shipmentId',
  summary: 'One shipment with its lines and tracking',
  article: 'R5.3',
  can: 'shipment.read',
  params: shipmentParams,
  response: ShipmentView,
  errors: ['shipment.not_found'],
});

export const shipmentTrack = operation({
  id: 'shipmentTrack',
  method: 'POST',
  path: '/api/v1/shipments/:shipmentId/track',
  summary: 'News from the road: place, new arrival, exception; missing shipping data may be added',
  article: 'R5.2',
  can: 'shipment.track',
  params: shipmentParams,
  body: z.strictObject({
    at: Instant,
    kind: z.enum(TRACKING_KINDS, 'field.invalid').default('progress'),
    exceptionKind: z.enum(EXCEPTION_KINDS, 'field.invalid').optional(),
    place: Text(200).optional(),
    note: LongText(2000),
    newExpectedOn: BizDate.optional(),
    carrierId: Id.optional(),
    waybillNo: Code(60).optional(),
  }),
  response: ExecutionResult,
  idempotent: true,
  errors: [
    'shipment.not_found',
    'shipment.wrong_state',
    'shipment.time_order',
    'shipment.no_exception',
    'carrier.not_found',
    'field.required',
  ],
});

export const shipmentDeliver = operation({
  id: 'shipmentDeliver',
  method: 'POST',
  path: '/api/v1/shipments/:shipmentId/deliver',
  summary: 'Proof of delivery with received quantities; partners confirm receipt of their own',
  article: 'R5.2',
  can: 'shipment.deliver',
  params: shipmentParams,
  body: z.strictObject({
    at: Instant,
    receivedBy: Text(100),
    note: LongText(2000).optional(),
    /** Lines of which another quantity than shipped was received; a line that is left out arrived in full. */
    lines: z
      .array(z.strictObject({ lineNo: LineNo, receivedQty: Qty }))
      .max(2000, 'field.too_many')
      .default([]),
  }),
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: [
    'shipment.not_found',
    'shipment.wrong_state',
    'shipment.received_exceeds',
    'shipment.time_order',
    'line.not_found',
    'field.required',
    'stock.qty_whole',
    'request.version_stale',
  ],
});

export const shipmentUndeliver = operation({
  id: 'shipmentUndeliver',
  method: 'POST',
  path: '/api/v1/shipments/:shipmentId/undeliver',
  summary: 'The way back: the proof of delivery was wrong',
  article: 'R5.2',
  can: 'shipment.reverse',
  params: shipmentParams,
  body: z.strictObject({ reason: Reason }),
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: [
    'shipment.not_found',
    'shipment.wrong_state',
    'order.wrong_state',
    'shipment.rest_in_use',
    'request.version_stale',
  ],
});

export const shipmentSettleDifference = operation({
  id: 'shipmentSettleDifference',
  method: 'POST',
  path: '/api/v1/shipments/:shipmentId/settle-difference',
  summary: 'What did not arrive is lost: the order line is open again for it, order processing decides',
  article: 'R5.2',
  can: 'shipment.reverse',
  params: shipmentParams,
  body: z.strictObject({ reason: Reason }),
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: [
    'shipment.not_found',
    'shipment.wrong_state',
    'order.wrong_state',
    'shipment.no_difference',
    'request.version_stale',
  ],
});

export const shipmentReverse = operation({
  id: 'shipmentReverse',
  method: 'POST',
  path: '/api/v1/shipments/:shipmentId/reverse',
  summary: 'The goods come back to the warehouse undelivered, and stand ready again',
  article: 'R5.2',
  can: 'shipment.reverse',
  params: shipmentParams,
  body: z.strictObject({ reason: Reason }),
  response: ExecutionResult,
  idempotent: true,
  versioned: true,
  errors: ['shipment.not_found', 'shipment.wrong_state', 'order.wrong_state', 'request.version_stale'],
});

export const shipmentOperations = [
  dispatchGet,
  shipmentCreate,
  shipmentsList,
  shipmentGet,
  shipmentTrack,
  shipmentDeliver,
  shipmentUndeliver,
  shipmentSettleDifference,
  shipmentReverse,
] as const;

/** Steps of execution that cross modules, over HTTP: in and out, nothing decided here. */
import { shipmentCreate, shipmentDeliver, shipmentReverse } from '../../contract/shipments.ts';
import { orderAnswerProduction } from '../../contract/orders.ts';
import { supplyReceive, supplyUpdate } from '../../contract/stock.ts';
import { type Route, write } from '../platform/http/route.ts';
import { instantOf, qtyOf } from '../platform/http/wire.ts';
import { deliverShipment } from './delivery-is-proved.ts';
import { createShipment } from './goods-are-shipped.ts';
import { reverseShipment } from './shipment-is-reversed.ts';
import { answerProduction } from './production-answers.ts';
import { receiveSupply } from './supply-is-received.ts';
import { rescheduleSupply } from './supply-is-rescheduled.ts';

export const executionRoutes: Route[] = [
  write(orderAnswerProduction, answerProduction, ({ params, body }) => ({
    orderId: params.orderId,
    lineNo: body.lineNo,
    on: body.on ?? null,
    warehouseId: body.warehouseId ?? null,
    reason: body.reason ?? null,
  })),
  write(supplyReceive, receiveSupply, ({ params, body }) => ({
    supplyId: params.supplyId,
    qty: qtyOf(body.qty, 'qty'),
    note: body.note ?? null,
  })),
  write(supplyUpdate, rescheduleSupply, ({ params, body }) => ({ supplyId: params.supplyId, ...body })),
  write(shipmentCreate, createShipment, ({ body }) => ({
    orderId: body.orderId,
    warehouseId: body.warehouseId,
    lines: body.lines?.map(({ lineNo, qty }, at) => ({ lineNo, qty: qtyOf(qty, `lines.${at}.qty`) })) ?? null,
    carrierId: body.carrierId ?? null,
    waybillNo: body.waybillNo ?? null,
    shippedAt: instantOf(body.shippedAt, 'shippedAt'),
    expectedOn: body.expectedOn ?? null,
    missingDataReason: body.missingDataReason ?? null,
    note: body.note ?? null,
  })),
  write(shipmentDeliver, deliverShipment, ({ params, body }) => ({
    shipmentId: params.shipmentId,
    at: instantOf(body.at, 'at'),
    receivedBy: body.receivedBy,
    note: body.note ?? null,
    lines: body.lines.map(({ lineNo, receivedQty }, at) => ({
      lineNo,
      receivedQty: qtyOf(receivedQty, `lines.${at}.receivedQty`),
    })),
  })),
  write(shipmentReverse, reverseShipment, ({ params, body }) => ({
    shipmentId: params.shipmentId,
    reason: body.reason,
  })),
];

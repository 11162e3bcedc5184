/** Picking, dispatch and tracking over HTTP: in and out, nothing decided here. Steps that cross modules are served from src/server/routes.ts. */
import * as picking from '../../../contract/pickings.ts';
import * as contract from '../../../contract/shipments.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { instantOf, qtyOf } from '../../platform/http/wire.ts';
import { cancelPicking } from './commands/cancel-picking.ts';
import { createPickings } from './commands/create-pickings.ts';
import { finishPicking } from './commands/finish-picking.ts';
import { putBackPicking } from './commands/put-back-picking.ts';
import { settleDifference } from './commands/settle-difference.ts';
import { startPicking } from './commands/start-picking.ts';
import { trackShipment } from './commands/track-shipment.ts';
import { undeliverShipment } from './commands/undeliver-shipment.ts';
import { readDispatch } from './dispatch-query.ts';
import { listPickings, readPicking } from './picking-queries.ts';
import { listShipments, readShipment } from './shipment-queries.ts';

export const shipmentRoutes: Route[] = [
  read(picking.pickingsList, ({ tx, query, ...viewer }) => listPickings(tx, query, viewer)),
  read(picking.pickingGet, ({ tx, params, ...viewer }) => readPicking(tx, params.pickingId, viewer)),
  read(contract.dispatchGet, ({ tx, params, ...viewer }) => readDispatch(tx, params.orderId, viewer)),
  read(contract.shipmentsList, ({ tx, query, ...viewer }) => listShipments(tx, query, viewer)),
  read(contract.shipmentGet, ({ tx, params, ...viewer }) => readShipment(tx, params.shipmentId, viewer)),
  write(picking.pickingCreate, createPickings, ({ body }) => body),
  write(picking.pickingStart, startPicking, ({ params }) => ({ pickingId: params.pickingId })),
  write(picking.pickingFinish, finishPicking, ({ params, body }) => ({
    pickingId: params.pickingId,
    begin: body.begin,
    lines: body.lines.map(({ lineNo, pickedQty }, at) => ({
      lineNo,
      pickedQty: qtyOf(pickedQty, `lines.${at}.pickedQty`),
    })),
    shortReason: body.shortReason ?? null,
    rest: body.rest,
  })),
  write(picking.pickingPutBack, putBackPicking, ({ params, body }) => ({
    pickingId: params.pickingId,
    reason: body.reason,
  })),
  write(picking.pickingCancel, cancelPicking, ({ params, body }) => ({
    pickingId: params.pickingId,
    reason: body.reason,
  })),
  write(contract.shipmentTrack, trackShipment, ({ params, body }) => ({
    shipmentId: params.shipmentId,
    at: instantOf(body.at, 'at'),
    kind: body.kind,
    exceptionKind: body.exceptionKind ?? null,
    place: body.place ?? null,
    note: body.note,
    newExpectedOn: body.newExpectedOn ?? null,
    carrierId: body.carrierId ?? null,
    waybillNo: body.waybillNo ?? null,
  })),
  write(contract.shipmentUndeliver, undeliverShipment, ({ params, body }) => ({
    shipmentId: params.shipmentId,
    reason: body.reason,
  })),
  write(contract.shipmentSettleDifference, settleDifference, ({ params, body }) => ({
    shipmentId: params.shipmentId,
    reason: body.reason,
  })),
];

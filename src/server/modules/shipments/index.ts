/** Front door of picking and shipping. */
export { cancelOpenPickingLines } from './shrink-pickings.ts';
export {
  decided,
  type ExecLine,
  type ExecOrder,
  type Execution,
  orderEvent,
  requireLine,
  requireOrder,
  requireShipment,
  resultOf,
  type Shipment,
  shipmentEvent,
  shipmentEventOf,
  stockKey,
} from './execution.ts';
export { type LoadOptions, loadExecution, type Named } from './execution-load.ts';
export { saveExecution } from './execution-save.ts';
export { pickingsExport, shipmentsExport } from './exports.ts';
export { extendPickings } from './extend-pickings.ts';
export {
  type PickingNeed,
  type PickingPlan,
  pickingEvent,
  pickingNosFor,
  planPickings,
  savePickings,
} from './picking-plan.ts';
export { holdRefusal, notInEffect, readyBy } from './picking-rules.ts';
export { type DeliveryDifference } from './recompute-delivery.ts';
export {
  dataRefusal,
  type Portion,
  portionsToShip,
  receivedLines,
  requireArrival,
  requireTimes,
  type ShippingData,
  shipmentFacts,
  shipmentGuards,
} from './shipment-rules.ts';
export type { PickingLineRow, PickingRow, ShipmentLineRow, ShipmentRow } from './shipment-tables.ts';
export { arrangeTask, differenceTask, trackTask } from './tasks.ts';
export { cancelPicking } from './commands/cancel-picking.ts';

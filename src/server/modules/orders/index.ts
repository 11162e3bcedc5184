/** Front door of orders. */
export { type CreateOrder, createOrder, type Placing, placing } from './commands/create-order.ts';
export { renewPromise } from './availability-steps.ts';
export { objectToOrder } from './commands/confirm-order.ts';
export { recordProductionAnswer } from './commands/correct-promise.ts';
export { freeGoods, lapseOrder, moveReplyDate, voidPromise } from './commands/lapse-order.ts';
export { type Proof, proofFacts, reply } from './reply.ts';
export { answerAsSeen, answerWithViews, MAX_BATCH, type OnOrder, orderCommand } from './commands/shared.ts';
export { loadOrderState, type OrderState } from './order-load.ts';
export { readOrderView, readOrderViews } from './order-queries.ts';
export { closableQty, confirmationContent, orderRefusals, reserved, roundIsLive } from './order-rules.ts';
export { type OrderChange, saveOrders } from './order-save.ts';
export { creditOverrun, factsOf, price } from './order-steps.ts';
export {
  type Order,
  type OrderRow,
  orderLine,
  type LineRow,
  reservation,
  type ReservationRow,
} from './order-tables.ts';
export { decideOrder, emit, go, release, requireAction, type Work } from './order-work.ts';
export { orderRoutes } from './routes.ts';
export { invoiceStatus } from './invoice-status.ts';
export {
  lockOrderMoney,
  moneyStatuses,
  type OrderMoney,
  type OrderMoneyRow,
  type PlanFactRow,
  recomputeMoney,
  saveOrderMoney,
} from './order-money.ts';
export { paymentStatus } from './payment-status.ts';
export { amongMeant, countOf, type DocumentsMeant, documentsMeant, ownOf, type Seeker } from './order-search.ts';
export { stageOf } from './order-view.ts';
export { ordersExport } from './exports.ts';
export { ordersImport } from './import-orders.ts';
export { deliveryStatus } from './delivery-status.ts';
export { takeEffectAtOnce } from './take-effect-at-once.ts';

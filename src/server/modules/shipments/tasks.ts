/** Tasks that picking and shipping open. */
import { articleOf, holderOf, type TaskKind } from '../../../contract/tasks.ts';
import type { Env, TaskChange } from '../../platform/pipeline/types.ts';
import { type CaseColumns, rulesOf } from '../../platform/pipeline/policy-book.ts';
import type { ExecOrderRow } from './execution.ts';
import type { PickingRow, ShipmentRow } from './shipment-tables.ts';

type Document = { id: string; no: string; partner_id: string };

/** Opens a task by its kind; `userId` gives it to one person instead of the queue of the role. */
function open(
  kind: TaskKind,
  documentType: string,
  document: Document,
  due: { at: Date; provisional: boolean } | null,
  userId: string | null = null,
): TaskChange {
  return {
    open: {
      kind,
      documentType,
      documentId: document.id,
      documentNo: document.no,
      partnerId: document.partner_id,
      holder: { ...holderOf(kind), userId },
      article: articleOf(kind),
      due,
    },
  };
}

/** The deadline of a step, by the values that its order began with. */
const dueOf = (env: Env, code: string, now: Date, order: CaseColumns) => env.policy.deadline(code, now, rulesOf(order));

/** Whoever began to pick finishes. */
export const finishTask = (
  picking: PickingRow,
  order: CaseColumns,
  env: Env,
  now: Date,
  userId: string | null,
): TaskChange => open('picking.finish', 'picking', picking, dueOf(env, 'picking.ready', now, order), userId);

/** Goods stand ready: order processing arranges the delivery (R5.2). */
export const arrangeTask = (picking: PickingRow, order: CaseColumns, env: Env, now: Date): TaskChange =>
  open('shipment.arrange', 'picking', picking, dueOf(env, 'shipment.arrange', now, order));

/** What became short or was given up: order processing decides. */
export const shortTask = (order: ExecOrderRow, env: Env, now: Date): TaskChange =>
  open('order.short_pick', 'order', order, dueOf(env, 'order.availability', now, order));

/** Logistics follows the goods: the next news is due. */
export const trackTask = (shipment: ShipmentRow, order: CaseColumns, env: Env, now: Date): TaskChange =>
  open('shipment.track', 'shipment', shipment, dueOf(env, 'shipment.news', now, order));

/** An exception has an owner and a deadline. */
export const exceptionTask = (shipment: ShipmentRow, order: CaseColumns, env: Env, now: Date): TaskChange =>
  open('shipment.exception', 'shipment', shipment, dueOf(env, 'shipment.exception', now, order));

/** Less arrived than was sent: logistics finds out. */
export const differenceTask = (shipment: ShipmentRow, order: CaseColumns, env: Env, now: Date): TaskChange =>
  open('shipment.settle_difference', 'shipment', shipment, dueOf(env, 'shipment.exception', now, order));

/** Goods are lost: order processing decides about the rest of the line. */
export const lossTask = (order: ExecOrderRow, env: Env, now: Date): TaskChange =>
  open('order.settle_loss', 'order', order, dueOf(env, 'order.availability', now, order));

/** Orders over HTTP: in and out, nothing decided here. */
import { orderCompareInquiry, orderCompareRounds, orderTimeline } from '../../../contract/order-reads.ts';
import * as templates from '../../../contract/order-templates.ts';
import * as contract from '../../../contract/orders.ts';
import { orderCreateMany } from '../../../contract/orders-bulk.ts';
import { quoteCreate } from '../../../contract/quotes.ts';
import { refuse } from '../../kernel/refusal.ts';
import { read, readEach, type Route, raw, write } from '../../platform/http/route.ts';
import { createOrder } from './commands/create-order.ts';
import {
  objectToOrder,
  recallConfirmation,
  reviseOrder,
  sendConfirmation,
  withdrawOrder,
} from './commands/confirm-order.ts';
import { correctPromise } from './commands/correct-promise.ts';
import { submitOrder, updateOrder } from './commands/edit-order.ts';
import { placeHold, releaseHold } from './commands/hold-order.ts';
import {
  passAvailability,
  recheckAvailability,
  reportShortageCommand,
  settleShortage,
} from './commands/review-availability.ts';
import { answerDiscrepancies, passTerms, sendBack, settleDiscrepancy } from './commands/review-terms.ts';
import { copyOrder } from './commands/copy-order.ts';
import { createMany } from './create-many.ts';
import { applyTemplate, deleteTemplate, saveTemplate, updateTemplate } from './commands/order-templates.ts';
import { readComparison } from './comparison.ts';
import { readRoundComparison } from './round-comparison.ts';
import { readOrderList } from './order-list.ts';
import { readOrderViews, readTimeline } from './order-queries.ts';
import { readTemplates } from './order-templates.ts';
import { quote } from './quote.ts';

const withBody = <B extends object>({ params, body }: { params: { orderId: string }; body: B }) => ({
  orderId: params.orderId,
  ...body,
});
const idOnly = ({ params }: { params: { orderId: string } }) => ({ orderId: params.orderId });

export const orderRoutes: Route[] = [
  read(contract.orderList, ({ tx, query, actor, now, env }) => readOrderList(tx, query, { actor, now, env })),
  readEach(contract.orderGet, async (tx, env, calls) => {
    const views = await readOrderViews(
      tx,
      calls.map(({ params }) => params.orderId),
      env,
      calls,
    );
    return views.map((view) => view ?? refuse('order.not_found'));
  }),
  read(orderTimeline, ({ tx, params, query, actor }) => readTimeline(tx, params.orderId, query, actor)),
  read(orderCompareInquiry, ({ tx, params, locale }) => readComparison(tx, params.orderId, locale)),
  read(orderCompareRounds, ({ tx, params, query, locale }) => readRoundComparison(tx, params.orderId, query, locale)),
  read(templates.orderTemplateList, ({ tx, query, actor }) => readTemplates(tx, query, actor)),
  write(templates.orderTemplateSave, saveTemplate, withBody),
  write(templates.orderTemplateUpdate, updateTemplate, ({ params, body }) => ({ ...params, ...body })),
  write(templates.orderTemplateDelete, deleteTemplate, ({ params }) => params),
  write(templates.orderTemplateUse, applyTemplate, ({ params }) => params),
  // Reads only, though its lines make it a POST.
  raw(quoteCreate, async ({ body, actor, now, locale, services }) => {
    if (actor === null) return undefined;
    const env = await services.settings.env(now);
    return services.database.read(actor.scope, (tx) => quote(tx, body, actor, now, locale, env));
  }),
  write(contract.orderCreate, createOrder, ({ body }) => body),
  raw(orderCreateMany, async ({ body, actor, now, requestId, key, locale, services, reply }) => {
    if (actor === null || key === null) return undefined;
    const made = await createMany({ runtime: services.runtime, body, actor, now, requestId, key, locale });
    // Each order says so of itself; where all were there before, the whole answer is a repeated one.
    if (made.okCount > 0 && made.orders.every(({ ok, replayed }) => !ok || replayed === true))
      reply.header('Idempotent-Replayed', 'true');
    return made;
  }),
  write(contract.orderUpdate, updateOrder, ({ params, body }) => ({ orderId: params.orderId, changes: body })),
  write(contract.orderCopy, copyOrder, idOnly),
  write(contract.orderSubmit, submitOrder, withBody),
  write(contract.orderSettleDiscrepancy, settleDiscrepancy, withBody),
  write(contract.orderAnswerDiscrepancies, answerDiscrepancies, withBody),
  write(contract.orderPassTerms, passTerms, idOnly),
  write(contract.orderSendBack, sendBack, withBody),
  write(contract.orderPassAvailability, passAvailability, idOnly),
  write(contract.orderReportShortage, reportShortageCommand, idOnly),
  write(contract.orderSettleShortage, settleShortage, withBody),
  write(contract.orderCorrectPromise, correctPromise, withBody),
  write(contract.orderSendConfirmation, sendConfirmation, idOnly),
  write(contract.orderObject, objectToOrder, withBody),
  write(contract.orderRecheckAvailability, recheckAvailability, idOnly),
  write(contract.orderRecall, recallConfirmation, withBody),
  write(contract.orderRevise, reviseOrder, withBody),
  write(contract.orderWithdraw, withdrawOrder, withBody),
  write(contract.holdPlace, placeHold, withBody),
  write(contract.holdRelease, releaseHold, ({ params, body }) => ({
    orderId: params.orderId,
    holdId: params.holdId,
    reason: body.reason,
  })),
];

/** Each kind of step of the demo plan as the commands that it stands for. Steps come in groups of one kind. */
import { bizDateOf } from '../../../src/server/kernel/biz-date.ts';
import { instant } from '../../../src/server/kernel/clock.ts';
import type { DemoAction, DemoStep } from '../demo/types.ts';
import { askBack, answer, check, convert, create, decline } from './demo-inquiries.ts';
import {
  invoice,
  planSupplies,
  receiveGoods,
  receiveInvoices,
  receiveSupplies,
  sendInvoices,
  track,
} from './demo-papers.ts';
import { act, DEMO_ZONE, type DemoWorld, get, type StepOf, termOf } from './demo-world.ts';
import * as execution from './execution-desk.ts';
import { pieces } from './execution-desk.ts';
import * as desk from './order-desk.ts';

type Kind = DemoAction['kind'];
type Player<K extends Kind> = (world: DemoWorld, steps: readonly StepOf<K>[]) => Promise<unknown>;

type OnOrderStep = Extract<DemoStep, { orderKey: string }>;
const onOrder = <S extends OnOrderStep>(world: DemoWorld, steps: readonly S[]) =>
  steps.map((step) => ({
    ...act(world, step, step.orderKey),
    orderId: get(world.orders, step.orderKey),
    step,
  }));

const onDay = (step: DemoStep): string => bizDateOf(instant(step.at), DEMO_ZONE);
const lineQty = (lines: readonly { lineNo: number; qty: number }[]) =>
  lines.map(({ lineNo, qty }) => ({ lineNo, qty: pieces(qty) }));

/** Entering an order: by its buyer in the portal, by its system, or by sales from what the partner sent. */
async function enter(world: DemoWorld, steps: readonly StepOf<'createOrder'>[]): Promise<void> {
  const ids = await desk.enterOrders(
    world.seed,
    steps.map((step) => {
      const order = get(world.plannedOrders, step.orderKey);
      const partnerId = get(world.partners, order.partnerKey);
      const person = act(world, step, step.orderKey);
      const actor = order.channel === 'api' ? get(world.systems, order.partnerKey) : person.actor;
      const { requestedPaymentTerm: term } = order;
      const input = {
        ...(actor.partnerId === null ? { partnerId, channel: order.channel } : {}),
        ...(order.customerName === null ? {} : { customerName: order.customerName }),
        ...(order.note === null ? {} : { note: order.note }),
        ...(term === null ? {} : { paymentTerm: termOf(term) }),
        requestedOn: order.requestedOn,
        addressId: get(world.addresses, order.addressKey),
        lines: order.lines.map(({ sku, qty, requestedPrice, free }) => ({
          sku,
          qty: String(qty),
          ...(requestedPrice === null ? {} : { unitPrice: requestedPrice }),
          ...(free ? { free } : {}),
        })),
      };
      return { ...person, actor, partnerId, poNo: order.poNo, input };
    }),
  );
  for (const [i, { orderKey }] of steps.entries()) world.orders.set(orderKey, ids[i] ?? '');
}

const submit: Player<'submit'> = (world, steps) =>
  desk.submitOrders(
    world.seed,
    onOrder(world, steps).map(({ step, ...one }) => {
      const order = get(world.plannedOrders, step.orderKey);
      // What a partner's system has entered, it submits itself.
      const bySystem = order.channel === 'api' && order.inquiryKey === null;
      return bySystem ? { ...one, actor: get(world.systems, order.partnerKey) } : one;
    }),
  );

const settleDiscrepancy: Player<'settleDiscrepancy'> = (world, steps) =>
  desk.settleDiscrepancies(
    world.seed,
    onOrder(world, steps).map(({ step, ...one }) => ({
      ...one,
      lineNo: step.lineNo,
      how: step.how === 'approved' ? 'approve' : 'take_back',
      evidence: step.evidence,
    })),
  );

const revise: Player<'revise'> = (world, steps) =>
  desk.reviseOrders(
    world.seed,
    onOrder(world, steps).map(({ step, ...one }) => {
      const { lines } = get(world.plannedOrders, step.orderKey);
      const { requestedOn } = step;
      const changed = lines.map(({ sku, qty }) => ({ sku, qty: String(qty), requestedOn }));
      return { ...one, answers: [{ lineNo: 1, answer: step.answer }], changes: { requestedOn, lines: changed } };
    }),
  );

async function ship(world: DemoWorld, steps: readonly StepOf<'ship'>[]): Promise<void> {
  const ids = await execution.shipReady(
    world.seed,
    onOrder(world, steps).map(({ step, ...one }) => ({
      ...one,
      carrierId: get(world.carriers, step.carrierKey),
      waybillNo: step.waybillNo,
      expectedOn: step.expectedOn,
    })),
  );
  for (const [i, { shipmentKey }] of steps.entries()) world.shipments.set(shipmentKey, ids[i] ?? []);
}

const pay: Player<'pay'> = (world, steps) =>
  execution.receiveMoney(
    world.seed,
    onOrder(world, steps).map(({ step, ...one }) => ({
      ...one,
      partnerId: get(world.partners, get(world.plannedOrders, step.orderKey).partnerKey),
      amount: step.amount,
      bankRef: step.bankRef,
      on: onDay(step),
      confirm: true,
    })),
  );

const recordPayment: Player<'recordPayment'> = (world, steps) =>
  execution.receiveMoney(
    world.seed,
    steps.map((step) => ({
      ...act(world, step, step.paymentKey),
      partnerId: get(world.partners, step.partnerKey),
      orderId: null,
      amount: step.amount,
      bankRef: step.bankRef,
      on: onDay(step),
      confirm: step.confirmed,
    })),
  );

/** By kind. `complete` is not there: the product completes orders by itself. */
export const PLAYERS: { [K in Exclude<Kind, 'complete'>]: Player<K> } = {
  receive: receiveGoods,
  planSupply: planSupplies,
  receiveSupply: receiveSupplies,
  createInquiry: create,
  checkInquiry: check,
  askBack,
  answerInquiry: answer,
  convertInquiry: convert,
  declineInquiry: decline,
  createOrder: enter,
  submit,
  settleDiscrepancy,
  passTerms: async (world, steps) => {
    // Where the last discrepancy was settled, the product has passed the terms by itself.
    const waiting = await termsUnderReview(world, steps);
    await desk.passOrderTerms(world.seed, onOrder(world, waiting));
  },
  settleShortage: (world, steps) =>
    desk.settleShortages(
      world.seed,
      onOrder(world, steps).map(({ step, ...one }) => ({
        ...one,
        lines: [{ lineNo: step.lineNo, choice: step.option }],
        evidence: step.evidence,
      })),
    ),
  sendConfirmation: (world, steps) => desk.sendConfirmations(world.seed, onOrder(world, steps)),
  accept: (world, steps) =>
    desk.acceptOrders(
      world.seed,
      onOrder(world, steps).map(({ step, ...one }) => ({ ...one, evidence: step.evidence })),
    ),
  object: (world, steps) =>
    desk.objectToOrders(
      world.seed,
      onOrder(world, steps).map(({ step, ...one }) => ({ ...one, reasons: step.reasons })),
    ),
  revise,
  recall: (world, steps) =>
    desk.recallConfirmations(
      world.seed,
      onOrder(world, steps).map(({ step, ...one }) => ({ ...one, reason: step.reason })),
    ),
  withdraw: (world, steps) =>
    desk.withdrawOrders(
      world.seed,
      onOrder(world, steps).map(({ step, ...one }) => ({ ...one, reason: step.reason })),
    ),
  startPick: (world, steps) => execution.startPickings(world.seed, onOrder(world, steps)),
  finishPick: (world, steps) =>
    execution.finishPickings(
      world.seed,
      onOrder(world, steps).map(({ step, ...one }) => ({
        ...one,
        lines: lineQty(step.lines),
        shortReason: step.shortReason,
      })),
    ),
  ship,
  track,
  deliver: (world, steps) =>
    execution.deliver(
      world.seed,
      steps.map((step) => ({
        ...act(world, step, step.shipmentKey),
        shipmentIds: get(world.shipments, step.shipmentKey),
        receivedBy: step.receivedBy,
      })),
    ),
  acceptService: (world, steps) =>
    execution.acceptServices(
      world.seed,
      onOrder(world, steps).map(({ step, ...one }) => ({ ...one, lineNos: step.lines.map(({ lineNo }) => lineNo) })),
    ),
  pay,
  recordPayment,
  invoice,
  sendInvoice: sendInvoices,
  receiveInvoice: receiveInvoices,
};

async function termsUnderReview(world: DemoWorld, steps: readonly StepOf<'passTerms'>[]) {
  const states = await desk.statesOf(
    world.seed,
    steps.map(({ orderKey }) => get(world.orders, orderKey)),
  );
  return steps.filter(({ orderKey }) => states.get(get(world.orders, orderKey)) === 'terms_review');
}

/** Plays a group of steps of one kind. */
export async function playGroup(world: DemoWorld, group: readonly DemoStep[]): Promise<void> {
  const kind = group[0]?.kind;
  if (kind === undefined || kind === 'complete') return;
  const player = PLAYERS[kind] as Player<typeof kind>;
  await player(world, group as readonly StepOf<typeof kind>[]);
}

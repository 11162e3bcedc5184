/**
 * The partner accepts exactly what was sent: the order takes effect. In one transaction: version 1 frozen, reservations firm, payment plan
 * made, picking lists opened in the warehouses. R4.3, R5.1 (hand-over in the same transaction), R6.1.
 */
import { addDays } from '../kernel/biz-date.ts';
import { formatAmount } from '../kernel/money.ts';
import { refuse, refuseIf } from '../kernel/refusal.ts';
import {
  answerAsSeen,
  confirmationContent,
  creditOverrun,
  decideOrder,
  factsOf,
  go,
  loadOrderState,
  MAX_BATCH,
  type OnOrder,
  type OrderChange,
  type OrderState,
  orderRefusals,
  type Proof,
  proofFacts,
  renewPromise,
  reply,
  reserved,
  roundIsLive,
  requireAction,
  saveOrders,
  type Work,
  paymentStatus,
} from '../modules/orders/index.ts';
import { type PlanItemRow, paymentPlan, planRows, savePlan } from '../modules/receivables/index.ts';
import { pickingNosFor, type PickingPlan, planPickings, savePickings } from '../modules/shipments/index.ts';
import { defineBatch } from '../platform/pipeline/define.ts';
import type { Decision } from '../platform/pipeline/types.ts';

/** contentHash null: by the clock, where the agreement says that silence accepts. */
export type AcceptOrder = OnOrder & Proof & { contentHash: string | null };
/** Stock is read only when a reservation has run out and its goods must be promised anew. */
type State = OrderState & { pickingNos: string[]; stock: 'read' | 'not_read' | 'missed' };
type Change = { order: OrderChange; plan: PlanItemRow[]; pickings: PickingPlan };

export const acceptOrder = defineBatch<AcceptOrder, State, Change>({
  name: 'orders.accept',
  refuses: [
    'order.not_found',
    'order.wrong_state',
    'order.round_changed',
    'order.reservation_lapsed',
    'order.credit_hold',
    'order.hold',
    'order.evidence_missing',
    'order.document_missing',
    'attachment.not_found',
  ],
  maxBatch: MAX_BATCH,
  async load(tx, commands, env, surely = false) {
    const ids = commands.map(({ input }) => input.orderId);
    const [state, pickingNos] = await Promise.all([
      loadOrderState(
        tx,
        commands,
        commands.map(({ input }) => ({ orderId: input.orderId, attachmentId: input.attachmentId })),
        env,
        { stock: surely },
      ),
      pickingNosFor(tx, ids, env, commands[0]?.now as Date),
    ]);
    return { ...state, pickingNos, stock: surely ? 'read' : 'not_read' };
  },
  unsure: ({ stock }) => stock === 'missed',
  decide(state, command, env) {
    let change: Omit<Change, 'order'> = { plan: [], pickings: { pickings: [], lines: [], tasks: [], events: [] } };
    const decision = decideOrder(state, command, env, command.input.orderId, (work) => {
      takeEffect(work, command.input, state);
      change = followUps(work, state.pickingNos);
    });
    if (!decision.ok) return decision;
    return {
      ...decision,
      change: { order: decision.change, ...change },
      events: [...decision.events, ...change.pickings.events],
    } satisfies Decision<Change>;
  },
  save: (tx, _state, changes) =>
    Promise.all([
      saveOrders(
        tx,
        changes.map(({ order }) => order),
      ),
      savePlan(
        tx,
        changes.flatMap(({ plan }) => plan),
      ),
      savePickings(
        tx,
        changes.flatMap(({ pickings }) => pickings.pickings),
        changes.flatMap(({ pickings }) => pickings.lines),
      ),
    ]),
  savesAtOnce: true,
  respond: (tx, commands, changes, env) =>
    answerAsSeen(
      tx,
      commands,
      changes.map(({ order }) => order),
      env,
    ),
});

function takeEffect(work: Work, input: AcceptOrder, state: State): void {
  requireAction(work, 'accept');
  const { order } = work;
  const { actor } = work.command;
  if (!reserved(order, work.now) && roundIsLive(order, work.now)) {
    if (state.stock !== 'read') {
      // Decided again with the stock at hand; until then nothing is promised.
      state.stock = 'missed';
      throw refuse('order.reservation_lapsed');
    }
    renewPromise(work);
  }
  refuseIf(orderRefusals('accept', factsOf(work, proofFacts(work, input))));
  // What the order held before this step is in the partner's account already.
  const over = creditOverrun(work, order.row.held_amount - (work.before?.row.held_amount ?? 0n));
  if (over !== null) throw refuse('order.credit_hold', { amount: formatAmount(over, order.row.currency), reason: '' });
  const round = reply(work, input.contentHash, 'accepted', input);
  const { content, hash } = confirmationContent(order);
  // What takes effect is what was sent, to the letter: the hash over today's rows must be that of the round.
  if (hash !== round.content_hash) throw refuse('order.round_changed', { round: String(round.round) });
  Object.assign(order.row, { revision: 1, effective_at: work.now, reply_due_at: null });
  order.reservations = order.reservations.map((row) => ({ ...row, state: 'firm' }));
  work.revisions.push({
    order_id: order.row.id,
    revision: 1,
    partner_id: order.row.partner_id,
    content,
    content_hash: hash,
    reason: 'effect',
    made_by: actor.kind === 'system' ? null : actor.userId,
    made_at: work.now,
  });
  go(work, 'accept', {
    payload: {
      round: round.round,
      hash,
      revision: 1,
      gross: order.row.gross_amount.toString(),
      byStaff: actor.kind === 'staff',
      bySilence: actor.kind === 'system',
      how: round.reply_how,
    },
  });
}

function followUps(work: Work, pickingNos: string[]): Omit<Change, 'order'> {
  const { order, env, now, today } = work;
  const { row } = order;
  const plan = planRows(row.id, row.partner_id, paymentPlan(row.gross_amount, row.payment_term, today, env.calendar));
  row.payment_status = paymentStatus(plan, row.paid_amount, today);
  const due =
    [...order.lines.map(({ promised_on }) => promised_on), row.requested_on].filter((day) => day !== null).sort()[0] ??
    today;
  // Ready one working day before it is to leave (process.md), but never in the past.
  const ready = env.calendar.addWorkingDays(due, -1);
  const pickings = planPickings(
    [
      {
        orderId: row.id,
        partnerId: row.partner_id,
        order: row,
        reservations: order.reservations,
        readyByOn: ready > today ? ready : addDays(today, 0),
        now,
      },
    ],
    pickingNos,
    env,
  );
  work.tasks.push(...pickings.tasks);
  work.also = {
    plan,
    pickings: pickings.pickings,
  };
  work.next = pickings.pickings.length > 0 ? null : { kind: 'order.complete', article: 'R5.1' };
  return { plan, pickings };
}

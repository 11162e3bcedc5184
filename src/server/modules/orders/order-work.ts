/**
 * One decision at work: a copy of the order that steps change, the events and the task that follow, and the way back when a step refuses.
 * Steps throw `refuse(…)`; whatever they took from the shared state of the batch is then given back.
 */
import { rulesOf } from '../../platform/pipeline/policy-book.ts';
import { orderMachine, type OrderAction, type OrderState as State } from '../../../contract/machines/order.ts';
import { holderOf, isTaskKind, type TaskKind } from '../../../contract/tasks.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { Refused, refuse } from '../../kernel/refusal.ts';
import type { Duration } from '../../kernel/working-calendar.ts';
import { inScope } from '../../platform/pipeline/scope.ts';
import type {
  Accepted,
  Command,
  Decision,
  Due,
  Env,
  NewEvent,
  PolicyValue,
  TaskChange,
} from '../../platform/pipeline/types.ts';
import { type OrderState, partnerFor, poKey } from './order-load.ts';
import type { PartnerTerms } from './order-masters.ts';
import type { OrderChange } from './order-save.ts';
import type { Order, ReservationRow, RevisionRow } from './order-tables.ts';
import { useOfPromotions } from './order-price-rules.ts';
import { orderView, type View } from './order-view.ts';
import { type AlsoChanged, wholeAfter } from './order-whole.ts';

export type Work = {
  state: OrderState;
  command: Command<unknown>;
  env: Env;
  now: Date;
  today: string;
  before: Order | null;
  order: Order;
  partner: PartnerTerms;
  events: NewEvent[];
  /** The task that the order waits for after this decision; null: none; undefined: unchanged. */
  next: { kind: TaskKind; clock?: string; article: string; due?: Due } | null | undefined;
  tasks: TaskChange[];
  /** What else has changed of what its readers see. */
  also: AlsoChanged;
  revisions: RevisionRow[];
  undo: (() => void)[];
};

/** Runs the steps of a command on an existing order. */
export function decideOrder(
  state: OrderState,
  command: Command<unknown>,
  env: Env,
  orderId: string,
  steps: (work: Work) => void,
): Decision<OrderChange> {
  const known = state.orders.get(orderId);
  if (known === undefined || !inScope(command.actor, known.row.partner_id))
    return { ok: false, refusals: [{ code: 'order.not_found' }] };
  if (command.expectedVersion !== undefined && command.expectedVersion !== known.row.version) {
    return { ok: false, refusals: [{ code: 'request.version_stale', params: { version: String(known.row.version) } }] };
  }
  return decideWith(state, command, env, known, copyOf(known), steps);
}

export function decideWith(
  state: OrderState,
  command: Command<unknown>,
  env: Env,
  before: Order | null,
  order: Order,
  steps: (work: Work) => void,
  answerStatus?: number,
): Decision<OrderChange> {
  const partner = partnerFor(state, command.actor, order.row.partner_id);
  if (partner === undefined) return { ok: false, refusals: [{ code: 'partner.not_found' }] };
  const work: Work = {
    state,
    command,
    env,
    now: command.now,
    today: bizDateOf(command.now, env.company.timeZone),
    before,
    order,
    partner,
    events: [],
    next: undefined,
    tasks: [],
    also: {},
    revisions: [],
    undo: [],
  };
  try {
    steps(work);
  } catch (error) {
    for (const undo of work.undo.reverse()) undo();
    if (error instanceof Refused) return { ok: false, refusals: error.refusals };
    throw error;
  }
  return accept(work, answerStatus);
}

function accept(work: Work, answerStatus: number | undefined): Accepted<OrderChange> {
  const { state, order, before } = work;
  state.orders.set(order.row.id, order);
  const credit = state.credit.get(order.row.partner_id);
  if (credit !== undefined) credit.held_amount += order.row.held_amount - (before?.row.held_amount ?? 0n);
  for (const { id, add } of useOfPromotions(before, order)) {
    const promotion = state.promotions.find((row) => row.id === id);
    if (promotion !== undefined) promotion.used_qty += add;
  }
  if (before?.row.po_no != null) state.takenPo.delete(poKey(order.row.partner_id, before.row.po_no));
  if (order.row.po_no !== null && order.row.state !== 'cancelled')
    state.takenPo.set(poKey(order.row.partner_id, order.row.po_no), order.row.id);
  const tasks = [...tasksOf(work), ...work.tasks];
  const whole = state.wholes.get(order.row.id);
  const seen = whole === undefined ? null : wholeAfter(whole, order, tasks, work.also);
  if (seen !== null) state.wholes.set(order.row.id, seen);
  return {
    ok: true,
    change: { before, after: order, seen, revisions: work.revisions },
    events: work.events,
    tasks,
    ...(answerStatus === undefined
      ? {}
      : { answer: { status: answerStatus, body: viewOfNew(work, tasks), etag: order.row.version } }),
  };
}

/** The view of an order that has just come into being: everything it shows is at hand, nothing has to be read. */
function viewOfNew(work: Work, tasks: readonly TaskChange[]): View {
  const { state, order, command } = work;
  const opened = tasks.flatMap((change) => ('open' in change ? [change.open] : []))[0];
  return orderView({
    order,
    partner: work.partner,
    partnerHolds: state.partnerHolds.get(order.row.partner_id) ?? [],
    products: state.products,
    warehouseNames: new Map([...state.warehouses].map(([id, { name }]) => [id, name])),
    people: new Map([
      [command.actor.userId, { name: command.actor.name }],
      ...(work.partner.sales_owner_id === null
        ? []
        : [[work.partner.sales_owner_id, { name: work.partner.sales_owner_name ?? '' }] as const]),
    ]),
    supplies: state.supplies,
    proofNames: new Map(),
    openDifferences: 0,
    inquiryNo: null,
    task:
      opened === undefined
        ? null
        : {
            kind: opened.kind,
            side: opened.holder.side,
            role: opened.holder.role,
            user_id: opened.holder.userId ?? null,
            due_at: opened.due?.at ?? null,
            due_is_provisional: opened.due?.provisional ?? false,
          },
    plan: [],
    shipments: [],
    pickings: [],
    invoices: [],
    payments: [],
    cutOver: null,
    actor: command.actor,
    locale: command.actor.locale,
    now: work.now,
  });
}

function tasksOf(work: Work): TaskChange[] {
  const { row } = work.order;
  if (work.next === undefined) return [];
  const closing: TaskChange[] = work.before === null ? [] : [{ closeOf: row.id, family: 'order.' }];
  if (work.next === null) return closing;
  const { kind, clock, article, due } = work.next;
  return [
    ...closing,
    {
      open: {
        kind,
        documentType: 'order',
        documentId: row.id,
        documentNo: row.no,
        partnerId: row.partner_id,
        holder: holderOf(kind, {
          salesOwnerId: work.partner.sales_owner_id,
          byPartner: row.channel === 'portal' || row.channel === 'api',
        }),
        article,
        due: due ?? (clock === undefined ? null : deadlineOf(work, clock)),
      },
    },
  ];
}

export const copyOf = (order: Order): Order => ({
  row: { ...order.row },
  lines: [...order.lines],
  reservations: [...order.reservations],
  discrepancies: [...order.discrepancies],
  differences: [...order.differences],
  rounds: [...order.rounds],
  holds: [...order.holds],
});

/** A policy parameter as it was for this partner when the order began: a case keeps what it began with. */
export function policyOf({ env, order }: Work, code: string): PolicyValue {
  const { since, scope } = rulesOf(order.row);
  return env.policy.at(code, since, scope);
}

/** A deadline of this order, starting now or at another instant. */
export const deadlineOf = (work: Work, code: string, from = work.now, duration?: Duration): Due =>
  work.env.policy.deadline(code, from, {
    ...rulesOf(work.order.row),
    ...(duration === undefined ? {} : { duration }),
  });

/** Whether a policy switch is on for this order. */
export const switchedOn = (work: Work, code: string): boolean => policyOf(work, code).value === 1;

/** Writes an event of the order: its version goes up by one. */
export function emit(work: Work, type: string, payload: Record<string, unknown> = {}): void {
  const { row } = work.order;
  row.version += 1;
  work.events.push({
    documentType: 'order',
    documentId: row.id,
    documentNo: row.no,
    version: row.version,
    type,
    partnerId: row.partner_id,
    payload,
  });
}

/** The row of the life-cycle table, or the refusal that the state does not allow the action. */
export function requireAction(work: Work, action: OrderAction) {
  const found = orderMachine.row(action, work.order.row.state);
  if (found === undefined) throw refuse('order.wrong_state', { action, state: work.order.row.state });
  if (work.command.actor.kind !== 'system' && !found.actor.includes(work.command.actor.kind))
    throw refuse('permission.denied', { permission: found.permission });
  return found;
}

/** Goes one row of the table: state, since when, next task. The event is written unless a further automatic step writes its own. */
export function go(
  work: Work,
  action: OrderAction,
  options: {
    to?: State;
    payload?: Record<string, unknown>;
    quiet?: boolean;
    task?: TaskKind;
    due?: Due;
  } = {},
): void {
  const found = orderMachine.row(action, work.order.row.state);
  if (found === undefined) throw refuse('order.wrong_state', { action, state: work.order.row.state });
  const to = options.to ?? (typeof found.to === 'string' ? found.to : found.to[0]);
  if (to !== undefined && to !== 'same') {
    if (to !== work.order.row.state) work.order.row.state_since = work.now;
    work.order.row.state = to;
  }
  const named = options.task ?? found.task;
  const task = named !== undefined && isTaskKind(named) ? named : undefined;
  work.next =
    task === undefined
      ? to === 'same'
        ? work.next
        : null
      : {
          kind: task,
          article: found.article,
          ...(found.clock === undefined ? {} : { clock: found.clock }),
          ...(options.due === undefined ? {} : { due: options.due }),
        };
  if (options.quiet !== true) emit(work, found.event, options.payload);
}

/** Gives back everything that the order has reserved, and the credit that it holds. With `keepDates` the days that were promised stay on its lines. */
export function release(work: Work, { keepDates = false } = {}): void {
  const pieces = work.order.reservations.map(pieceOf);
  work.state.ledger.giveBack(pieces);
  work.undo.push(() => work.state.ledger.take(pieces));
  work.order.reservations = [];
  work.order.row.held_amount = 0n;
  work.order.row.reserved_until = null;
  if (keepDates) return;
  work.order.lines = work.order.lines.map((line) =>
    line.promised_on === null ? line : { ...line, promised_on: null },
  );
}

export const pieceOf = (row: ReservationRow) => ({
  lineNo: row.line_no,
  productId: row.product_id,
  warehouseId: row.warehouse_id,
  supplyId: row.supply_id,
  qty: row.qty,
  promisedOn: row.promised_on,
});

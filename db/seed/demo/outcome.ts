/** What an order looks like after its steps. */
import { fromUnits, toUnits } from '../decimal-text.ts';
import { grossOf, type Told, type World } from './story.ts';
import { pricingDate } from './teller.ts';
import type { OrderStateName, PlannedOrder, StepLine } from './types.ts';

type Expected = PlannedOrder['expected'];

const piecesOf = (lines: readonly StepLine[]): number => lines.reduce((sum, line) => sum + line.qty, 0);

export function outcomeOf(world: World, told: Told): Expected {
  let state: OrderStateName = 'draft';
  let paid = 0n;
  let invoiced = false;
  let accepted = 0;
  const pieces = { started: 0, picked: 0, shipped: 0, delivered: 0 };
  const shipments = new Map<string, number>();
  for (const { action } of told.happenings) {
    state = nextState(state, action) ?? state;
    if (action.kind === 'startPick') pieces.started += 1;
    if (action.kind === 'finishPick') pieces.picked += piecesOf(action.lines);
    if (action.kind === 'ship') {
      pieces.shipped += piecesOf(action.lines);
      shipments.set(action.shipmentKey, piecesOf(action.lines));
    }
    if (action.kind === 'deliver') pieces.delivered += shipments.get(action.shipmentKey) ?? 0;
    if (action.kind === 'acceptService') accepted += piecesOf(action.lines);
    if (action.kind === 'pay') paid += toUnits(action.amount, 2);
    if (action.kind === 'invoice') invoiced = true;
  }
  const isGoods = (sku: string): boolean => ['stock', 'made'].includes(world.products.get(sku)?.kind ?? '');
  const qtyOf = (lines: readonly { qty: number }[]): number => lines.reduce((sum, { qty }) => sum + qty, 0);
  const ordered = qtyOf(told.draft.lines.filter(({ sku }) => isGoods(sku)));
  const services = qtyOf(told.draft.lines.filter(({ sku }) => !isGoods(sku)));
  const isDone = pieces.delivered === ordered && accepted === services && invoiced;
  // Nobody has to complete an order: it is complete when nothing of it is open.
  if (state === 'in_effect' && isDone && paid === grossOf(world, told.draft, pricingDate(world, told.happenings)))
    state = 'completed';
  return { state, delivery: deliveryOf(ordered, pieces), paid: fromUnits(paid, 2), invoiced };
}

function nextState(state: OrderStateName, action: Told['happenings'][number]['action']): OrderStateName | null {
  switch (action.kind) {
    case 'submit':
      return action.leadsTo;
    case 'passTerms':
    case 'settleShortage':
    case 'revise':
    case 'recall':
      return 'to_confirm';
    case 'sendConfirmation':
      return 'awaiting_partner';
    case 'accept':
      return 'in_effect';
    case 'object':
      return 'objected';
    case 'withdraw':
      return 'cancelled';
    case 'complete':
      return 'completed';
    default:
      return state;
  }
}

type Pieces = { started: number; picked: number; shipped: number; delivered: number };

function deliveryOf(ordered: number, pieces: Pieces): Expected['delivery'] {
  if (pieces.delivered > 0) return pieces.delivered === ordered ? 'delivered' : 'part_delivered';
  if (pieces.shipped > 0) return pieces.shipped === ordered ? 'shipped' : 'part_shipped';
  if (pieces.picked > 0 && pieces.picked === ordered) return 'ready';
  return pieces.started > 0 ? 'preparing' : 'none';
}

/** Orders of the last weeks that stand still at every stage, and the shortages of the year: so that everybody has something to do. */
import { toUnits } from '../decimal-text.ts';
import { plainLine, requestedBelow } from './everyday.ts';
import { orderPatterns } from './patterns.ts';
import { randomOf } from './random.ts';
import type { DraftLine, OrderDraft, World } from './story.ts';
import { tellOrder } from './tell-order.ts';
import type { DemoPartner, Story } from './types.ts';

type Scene = readonly [
  story: Story,
  partnerKey: string,
  /** Working days between its last step and the last day. */ lag: number,
];

/** Partners whose old invoices are unpaid. */
export const OVERDUE_PARTNERS: readonly string[] = ['P19', 'P34', 'P09'];
/** Partners at their credit limit. */
export const CREDIT_HOLD_PARTNERS: readonly string[] = ['P06', 'P12'];

const SCENES: readonly Scene[] = [
  ['open_draft', 'P04', 0],
  ['open_draft', 'P26', 1],
  ['open_draft', 'P33', 0],
  ['open_draft', 'P36', 2],
  ['open_price', 'P24', 0],
  ['open_price', 'P10', 1],
  ['open_price', 'P02', 0],
  ['open_term', 'P27', 0],
  ['open_free_goods', 'P03', 1],
  ['open_to_confirm', 'P05', 0],
  ['open_to_confirm', 'P22', 0],
  ['open_to_confirm', 'P38', 1],
  ['open_awaiting', 'P01', 0],
  ['open_awaiting', 'P07', 1],
  ['open_awaiting', 'P15', 0],
  ['open_awaiting', 'P23', 1],
  ['open_awaiting', 'P35', 2],
  ['open_awaiting_late', 'P08', 4],
  ['open_awaiting_late', 'P21', 5],
  ['open_objected', 'P29', 0],
  ['open_objected', 'P18', 1],
  ['open_preparing', 'P10', 0],
  ['open_preparing', 'P24', 0],
  ['open_preparing', 'P33', 1],
  ['open_preparing', 'P01', 1],
  ['open_picking', 'P02', 0],
  ['open_picking', 'P23', 0],
  ['open_ready', 'P15', 0],
  ['open_ready', 'P28', 0],
  ['open_ready', 'P37', 1],
  ['open_part_shipped', 'P01', 1],
  ['open_part_shipped', 'P22', 2],
  ['open_shipped', 'P03', 1],
  ['open_shipped', 'P13', 0],
  ['open_shipped', 'P33', 2],
  ['open_shipped', 'P25', 1],
  ['open_delayed', 'P40', 1],
  ['open_delivered', 'P04', 0],
  ['open_delivered', 'P29', 1],
  ['open_delivered', 'P31', 2],
  ['open_part_paid', 'P10', 2],
  ['open_part_paid', 'P18', 3],
  ['open_invoiced', 'P23', 1],
  ['open_invoiced', 'P15', 2],
  ['open_overdue', 'P19', 28],
  ['open_overdue', 'P34', 29],
  ['open_overdue', 'P09', 30],
];

/** Serials from here on, so that no number meets one of an everyday order. */
const FIRST_SERIAL = 5001;

/** Drafts of all scenes, started so that each one's last step falls where its lag says. */
export function sceneDrafts(
  world: World,
  partners: ReadonlyMap<string, DemoPartner>,
  warehouseOf: (partner: DemoPartner) => string,
): OrderDraft[] {
  const patterns = Map.groupBy(orderPatterns(), (pattern) => pattern.partnerKey);
  return SCENES.map(([story, partnerKey, lag], index) => {
    const partner = partners.get(partnerKey);
    if (partner === undefined) throw new Error(`scene of unknown partner ${partnerKey}`);
    const key = `x${String(index + 1).padStart(2, '0')}.${story}`;
    const random = randomOf(world.seed, `${key}/draft`);
    const usable = (patterns.get(partnerKey) ?? []).filter((pattern) => pattern.lines.length >= 2);
    const lines = random
      .pick(usable)
      .lines.slice(0, random.int(2, 6))
      .map(({ sku, qty }) => plainLine(sku, qty));
    const start = { day: world.lastDay - 20 - lag, minute: random.int(15, 200) };
    const draft: OrderDraft = {
      key,
      serial: FIRST_SERIAL + index,
      partner,
      story,
      start,
      lines: withDeviation(world, partner, story, lines),
      warehouseKey: warehouseOf(partner),
      goodsFrom: null,
    };
    return endingAt(world, draft, world.lastDay - lag);
  });
}

/** The same story, moved so that its last step falls on a working day by its place. */
export function endingAt(world: World, draft: OrderDraft, day: number): OrderDraft {
  const last = tellOrder(world, draft).happenings.at(-1)?.moment.day ?? draft.start.day;
  return { ...draft, start: { day: draft.start.day + day - last, minute: draft.start.minute } };
}

function withDeviation(world: World, partner: DemoPartner, story: Story, lines: DraftLine[]): DraftLine[] {
  const first = lines[0];
  if (first === undefined) return lines;
  const on = world.clock.dateOf({ day: world.lastDay, minute: 0 });
  if (story === 'open_price')
    first.requestedPrice = requestedBelow(toUnits(world.priceOf(partner, first.sku, first.qty, on), 2));
  if (story === 'open_free_goods') return [...lines, { ...plainLine('CA-1098', 20), free: true }];
  return lines;
}

/** An order above what is left of the credit limit: one line of bikes, so many that it does not fit. */
export function creditHoldDraft(
  world: World,
  partner: DemoPartner,
  index: number,
  room: bigint,
  warehouseKey: string,
): OrderDraft {
  const sku = 'BK-T44U-54';
  const on = world.clock.dateOf({ day: world.lastDay, minute: 0 });
  const price = toUnits(world.priceOf(partner, sku, 25, on), 2);
  const qty = Number.parseInt((room / price).toString(), 10) + 6;
  const draft: OrderDraft = {
    key: `x${80 + index}.open_credit_hold`,
    serial: FIRST_SERIAL + 80 + index,
    partner,
    story: 'open_credit_hold',
    start: { day: world.lastDay - 3, minute: 100 },
    lines: [plainLine(sku, Math.max(25, qty))],
    warehouseKey,
    goodsFrom: null,
  };
  return endingAt(world, draft, world.lastDay - index);
}

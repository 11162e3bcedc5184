/** The everyday orders of the year: one for each pattern, with the small mishaps of trade strewn over them. */
import { addDays, type BizDate, parseBizDate } from '../../../src/server/kernel/biz-date.ts';
import { divRoundHalfUp } from '../../../src/server/kernel/decimal.ts';
import { toUnits } from '../decimal-text.ts';
import { type OrderPattern, orderPatterns } from './patterns.ts';
import { type Random, randomOf } from './random.ts';
import type { DraftLine, OrderDraft, World } from './story.ts';
import type { DemoOptions, DemoPartner, Story } from './types.ts';

/** Of a hundred everyday orders so many tell one of these stories, the others none. */
const STORIES: readonly [Story, number][] = [
  ['objection', 4],
  ['recall', 2],
  ['withdrawn', 4],
  ['price_taken_back', 4],
  ['price_approved', 2],
  ['part_shipment', 5],
  ['late_payment', 7],
  ['service', 4],
];

export const plainLine = (sku: string, qty: number): DraftLine => ({ sku, qty, requestedPrice: null, free: false });

/** A price five per cent below the agreed one, in whole yuan (below 100 in tenths). */
export function requestedBelow(agreed: bigint): bigint {
  const step = agreed >= 10_000n ? 100n : 10n;
  return divRoundHalfUp(divRoundHalfUp(agreed * 95n, 100n), step) * step;
}

/** The date within the year before today that has this day of the year. */
export function dateInYear(dayOfYear: string, today: BizDate): BizDate {
  const year = Number.parseInt(today.slice(0, 4), 10);
  const day = parseBizDate(`${year}-${dayOfYear}`) ?? `${year}-02-28`;
  if (day < today) return day;
  return parseBizDate(`${year - 1}-${dayOfYear}`) ?? `${year - 1}-02-28`;
}

/** All everyday drafts by time. Those of an overdue partner stop four weeks before today: a hold would stop them anyway. */
export function everydayDrafts(
  world: World,
  partners: ReadonlyMap<string, DemoPartner>,
  today: BizDate,
  options: DemoOptions,
  overduePartners: ReadonlySet<string>,
): OrderDraft[] {
  const { clock, lastDay } = world;
  const found: OrderDraft[] = [];
  for (const [index, pattern] of orderPatterns().entries()) {
    const partner = partners.get(pattern.partnerKey);
    if (partner === undefined) throw new Error(`pattern of unknown partner ${pattern.partnerKey}`);
    const date = dateInYear(pattern.dayOfYear, today);
    if (options.everydayDays !== null && date < addDays(today, -options.everydayDays)) continue;
    if (overduePartners.has(partner.key) && date > addDays(today, -28)) continue;
    const serial = index + 1;
    const key = `o${String(serial).padStart(4, '0')}`;
    const random = randomOf(world.seed, `${key}/draft`);
    const start = { day: Math.min(lastDay, Math.max(1, clock.placeOf(date))), minute: random.int(15, 380) };
    const story = storyOf(random, options);
    const draft: OrderDraft = {
      key,
      serial,
      partner,
      story,
      start,
      lines: everydayLines(world, partner, pattern, story, clock.dateOf(start), random, options),
      warehouseKey: options.singleWarehouse ? 'wh.east' : partner.warehouseKey,
      goodsFrom: null,
    };
    found.push(draft);
  }
  return found;
}

function storyOf(random: Random, options: DemoOptions): Story {
  let lot = random.int(1, 100);
  for (const [story, share] of STORIES) {
    lot -= share;
    if (lot <= 0) return story === 'service' && !options.services ? 'plain' : story;
  }
  return 'plain';
}

function everydayLines(
  world: World,
  partner: DemoPartner,
  pattern: OrderPattern,
  story: Story,
  on: BizDate,
  random: Random,
  options: DemoOptions,
): DraftLine[] {
  const lines = pattern.lines.map(({ sku, qty }) => plainLine(sku, qty));
  const first = lines[0];
  if (first !== undefined && (story === 'price_taken_back' || story === 'price_approved')) {
    first.requestedPrice = requestedBelow(toUnits(world.priceOf(partner, first.sku, first.qty, on), 2));
  }
  if (story === 'service')
    lines.push(random.percent(50) ? plainLine('SVC-DISPLAY', 1) : plainLine('SVC-CARE', random.int(5, 20)));
  if (options.services && partner.level === 'C' && lines.length <= 3 && random.percent(25))
    lines.push(plainLine('FREIGHT', 1));
  return lines;
}

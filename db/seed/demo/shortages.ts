/** Shortages of scarce goods: those of the year, which ended in a later date, and three that wait for an answer. */
import type { BizDate } from '../../../src/server/kernel/biz-date.ts';
import { plainLine } from './everyday.ts';
import { endingAt } from './scenarios.ts';
import type { OrderDraft, World } from './story.ts';
import type { DemoPartner, Story } from './types.ts';
import type { Moment } from './work-clock.ts';

/** Goods on plan. `receivedAt` null: still to come. */
export type PlannedSupply = {
  supplyKey: string;
  warehouseKey: string;
  sku: string;
  qty: number;
  plannedAt: Moment;
  expectedOn: BizDate;
  receivedAt: Moment | null;
};

export type Shortages = {
  drafts: OrderDraft[];
  supplies: PlannedSupply[];
  opening: { warehouseKey: string; sku: string; qty: number }[];
};

/** How far back (in working days) and who ordered what was not there; one warehouse and product never twice within six weeks. */
const SETTLED: readonly [daysBack: number, partnerKey: string, sku: string, qty: number][] = [
  [225, 'P02', 'BK-T79Y-46', 6],
  [212, 'P22', 'BK-T79Y-46', 8],
  [196, 'P33', 'BK-R89B-44', 4],
  [178, 'P10', 'BK-R89B-44', 5],
  [160, 'P29', 'BK-R89B-44', 6],
  [141, 'P34', 'BK-T79Y-46', 5],
  [124, 'P01', 'BK-T79Y-46', 10],
  [106, 'P23', 'BK-T79Y-46', 8],
  [88, 'P33', 'BK-T79Y-46', 6],
  [71, 'P04', 'BK-R89B-44', 4],
  [52, 'P24', 'BK-T79Y-46', 3],
];

const FIRST_SERIAL = 6001;

export function shortageStories(
  world: World,
  partners: ReadonlyMap<string, DemoPartner>,
  warehouseOf: (partner: DemoPartner) => string,
): Shortages {
  const found: Shortages = { drafts: [], supplies: [], opening: [] };
  const draftOf = (
    key: string,
    serial: number,
    partnerKey: string,
    story: Story,
    day: number,
    sku: string,
    qty: number,
  ): OrderDraft => {
    const partner = partners.get(partnerKey);
    if (partner === undefined) throw new Error(`shortage of unknown partner ${partnerKey}`);
    const lines = [plainLine(sku, qty), plainLine('CH-0234', 20)];
    return {
      key,
      serial,
      partner,
      story,
      start: { day, minute: 90 },
      lines,
      warehouseKey: warehouseOf(partner),
      goodsFrom: null,
    };
  };
  for (const [index, [daysBack, partnerKey, sku, qty]] of SETTLED.entries()) {
    const day = world.lastDay - daysBack;
    const draft = draftOf(`y${index + 1}`, FIRST_SERIAL + index, partnerKey, 'shortage_later_date', day, sku, qty);
    const receivedAt = { day: day + 19, minute: 60 };
    found.drafts.push({ ...draft, goodsFrom: receivedAt });
    found.supplies.push({
      supplyKey: `y${index + 1}.supply`,
      warehouseKey: draft.warehouseKey,
      sku,
      qty,
      plannedAt: { day: day - 2, minute: 45 },
      expectedOn: world.clock.dateOf(receivedAt),
      receivedAt,
    });
  }
  addOpen(world, found, draftOf);
  return found;
}

type DraftOf = (
  key: string,
  serial: number,
  partnerKey: string,
  story: Story,
  day: number,
  sku: string,
  qty: number,
) => OrderDraft;

/** One that a plan can meet later, one with nothing but a substitute, one with a part in stock. */
function addOpen(world: World, found: Shortages, draftOf: DraftOf): void {
  const { lastDay, clock } = world;
  const planned = draftOf('y81', FIRST_SERIAL + 81, 'P23', 'open_shortage', lastDay, 'BK-R89B-44', 4);
  const substitute = draftOf('y82', FIRST_SERIAL + 82, 'P05', 'open_shortage', lastDay, 'FR-R92B-44', 5);
  const inPart = draftOf('y83', FIRST_SERIAL + 83, 'P29', 'open_shortage', lastDay, 'BK-M18B-42', 6);
  found.drafts.push(
    endingAt(world, planned, lastDay),
    endingAt(world, substitute, lastDay - 1),
    endingAt(world, inPart, lastDay),
  );
  found.supplies.push({
    supplyKey: 'y81.supply',
    warehouseKey: planned.warehouseKey,
    sku: 'BK-R89B-44',
    qty: 10,
    plannedAt: { day: lastDay - 4, minute: 45 },
    expectedOn: clock.dateOf({ day: lastDay + 21, minute: 0 }),
    receivedAt: null,
  });
  found.opening.push({ warehouseKey: inPart.warehouseKey, sku: 'BK-M18B-42', qty: 2 });
}

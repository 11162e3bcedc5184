/** Goods coming in: opening stock, weekly receipts that keep ahead of the orders, and what production has on plan for the next weeks. */
import { daysBetween } from '../../../src/server/kernel/biz-date.ts';
import { STAFF, WAREHOUSES } from './company.ts';
import { SCARCE_SKUS } from './products.ts';
import type { PlannedSupply, Shortages } from './shortages.ts';
import type { Happening, Told, World } from './story.ts';
import type { DemoProduct } from './types.ts';

const staffOf = (warehouseKey: string): string =>
  WAREHOUSES.find((warehouse) => warehouse.key === warehouseKey)?.staffKey ?? STAFF[0]?.key ?? 'system';

/** What lies in every warehouse beyond the orders: enough for a day's surprises. */
const safetyOf = (product: DemoProduct): number => (product.kind === 'made' ? 12 : product.multipleQty * 12);
const lotOf = (product: DemoProduct): number => (product.kind === 'made' ? 5 : product.multipleQty * 10);

/** Working days of one week each: places of the first days. */
function weekStarts(world: World): number[] {
  const first = world.clock.days[0] ?? '';
  const weekOf = (place: number): number => Math.floor(daysBetween(first, world.clock.days[place] ?? first) / 7);
  const starts: number[] = [];
  for (let place = 0; place <= world.lastDay; place += 1) {
    if (place === 0 || weekOf(place) !== weekOf(place - 1)) starts.push(place);
  }
  return starts;
}

/** Pieces ordered by week, for each warehouse and product. Scarce goods and services are left out. */
function demandByWeek(world: World, told: readonly Told[], starts: readonly number[]): Map<string, number[]> {
  const demand = new Map<string, number[]>();
  for (const { draft, happenings } of told) {
    const submitted = happenings.find((happening) => happening.action.kind === 'submit');
    if (submitted === undefined || submitted.moment.day > world.lastDay) continue;
    const week = starts.findLastIndex((place) => place <= submitted.moment.day);
    for (const line of draft.lines) {
      const kind = world.products.get(line.sku)?.kind;
      if (kind === 'service' || kind === 'freight' || SCARCE_SKUS.includes(line.sku)) continue;
      const name = `${draft.warehouseKey}|${line.sku}`;
      const weeks = demand.get(name) ?? starts.map(() => 0);
      demand.set(name, weeks);
      weeks[week] = (weeks[week] ?? 0) + line.qty;
    }
  }
  return demand;
}

/** Opening stock and weekly receipts: at the start of each week what is ordered in it and in the next one is there, and a reserve. */
export function receipts(
  world: World,
  told: readonly Told[],
  opening: Shortages['opening'],
  warehouseKeys: readonly string[],
): Happening[] {
  const starts = weekStarts(world);
  const demand = demandByWeek(world, told, starts);
  const loads = new Map<
    string,
    { week: number; warehouseKey: string; made: boolean; lines: { sku: string; qty: number }[] }
  >();
  const put = (week: number, warehouseKey: string, made: boolean, sku: string, qty: number): void => {
    const name = `${week}|${warehouseKey}|${made}`;
    const load = loads.get(name) ?? { week, warehouseKey, made, lines: [] };
    loads.set(name, load);
    load.lines.push({ sku, qty });
  };
  for (const warehouseKey of warehouseKeys) {
    for (const product of world.products.values()) {
      if (product.kind === 'service' || product.kind === 'freight' || SCARCE_SKUS.includes(product.sku)) continue;
      const weeks = demand.get(`${warehouseKey}|${product.sku}`) ?? starts.map(() => 0);
      let needed = safetyOf(product) + (weeks[0] ?? 0);
      let received = 0;
      for (const week of weeks.keys()) {
        needed += weeks[week + 1] ?? 0;
        if (received >= needed) continue;
        const qty = Math.ceil((needed - received) / lotOf(product)) * lotOf(product);
        received += qty;
        put(week, warehouseKey, product.kind === 'made', product.sku, qty);
      }
    }
  }
  for (const { warehouseKey, sku, qty } of opening) put(0, warehouseKey, true, sku, qty);
  return [...loads.values()].map(({ week, warehouseKey, made, lines }) => ({
    moment: { day: starts[week] ?? 0, minute: made ? 0 : 1 },
    by: staffOf(warehouseKey),
    action: { kind: 'receive', warehouseKey, source: week === 0 ? 'opening' : made ? 'production' : 'purchase', lines },
  }));
}

/** Planning and arrival of supplies. */
export function supplySteps(supplies: readonly PlannedSupply[]): Happening[] {
  return supplies.flatMap(({ supplyKey, warehouseKey, sku, qty, plannedAt, expectedOn, receivedAt }): Happening[] => [
    {
      moment: plannedAt,
      by: 'production',
      action: { kind: 'planSupply', supplyKey, source: 'production', warehouseKey, sku, qty, expectedOn },
    },
    ...(receivedAt === null
      ? []
      : [
          { moment: receivedAt, by: staffOf(warehouseKey), action: { kind: 'receiveSupply' as const, supplyKey, qty } },
        ]),
  ]);
}

/** Production's plan on the last day: bikes and frames due in the next weeks, one of them a day late. */
export function productionPlan(world: World): PlannedSupply[] {
  const made = [...world.products.values()].filter(
    (product) => product.kind === 'made' && !SCARCE_SKUS.includes(product.sku),
  );
  return made.slice(0, 20).map((product, index) => ({
    supplyKey: `plan${String(index + 1).padStart(2, '0')}`,
    warehouseKey: 'wh.east',
    sku: product.sku,
    qty: 20 + (index % 4) * 10,
    plannedAt: { day: world.lastDay - 6 + (index % 6), minute: 60 + index },
    expectedOn: world.clock.dateOf({ day: index === 0 ? world.lastDay - 1 : world.lastDay + 2 + index, minute: 0 }),
    receivedAt: null,
  }));
}

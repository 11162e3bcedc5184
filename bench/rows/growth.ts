/**
 * How place, list and detail change as the orders grow: the small installation of this run beside one with many orders, in turn. The large
 * one is grown here (an hour and 50 GB for ten million), or taken from `--large FOLDER`, where it stays.
 */
import { join } from 'node:path';
import { type House, openHouse, requireSound } from '../lib/house.ts';
import { absolute, median, type Plan, type Row, type RowFile, round } from '../lib/row.ts';
import { measureDetail, measureLists } from './reads.ts';

const GOAL_TIMES = 1.3;
const GOAL_MS = 8;
/** Of a hundred old orders of the large installation so many ran to the end with all their documents: ten million of them find room. */
export const LARGE_COMPLETED = 5;

type Point = { place: number; detail: number; lists: Record<string, number> };

export const growth: RowFile = {
  ids: ['growth', 'list-10m'],
  async run(house, plan, wanted) {
    const large = await openHouse({
      orders: plan.large.orders,
      completed: LARGE_COMPLETED,
      folder: plan.large.folder === null ? null : join(plan.large.folder, 'orders'),
      say: (text) => process.stdout.write(`large: ${text}\n`),
    });
    try {
      const seen: Record<'small' | 'large', Point[]> = { small: [], large: [] };
      for (let turn = 0; turn < plan.rounds; turn += 1) {
        seen.small.push(await point(house, plan));
        seen.large.push(await point(large, plan));
      }
      const rows = rowsOf(seen.small, seen.large, { small: await ordersIn(house), large: await ordersIn(large) });
      await requireSound(large);
      return rows.filter(({ id }) => wanted.has(id));
    } finally {
      await large.close();
    }
  },
};

async function point(house: House, { seconds }: Plan): Promise<Point> {
  await house.load({ work: 'place', connections: 16, seconds: 2 });
  const placed = await house.load({ work: 'place', connections: 1, seconds });
  await house.caughtUp();
  return {
    place: round(placed.p50, 2),
    detail: round((await measureDetail(house, seconds)).p50, 2),
    lists: await measureLists(house, 1),
  };
}

async function ordersIn(house: House): Promise<number> {
  const { rows } = await house.owner.query<{ n: number }>('select count(*)::int as n from sales_order');
  return rows[0]?.n ?? 0;
}

function rowsOf(small: readonly Point[], large: readonly Point[], orders: Record<'small' | 'large', number>): Row[] {
  const both = (of: (point: Point) => number) => {
    const [before, after] = [median(small.map(of)), median(large.map(of))];
    return { small: before, large: after, times: round(after / before, 2) };
  };
  const place = both((point) => point.place);
  const detail = both((point) => point.detail);
  const lists = Object.fromEntries(
    Object.keys(small[0]?.lists ?? {}).map((name) => [name, both((point) => point.lists[name] ?? 0)]),
  );
  const list = both((point) => median(Object.values(point.lists)));
  return [
    absolute({
      id: 'growth',
      value: Math.max(place.times, detail.times, list.times),
      unit: '× the time',
      goal: GOAL_TIMES,
      atMost: true,
      more: { orders, place, detail, list },
    }),
    absolute({
      id: 'list-10m',
      value: Math.max(...Object.values(lists).map(({ large: p50 }) => p50)),
      unit: 'ms p50, the slowest filter',
      goal: GOAL_MS,
      atMost: true,
      more: { orders: orders.large, p50: lists },
    }),
  ];
}

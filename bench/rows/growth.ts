/** How place, list and detail change as the orders grow, and the list at ten million. Full form only: an hour and 60 GB. */
import { absolute, type Row, type RowFile, round } from '../lib/row.ts';
import type { House } from '../lib/house.ts';
import { measureDetail, measureLists } from './reads.ts';

const STEPS = [100_000, 1_000_000, 10_000_000] as const;
const GOAL_TIMES = 1.3;

type Point = { orders: number; placeP50: number; listP50: number; detailP50: number };

export const growth: RowFile = {
  ids: ['growth', 'list-10m'],
  async run(house, plan, wanted) {
    const steps = STEPS.filter((orders) => wanted.has('list-10m') || orders <= 1_000_000);
    const points: Point[] = [];
    let lists: Record<string, number> = {};
    for (const orders of steps) {
      await house.growTo(orders);
      lists = await measureLists(house, 1);
      points.push({ orders, ...(await point(house, plan.seconds)), listP50: Math.max(...Object.values(lists)) });
    }
    const [first, last] = [points[0], points.at(-1)];
    const times = (of: (point: Point) => number) =>
      first === undefined || last === undefined ? 0 : round(of(last) / of(first), 2);
    const more = {
      place: times((p) => p.placeP50),
      list: times((p) => p.listP50),
      detail: times((p) => p.detailP50),
      points,
    };
    const rows: Row[] = [];
    const worst = Math.max(more.place, more.list, more.detail);
    if (wanted.has('growth'))
      rows.push(absolute({ id: 'growth', value: worst, unit: '× the time', goal: GOAL_TIMES, atMost: true, more }));
    if (wanted.has('list-10m'))
      rows.push(
        absolute({
          id: 'list-10m',
          value: Math.max(...Object.values(lists)),
          unit: 'ms p50, the slowest filter',
          goal: 8,
          atMost: true,
          more: { p50: lists },
        }),
      );
    return rows;
  },
};

async function point(house: House, seconds: number): Promise<Pick<Point, 'placeP50' | 'detailP50'>> {
  await house.load({ work: 'place', connections: 16, seconds: 2 });
  const placed = await house.load({ work: 'place', connections: 1, seconds });
  const shown = await measureDetail(house, seconds);
  return { placeP50: round(placed.p50, 2), detailP50: round(shown.p50, 2) };
}

/** Placing orders beside the limit: slices of both in turn, the limit before and after. Only 201 counts. */
import type { House } from '../lib/house.ts';
import { bareLoad, besideBare } from '../lib/bare.ts';
import type { Load } from '../lib/jobs.ts';
import { type Each, measured, totalMs } from '../lib/measured.ts';
import { type Limit, limit, limitFacts } from '../lib/limit.ts';
import { absolute, median, type Plan, type Row, type RowFile, round } from '../lib/row.ts';

const CASES = [
  { id: 'place-1', connections: 1, hot: false, goal: null },
  { id: 'place-64', connections: 64, hot: false, goal: 0.7 },
  { id: 'place-256', connections: 256, hot: false, goal: 1.5 },
  { id: 'hot-64', connections: 64, hot: true, goal: 0.7 },
  { id: 'hot-256', connections: 256, hot: true, goal: 1.5 },
] as const;
/** A server that has run for a while: its code is compiled, its connections have their plans, its keys have been shown. */
const WARM_S = 10;
/**
 * One client needs longer for the orders that a crowd places in a slice. In less, the page images after the CHECKPOINT that each slice begins
 * with are a third of what it writes; a server that runs meets one every quarter of an hour.
 */
const LONE_S = 6;
/** Milliseconds, with one client. */
const GOAL_P50 = 4;
const GOAL_P99 = 10;
/** The p50 of the bare route in the hour in which that goal was set: 840 orders/s with one client. */
const GOAL_TIMES_BARE = 3.4;

type Slice = Load & { each: Each };

export const place: RowFile = {
  ids: CASES.map(({ id }) => id),
  async run(house, plan, wanted) {
    const cases = CASES.filter(({ id }) => wanted.has(id));
    await house.load({ work: 'place', connections: 16, seconds: WARM_S });
    const rows: Row[] = [];
    for (const hot of [false, true]) {
      const these = cases.filter((one) => one.hot === hot);
      if (these.length > 0) rows.push(...(await together(house, plan, these, hot)));
    }
    return rows;
  },
};

/** Cases that share a limit go round by round: limit, each case, limit. */
async function together(
  house: House,
  plan: Plan,
  cases: readonly (typeof CASES)[number][],
  hot: boolean,
): Promise<Row[]> {
  const slices = new Map<string, Slice[]>(cases.map(({ id }) => [id, []]));
  const limits = [await limit(house, hot, plan.seconds)];
  const bares: Load[] = [];
  for (let round_ = 0; round_ < plan.rounds; round_ += 1) {
    const lone = Math.max(LONE_S, plan.seconds);
    if (cases.some(({ goal }) => goal === null))
      bares.push(await bareLoad(house, { work: 'bare', connections: 1, seconds: lone }));
    for (const { id, connections } of cases) {
      const seconds = connections === 1 ? lone : plan.seconds;
      slices.get(id)?.push(await measured(house, { work: hot ? 'hot' : 'place', connections, seconds }));
    }
    limits.push(await limit(house, hot, plan.seconds));
  }
  return cases.map((one) => rowOf(one, slices.get(one.id) ?? [], limits, bares));
}

function rowOf(
  { id, goal, hot }: (typeof CASES)[number],
  slices: readonly Slice[],
  limits: readonly Limit[],
  bares: readonly Load[],
): Row {
  const of = (value: (slice: Slice) => number) => median(slices.map(value));
  const perOrder = slices[Math.floor(slices.length / 2)]?.each;
  const more = {
    p50: round(of(({ p50 }) => p50)),
    p99: round(of(({ p99 }) => p99)),
    linesPerSecond: round(of(({ perSecond }) => perSecond) * 5, 0),
    loadGeneratorCpu: round(
      of(({ cpuShare }) => cpuShare),
      2,
    ),
    ...limitFacts(limits, hot),
    perOrder,
    processorRatio: processorRatio(slices, limits),
    notPlaced: Object.fromEntries(
      slices.flatMap(({ statuses }) => Object.entries(statuses)).filter(([s]) => s !== '201'),
    ),
  };
  const value = of(({ perSecond }) => perSecond);
  if (goal === null) {
    const row = absolute({ id, value: more.p50, unit: 'ms p50', goal: GOAL_P50, atMost: true, more });
    const beside = {
      ...besideBare(more.p50, median(bares.map(({ p50 }) => p50)), GOAL_TIMES_BARE),
      bareP99: round(median(bares.map(({ p99 }) => p99))),
    };
    return {
      ...row,
      met: row.met === true && more.p99 <= GOAL_P99,
      more: { ...beside, ...more, ordersPerSecond: round(value) },
    };
  }
  // Each slice beside the mean of the limits before and after it.
  const bare = (i: number) => limits[Math.min(i, limits.length - 1)]?.perSecond ?? 1;
  const ratio = median(slices.map(({ perSecond }, i) => (2 * perSecond) / (bare(i) + bare(i + 1))));
  const least = id.endsWith('-64') ? goal : 0.7;
  return {
    id,
    value: round(value),
    unit: 'orders/s',
    limit: round(median(limits.map(({ perSecond }) => perSecond))),
    ratio: round(ratio, 2),
    goal: least,
    met: ratio >= least,
    more: { ...more, beyond: id === 'place-64' ? 1 : goal },
  };
}

/** What the limit takes of the processors for an order, over what the product takes: the ratio that a machine with nothing else to do would show. */
function processorRatio(slices: readonly Slice[], limits: readonly Limit[]): number | null {
  const product = median(slices.flatMap(({ each }) => totalMs(each) ?? []));
  const bare = median(limits.flatMap(({ ms }) => ms ?? []));
  return product === 0 || bare === 0 ? null : round(bare / product, 2);
}

/** Reads: the list with filters and sorts, one order, what can be promised of a hundred lines, figures. */
import { bareLoad, besideBare } from '../lib/bare.ts';
import type { House } from '../lib/house.ts';
import type { Load } from '../lib/jobs.ts';
import { type Each, measured } from '../lib/measured.ts';
import { absolute, type Plan, type Row, type RowFile, round } from '../lib/row.ts';
import { partnerId, productId } from '../ids.ts';

/** What people look for; the first page and one deep in the list. */
const LISTS: Record<string, string> = {
  newest: '',
  state: 'state=completed',
  'state, by amount': 'state=completed&sort=-gross',
  'by requested day': 'sort=requested',
  partner: `partnerId=${partnerId(7)}`,
  'partner and state': `partnerId=${partnerId(7)}&state=completed&sort=-gross`,
  'delivery and payment': 'deliveryStatus=delivered&paymentStatus=paid',
  product: `productId=${productId(7)}`,
  'sales person': 'salesOwnerId=00000000-0000-7000-8003-0000000fffff',
  month: 'createdFrom=2026-03-01&createdTo=2026-03-31',
  number: 'q=SO-2026-0',
};

/** What the bare route took in the hour in which the goals were set: the list 1.6 ms, 3,908 orders/s with 8 connections. */
const GOAL_TIMES_BARE = { list: 3.1, detail: 0.38 };

/** Until the code of a read is compiled. */
const WARM_S = 4;

export async function measureLists(house: House, seconds: number): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  await get(house, ['/api/v1/orders?limit=50'], 1, WARM_S);
  for (const [name, filter] of Object.entries(LISTS)) {
    const load = await get(house, [listPath(filter)], 1, seconds);
    found[name] = round(load.p50, 2);
  }
  return found;
}

const listPath = (filter: string) => `/api/v1/orders?limit=50${filter === '' ? '' : `&${filter}`}`;

/** What people look at: all the lists, details of orders. */
export const readPaths = async (house: House): Promise<string[]> => [
  ...Object.values(LISTS).map(listPath),
  ...(await orderPaths(house)).slice(0, 100),
];

const get = (house: House, paths: readonly string[], connections: number, seconds: number): Promise<Load> =>
  house.load({ work: 'get', connections, seconds, paths, keys: [house.keys.staff.manager] });

async function orderPaths(house: House): Promise<string[]> {
  const { rows } = await house.owner.query<{ id: string }>(
    `select id from sales_order tablesample system (1) where state in ('completed', 'to_confirm', 'in_effect') limit 2000`,
  );
  return rows.map(({ id }) => `/api/v1/orders/${id}`);
}

export async function measureDetail(house: House, seconds: number): Promise<Load & { each: Each }> {
  const paths = await orderPaths(house);
  await get(house, paths, 8, WARM_S);
  return measured(house, { work: 'get', connections: 8, seconds, paths, keys: [house.keys.staff.manager] });
}

async function list(house: House, { seconds }: Plan): Promise<Row> {
  const bare = () =>
    bareLoad(house, { work: 'get', connections: 1, seconds: 1, paths: ['/api/v1/orders'], keys: ['-'] });
  await bare();
  const before = await bare();
  const p50 = await measureLists(house, Math.min(1, seconds));
  const worst = Math.max(...Object.values(p50));
  const times = besideBare(worst, ((await bare()).p50 + before.p50) / 2, GOAL_TIMES_BARE.list);
  return absolute({
    id: 'list-100k',
    value: worst,
    unit: 'ms p50, the slowest filter',
    goal: 5,
    atMost: true,
    more: { ...times, p50 },
  });
}

async function detail(house: House, { seconds }: Plan): Promise<Row> {
  const load = await measureDetail(house, seconds);
  const paths = await orderPaths(house);
  const bare = () => bareLoad(house, { work: 'get', connections: 8, seconds, paths, keys: ['-'] });
  await bare();
  const { perSecond } = await bare();
  const more = {
    ...besideBare(load.perSecond, perSecond, GOAL_TIMES_BARE.detail),
    p50: round(load.p50, 2),
    p99: round(load.p99, 2),
    loadGeneratorCpu: round(load.cpuShare, 2),
    each: load.each,
  };
  return absolute({ id: 'detail', value: load.perSecond, unit: 'orders/s', goal: 1500, atMost: false, more });
}

async function promise(house: House, { seconds }: Plan): Promise<Row> {
  const quotes = { work: 'quote', connections: 1, size: 100 } as const;
  await house.load({ ...quotes, seconds: WARM_S });
  const load = await measured(house, { ...quotes, seconds });
  const more = { p99: round(load.p99), each: load.each };
  return absolute({ id: 'atp-100', value: load.p50, unit: 'ms p50', goal: 15, atMost: true, more });
}

const RUN: Record<string, (house: House, plan: Plan) => Promise<Row>> = {
  'list-100k': list,
  detail,
  'atp-100': promise,
};
export const reads: RowFile = {
  ids: Object.keys(RUN),
  async run(house, plan, wanted) {
    const rows: Row[] = [];
    for (const [id, measure] of Object.entries(RUN)) if (wanted.has(id)) rows.push(await measure(house, plan));
    return rows;
  },
};

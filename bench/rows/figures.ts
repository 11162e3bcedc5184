/**
 * Figures of the company and of a partner, and how soon a new order stands in them: in an installation of its own, whose orders nearly all
 * took effect, so that a million lines (ten where much was asked for) are counted in the figures.
 */
import { join } from 'node:path';
import { partnerId } from '../ids.ts';
import { type House, openHouse, requireSound } from '../lib/house.ts';
import { absolute, type Plan, round, type RowFile } from '../lib/row.ts';

const GOAL_MS = 150;
const FOLLOW_MS = 1000;
const LINES = { usual: 1_000_000, large: 10_000_000 };
/** Of a hundred orders so many ran to the end; such a past has at least so many counted lines an order. */
const COMPLETED = 94;
const LINES_AN_ORDER = 4.6;

const linesOf = ({ large }: Plan) => (large.wanted ? LINES.large : LINES.usual);

/** Grown while load is made up for the memory's row, or when it is wanted. */
let opened: Promise<House> | undefined;
const open = (plan: Plan): Promise<House> =>
  (opened ??= openHouse({
    orders: Math.ceil(linesOf(plan) / LINES_AN_ORDER),
    completed: COMPLETED,
    folder: plan.large.folder === null ? null : join(plan.large.folder, 'figures'),
    say: (text) => process.stdout.write(`figures: ${text}\n`),
  }));

export const figures: RowFile = {
  ids: ['figures'],
  grow: open,
  async end() {
    const house = await opened?.catch(() => undefined);
    opened = undefined;
    await house?.close();
  },
  async run(_house, plan) {
    const house = await open(plan);
    try {
      const row = await measure(house, linesOf(plan), plan.seconds);
      await requireSound(house);
      return [row];
    } finally {
      await figures.end?.();
    }
  },
};

async function measure(house: House, wanted: number, seconds: number) {
  const { rows } = await house.owner.query<{ lines: number; orders: number }>(
    'select sum(line_count)::int as lines, sum(order_count)::int as orders from figure_month',
  );
  const { lines = 0, orders = 0 } = rows[0] ?? {};
  if (lines < wanted) throw new Error(`the figures count ${lines} lines, ${wanted} are wanted`);
  const p50: Record<string, number> = {};
  for (const [name, path] of [
    ['dashboard', '/api/v1/dashboard'],
    ['partner', `/api/v1/partners/${partnerId(7)}/figures`],
  ] as const) {
    const load = await house.load({
      work: 'get',
      connections: 1,
      seconds,
      paths: [path],
      keys: [house.keys.staff.manager],
    });
    if (load.statuses['200'] !== load.done) throw new Error(`${path}: ${JSON.stringify(load.statuses)}`);
    p50[name] = round(load.p50, 2);
  }
  const followsMs = await follows(house);
  const row = absolute({
    id: 'figures',
    value: Math.max(...Object.values(p50)),
    unit: 'ms p50',
    goal: GOAL_MS,
    atMost: true,
    more: { p50, followsMs, lines, orders, beyond: 50 },
  });
  return { ...row, met: row.met === true && followsMs <= FOLLOW_MS };
}

/** Milliseconds from the answer of a new order until the dashboard counts it. */
async function follows(house: House): Promise<number> {
  const { port } = await house.server();
  const orders = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/dashboard`, {
      headers: { authorization: `Bearer ${house.keys.staff.manager}` },
    });
    const body = (await answer.json()) as { months: { orders: number }[] };
    return body.months.reduce((sum, month) => sum + month.orders, 0);
  };
  await house.caughtUp();
  const before = await orders();
  await house.load({ work: 'place', connections: 1, seconds: 0.001 });
  const from = performance.now();
  while ((await orders()) <= before && performance.now() - from < 10_000);
  return round(performance.now() - from);
}

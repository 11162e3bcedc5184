/** Figures of the company and of a partner, and how soon a new order stands in them. */
import { partnerId } from '../ids.ts';
import { absolute, round, type RowFile } from '../lib/row.ts';
import type { House } from '../lib/house.ts';

const GOAL_MS = 150;
const FOLLOW_MS = 1000;

export const figures: RowFile = {
  ids: ['figures'],
  async run(house, plan) {
    if (plan.full) await house.growTo(2_000_000);
    const { rows } = await house.owner.query<{ lines: number }>(
      'select sum(line_count)::int as lines from figure_month',
    );
    const p50: Record<string, number> = {};
    for (const [name, path] of [
      ['dashboard', '/api/v1/dashboard'],
      ['partner', `/api/v1/partners/${partnerId(7)}/figures`],
    ] as const) {
      const load = await house.load({
        work: 'get',
        connections: 1,
        seconds: plan.seconds,
        paths: [path],
        keys: [house.keys.staff.manager],
      });
      p50[name] = round(load.p50, 2);
    }
    const followsMs = await follows(house);
    const worst = Math.max(...Object.values(p50));
    const row = absolute({
      id: 'figures',
      value: worst,
      unit: 'ms p50',
      goal: GOAL_MS,
      atMost: true,
      more: { p50, followsMs, lines: rows[0]?.lines },
    });
    return [{ ...row, met: row.met === true && followsMs <= FOLLOW_MS }];
  },
};

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
  // What earlier measurements have left is read first.
  for (let last = -1, now = await orders(); last !== now; now = await orders()) {
    last = now;
    await new Promise((done) => setTimeout(done, 500));
  }
  const before = await orders();
  await house.load({ work: 'place', connections: 1, seconds: 0.001 });
  const from = performance.now();
  while ((await orders()) <= before && performance.now() - from < 10_000);
  return round(performance.now() - from);
}

/** Whether the harness sees a slow build: the product beside itself with a little work wasted in each statement, slice by slice in one run. */
import type { House } from './lib/house.ts';
import { median, type Plan, round } from './lib/row.ts';

const WASTE_MS = 0.2;
/** What is wasted makes at least this difference. */
const SEEN = 0.9;

export type Control = { wasteMs: number; product: number; slowed: number; ratio: number; seen: boolean };

export async function control(house: House, plan: Plan): Promise<Control> {
  const [product, slowed] = [await house.server(), await house.serve(WASTE_MS)];
  const values = { product: [] as number[], slowed: [] as number[] };
  for (let i = 0; i < plan.rounds; i += 1) {
    for (const [name, server] of [
      ['product', product],
      ['slowed', slowed],
    ] as const) {
      await house.superuser.query('checkpoint');
      const load = await house.load({ work: 'place', connections: 64, seconds: plan.seconds }, server);
      values[name].push(load.perSecond);
    }
  }
  await slowed.stop();
  const ratio = median(values.slowed) / median(values.product);
  return {
    wasteMs: WASTE_MS,
    product: round(median(values.product)),
    slowed: round(median(values.slowed)),
    ratio: round(ratio, 2),
    seen: ratio < SEEN,
  };
}

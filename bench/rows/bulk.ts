/** Orders in bulk, as lines per second, beside the limit in orders per second. */
import { type Each, measured } from '../lib/measured.ts';
import { limit, limitFacts } from '../lib/limit.ts';
import { median, type RowFile, round } from '../lib/row.ts';

const GOAL = 5;
const SIZE = 500;
const CONNECTIONS = 4;

export const bulk: RowFile = {
  ids: ['bulk'],
  async run(house, plan) {
    const values: number[] = [];
    const latencies: number[] = [];
    const costs: Each[] = [];
    const limits = [await limit(house, false, plan.seconds)];
    for (let i = 0; i < plan.rounds; i += 1) {
      const load = await measured(house, { work: 'bulk', connections: CONNECTIONS, seconds: plan.seconds, size: SIZE });
      values.push(load.perSecond * 5);
      latencies.push(load.p50);
      costs.push(load.each);
      limits.push(await limit(house, false, plan.seconds));
    }
    const bare = median(limits.map(({ perSecond }) => perSecond));
    const ratio = median(values) / bare;
    const more = {
      ordersPerRequest: SIZE,
      connections: CONNECTIONS,
      requestP50: round(median(latencies)),
      ...limitFacts(limits, false),
      perOrder: costs[0],
      beyond: 10,
    };
    return [
      {
        id: 'bulk',
        value: round(median(values)),
        unit: 'lines/s',
        limit: round(bare),
        ratio: round(ratio, 2),
        goal: GOAL,
        met: ratio >= GOAL,
        more,
      },
    ];
  },
};

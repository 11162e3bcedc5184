/** Orders in bulk, by the API and out of a file, as lines per second beside the limit in orders per second. */
import { importFile } from '../lib/file-import.ts';
import { type Each, measured } from '../lib/measured.ts';
import { limit, limitFacts } from '../lib/limit.ts';
import { median, type RowFile, round } from '../lib/row.ts';

const GOAL = 5;
const SIZE = 500;
const CONNECTIONS = 4;
const FILE_LINES = 100_000;

export const bulk: RowFile = {
  ids: ['bulk'],
  async run(house, plan) {
    const values: number[] = [];
    const latencies: number[] = [];
    const costs: Each[] = [];
    // The limit stores the answer of an order that has been placed.
    await house.load({ work: 'place', connections: 1, seconds: 0.001 });
    const limits = [await limit(house, false, plan.seconds)];
    for (let i = 0; i < plan.rounds; i += 1) {
      const load = await measured(house, { work: 'bulk', connections: CONNECTIONS, seconds: plan.seconds, size: SIZE });
      values.push(load.perSecond * 5);
      latencies.push(load.p50);
      costs.push(load.each);
      limits.push(await limit(house, false, plan.seconds));
    }
    // What is compiled by a first file does not count.
    await importFile(house, FILE_LINES / 10);
    const file = await importFile(house, FILE_LINES);
    limits.push(await limit(house, false, plan.seconds));
    const bare = median(limits.map(({ perSecond }) => perSecond));
    const ratio = median(values) / bare;
    const fileRatio = file.perSecond / bare;
    const more = {
      ordersPerRequest: SIZE,
      connections: CONNECTIONS,
      requestP50: round(median(latencies)),
      file: { ...file, perSecond: round(file.perSecond), ratio: round(fileRatio, 2) },
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
        met: Math.min(ratio, fileRatio) >= GOAL,
        more,
      },
    ];
  },
};

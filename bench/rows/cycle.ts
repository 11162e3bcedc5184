/**
 * Sell from stock, over HTTP: order of five lines (placed, confirmed by itself as the policy says, accepted by the partner, which opens the
 * delivery), display, picking begun and finished in one step, goods issue, list 40, invoice. Seven requests a cycle.
 */
import { bareLoad, besideBare } from '../lib/bare.ts';
import type { House } from '../lib/house.ts';
import type { CycleLoad } from '../lib/jobs.ts';
import { type Each, measuredLoad } from '../lib/measured.ts';
import { absolute, median, round, type RowFile } from '../lib/row.ts';

const GOAL = 120;
const CONNECTIONS = 128;
/** When the goal was set the bare route placed 1,322 orders/s with 32 connections. */
const BARE_CONNECTIONS = 32;
const GOAL_TIMES_BARE = 0.09;

export const cycle: RowFile = {
  ids: ['cycle'],
  async run(house, plan) {
    const slice = (seconds: number) => house.cycle({ connections: CONNECTIONS, seconds });
    const end = await confirmationsGoByThemselves(house);
    const slices: (CycleLoad & { each: Each })[] = [];
    const bares: number[] = [];
    const bare = (seconds: number) => bareLoad(house, { work: 'bare', connections: BARE_CONNECTIONS, seconds });
    try {
      // Long enough that every connection has its plans.
      await slice(plan.seconds);
      await bare(1);
      for (let i = 0; i < plan.rounds; i += 1) {
        bares.push((await bare(plan.seconds)).perSecond);
        slices.push(await measuredLoad(house, () => slice(plan.seconds)));
      }
    } finally {
      await end();
    }
    const middle = slices[Math.floor(slices.length / 2)];
    const value = median(slices.map(({ perSecond }) => perSecond));
    return [
      absolute({
        id: 'cycle',
        value,
        unit: 'cycles/s',
        goal: GOAL,
        atMost: false,
        more: {
          ...besideBare(value, median(bares), GOAL_TIMES_BARE),
          connections: CONNECTIONS,
          requestsPerCycle: 7,
          rounds: slices.map(({ perSecond }) => round(perSecond)),
          perCycle: middle?.each,
          p50: middle?.p50,
        },
      }),
    ];
  },
};

/** Settings are read anew after three seconds. */
const HEARD_OF_MS = 3500;

/** The company's policy for these cycles only, as its policy page writes it; returns how to end it. */
async function confirmationsGoByThemselves({ owner }: House): Promise<() => Promise<void>> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into policy_parameter (id, code, value, unit, valid_from)
     values (uuidv7(), 'order.auto_send_confirmation', 1, 'flag', now() - interval '1 minute') returning id`,
  );
  const heard = () => new Promise<void>((resolve) => setTimeout(resolve, HEARD_OF_MS));
  await heard();
  return async () => {
    await owner.query('delete from policy_parameter where id = $1', [rows[0]?.id]);
    await heard();
  };
}

/**
 * By the clock: confirmations that nobody answered. Silence accepts only where the partner's agreement says so: the one in force when the
 * confirmation was sent, as the partner was told, and the one in force when the time is up. Otherwise goods and credit are released when the reservation has run out, and some days later the notice lapses and the order returns to sales. R4.2, R4.3, Civil
 * Code of the PRC art. 140.
 */
import { freeGoods, lapseOrder } from '../modules/orders/index.ts';
import { newId } from '../kernel/ids.ts';
import { systemActor } from '../platform/auth/authenticate.ts';
import { COMPANY, sql } from '../platform/db/database.ts';
import type { TimedJob } from '../platform/jobs/timed-jobs.ts';
import { type Runtime, runCommands } from '../platform/pipeline/run.ts';
import { acceptOrder } from './order-takes-effect.ts';

const AT_ONCE = 200;

/** Returns how many orders took effect by silence, how many lost their goods and how many lapsed. Orders that a command refuses (answered meanwhile) are left as they are. */
export async function passReplyDeadlines(
  runtime: Runtime,
  now: Date,
): Promise<{ accepted: number; freed: number; lapsed: number }> {
  const { timeZone } = (await runtime.env(now)).company;
  const [silent, freeing, lapsing] = await runtime.database.read(COMPANY, (tx) =>
    Promise.all([
      tx.query<{ id: string }>(sql`
        select o.id from sales_order o join order_round r on r.order_id = o.id and r.round = o.round and r.silence_accepts
          join agreement a on a.partner_id = o.partner_id and a.silence_accepts and (o.reply_due_at at time zone ${timeZone})::date between a.valid_from and a.valid_to
        where o.state = 'awaiting_partner' and o.reply_due_at < ${now} and o.reserved_until >= ${now} order by o.id limit ${AT_ONCE}`),
      tx.query<{ id: string }>(sql`
        select id from sales_order where state = 'awaiting_partner' and reserved_until < ${now} order by id limit ${AT_ONCE}`),
      // Two looks, each at the orders of one state: with "or" over both tables it would be every order there ever was.
      tx.query<{ id: string }>(sql`
        select id from sales_order where state = 'to_confirm' and reserved_until < ${now}
        union all
        select o.id from sales_order o join order_round r on r.order_id = o.id and r.round = o.round
          where o.state = 'awaiting_partner' and r.lapses_at <= ${now}
        order by id limit ${AT_ONCE}`),
    ]),
  );
  const command = <I>(input: I) => ({ input, actor: systemActor, now, requestId: newId(now) });
  const accepted = await runCommands(
    runtime,
    acceptOrder,
    silent.map(({ id }) => command({ orderId: id, contentHash: null })),
  );
  const onOrders = (rows: readonly { id: string }[]) => rows.map(({ id }) => command({ orderId: id }));
  const freed = await runCommands(runtime, freeGoods, onOrders(freeing));
  const lapsed = await runCommands(runtime, lapseOrder, onOrders(lapsing));
  const done = (outcomes: readonly { ok: boolean }[]) => outcomes.filter(({ ok }) => ok).length;
  return { accepted: done(accepted), freed: done(freed), lapsed: done(lapsed) };
}

export const replyDeadlineJob: TimedJob = {
  name: 'order_replies',
  everyMs: 60_000,
  async run({ runtime, now }) {
    await passReplyDeadlines(runtime, now);
  },
};

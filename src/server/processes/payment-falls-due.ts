/** By the clock: what was not due yesterday is due, or late, today. The order says so, and the log tells of it. R6.1. */
import { bizDateOf } from '../kernel/biz-date.ts';
import { newId } from '../kernel/ids.ts';
import { recomputeMoney } from '../modules/orders/index.ts';
import { insertRows } from '../platform/db/table.ts';
import { eventTable } from '../platform/events/event-table.ts';
import type { TimedJob } from '../platform/jobs/timed-jobs.ts';

export const paymentFallsDueJob: TimedJob = {
  name: 'payments fall due',
  everyMs: 10 * 60_000,
  async run({ tx, env, now }) {
    const changed = await recomputeMoney(tx, null, bizDateOf(now, env.company.timeZone));
    await insertRows(
      tx,
      eventTable,
      changed.map(({ order, from }) => ({
        id: newId(now),
        document_type: 'order',
        document_id: order.id,
        document_no: order.no,
        version: order.version,
        type: 'order.payment_status_changed',
        at: now,
        partner_id: order.partner_id,
        actor_id: null,
        actor_kind: 'system',
        cause: { job: 'payments fall due' },
        payload: { from: from.payment, to: order.payment_status },
      })),
    );
  },
};

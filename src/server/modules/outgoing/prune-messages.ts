/**
 * Messages that are done are kept for the policy's time. What an acceptance rests upon (the confirmation with its link, the one-time code)
 * stays with the order; so does the newest of each lane of a webhook, from which the next sequence is counted. Source: R11.
 */
import { addMs } from '../../kernel/clock.ts';
import { sql } from '../../platform/db/database.ts';
import type { TimedJob } from '../../platform/jobs/timed-jobs.ts';

const EVIDENCE = ['order.confirmation_sent', 'link.code'];
const DAY_MS = 86_400_000;
const AT_ONCE = 5000;

export const pruneMessagesJob: TimedJob = {
  name: 'prune_messages',
  everyMs: 3_600_000,
  async run({ tx, env, now }) {
    const keepUntil = addMs(now, -env.policy.at('message.keep', now).value * DAY_MS);
    await tx.run(sql`
      with old as materialized (
        select o.id from outgoing o
        where o.state in ('sent', 'dropped') and o.finished_at < ${keepUntil} and o.kind <> all(${EVIDENCE}::text[])
          and (o.channel = 'mail' or exists (select from outgoing later where later.lane = o.lane and later.sequence > o.sequence))
        order by o.id limit ${AT_ONCE}
      ), attempts as (delete from outgoing_attempt a using old where a.outgoing_id = old.id)
      delete from outgoing o using old where o.id = old.id`);
  },
};

/**
 * Messages that are done are kept for the policy's time. What an acceptance rests upon (the confirmation with its link, the one-time code)
 * stays with the order; so does the newest of each lane of a webhook, from which the next sequence is counted. Source: R11.
 */
import { addMs } from '../../kernel/clock.ts';
import { firstIdAt } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/database.ts';
import { inSteps, STEP } from '../../platform/jobs/in-steps.ts';
import type { TimedJob } from '../../platform/jobs/timed-jobs.ts';

const EVIDENCE = ['order.confirmation_sent', 'link.code'];
const DAY_MS = 86_400_000;

export const pruneMessagesJob: TimedJob = {
  name: 'prune_messages',
  everyMs: 3_600_000,
  async run({ env, now, runtime }) {
    const keepUntil = addMs(now, -env.policy.at('message.keep', now).value * DAY_MS);
    // What was made later is not done for so long yet: the rest of the table is not looked at.
    const madeLater = firstIdAt(keepUntil);
    await inSteps(runtime, (tx) =>
      tx.run(sql`
        with old as materialized (
          select o.id from outgoing o
          where o.id < ${madeLater} and o.state in ('sent', 'dropped') and o.finished_at < ${keepUntil} and o.kind <> all(${EVIDENCE}::text[])
            and (o.channel = 'mail' or exists (select from outgoing later where later.lane = o.lane and later.sequence > o.sequence))
          order by o.id limit ${STEP}
        ), attempts as (delete from outgoing_attempt a using old where a.outgoing_id = old.id)
        delete from outgoing o using old where o.id = old.id`),
    );
  },
};

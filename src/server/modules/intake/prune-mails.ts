/** Mail that came to nothing (ignored, discarded) is kept for the policy's time. What became an inquiry or an answer stays with it. Source: R11. */
import { addMs } from '../../kernel/clock.ts';
import { sql } from '../../platform/db/database.ts';
import { inSteps } from '../../platform/jobs/in-steps.ts';
import type { TimedJob } from '../../platform/jobs/timed-jobs.ts';

const DAY_MS = 86_400_000;
/** Raw messages are large: a few in each step. */
const AT_ONCE = 100;

export const pruneMailsJob: TimedJob = {
  name: 'prune_mails',
  everyMs: 600_000,
  async run({ env, now, runtime }) {
    const keepUntil = addMs(now, -env.policy.at('intake.keep', now).value * DAY_MS);
    await inSteps(
      runtime,
      (tx) =>
        tx.run(sql`
          delete from intake_message where id in (
            select id from intake_message where state in ('ignored', 'discarded') and coalesce(settled_at, received_at) < ${keepUntil}
            order by id limit ${AT_ONCE} for update skip locked)`),
      AT_ONCE,
    );
  },
};

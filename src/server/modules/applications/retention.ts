/** Applications that came to nothing are kept for a policy's time; then what was typed is erased, and only that there was one stays. */
import { addMs } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { sql } from '../../platform/db/database.ts';
import type { TimedJob } from '../../platform/jobs/timed-jobs.ts';
import { defineCommand } from '../../platform/pipeline/define.ts';
import { runCommands } from '../../platform/pipeline/run.ts';
import { applicationEvent, lockApplication } from './application-load.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 200;

const eraseApplication = defineCommand<{ applicationId: string }>({
  name: 'application.erase',
  refuses: ['application.not_found'],
  async run({ tx, command, emit }, { applicationId }) {
    const row = await lockApplication(tx, command, applicationId);
    const version = row.version + 1;
    await tx.run(sql`
      update partner_application set content = null, question = null, reason = null, from_ip = null, token_sealed = null, version = ${version} where id = ${row.id}`);
    emit(applicationEvent({ ...row, version }, 'application.erased', { state: row.state }));
    return { status: 200, body: {} };
  },
});

export const applicationRetentionJob: TimedJob = {
  name: 'application_retention',
  everyMs: 3_600_000,
  async run({ tx, env, now, runtime }) {
    const keepUntil = addMs(now, -env.policy.at('application.keep', now).value * DAY_MS);
    const due = await tx.query<{ id: string }>(sql`
      select id from partner_application where state in ('refused', 'withdrawn') and content is not null and state_since < ${keepUntil} order by id limit ${AT_ONCE}`);
    const command = (applicationId: string) => ({
      input: { applicationId },
      actor: systemActor,
      now,
      requestId: newId(now),
    });
    await runCommands(
      runtime,
      eraseApplication,
      due.map(({ id }) => command(id)),
    );
  },
};

/** What the calendar brings up on partner files: the yearly confirmation, and agreements that run out with nothing after them. */
import { sql, type Tx } from '../../platform/db/database.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import type { TimedJob } from '../../platform/jobs/timed-jobs.ts';
import { runCommands } from '../../platform/pipeline/run.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import { newId } from '../../kernel/ids.ts';
import { remindOfAgreement } from './commands/agreements.ts';
import { askConfirmation } from './commands/confirm-file.ts';
import { noteIncomplete } from './commands/documents.ts';
import { licenceRunOut, missingFields, todayOf } from './partner-load.ts';

const AT_ONCE = 200;

const openTask = (...kinds: string[]) =>
  sql`exists (select from task t where t.document_id = p.id and t.closed_at is null and t.kind = any(${kinds}::text[]))`;

/** Files whose last confirmation (or whose entry) is as long ago as the policy says. */
const toConfirm = (tx: Tx, today: string, days: number) =>
  tx.query<{ id: string }>(sql`
    select p.id from partner p where p.state = 'active' and coalesce(p.confirmed_on, p.created_at::date) + ${days}::int <= ${today}::date
      and not ${openTask('partner.confirm', 'partner.reconfirm')} order by p.id limit ${AT_ONCE}`);

/** Partners whose agreement ends within the policy's days, with no other one behind it. */
const toRenew = (tx: Tx, today: string, days: number) =>
  tx.query<{ id: string }>(sql`
    select p.id from partner p where p.state = 'active' and not ${openTask('partner.renew_agreement')}
      and (select max(a.valid_to) from agreement a where a.partner_id = p.id) between ${today}::date and ${today}::date + ${days}::int
    order by p.id limit ${AT_ONCE}`);

/** Files that became incomplete by the calendar alone. */
const runOut = (tx: Tx, today: string) =>
  tx.query<{ id: string }>(sql`
    select p.id from partner p where p.state in ('applied', 'active', 'suspended') and not ${openTask('partner.complete')}
      and ${licenceRunOut(today)} and 'licence' = any(${missingFields(today)}) order by p.id limit ${AT_ONCE}`);

export const partnerDatesJob: TimedJob = {
  name: 'partner_dates',
  everyMs: 10 * 60_000,
  async run({ tx, env, now, runtime }) {
    const today = todayOf(now, env);
    const [confirm, renew, incomplete] = await Promise.all([
      toConfirm(tx, today, daysOf(env, 'partner.reconfirm', now)),
      toRenew(tx, today, daysOf(env, 'agreement.expiring', now)),
      runOut(tx, today),
    ]);
    const command = (partnerId: string) => ({ input: { partnerId }, actor: systemActor, now, requestId: newId(now) });
    await runCommands(
      runtime,
      askConfirmation,
      confirm.map(({ id }) => command(id)),
    );
    await runCommands(
      runtime,
      remindOfAgreement,
      renew.map(({ id }) => command(id)),
    );
    await runCommands(
      runtime,
      noteIncomplete,
      incomplete.map(({ id }) => command(id)),
    );
  },
};

const daysOf = (env: Env, code: string, now: Date): number => env.policy.at(code, now).value;

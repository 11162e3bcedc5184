/** Inquiries on which nothing happens: both sides are told in good time, then it closes. Any act or message begins the time anew. R3.2. */
import { sql, type Tx } from '../../../platform/db/database.ts';
import { systemActor } from '../../../platform/auth/authenticate.ts';
import type { TimedJob } from '../../../platform/jobs/timed-jobs.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { runCommands } from '../../../platform/pipeline/run.ts';
import type { Env } from '../../../platform/pipeline/types.ts';
import { newId } from '../../../kernel/ids.ts';
import { type CaseColumns, rulesOf } from '../../../platform/pipeline/policy-book.ts';
import { dropOldUploads } from '../uploads.ts';
import { goInquiry, lockInquiry } from './shared.ts';

const AT_ONCE = 200;
type OnInquiry = { inquiryId: string };

export const warnIdle = defineCommand<OnInquiry & { closesAt: Date }>({
  name: 'inquiries.warn_idle',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state', 'request.version_stale'],
  async run(context, { inquiryId, closesAt }) {
    const found = await lockInquiry(context, inquiryId);
    found.row.warned_at = context.command.now;
    found.row.closes_at = closesAt;
    await goInquiry(context, found, 'warnIdle', { closesAt: closesAt.toISOString() });
    return { status: 200, body: { id: inquiryId } };
  },
});

export const lapseInquiry = defineCommand<OnInquiry>({
  name: 'inquiries.lapse',
  refuses: ['inquiry.not_found', 'inquiry.wrong_state', 'request.version_stale'],
  async run(context, { inquiryId }) {
    await goInquiry(context, await lockInquiry(context, inquiryId), 'lapse');
    return { status: 200, body: { id: inquiryId } };
  },
});

type Quiet = {
  id: string;
  version: number;
  since: Date;
  warned_at: Date | null;
  closes_at: Date | null;
} & CaseColumns;

/** Open inquiries, the longest quiet first, with the instant since which nothing has happened. */
const quietInquiries = (tx: Tx) =>
  tx.query<Quiet>(sql`
    select i.id, i.version, i.created_at, i.warned_at, i.closes_at, i.policy_level, i.policy_agreement_id,
      greatest(i.active_at, (select max(m.at) from message m where m.document_type = 'inquiry' and m.document_id = i.id)) as since
    from inquiry i where i.state in ('received', 'needs_data', 'ready') order by i.active_at`);

/** What is to be done about one now. The time is that of the policy in force when the inquiry came. */
function dueOf(quiet: Quiet, env: Env, now: Date): { lapse: true } | { closesAt: Date } | null {
  const warned = quiet.warned_at !== null && quiet.warned_at >= quiet.since;
  if (warned) return quiet.closes_at !== null && quiet.closes_at <= now ? { lapse: true } : null;
  const rules = rulesOf(quiet);
  const end = env.policy.deadline('inquiry.idle', quiet.since, rules).at;
  const soonest = env.policy.deadline('inquiry.idle_notice', now, rules).at;
  return soonest < end ? null : { closesAt: now < end ? end : soonest };
}

export const idleInquiriesJob: TimedJob = {
  name: 'idle_inquiries',
  everyMs: 10 * 60_000,
  async run({ tx, env, now, runtime }) {
    await dropOldUploads(tx, now);
    const due = (await quietInquiries(tx)).flatMap((quiet) => {
      const todo = dueOf(quiet, env, now);
      return todo === null ? [] : [{ quiet, todo }];
    });
    const command = <I>(input: I, { version }: Quiet) => ({
      input,
      actor: systemActor,
      now,
      requestId: newId(now),
      expectedVersion: version,
    });
    const some = due.slice(0, AT_ONCE);
    await runCommands(
      runtime,
      warnIdle,
      some.flatMap(({ quiet, todo }) =>
        'closesAt' in todo ? [command({ inquiryId: quiet.id, closesAt: todo.closesAt }, quiet)] : [],
      ),
    );
    await runCommands(
      runtime,
      lapseInquiry,
      some.flatMap(({ quiet, todo }) => ('lapse' in todo ? [command({ inquiryId: quiet.id }, quiet)] : [])),
    );
  },
};

/**
 * What the machinery writes down for a time only: answers under their keys, sessions, one-time links, attempts to sign in, devices, the
 * access log, notices, imports that nothing came of. Documents, the event log and what the law asks for are not touched here. docs/decisions/0179 and 0189.
 * The oldest rows are looked at, found by a key that grows with time: no table is read as a whole, however long it is.
 */
import { addMs } from '../../kernel/clock.ts';
import { firstIdAt } from '../../kernel/ids.ts';
import { type Sql, sql } from '../db/database.ts';
import { inSteps, STEP } from './in-steps.ts';
import type { TimedJob } from './timed-jobs.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = {
  /** A caller that asks again within a month gets its answer. */
  answers: 30,
  /** After they ended; the newest of a person stays, it says when the person was last here. */
  sessions: 30,
  links: 30,
  attempts: 1,
  devices: 365,
  /** Half a year is the law's; two years let the archive of a closed year be made. */
  accessLog: 730,
  notices: 365,
  /** Checks, and imports of which no row is in: long enough to read why and to come back with a better file. */
  trials: 90,
};
/** A session that began before this is over (authenticate.ts: twelve hours). */
const LONGEST_SESSION_DAYS = 1;

export const cleanUpJob: TimedJob = {
  name: 'clean_up',
  everyMs: 600_000,
  async run({ now, runtime }) {
    for (const remove of removals(now)) await inSteps(runtime, (tx) => tx.run(remove));
  },
};

function removals(now: Date): Sql[] {
  const before = (days: number) => addMs(now, -days * DAY_MS);
  const trials = sql`not r.committed and r.at < ${before(KEPT_DAYS.trials)} and coalesce(r.seen_at, r.at) < ${before(KEPT_DAYS.trials)}`;
  return [
    sql`delete from idempotency where (caller_id, key) in (
      select caller_id, key from idempotency where at < ${before(KEPT_DAYS.answers)} order by at limit ${STEP})`,
    sql`delete from user_session where token_hash in (
      select s.token_hash from user_session s where s.created_at < ${before(KEPT_DAYS.sessions + LONGEST_SESSION_DAYS)}
        and exists (select from user_session later where later.user_id = s.user_id and later.created_at > s.created_at)
      order by s.created_at limit ${STEP})`,
    sql`delete from one_time_token where token_hash in (
      select token_hash from one_time_token where expires_at < ${before(KEPT_DAYS.links)} order by expires_at limit ${STEP})`,
    // The newest attempt of a login and address is what the next one is counted from; a day later nobody counts.
    sql`delete from signin_attempt where id in (
      select id from (select id, at from signin_attempt order by id limit ${STEP}) oldest where at < ${before(KEPT_DAYS.attempts)})`,
    sql`delete from known_device where (token_hash, user_id) in (
      select token_hash, user_id from known_device where last_used_at < ${before(KEPT_DAYS.devices)} limit ${STEP})`,
    sql`delete from access_log where id in (
      select id from (select id, at from access_log order by id limit ${STEP}) oldest where at < ${before(KEPT_DAYS.accessLog)})`,
    sql`delete from notice where id in (
      select id from notice where id < ${firstIdAt(before(KEPT_DAYS.notices))} order by id limit ${STEP})`,
    sql`delete from import_fate where (import_id, row) in (
      select f.import_id, f.row from import_fate f
      where f.import_id = any(array(select r.id from import_run r where ${trials} order by r.at limit ${STEP})) limit ${STEP})`,
    sql`delete from import_run where id in (
      select r.id from import_run r where ${trials} and not exists (select from import_fate f where f.import_id = r.id) order by r.at limit ${STEP})`,
  ];
}

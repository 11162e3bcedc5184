/**
 * Lock-out of guessing that does not lock out the victim. Failures are counted for (login, address); a device that has signed in to this
 * login before is counted by itself, so that others' failures do not touch it. Unknown logins are counted like known ones. An attempt is
 * written down as failed before the password is looked at, under a lock: many at once count as many.
 */
import { addMs } from '../../kernel/clock.ts';
import { type Database, COMPANY, sql, type Tx } from '../../platform/db/database.ts';
import { hashToken } from '../../platform/auth/tokens.ts';

const FAILURES = 5;
const WAIT_MS = 10 * 60_000;
/** One address that tries many logins. Addresses of the machine itself are exempt: behind a proxy everybody has them. */
const FAILURES_OF_ADDRESS = 50;
const KEEP_MS = 24 * 3_600_000;

export type Attempt = { loginFolded: string; ip: string; deviceToken: string | null; now: Date };
export type Admitted = { ok: true; attemptId: bigint } | { ok: false; retryAfter: number };

type Counted = { failures: number; last: Date | null };

/** Writes the attempt down, or says how many seconds to wait. */
export async function admitAttempt(database: Database, attempt: Attempt): Promise<Admitted> {
  return database.write(COMPANY, async (tx) => {
    const device = await knownDevice(tx, attempt);
    await tx.query(
      sql`select pg_advisory_xact_lock(hashtextextended(${`${attempt.loginFolded} ${device === null ? attempt.ip : device.toString('hex')}`}, 5))`,
    );
    const since = addMs(attempt.now, -WAIT_MS);
    const lane = device === null ? sql`device_hash is null and ip = ${attempt.ip}` : sql`device_hash = ${device}`;
    const [[own], [address]] = await Promise.all([
      tx.query<Counted>(sql`select count(*)::int as failures, max(at) as last from signin_attempt where login_folded = ${attempt.loginFolded} and ${lane} and not ok and at > ${since}
        and id > coalesce((select max(id) from signin_attempt where login_folded = ${attempt.loginFolded} and ${lane} and ok), 0)`),
      tx.query<Counted>(
        sql`select count(*)::int as failures, max(at) as last from signin_attempt where ip = ${attempt.ip} and device_hash is null and not ok and at > ${since}`,
      ),
    ]);
    const tooMany = (counted: Counted | undefined, most: number) =>
      counted !== undefined && counted.failures >= most && counted.last !== null;
    const stopped = tooMany(own, FAILURES)
      ? own
      : device === null && !isLoopback(attempt.ip) && tooMany(address, FAILURES_OF_ADDRESS)
        ? address
        : undefined;
    if (stopped?.last !== undefined && stopped.last !== null) {
      return {
        ok: false,
        retryAfter: Math.max(1, Math.ceil((stopped.last.getTime() + WAIT_MS - attempt.now.getTime()) / 1000)),
      };
    }
    const rows = await tx.query<{ id: bigint }>(
      sql`insert into signin_attempt (login_folded, ip, device_hash, ok, at) values (${attempt.loginFolded}, ${attempt.ip}, ${device}, false, ${attempt.now}) returning id`,
    );
    return { ok: true, attemptId: rows[0]?.id ?? 0n };
  });
}

async function knownDevice(tx: Tx, { loginFolded, deviceToken }: Attempt): Promise<Buffer | null> {
  if (deviceToken === null) return null;
  const hash = hashToken(deviceToken);
  const rows = await tx.query(
    sql`select 1 from known_device d join app_user u on u.id = d.user_id where d.token_hash = ${hash} and u.login_folded = ${loginFolded}`,
  );
  return rows.length === 0 ? null : hash;
}

/** The attempt was good; old ones go. */
export async function attemptSucceeded(tx: Tx, attemptId: bigint, now: Date): Promise<void> {
  await tx.run(sql`update signin_attempt set ok = true where id = ${attemptId}`);
  await tx.run(
    sql`delete from signin_attempt where id in (select id from signin_attempt where at < ${addMs(now, -KEEP_MS)} order by id limit 500 for update skip locked)`,
  );
}

export async function rememberDevice(tx: Tx, deviceToken: string, userId: string, now: Date): Promise<void> {
  await tx.run(sql`insert into known_device (token_hash, user_id, last_used_at) values (${hashToken(deviceToken)}, ${userId}, ${now})
    on conflict (token_hash, user_id) do update set last_used_at = excluded.last_used_at`);
}

export const isLoopback = (ip: string): boolean => ip === '::1' || /^(::ffff:)?127\./.test(ip);

/**
 * Sends what waits. A message is claimed for a while in one transaction, sent with none open, and its result written down in another that
 * holds only while the claim is still ours: after a kill between sending and writing it is sent again, with the same id. The first waiting
 * one of a lane goes alone, so that lanes keep their order whatever the number of workers; a target that is slow or broken has a few places
 * and never all. Source: P7, P21.
 */
import { addMs, type Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { COMPANY, type Database, sql, type Tx } from '../db/database.ts';
import { columnsOf, insertRows } from '../db/table.ts';
import type { Log } from '../log.ts';
import type { Env } from '../pipeline/types.ts';
import { attemptTable, type OutgoingRow, outgoingTable } from './outgoing-tables.ts';

export type SendResult =
  | { outcome: 'sent'; status?: number; detail?: string }
  /** Another try helps, not before `retryAfterMs` where it is given. */
  | { outcome: 'failed'; reason: string; status?: number; detail?: string; retryAfterMs?: number }
  /** No further try helps. */
  | { outcome: 'refused'; reason: string; status?: number; detail?: string }
  /** It is not to be sent any more: the receiver is gone, or may not see it any more. */
  | { outcome: 'dropped'; reason: string };

export type Channel = {
  name: 'mail' | 'webhook';
  /** Waiting times before the second, third … try; after the last try the message is parked. */
  waits: readonly number[];
  /** How long one try may take before another worker may take over. */
  leaseMs: number;
  /** Tries under way at once for one target, and in all. */
  atOnceForTarget: number;
  atOnce: number;
  /** Whether anything is to be sent now. */
  isOpen(tx: Tx): Promise<boolean>;
  send(message: OutgoingRow, env: Env, now: Date): Promise<SendResult>;
  /** What follows from a result, in the transaction that writes it down. `state` is the message's new one. */
  settled(
    tx: Tx,
    message: OutgoingRow,
    result: SendResult,
    state: OutgoingRow['state'],
    env: Env,
    now: Date,
  ): Promise<void>;
  /** Hangs up what is kept open between tries. */
  close(): Promise<void>;
};

export type DispatchOptions = { database: Database; env(now: Date): Promise<Env>; clock: Clock; log: Log };

/** Sends one round of what is due. Returns how many were claimed. */
export async function dispatchOnce(options: DispatchOptions, channel: Channel): Promise<number> {
  const { database, clock, log } = options;
  const claim = newId(clock.now());
  const claimed = await database.write(COMPANY, (tx) => claimDue(tx, channel, claim, clock.now()));
  await Promise.all(
    claimed.map(async (message) => {
      try {
        const env = await options.env(clock.now());
        const result = await channel.send(message, env, clock.now()).catch((error: unknown) => unexpected(error));
        await database.write(COMPANY, (tx) => record(tx, channel, message, result, env, clock.now()));
      } catch (error) {
        // It stays claimed until its time is over, and is tried again then.
        log.error({ err: error, message: message.id }, 'the result of a message could not be written down');
      }
    }),
  );
  return claimed.length;
}

const unexpected = (error: unknown): SendResult => ({
  outcome: 'failed',
  reason: 'internal',
  detail: error instanceof Error ? error.message : String(error),
});

async function claimDue(tx: Tx, channel: Channel, claim: string, now: Date): Promise<OutgoingRow[]> {
  if (!(await channel.isOpen(tx))) return [];
  const free = sql`d.state = 'waiting' and d.next_at <= ${now} and (d.claimed_until is null or d.claimed_until <= ${now})`;
  const rows = await tx.query<OutgoingRow>(sql`
    with busy as (
      select target_id, count(*) as tries from outgoing where channel = ${channel.name} and state = 'waiting' and claimed_until > ${now} group by target_id
    ), ready as (
      select d.id, d.target_id, row_number() over (partition by d.target_id order by d.next_at, d.id) as place from outgoing d
      where d.channel = ${channel.name} and ${free}
        and not exists (select from outgoing e where e.lane = d.lane and e.state = 'waiting' and e.sequence < d.sequence)
    )
    select ${columnsOf(outgoingTable, 'd')} from ready r join outgoing d on d.id = r.id left join busy b on b.target_id = r.target_id
    where ${free} and r.place <= ${channel.atOnceForTarget}::int - coalesce(b.tries, 0)
    order by d.next_at, d.id limit greatest(0, ${channel.atOnce}::int - (select coalesce(sum(tries), 0) from busy)) for update of d skip locked`);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  await tx.run(sql`
    update outgoing set claim = ${claim}, claimed_until = ${addMs(now, channel.leaseMs)}, attempts = attempts + 1, tries = tries + 1
    where id = any(${ids}::uuid[])`);
  const claimed = rows.map((row) => ({ ...row, claim, attempts: row.attempts + 1, tries: row.tries + 1 }));
  await insertRows(
    tx,
    attemptTable,
    claimed.map(({ id, attempts }) => ({
      outgoing_id: id,
      no: attempts,
      started_at: now,
      finished_at: null,
      outcome: null,
      reason: null,
      status: null,
      detail: null,
    })),
  );
  return claimed;
}

const DETAIL_CHARACTERS = 500;

async function record(
  tx: Tx,
  channel: Channel,
  message: OutgoingRow,
  result: SendResult,
  env: Env,
  now: Date,
): Promise<void> {
  const wait = result.outcome === 'failed' ? channel.waits[message.tries - 1] : undefined;
  const state = stateAfter(result, wait);
  const reason = result.outcome === 'sent' ? null : result.reason;
  const retryAfter = result.outcome === 'failed' ? (result.retryAfterMs ?? 0) : 0;
  const nextAt = addMs(now, Math.max(wait ?? 0, retryAfter));
  const mine = await tx.run(sql`
    update outgoing set state = ${state}, reason = ${reason}, next_at = ${nextAt}, claim = null, claimed_until = null,
      finished_at = ${state === 'waiting' ? null : now}::timestamptz
    where id = ${message.id} and claim = ${message.claim} and state = 'waiting'`);
  await tx.run(sql`
    update outgoing_attempt set finished_at = ${now}, outcome = ${result.outcome === 'refused' ? 'failed' : result.outcome}, reason = ${reason},
      status = ${('status' in result ? result.status : null) ?? null}::int, detail = ${printable('detail' in result ? result.detail : undefined)}
    where outgoing_id = ${message.id} and no = ${message.attempts}`);
  // Another worker has taken over meanwhile, or a person has decided: what follows is theirs.
  if (mine === 1) await channel.settled(tx, message, result, state, env, now);
}

function stateAfter(result: SendResult, wait: number | undefined): OutgoingRow['state'] {
  switch (result.outcome) {
    case 'sent':
    case 'dropped':
      return result.outcome;
    case 'refused':
      return 'parked';
    case 'failed':
      return wait === undefined ? 'parked' : 'waiting';
  }
}

/** What the other side says is kept short, as text that the database can hold. */
function printable(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const plain = text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ');
  return plain.slice(0, DETAIL_CHARACTERS);
}

export type Dispatcher = {
  /** There may be something new: look at once. */
  wake(): void;
  /** Lets what is being sent finish, starts nothing more. */
  stop(): Promise<void>;
};

/** Looks for what is due, each channel in a loop of its own, so that one that hangs delays no other. */
export function startDispatcher(options: DispatchOptions, channels: readonly Channel[], pollMs = 1000): Dispatcher {
  let stopping = false;
  const sleepers = new Set<() => void>();
  const rest = () =>
    new Promise<void>((done) => {
      const over = () => {
        clearTimeout(timer);
        sleepers.delete(over);
        done();
      };
      const timer = setTimeout(over, pollMs);
      timer.unref();
      sleepers.add(over);
      if (stopping) over();
    });
  const wake = () => {
    for (const over of sleepers) over();
  };
  const rounds = new Set<Promise<unknown>>();
  const loop = async (channel: Channel) => {
    while (!stopping) {
      // A round is not waited for: what is slow in it must not keep what is new from its turn.
      const round = dispatchOnce(options, channel).catch((error: unknown) => {
        options.log.error({ err: error, channel: channel.name }, 'messages could not be sent');
        return 0;
      });
      rounds.add(round);
      void round.then((count) => {
        rounds.delete(round);
        // The next one of a lane may go now.
        if (count > 0) wake();
      });
      await rest();
    }
  };
  const loops = channels.map(loop);
  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await Promise.all([...loops, ...rounds]);
      await Promise.all(channels.map((channel) => channel.close()));
    },
  };
}

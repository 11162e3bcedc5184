/**
 * Messages that are stored and not yet settled, the oldest first: parsed and checked in the thread that may be killed, then settled in one
 * transaction. A message is begun three times at most; what the product died on is failed, and people see it.
 */
import { newId } from '../../kernel/ids.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { COMPANY, sql } from '../../platform/db/database.ts';
import type { Services } from '../../platform/http/services.ts';
import type { Log } from '../../platform/log.ts';
import { readReplyMark } from '../../platform/mail/reply-keys.ts';
import { runCommands } from '../../platform/pipeline/run.ts';
import { type Settle, settleMessage } from './commands/settle-message.ts';
import type { IntakeMessage } from './intake-tables.ts';
import type { ParseThread } from './parse/parse-thread.ts';
import { MOST_BYTES } from './smtp-listener.ts';

const MOST_ATTEMPTS = 3;
const AT_ONCE = 50;

export type SettleDeps = {
  services: Pick<Services, 'database' | 'runtime' | 'clock' | 'secrets'>;
  thread: ParseThread;
  log: Log;
};
type Stored = Pick<IntakeMessage, 'id' | 'raw' | 'attempts' | 'remote_ip' | 'helo' | 'envelope_from' | 'byte_count'>;

/** Settles what is stored; returns how many. */
export async function settleStored(deps: SettleDeps): Promise<number> {
  const { database } = deps.services;
  const waiting = await database.read(COMPANY, (tx) =>
    tx.query<{ id: string }>(sql`select id from intake_message where state = 'stored' order by id limit ${AT_ONCE}`),
  );
  for (const { id } of waiting) await settleOne(deps, id);
  return waiting.length;
}

async function settleOne(deps: SettleDeps, id: string): Promise<void> {
  const { database, runtime, clock } = deps.services;
  // The attempt is on record before it begins.
  const rows = await database.write(COMPANY, (tx) =>
    tx.query<Stored>(sql`
      update intake_message set attempts = attempts + 1 where id = ${id} and state = 'stored'
      returning id, raw, attempts, remote_ip, helo, envelope_from, byte_count`),
  );
  const row = rows[0];
  if (row === undefined) return;
  const found: Settle['found'] | null =
    row.attempts > MOST_ATTEMPTS ? { ok: false, reason: 'parse_error' } : await examine(deps, row);
  // The thread died without the message having used up its time: it stays stored, and its turn comes again.
  if (found === null) return;
  const now = clock.now();
  const settle = (input: Settle) =>
    runCommands(runtime, settleMessage, [{ input, actor: systemActor, now, requestId: newId(now) }]);
  const [outcome] = await settle({ messageId: id, found });
  if (outcome?.ok !== false) return;
  // Its twin was settled at the same moment: the second look sees it.
  if (outcome.refusals.some(({ code }) => code === 'intake.duplicate')) await settle({ messageId: id, found });
  else {
    deps.log.warn(
      { message: id, refusals: outcome.refusals.map(({ code }) => code) },
      'a message could not become an inquiry',
    );
    await settle({ messageId: id, found: { ok: false, reason: 'refused' } });
  }
}

async function examine({ services, thread }: SettleDeps, row: Stored): Promise<Settle['found'] | null> {
  if (row.byte_count >= MOST_BYTES) return { ok: false, reason: 'too_large' };
  const parsed = await thread.parse(row.raw);
  if (!parsed.ok) return parsed.reason === 'thread_died' ? null : { ok: false, reason: parsed.reason };
  const mail = parsed.result;
  const auth = await thread.authenticate(row.raw, { ip: row.remote_ip, helo: row.helo, sender: row.envelope_from });
  if (!auth.ok && auth.reason === 'thread_died') return null;
  return {
    ok: true,
    mail,
    auth: auth.ok ? auth.result : null,
    replyTo: readReplyMark(services.secrets, mail.subject),
  };
}

/** Mail that came back: the message is parked with what the other side said, and that is work for a person. */
import { sql } from '../../platform/db/database.ts';
import { columnsOf, insertRows } from '../../platform/db/table.ts';
import { attemptTable, type OutgoingRow, outgoingTable } from '../../platform/outbound/index.ts';
import type { Context } from '../../platform/pipeline/define.ts';
import { followUp } from './failed-message.ts';

/** Returns how many were parked. Nothing but a message that was sent can come back; one that came back before stays as it is. */
export async function parkReturned(
  { tx, command, env, emit }: Context<unknown>,
  { ids, detail }: { ids: readonly string[]; detail: string | null },
): Promise<number> {
  const { now } = command;
  const messages = await tx.query<OutgoingRow>(sql`
    select ${columnsOf(outgoingTable)} from outgoing where id = any(${[...ids]}::uuid[]) and channel = 'mail' and state = 'sent' order by id for update`);
  for (const message of messages) {
    const version = message.version + 1;
    const no = message.attempts + 1;
    await tx.run(sql`
      update outgoing set state = 'parked', reason = 'returned', finished_at = ${now}, attempts = ${no}::int, version = ${version}::int where id = ${message.id}`);
    await insertRows(tx, attemptTable, [
      {
        outgoing_id: message.id,
        no,
        started_at: now,
        finished_at: now,
        outcome: 'failed',
        reason: 'returned',
        status: null,
        detail,
      },
    ]);
    emit({
      documentType: 'outgoing',
      documentId: message.id,
      documentNo: message.document_no,
      version,
      type: 'outgoing.returned',
      partnerId: message.partner_id,
      payload: { kind: message.kind },
    });
    await followUp(tx, message, 'parked', env, now);
  }
  return messages.length;
}

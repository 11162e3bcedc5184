/** Puts messages on their way: in the transaction of the reader that found them necessary. */
import { newId } from '../../kernel/ids.ts';
import type { Tx } from '../db/database.ts';
import { insertRows } from '../db/table.ts';
import { outgoingTable } from './outgoing-tables.ts';

export type NewOutgoing = {
  channel: 'mail' | 'webhook';
  partnerId: string | null;
  targetId: string;
  /** What must arrive in order, and its place in it; left out: it has no neighbours. */
  lane?: { name: string; sequence: number };
  kind: string;
  eventId: string;
  document: { type: string; id: string; no: string | null };
  content: Record<string, unknown>;
};

/** One message for each target, event and kind: what is already there stays as it is. Returns how many are new. */
export function enqueue(tx: Tx, messages: readonly NewOutgoing[], now: Date): Promise<number> {
  const rows = messages.map((message) => {
    const id = newId(now);
    return {
      id,
      channel: message.channel,
      state: 'waiting',
      partner_id: message.partnerId,
      target_id: message.targetId,
      lane: message.lane?.name ?? id,
      sequence: message.lane?.sequence ?? 1,
      kind: message.kind,
      event_id: message.eventId,
      document_type: message.document.type,
      document_id: message.document.id,
      document_no: message.document.no,
      content: message.content,
      attempts: 0,
      tries: 0,
      next_at: now,
      claim: null,
      claimed_until: null,
      reason: null,
      created_at: now,
      finished_at: null,
      version: 0,
    };
  });
  return insertRows(tx, outgoingTable, rows, { onConflictDoNothing: true });
}

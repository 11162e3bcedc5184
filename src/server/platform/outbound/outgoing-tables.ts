import { defineTable, type RowOf } from '../db/table.ts';

export const outgoingTable = defineTable('outgoing', ['id'], {
  id: 'uuid',
  channel: 'text',
  state: 'text',
  partner_id: 'uuid?',
  target_id: 'uuid',
  lane: 'text',
  sequence: 'int',
  kind: 'text',
  event_id: 'uuid',
  document_type: 'text',
  document_id: 'uuid',
  document_no: 'text?',
  content: 'jsonb',
  attempts: 'int',
  tries: 'int',
  next_at: 'timestamptz',
  claim: 'uuid?',
  claimed_until: 'timestamptz?',
  reason: 'text?',
  created_at: 'timestamptz',
  finished_at: 'timestamptz?',
  version: 'int',
});
export type OutgoingRow = RowOf<typeof outgoingTable>;

export const attemptTable = defineTable('outgoing_attempt', ['outgoing_id', 'no'], {
  outgoing_id: 'uuid',
  no: 'int',
  started_at: 'timestamptz',
  finished_at: 'timestamptz?',
  outcome: 'text?',
  reason: 'text?',
  status: 'int?',
  detail: 'text?',
});

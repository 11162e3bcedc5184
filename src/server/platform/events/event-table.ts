import { defineTable } from '../db/table.ts';

/** The event log. position and xid are given by the database. */
export const eventTable = defineTable('event', ['id'], {
  id: 'uuid',
  document_type: 'text',
  document_id: 'uuid',
  document_no: 'text?',
  version: 'int',
  type: 'text',
  at: 'timestamptz',
  partner_id: 'uuid?',
  actor_id: 'uuid?',
  actor_kind: 'text',
  cause: 'jsonb',
  payload: 'jsonb',
});

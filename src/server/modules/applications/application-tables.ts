import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const applicationTable = defineTable('partner_application', ['id'], {
  id: 'uuid',
  no: 'text',
  state: 'text',
  version: 'int',
  token_hash: 'bytea',
  request_hash: 'text',
  content: 'jsonb?',
  content_hash: 'text',
  question: 'text?',
  reason: 'text?',
  submitted_at: 'timestamptz',
  state_since: 'timestamptz',
  decided_by: 'uuid?',
  became_partner_id: 'uuid?',
  account_id: 'uuid?',
  from_ip: 'text?',
});
export type ApplicationTableRow = RowOf<typeof applicationTable>;

import { defineTable, type RowOf } from '../../platform/db/table.ts';
import { sealedColumn } from '../../platform/secrets/index.ts';

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
  locale: 'text',
  token_sealed: 'text?',
});
/** The token of the link, for the mails that carry it. */
export const applicationToken = sealedColumn(applicationTable, 'token_sealed');
export const APPLICATION_TOKEN_PLACE = applicationToken.place;
export type ApplicationTableRow = RowOf<typeof applicationTable>;

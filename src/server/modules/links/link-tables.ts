import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const linkTable = defineTable('signed_link', ['id'], {
  id: 'uuid',
  kind: 'text',
  partner_id: 'uuid',
  order_id: 'uuid',
  round: 'int?',
  content_hash: 'text?',
  user_id: 'uuid?',
  contact_id: 'uuid?',
  note: 'text?',
  created_by: 'uuid?',
  created_at: 'timestamptz',
  expires_at: 'timestamptz',
  revoked_at: 'timestamptz?',
  opened_at: 'timestamptz?',
  version: 'int',
});
export type LinkRow = RowOf<typeof linkTable>;

export const linkCodeTable = defineTable('link_code', ['id'], {
  id: 'uuid',
  link_id: 'uuid',
  signature: 'text',
  created_at: 'timestamptz',
  expires_at: 'timestamptz',
  misses: 'int',
  used_at: 'timestamptz?',
});

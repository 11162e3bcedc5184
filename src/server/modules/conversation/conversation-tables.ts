import { defineTable } from '../../platform/db/table.ts';

export const messageTable = defineTable('message', ['id'], {
  id: 'uuid',
  document_type: 'text',
  document_id: 'uuid',
  partner_id: 'uuid?',
  is_internal: 'boolean',
  author_id: 'uuid',
  body: 'text',
  at: 'timestamptz',
  retracted_at: 'timestamptz?',
});

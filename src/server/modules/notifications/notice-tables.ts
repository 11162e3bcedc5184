import { defineTable } from '../../platform/db/table.ts';

export const noticeTable = defineTable('notice', ['id'], {
  id: 'uuid',
  event_id: 'uuid',
  kind: 'text',
  user_id: 'uuid',
  partner_id: 'uuid?',
  document_type: 'text',
  document_id: 'uuid',
  document_no: 'text?',
  params: 'jsonb',
  due_at: 'timestamptz?',
  at: 'timestamptz',
  read_at: 'timestamptz?',
});

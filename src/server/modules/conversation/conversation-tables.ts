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

export const attachmentTable = defineTable('attachment', ['id'], {
  id: 'uuid',
  document_type: 'text',
  document_id: 'uuid',
  message_id: 'uuid?',
  partner_id: 'uuid?',
  is_internal: 'boolean',
  file_name: 'text',
  media_type: 'text',
  byte_count: 'int',
  sha256: 'bytea',
  content: 'bytea',
  uploaded_by: 'uuid?',
  uploaded_at: 'timestamptz',
  retracted_at: 'timestamptz?',
});

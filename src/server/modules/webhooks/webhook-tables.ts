import { defineTable, type RowOf } from '../../platform/db/table.ts';
import { sealedColumn } from '../../platform/secrets/index.ts';

export const webhookTable = defineTable('webhook_endpoint', ['id'], {
  id: 'uuid',
  partner_id: 'uuid?',
  name: 'text',
  url: 'text',
  event_types: 'text[]',
  state: 'text',
  off_reason: 'text?',
  secret_sealed: 'text',
  old_secret_sealed: 'text?',
  old_until: 'timestamptz?',
  created_by: 'uuid',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  version: 'int',
});
export type WebhookRow = RowOf<typeof webhookTable>;

export const webhookSecret = sealedColumn(webhookTable, 'secret_sealed');
/** The same secret moves from one column to the other: it is sealed for one place. */
export const oldWebhookSecret = { ...sealedColumn(webhookTable, 'old_secret_sealed'), place: webhookSecret.place };

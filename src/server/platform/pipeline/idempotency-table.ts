import { defineTable } from '../db/table.ts';

/** Stored answers of committed successes, by caller and key. */
export const idempotencyTable = defineTable('idempotency', ['caller_id', 'key'], {
  caller_id: 'uuid',
  key: 'text',
  operation: 'text',
  request_hash: 'text',
  status: 'int',
  answer: 'text',
  etag: 'text?',
  at: 'timestamptz',
});

import { defineTable, type RowOf } from '../../platform/db/table.ts';

export const userTable = defineTable('app_user', ['id'], {
  id: 'uuid',
  kind: 'text',
  partner_id: 'uuid?',
  login: 'text',
  login_folded: 'text',
  name: 'text',
  name_en: 'text?',
  email: 'text?',
  phone: 'text?',
  locale: 'text',
  password_hash: 'text?',
  state: 'text',
  epoch: 'int',
  approval_limit_amount: 'bigint?',
  made_by: 'uuid?',
  password_changed_at: 'timestamptz?',
  created_at: 'timestamptz',
  version: 'int',
});
export type UserRow = RowOf<typeof userTable>;

export const userRoleTable = defineTable('user_role', ['user_id', 'role'], { user_id: 'uuid', role: 'text' });

export const sessionTable = defineTable('user_session', ['token_hash'], {
  token_hash: 'bytea',
  id: 'uuid',
  user_id: 'uuid',
  epoch: 'int',
  created_at: 'timestamptz',
  last_seen_at: 'timestamptz',
  expires_at: 'timestamptz',
  revoked_at: 'timestamptz?',
  user_agent: 'text?',
  ip: 'text?',
});

export const keyTable = defineTable('api_key', ['id'], {
  id: 'uuid',
  key_hash: 'bytea',
  prefix: 'text',
  name: 'text',
  user_id: 'uuid',
  made_by: 'uuid',
  created_at: 'timestamptz',
  expires_at: 'timestamptz?',
  revoked_at: 'timestamptz?',
  last_used_at: 'timestamptz?',
  version: 'int',
});

export const oneTimeTokenTable = defineTable('one_time_token', ['token_hash'], {
  token_hash: 'bytea',
  purpose: 'text',
  user_id: 'uuid?',
  created_at: 'timestamptz',
  expires_at: 'timestamptz',
  used_at: 'timestamptz?',
});

export const delegationTable = defineTable('delegation', ['id'], {
  id: 'uuid',
  user_id: 'uuid',
  deputy_id: 'uuid',
  from_on: 'date',
  to_on: 'date',
  created_at: 'timestamptz',
  ended_at: 'timestamptz?',
});

/** Tables that the intake module owns. */
import type { IntakeState } from '../../../contract/machines/intake.ts';
import type { INTAKE_REASONS } from '../../../contract/intake.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';
import type { AuthResult } from './parse/parsed-mail.ts';

export type IntakeReason = (typeof INTAKE_REASONS)[number];

export const intakeTable = defineTable('intake_message', ['id'], {
  id: 'uuid',
  no: 'text',
  source: 'text',
  state: 'text',
  reason: 'text?',
  raw: 'bytea',
  sha256: 'bytea',
  byte_count: 'int',
  envelope_from: 'text?',
  remote_ip: 'text?',
  helo: 'text?',
  message_id: 'text?',
  from_address: 'text?',
  subject: 'text?',
  parsed: 'jsonb?',
  auth: 'jsonb?',
  attempts: 'int',
  partner_id: 'uuid?',
  inquiry_id: 'uuid?',
  received_at: 'timestamptz',
  settled_at: 'timestamptz?',
  decided_by: 'uuid?',
  discard_reason: 'text?',
  version: 'int',
});

/** What of a message is kept beside its raw form, so that it can be looked at and released. */
export type KeptMail = {
  text: string;
  tables: string[][][];
  attachments: { fileName: string; mediaType: string; byteCount: number; rows: string[][] | null; kept: boolean }[];
};
export type IntakeMessage = Omit<RowOf<typeof intakeTable>, 'state' | 'reason' | 'parsed' | 'auth' | 'source'> & {
  source: 'smtp' | 'imap';
  state: IntakeState;
  reason: IntakeReason | null;
  parsed: KeptMail | null;
  auth: AuthResult | null;
};

export const intakeSettingTable = defineTable('intake_setting', ['only_row'], {
  only_row: 'boolean',
  smtp_enabled: 'boolean',
  smtp_host: 'text',
  smtp_port: 'int',
  smtp_recipients: 'text[]',
  imap_enabled: 'boolean',
  imap_host: 'text?',
  imap_port: 'int',
  imap_secure: 'boolean',
  imap_user: 'text?',
  imap_password: 'text?',
  imap_folder: 'text',
  trusted_relays: 'text[]',
  version: 'int',
  updated_at: 'timestamptz?',
});
export type IntakeSettingRow = RowOf<typeof intakeSettingTable>;

/** @public Written in one statement of its own; named here so that its columns are compared with the database. */
export const intakeChannelTable = defineTable('intake_channel', ['source'], {
  source: 'text',
  state: 'text',
  detail: 'text?',
  changed_at: 'timestamptz',
});

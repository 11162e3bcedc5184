/** How mail comes in: read for the settings page and for the listeners, saved as one document. The password of the mailbox lies sealed. */
import type { z } from 'zod';
import type { IntakeSettings, intakeSettingsSet } from '../../../contract/intake.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, updateRows } from '../../platform/db/table.ts';
import { defineCommand } from '../../platform/pipeline/define.ts';
import { requireVersion } from '../../platform/pipeline/version.ts';
import { sealedColumn } from '../../platform/secrets/index.ts';
import { type IntakeSettingRow, intakeSettingTable } from './intake-tables.ts';

type View = z.infer<typeof IntakeSettings>;
type Body = z.output<NonNullable<typeof intakeSettingsSet.body>>;

export const imapPassword = sealedColumn(intakeSettingTable, 'imap_password');

/** The id under which changes of the settings stand in the log. */
const DOCUMENT = '00000000-0000-7000-8000-00000000a117';

export async function settingRow(tx: Tx, lock = false): Promise<IntakeSettingRow> {
  const rows = await tx.query<IntakeSettingRow>(
    lock
      ? sql`select ${columnsOf(intakeSettingTable)} from intake_setting for update`
      : sql`select ${columnsOf(intakeSettingTable)} from intake_setting`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the settings of incoming mail are gone');
  return row;
}

type ChannelRow = {
  source: 'smtp' | 'imap';
  state: View['channels'][number]['state'];
  detail: string | null;
  changed_at: Date;
};

export async function readSettings(tx: Tx): Promise<View> {
  const [row, channels] = await Promise.all([
    settingRow(tx),
    tx.query<ChannelRow>(sql`select source, state, detail, changed_at from intake_channel`),
  ]);
  return {
    version: row.version,
    smtpEnabled: row.smtp_enabled,
    smtpHost: row.smtp_host,
    smtpPort: row.smtp_port,
    smtpRecipients: row.smtp_recipients,
    imapEnabled: row.imap_enabled,
    imapHost: row.imap_host,
    imapPort: row.imap_port,
    imapSecure: row.imap_secure,
    imapUser: row.imap_user,
    imapFolder: row.imap_folder,
    hasImapPassword: row.imap_password !== null,
    trustedRelays: row.trusted_relays,
    channels: (['smtp', 'imap'] as const).map((source) => {
      const channel = channels.find((each) => each.source === source);
      return {
        source,
        state: channel?.state ?? 'off',
        detail: channel?.detail ?? null,
        changedAt: channel?.changed_at.toISOString() ?? null,
      };
    }),
  };
}

/** `sealedPassword`: already sealed, since a command has no secret box. */
export const saveSettings = defineCommand<Omit<Body, 'imapPassword'> & { sealedPassword: string | null | undefined }>({
  name: 'intake.set',
  refuses: ['intake.imap_incomplete', 'request.version_stale'],
  async run({ tx, command, emit }, input) {
    const row = await settingRow(tx, true);
    requireVersion(command, row);
    const next: IntakeSettingRow = {
      ...row,
      smtp_enabled: input.smtpEnabled,
      smtp_host: input.smtpHost,
      smtp_port: input.smtpPort,
      smtp_recipients: input.smtpRecipients.map((text) => text.toLowerCase()),
      imap_enabled: input.imapEnabled,
      imap_host: input.imapHost,
      imap_port: input.imapPort,
      imap_secure: input.imapSecure,
      imap_user: input.imapUser,
      imap_password: input.sealedPassword === undefined ? row.imap_password : input.sealedPassword,
      imap_folder: input.imapFolder,
      trusted_relays: input.trustedRelays.map((text) => text.toLowerCase()),
      version: row.version + 1,
      updated_at: command.now,
    };
    if (next.imap_enabled && (next.imap_host === null || next.imap_user === null || next.imap_password === null))
      throw refuse(
        'intake.imap_incomplete',
        undefined,
        next.imap_host === null ? 'imapHost' : next.imap_user === null ? 'imapUser' : 'imapPassword',
      );
    const { only_row: _row, ...columns } = intakeSettingTable.columns;
    await updateRows(tx, intakeSettingTable, Object.keys(columns) as (keyof typeof columns)[], [next]);
    emit({
      documentType: 'intake_setting',
      documentId: DOCUMENT,
      documentNo: null,
      version: next.version,
      type: 'intake.set',
      partnerId: null,
      payload: {
        smtp: next.smtp_enabled ? `${next.smtp_host}:${next.smtp_port}` : null,
        imap: next.imap_enabled ? `${next.imap_host}:${next.imap_port}` : null,
        trustedRelays: next.trusted_relays,
      },
    });
    return { status: 200, body: await readSettings(tx), etag: next.version };
  },
});

/** How the company sends mail: one row, made by the system administrator. */
import { sql, type Tx } from '../db/database.ts';
import { columnsOf, defineTable, type RowOf } from '../db/table.ts';
import { sealedColumn } from '../secrets/index.ts';

export const mailServerTable = defineTable('mail_server', ['only_row'], {
  only_row: 'boolean',
  id: 'uuid',
  is_on: 'boolean',
  host: 'text',
  port: 'int',
  security: 'text',
  username: 'text?',
  password_sealed: 'text?',
  from_name: 'text',
  from_address: 'text',
  reply_to: 'text?',
  public_url: 'text',
  version: 'int',
  updated_at: 'timestamptz',
});
export type MailServerRow = RowOf<typeof mailServerTable>;
export const mailPassword = sealedColumn(mailServerTable, 'password_sealed');

/** null: nothing was ever set up. */
export async function readMailServer(tx: Tx): Promise<MailServerRow | null> {
  const [row] = await tx.query<MailServerRow>(sql`select ${columnsOf(mailServerTable)} from mail_server`);
  return row ?? null;
}

/** Whether mail leaves at all: written nowhere and sent nowhere unless somebody has switched it on. */
export async function isMailOn(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ is_on: boolean }>(sql`select is_on from mail_server`);
  return rows[0]?.is_on === true;
}

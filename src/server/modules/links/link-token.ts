/** The token of a link: its id and our signature. Nothing of it is stored, so that a copy of the database opens no link. */
import { isId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { SecretBox } from '../../platform/secrets/index.ts';
import { type LinkRow, linkTable } from './link-tables.ts';

const PURPOSE = 'signed link';

export const linkToken = (secrets: SecretBox, linkId: string): string => `${linkId}.${secrets.sign(linkId, PURPOSE)}`;

/** The path of the page of a link, token included. */
export const linkPath = (secrets: SecretBox, linkId: string): string => `/link#${linkToken(secrets, linkId)}`;

/** The link behind a token. Edited, expired, revoked or made up: one refusal for all of them. */
export async function openLink(tx: Tx, secrets: SecretBox, token: string, now: Date): Promise<LinkRow> {
  const [id = '', signature = '', more] = token.split('.');
  const row =
    more === undefined && isId(id) && secrets.isSigned(id, signature, PURPOSE) ? await readLink(tx, id) : undefined;
  if (row === undefined || row.revoked_at !== null || row.expires_at <= now) throw refuse('link.not_found');
  return row;
}

export async function readLink(tx: Tx, id: string): Promise<LinkRow | undefined> {
  const [row] = await tx.query<LinkRow>(sql`select ${columnsOf(linkTable)} from signed_link where id = ${id}`);
  return row;
}

/** One-time links: for an invitation or a forgotten password. Only the hash of their token is stored; a new one ends the ones before. */
import { addMs } from '../../kernel/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { oneTimeTokenTable } from './identity-tables.ts';

const DAY_MS = 86_400_000;
export const INVITE_MS = 7 * DAY_MS;
export const RESET_MS = DAY_MS;

export async function storeLink(
  tx: Tx,
  link: { tokenHash: Buffer; purpose: 'invite' | 'reset'; userId: string; now: Date },
): Promise<Date> {
  const expiresAt = addMs(link.now, link.purpose === 'invite' ? INVITE_MS : RESET_MS);
  await tx.run(sql`update one_time_token set used_at = ${link.now} where user_id = ${link.userId} and used_at is null`);
  await insertRows(tx, oneTimeTokenTable, [
    {
      token_hash: link.tokenHash,
      purpose: link.purpose,
      user_id: link.userId,
      created_at: link.now,
      expires_at: expiresAt,
      used_at: null,
    },
  ]);
  return expiresAt;
}

export type LinkRow = {
  user_id: string;
  purpose: 'invite' | 'reset';
  login: string;
  name: string;
  name_en: string | null;
  version: number;
  epoch: number;
};

/** Who a link is for. Used, expired, made up or of a disabled person: one refusal for all of them. `lock` holds link and person. */
export async function readLink(tx: Tx, tokenHash: Buffer, now: Date, lock: boolean): Promise<LinkRow> {
  const rows = await tx.query<LinkRow>(sql`
    select t.user_id, t.purpose, u.login, u.name, u.name_en, u.version, u.epoch from one_time_token t join app_user u on u.id = t.user_id
    where t.token_hash = ${tokenHash} and t.purpose in ('invite', 'reset') and t.used_at is null and t.expires_at > ${now} and u.state <> 'disabled' ${lock ? sql`for update` : sql``}`);
  if (rows[0] === undefined) throw refuse('token.invalid');
  return rows[0];
}

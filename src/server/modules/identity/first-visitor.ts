/** The code that lets the first visitor set an empty installation up. Printed at the start of the server; only its hash is stored. */
import { randomInt } from 'node:crypto';
import { addMs } from '../../kernel/clock.ts';
import { hashToken } from '../../platform/auth/tokens.ts';
import { COMPANY, type Database, sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { oneTimeTokenTable } from './identity-tables.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const VALID_MS = 7 * 86_400_000;

/** Whether nobody has been set up yet. */
export async function setUpIsNeeded(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ needed: boolean }>(sql`select not exists (select 1 from app_user) as needed`);
  return rows[0]?.needed === true;
}

/** A new code, in place of every earlier one; null when the installation is set up already. Eighty random bits. */
export async function makeFirstVisitorCode(database: Database, now: Date): Promise<string | null> {
  return database.write(COMPANY, async (tx) => {
    if (!(await setUpIsNeeded(tx))) return null;
    const letters = Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    await tx.run(sql`delete from one_time_token where purpose = 'first_admin'`);
    await insertRows(tx, oneTimeTokenTable, [
      {
        token_hash: codeHash(letters),
        purpose: 'first_admin',
        user_id: null,
        created_at: now,
        expires_at: addMs(now, VALID_MS),
        used_at: null,
      },
    ]);
    return letters.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** As people type it: without regard to case, dashes, blanks, and letters that look like digits. */
export const codeHash = (typed: string): Buffer =>
  hashToken(
    typed
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .replace(/O/g, '0')
      .replace(/[IL]/g, '1'),
  );

export async function firstVisitorCodeFits(tx: Tx, hash: Buffer, now: Date): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 from one_time_token where token_hash = ${hash} and purpose = 'first_admin' and used_at is null and expires_at > ${now}`,
  );
  return rows.length > 0;
}

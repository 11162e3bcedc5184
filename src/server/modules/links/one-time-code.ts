/**
 * One-time codes for the person of a reply link: six digits to that person's own address, good for ten minutes and one answer, bound to the
 * link and so to round and content. Five misses end a code, twenty end answering by this link; then only signing in is left. P4.
 */
import { randomInt } from 'node:crypto';
import { addMs } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { enqueue } from '../../platform/outbound/index.ts';
import type { SecretBox } from '../../platform/secrets/index.ts';
import { type LinkRow, linkCodeTable } from './link-tables.ts';
import type { Person } from './reply-links.ts';

export const CODE_MS = 10 * 60_000;
const MISSES_OF_CODE = 5;
const MISSES_OF_LINK = 20;
const HOUR_MS = 3_600_000;
const CODES_AN_HOUR = 5;
const PURPOSE = 'one-time code';
/** Where the code is sealed while it is on its way. */
export const CODE_PLACE = 'outgoing.code';
export const CODE_MAIL = 'link.code';

const signedText = (linkId: string, codeId: string, code: string) => `${linkId} ${codeId} ${code}`;

/** Makes a code and puts it on its way. Returns when it ends. */
export async function sendCode(
  tx: Tx,
  secrets: SecretBox,
  link: LinkRow,
  person: Person,
  orderNo: string,
  now: Date,
): Promise<Date> {
  await tx.query(sql`select id from signed_link where id = ${link.id} for update`);
  await refuseLocked(tx, link.id);
  const [counted] = await tx.query<{ n: number }>(
    sql`select count(*)::int as n from link_code where link_id = ${link.id} and created_at > ${addMs(now, -HOUR_MS)}`,
  );
  if ((counted?.n ?? 0) >= CODES_AN_HOUR) throw refuse('request.too_many');
  const id = newId(now);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = addMs(now, CODE_MS);
  const signature = secrets.sign(signedText(link.id, id, code), PURPOSE);
  // A new code ends the ones before.
  await tx.run(
    sql`update link_code set expires_at = ${now} where link_id = ${link.id} and used_at is null and expires_at > ${now}`,
  );
  await insertRows(tx, linkCodeTable, [
    { id, link_id: link.id, signature, created_at: now, expires_at: expiresAt, misses: 0, used_at: null },
  ]);
  const message = {
    channel: 'mail',
    partnerId: link.partner_id,
    targetId: person.userId ?? person.contactId ?? '',
    kind: CODE_MAIL,
    eventId: id,
    document: { type: 'order', id: link.order_id, no: orderNo },
    content: { codeSealed: secrets.seal(code, CODE_PLACE), expiresAt: expiresAt.toISOString() },
  } as const;
  await enqueue(tx, [message], now);
  return expiresAt;
}

async function refuseLocked(tx: Tx, linkId: string): Promise<void> {
  const [sum] = await tx.query<{ misses: number }>(
    sql`select coalesce(sum(misses), 0)::int as misses from link_code where link_id = ${linkId}`,
  );
  if ((sum?.misses ?? 0) >= MISSES_OF_LINK) throw refuse('link.locked');
}

/**
 * Looks at a typed code. A miss is counted before anything is compared and stays counted whatever follows: to be called in a transaction
 * of its own that is committed. Returns the id of the code that was right, or null.
 */
export async function checkCode(
  tx: Tx,
  secrets: SecretBox,
  linkId: string,
  code: string,
  now: Date,
): Promise<string | null> {
  await refuseLocked(tx, linkId);
  const [row] = await tx.query<{ id: string; signature: string }>(sql`
    update link_code set misses = misses + 1
    where id = (select id from link_code where link_id = ${linkId} and used_at is null and expires_at > ${now} order by id desc limit 1)
      and misses < ${MISSES_OF_CODE}::int and used_at is null returning id, signature`);
  if (row === undefined || !secrets.isSigned(signedText(linkId, row.id, code), row.signature, PURPOSE)) return null;
  await tx.run(sql`update link_code set misses = misses - 1 where id = ${row.id}`);
  return row.id;
}

/** Spends a code in the transaction of the answer: of many at once, one succeeds. */
export async function spendCode(tx: Tx, codeId: string, now: Date): Promise<void> {
  const spent = await tx.run(
    sql`update link_code set used_at = ${now} where id = ${codeId} and used_at is null and expires_at > ${now}`,
  );
  if (spent !== 1) throw refuse('link.code_wrong');
}

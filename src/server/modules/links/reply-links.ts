/** Reply links: one for each person whom the confirmation of a round is sent to. Source: R4.3. */
import { addMs } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { linkTable } from './link-tables.ts';

/** Somebody of the partner who may answer: a user with that duty, or a contact without an account. */
export type Answerer = { userId: string } | { contactId: string };
export type SentRound = { orderId: string; partnerId: string; round: number; contentHash: string; dueAt: Date };

/** After the deadline the page still tells what became of the round. */
const KEPT_MS = 30 * 86_400_000;

/** Makes the links; their ids in the order of the people. */
export async function makeReplyLinks(
  tx: Tx,
  sent: SentRound,
  people: readonly Answerer[],
  now: Date,
): Promise<string[]> {
  const rows = people.map((person) => ({
    id: newId(now),
    kind: 'reply',
    partner_id: sent.partnerId,
    order_id: sent.orderId,
    round: sent.round,
    content_hash: sent.contentHash,
    user_id: 'userId' in person ? person.userId : null,
    contact_id: 'contactId' in person ? person.contactId : null,
    note: null,
    created_by: null,
    created_at: now,
    expires_at: addMs(sent.dueAt, KEPT_MS),
    revoked_at: null,
    opened_at: null,
    version: 1,
  }));
  await insertRows(tx, linkTable, rows);
  return rows.map(({ id }) => id);
}

/** Who answers by a reply link, as they stand now; undefined: nobody who may answer any more. */
export type Person = {
  userId: string | null;
  contactId: string | null;
  name: string;
  email: string | null;
  locale: string;
};

/** The person of a link: still of that partner, active, and with the duty to order. */
export async function personOf(
  tx: Tx,
  link: { partner_id: string; user_id: string | null; contact_id: string | null },
): Promise<Person | undefined> {
  const [row] = await tx.query<Person>(sql`
    select u.id as "userId", null::uuid as "contactId", u.name, u.email, u.locale from app_user u
    where u.id = ${link.user_id}::uuid and u.partner_id = ${link.partner_id} and u.state = 'active'
      and exists (select from user_role r where r.user_id = u.id and r.role in ('partner_admin', 'partner_buyer'))
    union all
    select c.user_id, c.id, c.name, c.email, 'zh-Hant' from partner_contact c
    where c.id = ${link.contact_id}::uuid and c.partner_id = ${link.partner_id} and c.is_active and c.duties && '{buyer,admin}'`);
  return row;
}

/** Everybody who is to get the confirmation by mail: users with that duty, and contacts who have no account of their own. */
export async function answerersOf(tx: Tx, partnerId: string): Promise<Answerer[]> {
  const rows = await tx.query<{ user_id: string | null; contact_id: string | null }>(sql`
    with users as (
      select u.id, lower(u.email) as email from app_user u
      where u.partner_id = ${partnerId} and u.kind = 'partner' and u.state = 'active' and u.email is not null
        and exists (select from user_role r where r.user_id = u.id and r.role in ('partner_admin', 'partner_buyer'))
    )
    select id as user_id, null::uuid as contact_id from users
    union all
    select null, c.id from partner_contact c
    where c.partner_id = ${partnerId} and c.is_active and c.email is not null and c.duties && '{buyer,admin}'
      and not exists (select from users u where u.id = c.user_id or u.email = lower(c.email))`);
  return rows.map((row) => (row.user_id === null ? { contactId: row.contact_id ?? '' } : { userId: row.user_id }));
}

/**
 * The confirmation of a round goes by mail to everybody of the partner who may answer, whatever notices they have chosen: with the paper
 * attached and a signed link. Source: R4.3, N4.
 */
import { sql, type Tx } from '../../platform/db/database.ts';
import type { LogEvent } from '../../platform/events/readers.ts';
import { isMailOn } from '../../platform/mail/mail-server.ts';
import { enqueue, type NewOutgoing } from '../../platform/outbound/index.ts';
import { answerersOf, makeReplyLinks } from '../links/index.ts';

export const CONFIRMATION_MAIL = 'order.confirmation_sent';

type Sent = { partner_id: string; content_hash: string; due_at: Date; no: string };

export async function confirmationMails(tx: Tx, events: readonly LogEvent[], now: Date): Promise<void> {
  const sent = events.filter(({ type }) => type === CONFIRMATION_MAIL);
  if (sent.length === 0 || !(await isMailOn(tx))) return;
  for (const event of sent) await enqueue(tx, await mailsOf(tx, event, now), now);
}

async function mailsOf(tx: Tx, event: LogEvent, now: Date): Promise<NewOutgoing[]> {
  const round = event.payload['round'];
  if (typeof round !== 'number') return [];
  const [row] = await tx.query<Sent>(sql`
    select r.partner_id, r.content_hash, r.due_at, o.no from order_round r join sales_order o on o.id = r.order_id
    where r.order_id = ${event.documentId} and r.round = ${round}::int`);
  if (row === undefined) return [];
  const people = await answerersOf(tx, row.partner_id);
  const links = await makeReplyLinks(
    tx,
    { orderId: event.documentId, partnerId: row.partner_id, round, contentHash: row.content_hash, dueAt: row.due_at },
    people,
    now,
  );
  return people.map((person, i) => ({
    channel: 'mail',
    partnerId: row.partner_id,
    targetId: 'userId' in person ? person.userId : person.contactId,
    kind: CONFIRMATION_MAIL,
    eventId: event.id,
    document: { type: 'order', id: event.documentId, no: row.no },
    content: {
      linkId: links[i],
      round,
      params: { article: 'R4.3', round, task: 'order.reply', yours: true },
      dueAt: row.due_at.toISOString(),
      at: event.at.toISOString(),
    },
  }));
}

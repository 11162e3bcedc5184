/** Messages on their way, with the names that are looked up only here. */
import type { z } from 'zod';
import type { OUTGOING_ACTIONS, OutgoingDetail, OutgoingView, outgoingList } from '../../../contract/outgoing.ts';
import { refuse } from '../../kernel/refusal.ts';
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, type RowOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import { attemptTable, type OutgoingRow, outgoingTable } from '../../platform/outbound/index.ts';
import type { Actor } from '../../platform/pipeline/types.ts';

type View = z.output<typeof OutgoingView>;
type Query = z.output<NonNullable<typeof outgoingList.query>>;
type Row = OutgoingRow & {
  partner_name: string | null;
  partner_name_en: string | null;
  receiver: string | null;
  address: string | null;
  opened_at: Date | null;
};

const SELECT = sql`select ${columnsOf(outgoingTable, 'd')}, p.name as partner_name, p.name_en as partner_name_en,
  coalesce(u.name, c.name, w.name) as receiver, coalesce(u.email, c.email, w.url, d.content->>'to') as address, l.opened_at`;
const FROM = sql`from outgoing d left join partner p on p.id = d.partner_id left join app_user u on u.id = d.target_id
  left join partner_contact c on c.id = d.target_id left join webhook_endpoint w on w.id = d.target_id
  left join signed_link l on l.id = (d.content->>'linkId')::uuid`;

/** Partners see what goes to their own endpoints, never the mail of colleagues. */
const seenBy = ({ partnerId }: Pick<Actor, 'partnerId'>): Sql =>
  partnerId === null ? empty : sql` and w.partner_id = ${partnerId}`;

export async function readOutgoingList(tx: Tx, query: Query, actor: Actor, locale: string) {
  const cursor = decodeTypedCursor(query.cursor, ['id']);
  const where = sql`true${seenBy(actor)}
    ${query.channel === undefined ? empty : sql` and d.channel = ${query.channel}`}
    ${query.state === undefined ? empty : sql` and d.state = ${query.state}`}
    ${query.documentId === undefined ? empty : sql` and d.document_id = ${query.documentId}`}
    ${query.targetId === undefined ? empty : sql` and d.target_id = ${query.targetId}`}`;
  const after = cursor === null ? empty : sql` and d.id < ${cursor[0]}::uuid`;
  const [rows, counted] = await Promise.all([
    tx.query<Row>(sql`${SELECT} ${FROM} where ${where}${after} order by d.id desc limit ${query.limit + 1}::int`),
    tx.query<{ n: bigint }>(sql`select count(*) as n from (select ${FROM} where ${where} limit ${COUNT_UP_TO}::int) c`),
  ]);
  return pageOf(
    rows,
    query.limit,
    (row) => outgoingView(row, actor, locale),
    (row) => [row.id],
    totalOf(counted),
  );
}

/** One message; another's is not there. `lock` holds it. */
export async function readOutgoing(tx: Tx, id: string, actor: Pick<Actor, 'partnerId'>, lock = false): Promise<Row> {
  const [row] = await tx.query<Row>(
    sql`${SELECT} ${FROM} where d.id = ${id}${seenBy(actor)}${lock ? sql` for update of d` : empty}`,
  );
  if (row === undefined) throw refuse('outgoing.not_found');
  return row;
}

export async function outgoingDetail(
  tx: Tx,
  id: string,
  actor: Actor,
  locale: string,
): Promise<z.output<typeof OutgoingDetail>> {
  const row = await readOutgoing(tx, id, actor);
  const tries = await tx.query<RowOf<typeof attemptTable>>(
    sql`select ${columnsOf(attemptTable)} from outgoing_attempt where outgoing_id = ${id} order by no desc limit 200`,
  );
  return {
    ...outgoingView(row, actor, locale),
    tries: tries.map((attempt) => ({
      no: attempt.no,
      startedAt: attempt.started_at.toISOString(),
      finishedAt: attempt.finished_at?.toISOString() ?? null,
      outcome: attempt.outcome as 'sent' | 'failed' | 'dropped' | null,
      reason: attempt.reason,
      status: attempt.status,
      // What an inner address might have answered is not told to those who have chosen the address.
      detail: actor.partnerId === null ? attempt.detail : null,
    })),
  };
}

/** What may be done with a message in a state. */
export const actionsOn = (state: OutgoingRow['state']): (typeof OUTGOING_ACTIONS)[number][] =>
  state === 'waiting' ? ['sendAgain', 'park'] : ['sendAgain'];

function outgoingView(row: Row, actor: Pick<Actor, 'permissions'>, locale: string): View {
  return {
    id: row.id,
    version: row.version,
    channel: row.channel as View['channel'],
    state: row.state as View['state'],
    kind: row.kind,
    documentType: row.document_type,
    documentId: row.document_id,
    documentNo: row.document_no,
    partnerName: locale === 'en' ? (row.partner_name_en ?? row.partner_name) : row.partner_name,
    receiver: row.receiver,
    address: row.address,
    sequence: row.sequence,
    attempts: row.attempts,
    reason: row.reason,
    nextAt: row.state === 'waiting' ? row.next_at.toISOString() : null,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    openedAt: row.opened_at?.toISOString() ?? null,
    allowedActions: actor.permissions.has('outgoing.manage') ? actionsOn(row.state) : [],
  };
}

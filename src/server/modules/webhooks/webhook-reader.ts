/**
 * The reader that puts events on their way to endpoints. Each endpoint gets the events of one document in the order of their versions, with
 * a sequence of its own without gaps. Its effects leave the house, so that it is never built again. Source: P7, W5.
 */
import { addMs } from '../../kernel/clock.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { defineReader, type LogEvent } from '../../platform/events/readers.ts';
import { enqueue, type NewOutgoing } from '../../platform/outbound/index.ts';
import { hears, valuesFor } from './webhook-events-rules.ts';
import { type WebhookRow, webhookTable } from './webhook-tables.ts';

/** What is older is history when the reader comes to it. */
const OLDEST_MS = 14 * 86_400_000;

export const webhookReader = defineReader({
  name: 'webhooks',
  async listens(tx) {
    return (await tx.query(sql`select 1 from webhook_endpoint where state = 'on' limit 1`)).length > 0;
  },
  async handle(tx, events, _env, now) {
    const endpoints = await tx.query<WebhookRow>(
      sql`select ${columnsOf(webhookTable)} from webhook_endpoint where state = 'on' order by id`,
    );
    const since = addMs(now, -OLDEST_MS);
    const all = [...events, ...(await overtaken(tx, events))]
      .filter(({ at }) => at >= since)
      .sort((a, b) => (a.documentId === b.documentId ? a.version - b.version : a.position < b.position ? -1 : 1));
    const wanted = endpoints.flatMap((endpoint) =>
      all
        .filter((event) => event.at >= endpoint.created_at && hears(endpoint, event))
        .map((event) => ({ endpoint, event, lane: `${endpoint.id} ${event.documentId}` })),
    );
    if (wanted.length > 0) await enqueue(tx, await numbered(tx, wanted), now);
  },
});

/**
 * Two events of one document may lie on both sides of the border of a batch, the later version first (readers.ts). The earlier ones are
 * fetched here, so that versions never leave out of order; when their own batch comes, they are there already.
 */
async function overtaken(tx: Tx, events: readonly LogEvent[]): Promise<LogEvent[]> {
  const last = events.reduce((a, b) =>
    BigInt(a.xid) > BigInt(b.xid) || (a.xid === b.xid && a.position > b.position) ? a : b,
  );
  const newest = new Map<string, number>();
  for (const { documentId, version } of events) newest.set(documentId, Math.max(version, newest.get(documentId) ?? 0));
  const rows = await tx.query<LogEvent>(sql`
    select e.position, e.xid::text as xid, e.id, e.document_type as "documentType", e.document_id as "documentId", e.document_no as "documentNo",
      e.version, e.type, e.at, e.partner_id as "partnerId", e.actor_id as "actorId", e.actor_kind as "actorKind", e.cause, e.payload
    from unnest(${[...newest.keys()]}::uuid[], ${[...newest.values()]}::int[]) as n(document_id, version)
    join event e on e.document_id = n.document_id and e.version < n.version
    where (e.xid, e.position) > (${last.xid}::xid8, ${last.position})`);
  return rows;
}

type Wanted = { endpoint: WebhookRow; event: LogEvent; lane: string };

/** Gives what is new its place in its lane. */
async function numbered(tx: Tx, wanted: readonly Wanted[]): Promise<NewOutgoing[]> {
  const [lanes, there] = await Promise.all([
    tx.query<{ lane: string; last: number }>(sql`
      select lane, max(sequence) as last from outgoing where lane = any(${[...new Set(wanted.map(({ lane }) => lane))]}::text[]) group by lane`),
    tx.query<{ target_id: string; event_id: string }>(sql`
      select o.target_id, o.event_id from unnest(${wanted.map(({ endpoint }) => endpoint.id)}::uuid[], ${wanted.map(({ event }) => event.id)}::uuid[]) as w(target_id, event_id)
      join outgoing o on o.target_id = w.target_id and o.event_id = w.event_id`),
  ]);
  const last = new Map(lanes.map((row) => [row.lane, row.last]));
  const known = new Set(there.map((row) => `${row.target_id} ${row.event_id}`));
  return wanted
    .filter(({ endpoint, event }) => !known.has(`${endpoint.id} ${event.id}`))
    .map(({ endpoint, event, lane }) => {
      const sequence = (last.get(lane) ?? 0) + 1;
      last.set(lane, sequence);
      return {
        channel: 'webhook',
        partnerId: event.partnerId,
        targetId: endpoint.id,
        lane: { name: lane, sequence },
        kind: event.type,
        eventId: event.id,
        document: { type: event.documentType, id: event.documentId, no: event.documentNo },
        content: {
          version: event.version,
          at: event.at.toISOString(),
          values: valuesFor(endpoint, event.type, event.payload),
        },
      };
    });
}

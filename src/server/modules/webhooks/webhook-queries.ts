import type { z } from 'zod';
import type { WebhookView } from '../../../contract/webhooks.ts';
import { refuse } from '../../kernel/refusal.ts';
import { empty, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { type WebhookRow, webhookTable } from './webhook-tables.ts';

type View = z.output<typeof WebhookView>;
type Row = WebhookRow & { partner_name: string | null; waiting: number; parked: number };

const SELECT = sql`select ${columnsOf(webhookTable, 'w')}, p.name as partner_name,
  (select count(*)::int from outgoing o where o.target_id = w.id and o.state = 'waiting') as waiting,
  (select count(*)::int from outgoing o where o.target_id = w.id and o.state = 'parked') as parked
  from webhook_endpoint w left join partner p on p.id = w.partner_id`;

/** Row-level security keeps partners apart; the company's own endpoints have no partner. */
const ofActor = ({ partnerId }: Pick<Actor, 'partnerId'>) =>
  partnerId === null ? sql`true` : sql`w.partner_id = ${partnerId}`;

export async function listWebhooks(tx: Tx, actor: Actor): Promise<View[]> {
  const rows = await tx.query<Row>(sql`${SELECT} where ${ofActor(actor)} order by w.id limit 500`);
  return rows.map((row) => webhookView(row));
}

/** One endpoint; another's is not there. `lock` holds it. */
export async function readWebhook(tx: Tx, id: string, actor: Pick<Actor, 'partnerId'>, lock = false): Promise<Row> {
  const [row] = await tx.query<Row>(
    sql`${SELECT} where w.id = ${id} and ${ofActor(actor)}${lock ? sql` for update of w` : empty}`,
  );
  if (row === undefined) throw refuse('webhook.not_found');
  return row;
}

export const webhookView = (row: Row): View => ({
  id: row.id,
  version: row.version,
  partnerName: row.partner_name,
  name: row.name,
  url: row.url,
  eventTypes: row.event_types,
  state: row.state as View['state'],
  offReason: row.off_reason,
  oldSecretUntil: row.old_until?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  waiting: row.waiting,
  parked: row.parked,
});

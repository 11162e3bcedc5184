/** Endpoints: made, changed, switched off and on, given a new secret, tried. Secrets arrive sealed. */
import { addMs } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { insertRows, updateRows } from '../../../platform/db/table.ts';
import { enqueue } from '../../../platform/outbound/index.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import type { Actor } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { eventTypesFor, TEST_EVENT } from '../webhook-events-rules.ts';
import { readWebhook, webhookView } from '../webhook-queries.ts';
import { type WebhookRow, webhookTable } from '../webhook-tables.ts';

/** Endpoints of one side at most. */
const MOST = 20;
/** How long the secret before the present one signs as well. */
const CHANGE_OVER_MS = 24 * 3_600_000;

/** secret is what is shown once; the command stores only what is sealed. */
export type NewWebhook = { name: string; url: string; eventTypes: string[]; secret: string; secretSealed: string };

export const createWebhook = defineCommand<NewWebhook>({
  name: 'webhook.create',
  refuses: ['webhook.event_type', 'webhook.too_many'],
  async run(context, { name, url, eventTypes, secretSealed }) {
    const { tx, command } = context;
    const { actor, now } = command;
    const { partnerId } = actor;
    requireTypes(actor, eventTypes);
    await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${partnerId ?? ''}`}, 0))`);
    const [counted] = await tx.query<{ n: number }>(
      sql`select count(*)::int as n from webhook_endpoint where partner_id is not distinct from ${partnerId}::uuid`,
    );
    if ((counted?.n ?? 0) >= MOST) throw refuse('webhook.too_many', { most: String(MOST) });
    const row: WebhookRow = {
      id: newId(now),
      partner_id: partnerId,
      name,
      url,
      event_types: eventTypes,
      state: 'on',
      off_reason: null,
      secret_sealed: secretSealed,
      old_secret_sealed: null,
      old_until: null,
      created_by: actor.userId,
      created_at: now,
      updated_at: now,
      version: 1,
    };
    await insertRows(tx, webhookTable, [row]);
    tell(context, row, 'webhook.created');
    // The secret is put into the first answer only, outside of what is stored.
    return { status: 201, body: { webhook: await viewOf(tx, row, actor), secret: null } };
  },
});

export type ChangeWebhook = {
  webhookId: string;
  name?: string | undefined;
  url?: string | undefined;
  eventTypes?: string[] | undefined;
  state?: 'on' | 'off' | undefined;
};

export const updateWebhook = defineCommand<ChangeWebhook>({
  name: 'webhook.update',
  refuses: ['webhook.not_found', 'webhook.event_type', 'request.version_stale'],
  async run(context, { webhookId, name, url, eventTypes, state }) {
    const { tx, command } = context;
    const before = await readWebhook(tx, webhookId, command.actor, true);
    requireVersion(command, before);
    if (eventTypes !== undefined)
      requireTypes(before.partner_id === null ? { partnerId: null } : command.actor, eventTypes);
    const after: WebhookRow = {
      ...before,
      name: name ?? before.name,
      url: url ?? before.url,
      event_types: eventTypes ?? before.event_types,
      state: state ?? before.state,
      off_reason: state === undefined ? before.off_reason : state === 'off' ? 'by_hand' : null,
      version: before.version + 1,
      updated_at: command.now,
    };
    await updateRows(
      tx,
      webhookTable,
      ['name', 'url', 'event_types', 'state', 'off_reason', 'version', 'updated_at'],
      [after],
    );
    tell(context, after, 'webhook.changed');
    return { status: 200, body: await viewOf(tx, after, command.actor), etag: after.version };
  },
});

export const rotateSecret = defineCommand<{ webhookId: string; secret: string; secretSealed: string }>({
  name: 'webhook.rotate',
  refuses: ['webhook.not_found', 'request.version_stale'],
  async run(context, { webhookId, secretSealed }) {
    const { tx, command } = context;
    const before = await readWebhook(tx, webhookId, command.actor, true);
    requireVersion(command, before);
    const after: WebhookRow = {
      ...before,
      secret_sealed: secretSealed,
      old_secret_sealed: before.secret_sealed,
      old_until: addMs(command.now, CHANGE_OVER_MS),
      version: before.version + 1,
      updated_at: command.now,
    };
    await updateRows(
      tx,
      webhookTable,
      ['secret_sealed', 'old_secret_sealed', 'old_until', 'version', 'updated_at'],
      [after],
    );
    tell(context, after, 'webhook.secret_rotated');
    const body = { webhook: await viewOf(tx, after, command.actor), secret: null };
    return { status: 200, body, etag: after.version };
  },
});

export const testWebhook = defineCommand<{ webhookId: string }>({
  name: 'webhook.test',
  refuses: ['webhook.not_found', 'webhook.off'],
  async run({ tx, command }, { webhookId }) {
    const { now } = command;
    const endpoint = await readWebhook(tx, webhookId, command.actor);
    if (endpoint.state !== 'on') throw refuse('webhook.off');
    const eventId = newId(now);
    const message = {
      channel: 'webhook',
      partnerId: endpoint.partner_id,
      targetId: endpoint.id,
      kind: TEST_EVENT,
      eventId,
      document: { type: 'webhook', id: endpoint.id, no: null },
      content: { at: now.toISOString(), values: {} },
    } as const;
    await enqueue(tx, [message], now);
    const [row] = await tx.query<{ id: string }>(sql`select id from outgoing where event_id = ${eventId}`);
    return { status: 202, body: { outgoingId: row?.id } };
  },
});

function requireTypes({ partnerId }: Pick<Actor, 'partnerId'>, types: readonly string[]): void {
  const known = eventTypesFor(partnerId === null ? 'company' : 'partner');
  types.forEach((type, i) => {
    if (!known.includes(type)) throw refuse('webhook.event_type', { type }, `eventTypes.${i}`);
  });
}

const viewOf = async (tx: Tx, { id }: WebhookRow, actor: Actor) => webhookView(await readWebhook(tx, id, actor));

function tell({ emit }: Pick<Context<unknown>, 'emit'>, row: WebhookRow, type: string): void {
  emit({
    documentType: 'webhook',
    documentId: row.id,
    documentNo: null,
    version: row.version,
    type,
    partnerId: row.partner_id,
    payload: { state: row.state, host: URL.parse(row.url)?.host ?? '' },
  });
}

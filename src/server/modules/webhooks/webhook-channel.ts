/** Sends events to endpoints, signed by Standard Webhooks. Whether an endpoint may still hear of it is asked when it is sent. */
import { Webhook } from 'standardwebhooks';
import { COMPANY, type Database, sql } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { Channel, OutgoingRow, Poster } from '../../platform/outbound/index.ts';
import { type SecretBox, Unreadable } from '../../platform/secrets/index.ts';
import { followUp } from '../outgoing/index.ts';
import { hears, TEST_EVENT } from './webhook-events-rules.ts';
import { oldWebhookSecret, type WebhookRow, webhookSecret, webhookTable } from './webhook-tables.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Ten tries over 75 h 35 min, as the standard proposes. */
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
const LEASE_MS = 60 * SECOND;

export type WebhookParts = { database: Database; secrets: SecretBox; poster: Poster };

export function webhookChannel({ database, secrets, poster }: WebhookParts): Channel {
  return {
    name: 'webhook',
    waits: WAITS,
    leaseMs: LEASE_MS,
    atOnceForTarget: 4,
    atOnce: 32,
    isOpen: async () => true,
    async send(message, _env, now) {
      const { endpoint, publicUrl } = await load(database, message.target_id);
      if (endpoint === undefined || endpoint.state !== 'on') return { outcome: 'refused', reason: 'endpoint_off' };
      const happened = { type: message.kind, partnerId: message.partner_id };
      if (message.kind !== TEST_EVENT && !hears(endpoint, happened))
        return { outcome: 'dropped', reason: 'not_allowed' };
      const body = bodyOf(message, publicUrl);
      try {
        const signature = signaturesOf(endpoint, secrets, now)
          .map((secret) => new Webhook(secret).sign(message.id, now, body))
          .join(' ');
        return await poster.post(
          endpoint.url,
          {
            'content-type': 'application/json',
            'user-agent': 'Qucheng-Webhooks/1',
            'webhook-id': message.id,
            'webhook-timestamp': String(Math.floor(now.getTime() / SECOND)),
            'webhook-signature': signature,
          },
          body,
        );
      } catch (error) {
        if (error instanceof Unreadable) return { outcome: 'failed', reason: 'secret_unreadable' };
        throw error;
      }
    },
    async settled(tx, message, result, state, env, now) {
      if (result.outcome === 'refused' && result.reason === 'gone') {
        await tx.run(sql`
          update webhook_endpoint set state = 'off', off_reason = 'gone', version = version + 1, updated_at = ${now} where id = ${message.target_id} and state = 'on'`);
        // They are listed as not sent; once the endpoint is on again, each can be sent again.
        await tx.run(sql`
          update outgoing set state = 'parked', reason = 'endpoint_off', finished_at = ${now}, claim = null, claimed_until = null
          where target_id = ${message.target_id} and state = 'waiting'`);
      }
      const quiet = message.kind === TEST_EVENT || (result.outcome === 'refused' && result.reason === 'endpoint_off');
      if (!quiet) await followUp(tx, message, state, env, now);
    },
    close: () => poster.close(),
  };
}

function load(
  database: Database,
  endpointId: string,
): Promise<{ endpoint: WebhookRow | undefined; publicUrl: string }> {
  return database.read(COMPANY, async (tx) => {
    const [[endpoint], [server]] = await Promise.all([
      tx.query<WebhookRow>(sql`select ${columnsOf(webhookTable)} from webhook_endpoint where id = ${endpointId}`),
      tx.query<{ public_url: string }>(sql`select public_url from mail_server`),
    ]);
    return { endpoint, publicUrl: server?.public_url ?? '' };
  });
}

/** The secrets that sign now: the present one, and for a day the one before. */
function signaturesOf(endpoint: WebhookRow, secrets: SecretBox, now: Date): string[] {
  const { old_secret_sealed: old, old_until: until } = endpoint;
  return [
    secrets.open(endpoint.secret_sealed, webhookSecret.place),
    ...(old !== null && until !== null && until > now ? [secrets.open(old, oldWebhookSecret.place)] : []),
  ];
}

/** Where the present state of a document is read. */
const VIEWS: Record<string, string> = {
  inquiry: 'inquiries',
  order: 'orders',
  picking: 'pickings',
  shipment: 'shipments',
  payment: 'payments',
  invoice: 'invoices',
  partner: 'partners',
  supply: 'supplies',
};

function bodyOf(message: OutgoingRow, publicUrl: string): string {
  const { version, at, values } = message.content as {
    version?: number;
    at?: string;
    values?: Record<string, unknown>;
  };
  const view = VIEWS[message.document_type];
  return JSON.stringify({
    type: message.kind,
    timestamp: at ?? message.created_at.toISOString(),
    data: {
      eventId: message.event_id,
      sequence: message.sequence,
      documentType: message.document_type,
      documentId: message.document_id,
      documentNo: message.document_no,
      version: version ?? null,
      partnerId: message.partner_id,
      values: values ?? {},
      link: view === undefined ? null : `${publicUrl}/api/v1/${view}/${message.document_id}`,
    },
  });
}

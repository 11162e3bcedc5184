/** Endpoints over HTTP. The address is judged and the secret sealed before a command sees them. */
import { randomBytes } from 'node:crypto';
import * as contract from '../../../contract/webhooks.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Call, type Reveal, type Route, read, write } from '../../platform/http/route.ts';
import { webhookUrl } from '../../platform/outbound/index.ts';
import { createWebhook, rotateSecret, testWebhook, updateWebhook } from './commands/save-webhook.ts';
import { eventTypesFor } from './webhook-events-rules.ts';
import { listWebhooks } from './webhook-queries.ts';
import { webhookSecret } from './webhook-tables.ts';

type Given = Pick<Call<never, never, never>, 'secrets' | 'allowedHosts'>;

const SECRET_BYTES = 32;

function newSecret({ secrets }: Given): { secret: string; secretSealed: string } {
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  return { secret, secretSealed: secrets.seal(secret, webhookSecret.place) };
}

/** The address in its one spelling; refused where no webhook may go. */
function checkedUrl(text: string, { allowedHosts }: Given): string {
  const url = webhookUrl(text, allowedHosts);
  if (url === null) throw refuse('webhook.url', undefined, 'url');
  return url.href;
}

const showSecret: Reveal<{ secret: string }> = (body, { secret }) => ({ ...body, secret });

export const webhookRoutes: Route[] = [
  read(contract.webhookList, async ({ tx, actor }) => ({ items: await listWebhooks(tx, actor) })),
  read(contract.webhookEventTypes, async ({ actor }) => ({
    items: [...eventTypesFor(actor.partnerId === null ? 'company' : 'partner')],
  })),
  write(
    contract.webhookCreate,
    createWebhook,
    (call) => ({ ...call.body, url: checkedUrl(call.body.url, call), ...newSecret(call) }),
    undefined,
    showSecret,
  ),
  write(contract.webhookUpdate, updateWebhook, (call) => ({
    ...call.body,
    ...(call.body.url === undefined ? {} : { url: checkedUrl(call.body.url, call) }),
    webhookId: call.params.webhookId,
  })),
  write(
    contract.webhookRotate,
    rotateSecret,
    (call) => ({ webhookId: call.params.webhookId, ...newSecret(call) }),
    undefined,
    showSecret,
  ),
  write(contract.webhookTest, testWebhook, ({ params }) => params),
];

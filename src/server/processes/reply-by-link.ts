/**
 * The person of a reply link asks for a one-time code and answers with it: accepts exactly what the link shows, or objects by line. The code
 * is spent in the transaction of the answer; a link without a code never answers. Source: R4.3, P4.
 */
import * as contract from '../../contract/links.ts';
import { permissionsOf } from '../../contract/roles.ts';
import { refuse, Refused } from '../kernel/refusal.ts';
import {
  checkCode,
  type LinkRow,
  openLink,
  type Person,
  personOf,
  readRound,
  sendCode,
  spendCode,
} from '../modules/links/index.ts';
import { objectToOrder } from '../modules/orders/index.ts';
import { COMPANY, type Tx } from '../platform/db/database.ts';
import { type RawCall, type Route, raw } from '../platform/http/route.ts';
import type { Services } from '../platform/http/services.ts';
import { isMailOn } from '../platform/mail/mail-server.ts';
import type { BatchCommand } from '../platform/pipeline/define.ts';
import { inTransaction } from '../platform/pipeline/run.ts';
import type { Actor } from '../platform/pipeline/types.ts';
import { acceptOrder } from './order-takes-effect.ts';

type Call<B> = Pick<RawCall<never, never, never>, 'services' | 'now' | 'requestId' | 'request' | 'locale'> & {
  body: B;
};
type OpenRound = { link: LinkRow; person: Person; orderNo: string };

/** The link of a round that waits for an answer, and who may give it. */
async function openRound(tx: Tx, services: Services, token: string, now: Date): Promise<OpenRound> {
  const link = await openLink(tx, services.secrets, token, now);
  if (link.kind !== 'reply') throw refuse('link.not_found');
  const [person, round] = await Promise.all([personOf(tx, link), readRound(tx, link)]);
  if (person === undefined) throw refuse('link.not_found');
  if (!round.isOpen) throw refuse('link.closed');
  return { link, person, orderNo: round.order_no };
}

async function sendLinkCode({ services, now, body }: Call<{ token: string }>) {
  return services.database.write(COMPANY, async (tx) => {
    const { link, person, orderNo } = await openRound(tx, services, body.token, now);
    if (person.email === null || !(await isMailOn(tx))) throw refuse('mail.not_set_up');
    const expiresAt = await sendCode(tx, services.secrets, link, person, orderNo, now);
    return { sentTo: masked(person.email), expiresAt: expiresAt.toISOString() };
  });
}

/** z•••@example.cn: enough to know which mailbox it is. */
const masked = (email: string): string => email.replace(/^(.).*(@.*)$/, '$1•••$2');

/** The person as who acts: with the duty to order, for this partner, good for this one answer. */
function actorOf({ link, person }: OpenRound, locale: string): Actor {
  const userId = person.userId ?? person.contactId ?? link.id;
  return {
    userId,
    kind: 'partner',
    personId: userId,
    name: person.name,
    login: person.email ?? '',
    locale,
    accountLocale: person.locale,
    roles: ['partner_buyer'],
    permissions: new Set(permissionsOf(['partner_buyer'])),
    partnerId: link.partner_id,
    approvalLimit: null,
    scope: { kind: 'partners', ids: [link.partner_id] },
    credential: { kind: 'system' },
  };
}

type Answer = { token: string; code: string; contentHash: string };

/** Runs a command on the order of the link once a right code is spent for it; whatever the command refuses leaves the code good. */
async function answer<I, S, C>(
  call: Call<Answer>,
  command: BatchCommand<I, S, C>,
  input: (link: LinkRow, proof: { how: 'code'; contactId?: string }) => I,
): Promise<string> {
  const { services, now, body, requestId, request, locale } = call;
  const opened = await services.database.read(COMPANY, (tx) => openRound(tx, services, body.token, now));
  const { link, person, orderNo } = opened;
  if (body.contentHash !== link.content_hash)
    throw refuse('order.round_changed', { round: String(link.round) }, 'contentHash');
  const codeId = await services.database.write(COMPANY, (tx) =>
    checkCode(tx, services.secrets, link.id, body.code, now),
  );
  if (codeId === null) throw refuse('link.code_wrong', undefined, 'code');
  const actor = actorOf(opened, locale);
  const proof = { how: 'code', ...(person.contactId === null ? {} : { contactId: person.contactId }) } as const;
  await services.database.write(actor.scope, async (tx) => {
    await spendCode(tx, codeId, now);
    const { outcomes, written } = await inTransaction(tx, services.runtime, command, [
      { input: input(link, proof), actor, now, requestId, from: request.ip },
    ]);
    const [outcome] = outcomes;
    if (outcome === undefined || !outcome.ok) throw new Refused(outcome?.refusals ?? [{ code: 'request.internal' }]);
    await written;
  });
  services.runtime.committed();
  return orderNo;
}

export const replyByLinkRoutes: Route[] = [
  raw(contract.linkCodeSend, sendLinkCode),
  raw(contract.linkAccept, async (call) => ({
    orderNo: await answer(call, acceptOrder, (link, proof) => ({
      orderId: link.order_id,
      contentHash: call.body.contentHash,
      ...proof,
    })),
    reply: 'accepted',
  })),
  raw(contract.linkObject, async (call) => ({
    orderNo: await answer(call, objectToOrder, (link, proof) => ({
      orderId: link.order_id,
      contentHash: call.body.contentHash,
      reasons: call.body.reasons,
      ...proof,
    })),
    reply: 'objected',
  })),
];

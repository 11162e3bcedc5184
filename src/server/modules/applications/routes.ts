/** Applications over HTTP. What is public goes through handlers of its own: nobody is signed in. */
import * as contract from '../../../contract/applications.ts';
import { canonicalHash } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { hashToken, newToken } from '../../platform/auth/tokens.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { type AfterWrite, type RawCall, raw, read, type Route, write } from '../../platform/http/route.ts';
import type { AnyCommand } from '../../platform/pipeline/define.ts';
import { execute } from '../../platform/pipeline/run.ts';
import type { Command } from '../../platform/pipeline/types.ts';
import { isLoopback } from '../identity/index.ts';
import { APPLICATION_TOKEN_PLACE } from './application-tables.ts';
import { byToken } from './application-load.ts';
import { listApplications, readApplication, statusView } from './application-queries.ts';
import { amendApplication, apply, fetchInvitation, withdrawApplication } from './commands/apply.ts';
import { acceptApplication, askApplicant, refuseApplication, reopenApplication } from './commands/review.ts';

type Open = Pick<RawCall<undefined, undefined, undefined>, 'services' | 'request' | 'reply' | 'now' | 'requestId'>;

/** Runs what somebody without an account asks for. */
async function perform<I>(call: Open, command: AnyCommand<I>, input: I, once?: Command<I>['once']) {
  const { services, request, reply, now, requestId } = call;
  const done = await execute(services.runtime, command, {
    input,
    actor: systemActor,
    now,
    requestId,
    from: request.ip,
    ...(once === undefined ? {} : { once }),
  });
  if (done.replayed) reply.header('Idempotent-Replayed', 'true');
  return JSON.parse(done.body);
}

/** The same under a key. Applicants are told apart by the tokens of their applications, so that a key is each one's own as it is elsewhere. */
function performOnce<I extends { token: string }>(
  call: Open & { body: unknown },
  operation: string,
  command: AnyCommand<I>,
  input: I,
) {
  const { body, request } = call;
  const match = request.headers['if-match'] ?? null;
  return perform(call, command, input, {
    key: canonicalHash({ token: input.token, key: keyOf(call) }),
    operation,
    hash: canonicalHash({ body, match }),
  });
}

/** The key of a request that nobody is signed in for; it must be there as everywhere else. */
function keyOf({ request }: Open): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') throw refuse('request.idempotency_key_missing');
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw refuse('request.idempotency_key_format');
  return key;
}

const forgetActors: AfterWrite = ({ authenticator }) => authenticator.forget();
const withParams = <P, B extends object>({ params, body }: { params: P; body: B }) => ({ ...body, ...params });

const publicRoutes: Route[] = [
  raw(contract.applicationSubmit, async (call) => {
    const { content } = call.body;
    const { ip } = call.request;
    const token = newToken();
    const { repeated, ...made } = await perform(call, apply, {
      content,
      contentHash: canonicalHash(content),
      requestHash: canonicalHash({ ip, key: keyOf(call) }),
      tokenHash: hashToken(token),
      tokenSealed: call.services.secrets.seal(token, APPLICATION_TOKEN_PLACE),
      locale: call.locale,
      ip: isLoopback(ip) ? null : ip,
    });
    if (repeated === true) call.reply.header('Idempotent-Replayed', 'true');
    return { ...made, token };
  }),
  raw(contract.applicationCheck, ({ services, body }) =>
    services.database.read(COMPANY, async (tx) => statusView(tx, await byToken(tx, body.token, false))),
  ),
  raw(contract.applicationAmend, (call) =>
    performOnce(call, contract.applicationAmend.id, amendApplication, {
      ...call.body,
      contentHash: canonicalHash(call.body.content),
    }),
  ),
  raw(contract.applicationWithdraw, (call) =>
    performOnce(call, contract.applicationWithdraw.id, withdrawApplication, call.body),
  ),
  raw(contract.applicationInvitation, async (call) => {
    // The same request gives the same link, which is kept nowhere.
    const linkToken = call.services.secrets.sign(`${call.body.token} ${keyOf(call)}`, 'application invitation');
    const input = { ...call.body, linkToken, linkHash: hashToken(linkToken) };
    const made = await performOnce(call, contract.applicationInvitation.id, fetchInvitation, input);
    return { ...made, token: linkToken };
  }),
];

const staffRoutes: Route[] = [
  read(contract.applicationList, ({ tx, query }) => listApplications(tx, query)),
  read(contract.applicationGet, ({ tx, params, actor }) => readApplication(tx, params.applicationId, actor)),
  write(contract.applicationAskBack, askApplicant, withParams),
  write(contract.applicationRefuse, refuseApplication, withParams),
  write(contract.applicationReopen, reopenApplication, ({ params }) => params),
  write(
    contract.applicationAccept,
    acceptApplication,
    ({ params, body }) => {
      const token = newToken();
      return { ...body, ...params, token, tokenHash: hashToken(token) };
    },
    forgetActors,
    (answer, { token }) => ({ ...answer, token }),
  ),
];

export const applicationRoutes: Route[] = [...publicRoutes, ...staffRoutes];

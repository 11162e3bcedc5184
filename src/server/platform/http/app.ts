/** The HTTP face: from the list of routes to a server. Authentication, validation, keys, versions, problems: once, for every operation. */
import { availableParallelism } from 'node:os';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { canonicalHash, newId } from '../../kernel/ids.ts';
import { parseStrictJson } from '../../kernel/json.ts';
import { Refused, type Refusal, refuse } from '../../kernel/refusal.ts';
import type { Operation } from '../../../contract/operation.ts';
import { isUnavailable } from '../db/failures.ts';
import { type CommandQueue, commandQueue } from '../pipeline/queue.ts';
import { runway } from '../pipeline/runway.ts';
import { runCommands } from '../pipeline/run.ts';
import type { Actor, Command, Outcome } from '../pipeline/types.ts';
import { closeGently } from './close-gently.ts';
import { type Doors, doors } from './doors.ts';
import { asLocale, negotiate } from './messages.ts';
import { logRequests } from './request-log.ts';
import { schemaRefusals, sendProblem } from './problems.ts';
import { type ReadAnswers, reads, whoCalls } from './reads.ts';
import type { Call, RawCall, Route } from './route.ts';
import type { Services } from './services.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- the list of routes holds every shape
type AnyOperation = Operation<any, any, any, any>;

export const SESSION_COOKIE = 'qc_session';
const JSON_LIMIT = 4 * 1024 * 1024;
const FILE_LIMIT = 32 * 1024 * 1024;
const MAX_DEPTH = 32;
const RECEIVED_WITHIN_MS = 30_000;

export type AppExtras = {
  logger?: FastifyBaseLogger;
  /** Adds what is served besides the operations. */
  extend?(server: FastifyInstance, services: Services, ways: Ways): Promise<void>;
  /** Answers addresses outside /api that nothing serves (the pages of the client); false: it does not know it either. */
  fallback?(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
};
export type App = { server: FastifyInstance; queues: ReadonlyMap<string, CommandQueue> };

export async function buildApp(services: Services, routes: readonly Route[], options: AppExtras = {}): Promise<App> {
  const server: FastifyInstance = Fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_LIMIT,
    genReqId: () => newId(services.clock.now()),
    requestTimeout: RECEIVED_WITHIN_MS,
    // Two spellings of one path would be two doors.
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 200 },
    // What still comes on an open connection while we close is answered like everything else.
    return503OnClosing: false,
    // Addresses that cannot be decoded.
    frameworkErrors: (error, request, reply) => void failed(error, request, reply, localeOf(request, null)),
  });
  closeGently(server, RECEIVED_WITHIN_MS);
  logRequests(server);
  await server.register(cookie);
  await protectAnswers(server);
  parseBodies(server);
  const queues = new Map<string, CommandQueue>();
  const places = runway(availableParallelism());
  const open = doors(services.database.usage().most);
  const ways: Ways = { ...open, queues, read: reads(services, open.reads) };
  for (const route of routes) {
    if (route.kind === 'write' && route.command.form === 'batch' && !queues.has(route.command.name)) {
      queues.set(route.command.name, commandQueue(services.runtime, route.command, places));
    }
    serve(server, services, route, ways);
  }
  answerStrangers(server, routes, options);
  await options.extend?.(server, services, ways);
  return { server, queues };
}

/** Headers that keep browsers careful. They are the same for every answer: worked out once, by the first one. */
async function protectAnswers(server: FastifyInstance): Promise<void> {
  await server.register(helmet, {
    global: false,
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // antd puts its styles into style elements
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
  let headers: [name: string, value: string][] | null = null;
  server.addHook('onRequest', async (_request, reply) => {
    if (headers === null) {
      await reply.helmet();
      headers = Object.entries(reply.raw.getHeaders()).map(([name, value]) => [name, String(value)]);
    } else for (const [name, value] of headers) reply.raw.setHeader(name, value);
  });
}

function parseBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/json\s*(;.*)?$/i, { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      done(refuse('request.media_type'), undefined);
      return;
    }
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body as Buffer);
    } catch {
      done(refuse('request.malformed_json'), undefined);
      return;
    }
    if (text === '') {
      done(null, undefined);
      return;
    }
    const parsed = parseStrictJson(text, { maxDepth: MAX_DEPTH });
    if (parsed.ok) done(null, parsed.value);
    else done(refuse(JSON_CODES[parsed.code], undefined, parsed.path), undefined);
  });
  // Files: raw bytes under their own type; the operation says which it takes.
  server.addContentTypeParser(
    /^(text\/csv|application\/vnd\.|application\/pdf|application\/octet-stream|image\/)/i,
    { parseAs: 'buffer', bodyLimit: FILE_LIMIT },
    (_request, body, done) => done(null, body),
  );
}

const JSON_CODES = {
  'malformed-json': 'request.malformed_json',
  'duplicate-key': 'request.duplicate_key',
  'forbidden-key': 'request.forbidden_key',
  'too-deep': 'request.too_deep',
  'not-exact': 'field.not_exact',
} as const;

/** By which a request comes to its work. */
export type Ways = Doors & { queues: ReadonlyMap<string, CommandQueue>; read: ReadAnswers };

function serve(server: FastifyInstance, services: Services, route: Route, ways: Ways): void {
  const { operation } = route;
  const mostBytes = operation.consumes === undefined ? JSON_LIMIT : FILE_LIMIT;
  server.route({
    method: operation.method,
    url: operation.path,
    // Who calls is known, and refused, before the body is read.
    onRequest: async (request, reply) => {
      const now = services.clock.now();
      refuseSecretsInQuery(request);
      if (operation.method !== 'GET') refuseCrossSite(request);
      const account = await identify(services, request, now);
      const actor = account === null ? null : { ...account, locale: localeOf(request, account) };
      callers.set(request, { actor, now });
      if (actor === null && operation.can !== 'public') throw refuse('session.required');
      if (actor !== null && operation.can !== 'public' && !actor.permissions.has(operation.can)) {
        services.accessLog.note({
          at: now,
          kind: 'denied',
          userId: actor.userId,
          login: actor.login,
          ip: request.ip,
          operation: operation.id,
        });
        throw refuse('permission.denied', { permission: operation.can });
      }
      ways.bodies.makeRoom(request, reply, mostBytes);
    },
    handler: async (request, reply) => {
      const { actor, now } = callerOf(request, services);
      const call = {
        ...parse(operation, request),
        actor,
        now,
        locale: localeOf(request, actor),
        requestId: request.id,
        contentType: request.headers['content-type'] ?? '',
        secrets: services.secrets,
        allowedHosts: services.allowedHosts,
      };
      await answer(services, route, call as never, request, reply, ways);
      return reply;
    },
  });
}

type Caller = { actor: Actor | null; now: Date };
const callers = new WeakMap<FastifyRequest, Caller>();
const callerOf = (request: FastifyRequest, services: Services): Caller =>
  callers.get(request) ?? { actor: null, now: services.clock.now() };

async function answer(
  services: Services,
  route: Route,
  call: Call<never, never, never>,
  request: FastifyRequest,
  reply: FastifyReply,
  ways: Ways,
): Promise<void> {
  const { operation } = route;
  const status = operation.status ?? 200;
  reply.header('Cache-Control', 'no-store');
  if (route.kind === 'read') {
    const body = await ways.read(route, call);
    const version = (body as { version?: unknown }).version;
    if (typeof version === 'number') reply.header('ETag', `"${version}"`);
    reply.status(status).type('application/json').send(JSON.stringify(body));
    return;
  }
  if (route.kind === 'raw') {
    const key = operation.idempotent === true ? keyOf(request) : null;
    const work = () =>
      route.answer({ ...call, key, services, request, reply } as unknown as RawCall<never, never, never>);
    const body = await (operation.can === 'public' ? ways.strangers.run(work, request.ip) : work());
    if (!reply.sent && body !== undefined) reply.status(status).type('application/json').send(JSON.stringify(body));
    else if (!reply.sent) reply.status(status).send();
    return;
  }
  const command: Command<never> = {
    input: route.input(call) as never,
    actor: call.actor,
    now: call.now,
    requestId: call.requestId,
    from: request.ip,
    ...(operation.versioned === true ? { expectedVersion: versionOf(request) } : {}),
    ...(operation.idempotent === true ? { once: onceOf(operation, request, call) } : {}),
  };
  const queue = route.command.form === 'batch' ? ways.queues.get(route.command.name) : undefined;
  const outcome =
    queue === undefined
      ? (await ways.singles.run(() => runCommands(services.runtime, route.command, [command]), whoCalls(call)))[0]
      : await queue.submit(command);
  if (outcome?.ok === true) route.after?.(services);
  if (outcome?.ok === true && !outcome.replayed && route.reveal !== undefined) {
    outcome.body = JSON.stringify(route.reveal(JSON.parse(outcome.body), command.input));
  }
  sendOutcome(reply, outcome, call.locale);
}

function sendOutcome(reply: FastifyReply, outcome: Outcome | undefined, locale: string): void {
  if (outcome === undefined || !outcome.ok) {
    sendProblem(reply, outcome?.refusals ?? [{ code: 'request.internal' }], locale);
    return;
  }
  if (outcome.replayed) reply.header('Idempotent-Replayed', 'true');
  if (outcome.etag !== undefined) reply.header('ETag', `"${outcome.etag}"`);
  reply.status(outcome.status).type('application/json').send(outcome.body);
}

function parse(operation: AnyOperation, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  const refusals: Refusal[] = unstorable(request).map((field) => ({ code: 'request.bad_parameter', field }));
  if (refusals.length > 0) throw new Refused(refusals);
  const check = (
    schema: { safeParse(value: unknown): { success: boolean; data?: unknown; error?: unknown } } | undefined,
    value: unknown,
    place: 'params' | 'query' | 'body',
  ) => {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(value);
    if (!result.success) refusals.push(...schemaRefusals(result.error as never, place, value));
    return result.data;
  };
  const params = check(operation.params, request.params, 'params');
  const query =
    operation.query === undefined ? refuseAnyQuery(request, refusals) : check(operation.query, request.query, 'query');
  if (operation.consumes !== undefined) {
    const type = request.headers['content-type'] ?? '';
    // A request without a single byte is not parsed: it is an empty file.
    const file = request.body ?? Buffer.alloc(0);
    if (!Buffer.isBuffer(file) || !operation.consumes.some((wanted) => type.toLowerCase().startsWith(wanted)))
      throw refuse('request.media_type');
    if (refusals.length > 0) throw new Refused(refusals);
    return { params, query, body: file };
  }
  if (operation.body !== undefined) {
    if (request.body === undefined) throw refuse('request.malformed_json');
    if (
      typeof request.body !== 'object' ||
      request.body === null ||
      Array.isArray(request.body) ||
      Buffer.isBuffer(request.body)
    )
      throw refuse('request.body_shape');
  } else if (request.body !== undefined && !isEmptyObject(request.body)) throw refuse('request.body_shape');
  const body = check(operation.body, request.body, 'body');
  if (refusals.length > 0) throw new Refused(refusals);
  return { params, query, body };
}

/** Names of parameters with a character that the database cannot hold. */
function unstorable(request: FastifyRequest): string[] {
  const given = [
    ...Object.entries(request.params as Record<string, unknown>),
    ...Object.entries(request.query as Record<string, unknown>),
  ];
  return given
    .filter(([, value]) =>
      [value].flat().some((text) => typeof text === 'string' && (text.includes('\u0000') || !text.isWellFormed())),
    )
    .map(([name]) => name);
}

const isEmptyObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

function refuseAnyQuery(request: FastifyRequest, refusals: Refusal[]): undefined {
  for (const name of Object.keys(request.query as Record<string, unknown>))
    refusals.push({ code: 'request.bad_parameter', field: name });
  return undefined;
}

/** Secrets in addresses end in logs and histories. */
function refuseSecretsInQuery(request: FastifyRequest): void {
  for (const name of Object.keys(request.query as Record<string, unknown>)) {
    if (/^(api_?key|access_token|token|key)$/i.test(name)) throw refuse('request.key_in_query', undefined, name);
  }
}

async function identify(services: Services, request: FastifyRequest, now: Date): Promise<Actor | null> {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const key = /^Bearer (qk_[0-9a-f]{10}_[\w-]{43})$/.exec(authorization)?.[1];
    const actor = key === undefined ? null : await services.authenticator.byKey(key, now);
    if (actor === null) throw refuse('session.key_invalid');
    return actor;
  }
  const token = request.cookies[SESSION_COOKIE];
  return token === undefined || token.length > 100 ? null : services.authenticator.bySession(token, now);
}

/** A browser that carries the cookie must say that it comes from our own pages. Keys are not sent by browsers on their own. */
function refuseCrossSite(request: FastifyRequest): void {
  if (request.headers.authorization !== undefined) return;
  const origin = request.headers.origin;
  const carriesCookie = request.cookies[SESSION_COOKIE] !== undefined;
  if (origin === undefined ? carriesCookie : hostOf(origin) !== request.headers.host?.toLowerCase())
    throw refuse('session.csrf');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function versionOf(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) throw refuse('request.version_missing');
  const match = /^"(\d{1,9})"$/.exec(header);
  if (match === null) throw refuse('request.version_missing');
  return Number.parseInt(match[1] ?? '', 10);
}

function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') throw refuse('request.idempotency_key_missing');
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw refuse('request.idempotency_key_format');
  return key;
}

function onceOf(
  operation: AnyOperation,
  request: FastifyRequest,
  call: Call<never, never, never>,
): NonNullable<Command<never>['once']> {
  const key = keyOf(request);
  const body: unknown = Buffer.isBuffer(call.body) ? (call.body as Buffer).toString('base64') : call.body;
  return {
    key,
    operation: operation.id,
    hash: canonicalHash({
      params: request.params,
      query: request.query,
      body,
      match: request.headers['if-match'] ?? null,
    }),
  };
}

/** The language of an answer, everywhere the same: what the request asks for, else what the account has chosen, else Traditional Chinese. */
const localeOf = (request: FastifyRequest, actor: Actor | null): string =>
  negotiate(request.headers['accept-language']) ?? asLocale(actor?.accountLocale ?? 'zh-Hant');

function failed(error: unknown, request: FastifyRequest, reply: FastifyReply, locale: string): void {
  if (reply.sent) return;
  if (error instanceof Refused) {
    sendProblem(reply, error.refusals, locale);
    return;
  }
  if (isUnavailable(error)) {
    sendProblem(reply, [{ code: 'request.busy' }], locale);
    return;
  }
  const code = FASTIFY_CODES[(error as { code?: string }).code ?? ''] ?? pluginCode(error);
  if (code !== undefined) {
    sendProblem(reply, [{ code }], locale);
    return;
  }
  request.log.error({ err: error, requestId: request.id }, 'unexpected fault');
  sendProblem(reply, [{ code: 'request.internal' }], locale);
}

/** What plugins refuse (paths that lead out of a folder, broken ranges) is the caller's fault, not ours. */
function pluginCode(error: unknown): string | undefined {
  const status = (error as { statusCode?: unknown }).statusCode;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  return status === 403 || status === 404 ? 'request.not_found' : 'request.bad_parameter';
}

const FASTIFY_CODES: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed_json',
  FST_ERR_BAD_URL: 'request.bad_parameter',
};

/** Paths and methods that nobody serves, and faults before a handler. */
function answerStrangers(server: FastifyInstance, routes: readonly Route[], options: AppExtras): void {
  const patterns = routes.map(({ operation }) => ({
    method: operation.method,
    pattern: new RegExp(`^${operation.path.replace(/:\w+/g, '[^/]+')}$`),
  }));
  server.setErrorHandler((error, request, reply) =>
    failed(error, request, reply, localeOf(request, callers.get(request)?.actor ?? null)),
  );
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = [
      ...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method as string)),
    ];
    if (methods.length > 0) {
      reply.header('Allow', methods.join(', '));
      return sendProblem(reply, [{ code: 'request.method_not_allowed' }], localeOf(request, null));
    }
    if (!path.startsWith('/api/') && (await options.fallback?.(request, reply)) === true) return reply;
    return sendProblem(reply, [{ code: 'request.not_found' }], localeOf(request, null));
  });
}

/** The one way to the server. Every call names an operation of the contract; its types follow from there. */
import type { z } from 'zod';
import type { Operation } from '../../contract/operation.ts';
import { ApiProblem, readProblem } from './problem.ts';
import { type Operations, routes } from './routes.generated.ts';

export type OperationId = keyof Operations;
type Parts<O> =
  O extends Operation<infer P, infer Q, infer B, infer R> ? { params: P; query: Q; body: B; response: R } : never;
type Input<S> = S extends z.ZodType ? z.input<S> : unknown;
type Output<S> = S extends z.ZodType ? z.output<S> : unknown;

export type Params<I extends OperationId> = Input<Parts<Operations[I]>['params']>;
export type Query<I extends OperationId> = Input<Parts<Operations[I]>['query']>;
export type Body<I extends OperationId> = Input<Parts<Operations[I]>['body']>;
/** What the operation answers with. */
export type Answer<I extends OperationId> = Output<Parts<Operations[I]>['response']>;
/** One row of an operation that answers with a page. */
export type Item<I extends OperationId> = Answer<I> extends { items: readonly (infer T)[] } ? T : never;

type Part<Name extends string, T> = unknown extends T
  ? { [K in Name]?: undefined }
  : Record<never, never> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T };
type Route<I extends OperationId> = (typeof routes)[I];
type BodyPart<I extends OperationId> = Route<I> extends { consumes: true } ? { body: Blob } : Part<'body', Body<I>>;
type VersionPart<I extends OperationId> =
  Route<I> extends { versioned: true }
    ? { /** The version that the reader saw. */ ifMatch: number }
    : { ifMatch?: undefined };

export type Args<I extends OperationId> = Part<'params', Params<I>> &
  Part<'query', Query<I>> &
  BodyPart<I> &
  VersionPart<I>;
type Loose = { params?: unknown; query?: unknown; body?: unknown; ifMatch?: number | undefined };
export type CallOptions = {
  signal?: AbortSignal | undefined /** Kept by the caller for retries of the same submit. */;
  idempotencyKey?: string | undefined;
};

type Settings = {
  locale: () => string;
  texts: { network: () => string; networkDetail: () => string; unreadable: () => string };
  onSignedOut: () => void;
};
let settings: Settings = {
  locale: () => 'zh-Hant',
  texts: { network: () => 'network', networkDetail: () => '', unreadable: () => 'unreadable' },
  onSignedOut: () => {},
};

/** Called once at start: the language of the answers and what happens when the session has ended. */
export function configureApi(given: Settings): void {
  settings = given;
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** The address of an operation: for links to files, and for the call itself. Empty values are left out, lists repeat the name. */
export function apiUrl<I extends OperationId>(
  id: I,
  args: { params?: Params<I>; query?: Query<I> | Record<string, unknown> } = {},
): string {
  let path: string = routes[id].path;
  for (const [name, value] of entriesOf(args.params))
    path = path.replace(`:${name}`, encodeURIComponent(String(value)));
  const query = new URLSearchParams();
  for (const [name, value] of entriesOf(args.query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
    }
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The address of a file (list, template, paper) in the language of the interface: a link has no header that says it. */
export const fileUrl = <I extends OperationId>(
  id: I,
  args: { params?: Params<I>; query?: Query<I> | Record<string, unknown> } = {},
): string =>
  apiUrl(id, { ...args, query: { language: settings.locale(), ...Object.fromEntries(entriesOf(args.query)) } });

function requestOf(id: OperationId, args: Loose, options: CallOptions): RequestInit {
  const route: { method: string; idempotent?: boolean } = routes[id];
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': settings.locale() };
  if (route.idempotent === true) headers['Idempotency-Key'] = options.idempotencyKey ?? newKey();
  if (args.ifMatch !== undefined) headers['If-Match'] = `"${args.ifMatch}"`;
  const request: RequestInit = {
    method: route.method,
    headers,
    credentials: 'same-origin',
    signal: options.signal ?? null,
  };
  if (args.body instanceof Blob) {
    headers['Content-Type'] = args.body.type || 'application/octet-stream';
    request.body = args.body;
  } else if (args.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(args.body);
  }
  return request;
}

/** A new Idempotency-Key. `crypto.randomUUID` is missing on plain http other than localhost. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Calls an operation. Throws ApiProblem; a cancelled call throws the signal's reason. */
export async function api<I extends OperationId>(id: I, args: Args<I>, options: CallOptions = {}): Promise<Answer<I>> {
  const loose: Loose = args;
  let response: Response;
  try {
    response = await fetch(
      apiUrl(id, { params: loose.params as Params<I>, query: loose.query as Query<I> }),
      requestOf(id, loose, options),
    );
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new ApiProblem({
      status: 0,
      code: 'client.network',
      title: settings.texts.network(),
      detail: settings.texts.networkDetail(),
    });
  }
  const body = await readBody(response);
  // Cancelled while the body was on its way: what was read of it is no answer.
  options.signal?.throwIfAborted();
  if (response.ok) return body as Answer<I>;
  const problem =
    readProblem(response.status, body, {
      retryAfter: response.headers.get('Retry-After'),
      etag: response.headers.get('ETag'),
    }) ??
    new ApiProblem({
      status: response.status,
      code: 'client.unreadable',
      title: settings.texts.unreadable(),
      detail: `HTTP ${response.status}`,
    });
  if (problem.status === 401 && problem.code === 'session.required') settings.onSignedOut();
  throw problem;
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text().catch(() => '');
  if (text === '') return undefined;
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

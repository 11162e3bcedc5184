/**
 * How reads are answered: so many at a time (doors.ts), with the caller's scope. Documents that the company's people ask for one by one
 * (`readEach`) are read together, because they all see the same rows: a lone call goes at once, what comes meanwhile is the next statement.
 */
import { together } from '../../kernel/together.ts';
import { COMPANY, type Scope } from '../db/database.ts';
import type { Gate } from '../pipeline/gate.ts';
import type { Actor } from '../pipeline/types.ts';
import { type CursorPlace, markCursor, unmarkCursor } from './page.ts';
import type { Call, ReadRoute } from './route.ts';
import type { Services } from './services.ts';

type AnyCall = Call<never, never, never>;

/** The body of the answer; throws what refuses it. */
export type ReadAnswers = (route: ReadRoute, call: AnyCall) => Promise<unknown>;

export function reads({ database, settings }: Pick<Services, 'database' | 'settings'>, gate: Gate): ReadAnswers {
  const joined = new Map<ReadRoute, (call: AnyCall) => Promise<unknown>>();

  async function answersOf(route: ReadRoute, scope: Scope, calls: readonly AnyCall[]): Promise<readonly unknown[]> {
    const env = await settings.env(calls[0]?.now ?? new Date(0));
    return database.read(scope, (tx) => route.answers(tx, env, calls));
  }
  const alone = async (route: ReadRoute, scope: Scope, call: AnyCall) => (await answersOf(route, scope, [call]))[0];

  /** What fails for one fails for that one only: then each is read by itself. */
  async function each(route: ReadRoute, calls: readonly AnyCall[]): Promise<readonly unknown[]> {
    try {
      return await answersOf(route, COMPANY, calls);
    } catch (error) {
      return calls.length === 1
        ? [error]
        : Promise.all(calls.map((call) => alone(route, COMPANY, call).catch((failure: unknown) => failure)));
    }
  }
  function join(route: ReadRoute, call: AnyCall): Promise<unknown> {
    let ask = joined.get(route);
    if (ask === undefined) joined.set(route, (ask = together((calls) => each(route, calls))));
    return ask(call);
  }

  return async (route, call) => {
    const { operation, many } = route;
    const { params, query, actor } = call;
    const place = { operation: operation.id, params, query, partnerId: actor.partnerId };
    const asked = { ...call, query: atCursor(query, place) } as AnyCall;
    const scope = scopeOf(call);
    const found = await gate.run(
      () => (many && scope.kind === 'company' ? join(route, asked) : alone(route, scope, asked)),
      whoCalls(call),
    );
    if (found instanceof Error) throw found;
    return givingCursor(found, place);
  };
}

/** Outside a cursor bears a mark of the list that gave it; inside there is the cursor alone. */
function atCursor(query: unknown, place: CursorPlace): unknown {
  const cursor = (query as { cursor?: unknown } | undefined)?.cursor;
  return typeof cursor === 'string' ? { ...(query as object), cursor: unmarkCursor(cursor, place) } : query;
}

function givingCursor(body: unknown, place: CursorPlace): unknown {
  const cursor = (body as { nextCursor?: unknown } | null)?.nextCursor;
  return typeof cursor === 'string' ? { ...(body as object), nextCursor: markCursor(cursor, place) } : body;
}

/** A partner's people share its turn. A call without an actor is of a public operation: these share one. */
export const whoCalls = ({ actor }: { actor: Actor | null }): string => actor?.partnerId ?? actor?.userId ?? '';

/** What is asked about one partner is read with that partner's scope: a list of hundreds costs each table its part. */
function scopeOf({ actor: { scope }, query }: AnyCall): Scope {
  const partnerId = (query as { partnerId?: unknown } | undefined)?.partnerId;
  if (scope.kind === 'company' || typeof partnerId !== 'string') return scope;
  return { ...scope, ids: scope.ids.filter((id) => id === partnerId) };
}

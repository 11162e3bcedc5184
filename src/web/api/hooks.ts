/** React's side of the client: reads with a cache, actions with keys, progress and problems. */
import {
  hashKey,
  keepPreviousData,
  QueryClient,
  type QueryKey,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useLatest } from '../lib/use-latest.ts';
import { type Answer, type Args, api, type OperationId } from './client.ts';
import { ApiProblem, isProblem } from './problem.ts';
import { submitKeys } from './submit-key.ts';

/** One cache for the whole client. A refusal is final; only a missing answer is tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => isProblem(error) && (error.status === 0 || error.status === 503) && count < 2,
      refetchOnWindowFocus: true,
    },
  },
});

export const queryOf = <I extends OperationId>(id: I, args: Args<I>) => ({
  queryKey: [id, args] as const,
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Answer<I>> => api(id, args, { signal }),
});

export type ApiQueryOptions<A = unknown> = {
  enabled?: boolean /** Show the last answer while the next one is on its way (filters, pages). */;
  keepPrevious?: boolean;
  /** How often to ask again, in ms; or what the last answer says about that. */
  refetchInterval?: number | ((last: A) => number | false);
  staleTime?: number;
};

/** `const { data, error, isPending } = useApiQuery('orderGet', { params: { orderId } })` */
export function useApiQuery<I extends OperationId>(
  id: I,
  args: Args<I>,
  options: ApiQueryOptions<Answer<I>> = {},
): UseQueryResult<Answer<I>, Error> {
  const { keepPrevious, refetchInterval: interval, ...rest } = options;
  return useQuery({
    ...queryOf(id, args),
    ...rest,
    ...(interval === undefined
      ? {}
      : {
          refetchInterval:
            typeof interval === 'number'
              ? interval
              : ({ state }: { state: { data: Answer<I> | undefined } }) =>
                  state.data === undefined ? false : interval(state.data),
        }),
    ...(keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<Answer<I>, Error>;
}

export type ApiAction<I extends OperationId> = {
  /** Sends; throws ApiProblem. For forms, which show the problem themselves. */
  run(args: Args<I>): Promise<Answer<I>>;
  /** Sends; undefined when it failed, the problem is then in `problem`. For buttons. */
  attempt(args: Args<I>): Promise<Answer<I> | undefined>;
  pending: boolean;
  problem: ApiProblem | null;
  clear(): void;
};

/**
 * A write. Sends one Idempotency-Key per submit (kept when the answer did not come), and afterwards refreshes every list and document on the screen.
 * `const accept = useApiAction('orderAccept'); <Button loading={accept.pending} onClick={() => accept.attempt({ params, body, ifMatch: order.version })} />`
 */
export function useApiAction<I extends OperationId>(
  id: I,
  options: {
    onDone?: (answer: Answer<I>) => void;
    /** What the answer already is, by its key (`queryOf`): it is shown at once, and nothing waits until the rest has been asked for. */
    becomes?: (answer: Answer<I>) => readonly [OperationId, unknown];
  } = {},
): ApiAction<I> {
  const client = useQueryClient();
  const keys = useMemo(() => submitKeys(), []);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const onDone = useLatest(options.onDone);
  const becomes = useLatest(options.becomes);

  const run = useCallback(
    async (args: Args<I>): Promise<Answer<I>> => {
      setPending(true);
      setProblem(null);
      try {
        const answer = await api(id, args, { idempotencyKey: keys.keyFor(args) });
        keys.settled();
        const known = becomes.current?.(answer);
        if (known === undefined) await refresh(client);
        else {
          client.setQueryData(known, answer);
          refreshSoon(client, known);
        }
        onDone.current?.(answer);
        return answer;
      } catch (error) {
        keys.settled(error);
        const told = isProblem(error)
          ? error
          : new ApiProblem({
              status: 0,
              code: 'client.unexpected',
              title: error instanceof Error ? error.message : String(error),
            });
        // Somebody else was quicker: what is on the screen is old.
        if (told.status === 412 || told.status === 409) void refresh(client);
        setProblem(told);
        throw told;
      } finally {
        setPending(false);
      }
    },
    [id, keys, client, onDone, becomes],
  );
  const attempt = useCallback((args: Args<I>) => run(args).catch(() => undefined), [run]);
  const clear = useCallback(() => setProblem(null), []);
  return { run, attempt, pending, problem, clear };
}

type Which = (query: { queryKey: QueryKey; queryHash: string }) => boolean;
/** Everything but the session. */
const all: Which = ({ queryKey }) => queryKey[0] !== 'sessionGet';

/** Marks everything stale and fetches again what is on the screen; the session itself stays. */
export const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ predicate: all });

/** So long the answer has the machine to itself. */
const DRAWN_MS = 150;

/**
 * Marks everything stale but what has just been answered. What comes on the screen with the answer asks for itself; what stays on it is
 * fetched again when the answer has been drawn.
 */
function refreshSoon(client: QueryClient, answered: QueryKey): void {
  const kept = hashKey(answered);
  const predicate: Which = (query) => all(query) && query.queryHash !== kept;
  void client.invalidateQueries({ predicate, refetchType: 'none' });
  setTimeout(
    () => void client.refetchQueries({ predicate, type: 'active', stale: true }, { cancelRefetch: false }),
    DRAWN_MS,
  );
}

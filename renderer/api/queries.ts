import { QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type Answer, look } from './client.ts';
import { connection } from './connection.ts';
import type { ReadInput, ReadOperation } from './operations/define.ts';
import { ApiProblem } from './problem.ts';
import { type LiveEvent, startLive } from './socket.ts';

/** Everything that was read is kept until a fact says that it is out of date. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
  },
});

export interface Read<Data> {
  /** Absent until it has been loaded once; what was loaded before stays while the server is away. */
  readonly data: Data | undefined;
  readonly meta: Answer<Data>['meta'];
  /** Epoch ms by the server's clock: when this was true. */
  readonly at: number | null;
  /** Why it could not be loaded, or loaded anew. */
  readonly error: Error | null;
  readonly loading: boolean;
  again(): void;
}

interface ReadHow {
  /** False: not yet, such as while a dialogue is closed. */
  readonly wanted?: boolean;
  /** Ms after which it is asked for again anyway: for what no fact tells, such as slips that wait. */
  readonly every?: number;
}

const keyOf = (operation: ReadOperation, input: unknown) => [operation.operation, input ?? {}] as const;

/** What the server says, kept up to date by the facts that `staleAfter` names. */
export function useRead<Path extends string, Query, Data>(
  operation: ReadOperation<Path, Query, Data>,
  input: ReadInput<Path, Query>,
  { wanted = true, every }: ReadHow = {},
): Read<Data> {
  const found = useQuery({
    queryKey: keyOf(operation as ReadOperation, input),
    queryFn: ({ signal }) => look(operation, input, { signal }),
    meta: { staleAfter: operation.staleAfter },
    enabled: wanted,
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
  return {
    data: found.data?.data,
    meta: found.data?.meta ?? null,
    at: found.data?.at ?? null,
    error: found.error,
    loading: found.isFetching,
    again: () => void found.refetch(),
  };
}

/** Loads anew whatever this operation has answered: after a change whose fact this window would not hear of. */
export function useRefresh(): (operation: { readonly operation: string }) => void {
  const client = useQueryClient();
  return ({ operation }) => void client.invalidateQueries({ queryKey: [operation] });
}

const SERVER_FAILED = 500;

/** Whether something that is on the screen could not be loaded because the server failed, rather than refused or was away. */
export function useBroken(): boolean {
  const cache = useQueryClient().getQueryCache();
  return useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () =>
      cache
        .getAll()
        .some(
          (query) =>
            query.getObserversCount() > 0 &&
            query.state.error instanceof ApiProblem &&
            query.state.error.status >= SERVER_FAILED,
        ),
  );
}

/** Facts come in bursts; what they touch is loaded anew once for all that came within this time. */
const GATHER_MS = 250;

/** Keeps every read up to date for as long as the window is open. */
export function keepFresh(): () => void {
  const told = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | null = null;
  const isTouched = (staleAfter: unknown): boolean =>
    Array.isArray(staleAfter) && staleAfter.some((beginning) => [...told].some((kind) => kind.startsWith(beginning)));

  function refresh(): void {
    gathering = null;
    void queries.invalidateQueries({ predicate: ({ meta }) => isTouched(meta?.['staleAfter']) });
    told.clear();
  }
  function onFact({ fact }: LiveEvent): void {
    told.add(fact);
    gathering ??= setTimeout(refresh, GATHER_MS);
  }
  const onResync = (): void => void queries.invalidateQueries();
  const stopLive = startLive({ onFact, onResync });

  let wasLost = false;
  const stopWatching = connection.subscribe(() => {
    const { state } = connection.get();
    // What failed while the server was away is tried again; what was loaded is brought up to date by the socket.
    if (wasLost && state === 'live')
      void queries.invalidateQueries({ predicate: (query) => query.state.error !== null });
    wasLost = state === 'lost' || (wasLost && state !== 'live');
  });
  return () => {
    stopLive();
    stopWatching();
    if (gathering !== null) clearTimeout(gathering);
  };
}

import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Fetches what a message says has changed. A first answer that is still under way may have been made before the change, and
 * TanStack Query goes on waiting for it rather than asking anew: such queries are asked once more when it has come.
 */
export async function refetch(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  const firstAnswersUnderWay =
    queries.isFetching({ queryKey, predicate: (query) => query.state.data === undefined }) > 0;
  await queries.invalidateQueries({ queryKey });
  if (firstAnswersUnderWay) await queries.invalidateQueries({ queryKey });
}

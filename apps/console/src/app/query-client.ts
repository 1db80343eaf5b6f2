import { ProblemError } from '@mooring/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

const RETRIES_MAX = 2;
const STALE_AFTER_MS = 30_000;

/**
 * The cache of answers.
 * @param onUnauthenticated called when a call was refused for want of a good token
 */
export function queryClient(onUnauthenticated: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ProblemError && error.status === 401) onUnauthenticated();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        retry: (failures, error) => failures < RETRIES_MAX && error instanceof ProblemError && error.retryable,
      },
      mutations: { retry: false },
    },
  });
}

import { dataOf, ProblemError } from '@mooring/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../api/api.tsx';
import { asProblem } from '../api/problem-alert.tsx';
import type { ConnectOutcome, OfferedAccount } from '../api/model.ts';
import { keys } from '../connections/queries.ts';
import { showToast } from '../live/toasts.tsx';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import type { Failure } from './connect-failure.tsx';
import { forgetReturn, pendingReturn } from './connect-return.ts';
import { outcomeText } from './selection.ts';

/** How often an activation that heals by itself is asked after. */
const ACTIVATING_POLL_MS = 1_500;

/** Claims what came back from the platform, and carries it to its end. */
export function useConnectReturn() {
  const { gateway } = useApi();
  const queries = useQueryClient();
  const { workspace, choose: chooseWorkspace } = useWorkspace();
  const [pending, setPending] = useState(pendingReturn);
  const close = useCallback(() => {
    forgetReturn();
    setPending(null);
  }, []);

  const key = ['claim', pending?.sessionId];
  const claim = useQuery({
    queryKey: key,
    enabled: pending !== null,
    staleTime: Infinity,
    retry: (count, error) =>
      count < 2 && asProblem(error).retryable && asProblem(error).code !== 'platform_unavailable',
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => (state.data?.session.state === 'activating' ? ACTIVATING_POLL_MS : false),
    queryFn: () =>
      dataOf(
        gateway.POST('/v1/connect-sessions/{sessionId}/claim', {
          params: { path: { sessionId: pending?.sessionId ?? '' } },
          body: { result: pending?.result ?? '' },
        }),
      ),
  });
  const choice = useMutation({
    mutationFn: (accounts: OfferedAccount[]) =>
      dataOf(
        gateway.POST('/v1/connect-sessions/{sessionId}/selection', {
          params: { path: { sessionId: pending?.sessionId ?? '' } },
          body: { accounts: accounts.map(({ accountId, kind }) => ({ accountId, kind })) },
        }),
      ),
    onSuccess: (outcome) => queries.setQueryData(key, outcome),
  });

  const outcome = claim.data ?? null;
  const done = pending !== null && outcome?.session.state === 'done';
  useEffect(() => {
    if (!done || !outcome) return;
    if (outcome.session.workspaceId !== workspace.id) chooseWorkspace(outcome.session.workspaceId);
    showToast({ text: outcomeText(outcome), tone: 'success' }, `connected-${outcome.session.id}`);
    void queries.invalidateQueries({ queryKey: keys.workspace(outcome.session.workspaceId) });
    close();
  }, [done, outcome, workspace.id, chooseWorkspace, queries, close]);

  return { pending, outcome, failure: failureOf(outcome, claim.error), choice, close };
}

function failureOf(outcome: ConnectOutcome | null, error: unknown): Failure | null {
  if (error instanceof ProblemError) {
    const { diagnosticId } = error.members;
    return {
      code: error.code,
      message: error.detail,
      // The connect flow has an id over all its requests; other failures have that of the one request.
      diagnosticId: typeof diagnosticId === 'string' ? diagnosticId : error.requestId,
    };
  }
  if (outcome?.session.failure) return outcome.session.failure;
  if (outcome?.session.state === 'expired') {
    return { code: 'link_expired', message: 'The connection link expired.', diagnosticId: outcome.session.id };
  }
  return null;
}

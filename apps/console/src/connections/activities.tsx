import { dataOf } from '@mooring/client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../api/api.tsx';
import { asProblem } from '../api/problem-alert.tsx';
import { useLive } from '../live/live-provider.tsx';
import { showToast } from '../live/toasts.tsx';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { keys } from './queries.ts';

/** What Mooring is doing with a connection because a person asked for it. */
export type Activity = 'check' | 'refresh';

/** The live stream tells the end; where it says nothing for this long, the page looks by itself. */
const PATIENCE_MS = 20_000;

interface Activities {
  readonly activityOf: (connectionId: string) => Activity | null;
  readonly start: (connectionId: string, activity: Activity) => Promise<void>;
}

const ActivitiesContext = createContext<Activities | null>(null);

/** Outcomes of an attempt that the platform did not answer. */
const NO_ANSWER: readonly string[] = ['no_answer', 'failed'];
const NOTHING_CHANGED = 'The platform did not answer. Nothing has changed; Mooring tries again by itself.';

const END_OF: Readonly<Record<Activity, string>> = { check: 'ConnectionChecked', refresh: 'ConnectionRefreshed' };

/** Runs checks and refreshes, and knows which are under way. */
export function ActivitiesProvider({ children }: { readonly children: ReactNode }) {
  const { gateway } = useApi();
  const { id: workspaceId } = useWorkspace().workspace;
  const { subscribe } = useLive();
  const queries = useQueryClient();
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const [running, setRunning] = useState<ReadonlyMap<string, Activity>>(new Map());

  const end = useCallback(
    (connectionId: string) => {
      clearTimeout(timers.current.get(connectionId));
      timers.current.delete(connectionId);
      setRunning((before) => new Map([...before].filter(([id]) => id !== connectionId)));
      void queries.invalidateQueries({ queryKey: keys.workspace(workspaceId) });
    },
    [queries, workspaceId],
  );

  useEffect(
    () =>
      subscribe(({ connectionId, cause, outcome }) => {
        const activity = connectionId ? running.get(connectionId) : undefined;
        if (!connectionId || !activity || cause !== END_OF[activity]) return;
        end(connectionId);
        if (outcome !== null && NO_ANSWER.includes(outcome)) showToast({ text: NOTHING_CHANGED, tone: 'info' });
      }),
    [subscribe, running, end],
  );

  const start = useCallback(
    async (connectionId: string, activity: Activity) => {
      setRunning((before) => new Map(before).set(connectionId, activity));
      timers.current.set(
        connectionId,
        setTimeout(() => end(connectionId), PATIENCE_MS),
      );
      const path = { params: { path: { connectionId } } };
      try {
        if (activity === 'check') await dataOf(gateway.POST('/v1/connections/{connectionId}/check', path));
        else await dataOf(gateway.POST('/v1/connections/{connectionId}/refresh', path));
      } catch (error) {
        end(connectionId);
        showToast({ text: asProblem(error).detail, tone: 'error' });
      }
    },
    [gateway, end],
  );

  const value = useMemo<Activities>(() => ({ activityOf: (id) => running.get(id) ?? null, start }), [running, start]);
  return <ActivitiesContext value={value}>{children}</ActivitiesContext>;
}

/** The activities of the nearest provider. */
export function useActivities(): Activities {
  const value = useContext(ActivitiesContext);
  if (!value) throw new Error('useActivities outside of ActivitiesProvider');
  return value;
}

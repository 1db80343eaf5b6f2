import { type LiveState, openLiveStream } from '@mooring/client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../api/api.tsx';
import { keys } from '../connections/queries.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { lastSeen, rememberSeen } from './last-seen.ts';
import { type LiveNews, readNews } from './messages.ts';
import { refetch } from './refetch.ts';
import { showToast } from './toasts.tsx';

type Listener = (news: LiveNews) => void;

interface Live {
  readonly state: LiveState;
  /** Calls a listener with every piece of news; answers how to stop. */
  readonly subscribe: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** One stream for the page: toasts as the server words them, and fresh answers for what has changed. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const { baseUrl, accessToken, actingHeaders } = useApi();
  const { id } = useWorkspace().workspace;
  const queries = useQueryClient();
  const listeners = useRef(new Set<Listener>());
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    let wasLost = false;
    const resumeAfter = lastSeen(id);
    const refresh = () => void refetch(queries, keys.workspace(id));
    const stream = openLiveStream({
      url: `${baseUrl}/v1/live?workspace=${encodeURIComponent(id)}`,
      accessToken,
      headers: actingHeaders,
      ...(resumeAfter ? { lastEventId: resumeAfter } : {}),
      onState: (next) => {
        setState(next);
        if (next === 'open' && wasLost) refresh();
        wasLost = next === 'waiting' || (wasLost && next !== 'open');
      },
      onMessage: (message) => {
        if (message.id) rememberSeen(id, message.id);
        const news = readNews(message);
        if (news.workspaceId !== null && news.workspaceId !== id) return;
        if (news.toast) showToast(news.toast, message.id ?? undefined);
        if (news.connectionId || message.type === 'reset') refresh();
        for (const listener of listeners.current) listener(news);
      },
    });
    return () => stream.close();
  }, [baseUrl, accessToken, actingHeaders, id, queries]);

  const value = useMemo<Live>(
    () => ({
      state,
      subscribe: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <LiveContext value={value}>{children}</LiveContext>;
}

/** The live stream of the nearest provider. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive outside of LiveProvider');
  return live;
}

import { dataOf } from '@mooring/client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type Api, useApi } from '../api/api.tsx';
import type { Connection } from '../api/model.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';

const ALL_STATUSES: Connection['status'][] = ['connected', 'expiring_soon', 'needs_reconnect', 'disconnected'];
const PAGE_SIZE = 100;
/** A workspace with more accounts than this sees the first ones; those that need attention come first. */
const PAGES_MAX = 10;

/** Names of cached answers; the live stream refreshes by them. */
export const keys = {
  me: ['me'] as const,
  workspace: (workspaceId: string) => ['workspace', workspaceId] as const,
  connections: (workspaceId: string) => ['workspace', workspaceId, 'connections'] as const,
  summary: (workspaceId: string) => ['workspace', workspaceId, 'summary'] as const,
  platforms: (workspaceId: string) => ['workspace', workspaceId, 'platforms'] as const,
  connection: (workspaceId: string, id: string) => ['workspace', workspaceId, 'connection', id] as const,
  history: (workspaceId: string, id: string) => ['workspace', workspaceId, 'connection', id, 'events'] as const,
};

async function everyConnection({ gateway }: Api, workspaceId: string, signal: AbortSignal): Promise<Connection[]> {
  const found: Connection[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { status: ALL_STATUSES, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) };
    const answer = await dataOf(
      gateway.GET('/v1/workspaces/{workspaceId}/connections', {
        params: { path: { workspaceId }, query },
        querySerializer: { array: { style: 'form', explode: false } },
        signal,
      }),
    );
    found.push(...answer.data);
    if (!answer.nextCursor) break;
    cursor = answer.nextCursor;
  }
  return found;
}

/** Every connection of the current workspace, disconnected ones included. */
export function useConnections() {
  const api = useApi();
  const { id } = useWorkspace().workspace;
  return useQuery({
    queryKey: keys.connections(id),
    queryFn: ({ signal }) => everyConnection(api, id, signal),
  });
}

/** Counts per status of the current workspace. */
export function useSummary() {
  const { gateway } = useApi();
  const { id } = useWorkspace().workspace;
  return useQuery({
    queryKey: keys.summary(id),
    queryFn: ({ signal }) =>
      dataOf(
        gateway.GET('/v1/workspaces/{workspaceId}/connections/summary', {
          params: { path: { workspaceId: id } },
          signal,
        }),
      ),
  });
}

/** What can be connected in the current workspace. */
export function usePlatforms(enabled: boolean) {
  const { gateway } = useApi();
  const { id } = useWorkspace().workspace;
  return useQuery({
    queryKey: keys.platforms(id),
    enabled,
    queryFn: ({ signal }) => dataOf(gateway.GET('/v1/platforms', { params: { query: { workspace: id } }, signal })),
  });
}

/** One connection with everything that its panel shows. */
export function useConnectionDetail(connectionId: string | null) {
  const { gateway } = useApi();
  const { id } = useWorkspace().workspace;
  return useQuery({
    ...connectionQuery(gateway, id, connectionId ?? ''),
    enabled: connectionId !== null,
  });
}

function connectionQuery(gateway: Api['gateway'], workspaceId: string, connectionId: string) {
  return queryOptions({
    queryKey: keys.connection(workspaceId, connectionId),
    queryFn: ({ signal }) =>
      dataOf(gateway.GET('/v1/connections/{connectionId}', { params: { path: { connectionId } }, signal })),
  });
}

/** What happened to a connection, the newest first. */
export function useHistory(connectionId: string) {
  const { gateway } = useApi();
  const { id } = useWorkspace().workspace;
  return useQuery({
    queryKey: keys.history(id, connectionId),
    queryFn: ({ signal }) =>
      dataOf(
        gateway.GET('/v1/connections/{connectionId}/events', {
          params: { path: { connectionId }, query: { limit: 30 } },
          signal,
        }),
      ),
  });
}

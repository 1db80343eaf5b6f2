import { dataOf } from '@mooring/client';
import { useMutation } from '@tanstack/react-query';
import { type Api, useApi } from '../api/api.tsx';
import type { PlatformOffer } from '../api/model.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';

function returnUrl(): string {
  return `${window.location.origin}/`;
}

/** What is to be connected, and whether permissions that were declined are to be asked for once more. */
interface Beginning {
  readonly offer: Pick<PlatformOffer, 'platform'>;
  readonly rerequest?: boolean;
}

/** Begins a connection and leaves for the platform. */
export function useStartConnecting() {
  const { gateway } = useApi();
  const { id } = useWorkspace().workspace;
  return useMutation({
    mutationFn: (beginning: Beginning) => beginConnecting(gateway, id, beginning),
    onSuccess: ({ startUrl }) => leave(startUrl),
  });
}

/** Begins the reconnection of one account and leaves for the platform. */
export function useStartReconnecting() {
  const { gateway } = useApi();
  return useMutation({
    mutationFn: (connectionId: string) => beginReconnecting(gateway, connectionId),
    onSuccess: ({ startUrl }) => leave(startUrl),
  });
}

/** Begins anew what a session that failed was for. Fails where that cannot be found out: it may be another person's. */
export function useStartAgain(sessionId: string) {
  const { gateway } = useApi();
  return useMutation({
    mutationFn: async (rerequest: boolean) => {
      const session = await dataOf(
        gateway.GET('/v1/connect-sessions/{sessionId}', { params: { path: { sessionId } } }),
      );
      return session.purpose === 'reconnect' && session.connectionId
        ? beginReconnecting(gateway, session.connectionId, rerequest)
        : beginConnecting(gateway, session.workspaceId, { offer: session, rerequest });
    },
    onSuccess: ({ startUrl }) => leave(startUrl),
  });
}

function beginConnecting(gateway: Api['gateway'], workspaceId: string, { offer, rerequest }: Beginning) {
  return dataOf(
    gateway.POST('/v1/workspaces/{workspaceId}/connect-sessions', {
      params: { path: { workspaceId } },
      body: { platform: offer.platform, returnUrl: returnUrl(), ...(rerequest ? { rerequest } : {}) },
    }),
  );
}

function beginReconnecting(gateway: Api['gateway'], connectionId: string, rerequest = false) {
  return dataOf(
    gateway.POST('/v1/connections/{connectionId}/reconnect-sessions', {
      params: { path: { connectionId } },
      body: { returnUrl: returnUrl(), ...(rerequest ? { rerequest } : {}) },
    }),
  );
}

function leave(startUrl: string): void {
  if (!/^https?:$/.test(new URL(startUrl).protocol)) throw new Error('the start address is no web address');
  window.location.assign(startUrl);
}

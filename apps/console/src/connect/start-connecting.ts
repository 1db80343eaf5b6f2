import { dataOf } from '@mooring/client';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../api/api.tsx';
import type { PlatformOffer } from '../api/model.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';

type PlatformName = 'facebook' | 'instagram' | 'linkedin' | 'tiktok' | 'x';

function returnUrl(): string {
  return `${window.location.origin}/`;
}

/** Begins a connection and leaves for the platform. */
export function useStartConnecting() {
  const { gateway } = useApi();
  const { id } = useWorkspace().workspace;
  return useMutation({
    mutationFn: ({ offer, rerequest }: { offer: Pick<PlatformOffer, 'platform'>; rerequest?: boolean }) =>
      dataOf(
        gateway.POST('/v1/workspaces/{workspaceId}/connect-sessions', {
          params: { path: { workspaceId: id } },
          // The server says which platforms there are, and refuses any other.
          body: {
            platform: offer.platform as PlatformName,
            returnUrl: returnUrl(),
            ...(rerequest ? { rerequest } : {}),
          },
        }),
      ),
    onSuccess: ({ startUrl }) => leave(startUrl),
  });
}

/** Begins the reconnection of one account and leaves for the platform. */
export function useStartReconnecting() {
  const { gateway } = useApi();
  return useMutation({
    mutationFn: (connectionId: string) =>
      dataOf(
        gateway.POST('/v1/connections/{connectionId}/reconnect-sessions', {
          params: { path: { connectionId } },
          body: { returnUrl: returnUrl() },
        }),
      ),
    onSuccess: ({ startUrl }) => leave(startUrl),
  });
}

function leave(startUrl: string): void {
  if (!/^https?:$/.test(new URL(startUrl).protocol)) throw new Error('the start address is no web address');
  window.location.assign(startUrl);
}

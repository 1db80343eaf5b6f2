import {
  createGatewayClient,
  createNotificationsClient,
  type GatewayClient,
  type NotificationsClient,
} from '@mooring/client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

/** The services as one workspace (or none yet) sees them. */
export interface Api {
  readonly baseUrl: string;
  readonly gateway: GatewayClient;
  readonly notifications: NotificationsClient;
  readonly accessToken: () => Promise<string>;
  /** Headers that name the workspace a hub admin acts in. */
  readonly actingHeaders: Readonly<Record<string, string>>;
}

const ApiContext = createContext<Api | null>(null);

/** Gives the components below the API, acting in a workspace where `actingWorkspace` names one. */
export function ApiProvider(props: {
  readonly baseUrl: string;
  readonly accessToken: () => Promise<string>;
  readonly actingWorkspace: string | null;
  readonly children: ReactNode;
}) {
  const { baseUrl, accessToken, actingWorkspace } = props;
  const api = useMemo<Api>(() => {
    const actingHeaders: Record<string, string> = actingWorkspace
      ? { 'Mooring-Acting-Workspace': actingWorkspace }
      : {};
    const options = { baseUrl, accessToken, headers: () => actingHeaders };
    return {
      baseUrl,
      accessToken,
      actingHeaders,
      gateway: createGatewayClient(options),
      notifications: createNotificationsClient(options),
    };
  }, [baseUrl, accessToken, actingWorkspace]);
  return <ApiContext value={api}>{props.children}</ApiContext>;
}

/** The API of the nearest provider. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi outside of ApiProvider');
  return api;
}

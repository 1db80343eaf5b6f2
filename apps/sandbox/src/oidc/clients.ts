import type { ClientMetadata } from 'oidc-provider';
import type { OidcSettings } from '../config.ts';

const CONSOLE_CLIENT_ID = 'mooring-console';

export const API_RESOURCE = 'urn:mooring:api';
const VAULT_RESOURCE = 'urn:mooring:vault';

/** Scopes that a token for each resource may carry. */
export const RESOURCE_SCOPES: Record<string, string[]> = {
  [API_RESOURCE]: ['connections:read', 'tokens:read', 'posts:write', 'directory:write', 'platforms:read'],
  [VAULT_RESOURCE]: ['tokens:read', 'vault:internal'],
};

interface ServiceClient {
  scopes: string[];
  /** Resource of a token request that names none. */
  resource: string;
}

const SERVICE_CLIENTS: Record<string, ServiceClient> = {
  publisher: { scopes: ['connections:read', 'tokens:read', 'posts:write'], resource: API_RESOURCE },
  directory: { scopes: ['directory:write', 'connections:read', 'platforms:read'], resource: API_RESOURCE },
  gateway: { scopes: ['vault:internal'], resource: VAULT_RESOURCE },
};

export function defaultResourceOf(clientId: string): string {
  return SERVICE_CLIENTS[clientId]?.resource ?? API_RESOURCE;
}

export function consoleOrigins(settings: OidcSettings): string[] {
  return [...new Set(settings.consoleRedirectUris.map((uri) => new URL(uri).origin))];
}

function serviceClient(settings: OidcSettings, clientId: string, scopes: string[]): ClientMetadata {
  const secret = settings.serviceClientSecrets[clientId];
  if (secret === undefined) throw new Error(`SERVICE_CLIENT_SECRETS: no secret for ${clientId}`);
  return {
    client_id: clientId,
    client_secret: secret,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: scopes.join(' '),
  };
}

export function oidcClients(settings: OidcSettings): ClientMetadata[] {
  const consoleClient: ClientMetadata = {
    client_id: CONSOLE_CLIENT_ID,
    client_name: 'Mooring console',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: settings.consoleRedirectUris,
    post_logout_redirect_uris: [
      ...new Set([
        ...settings.consoleRedirectUris,
        ...consoleOrigins(settings).flatMap((origin) => [origin, `${origin}/`]),
      ]),
    ],
  };
  const services = Object.entries(SERVICE_CLIENTS).map(([id, { scopes }]) => serviceClient(settings, id, scopes));
  return [consoleClient, ...services];
}

import type { SecretUrlParameter } from '@mooring/adapters-core';
import type { FacebookSettings } from './settings.ts';

/** Addresses of Facebook Login and Graph, all of one version. */
export interface FacebookEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly debugTokenUrl: string;
  readonly meUrl: string;
  readonly permissionsUrl: string;
  readonly accountsUrl: string;
  readonly businessesUrl: string;
  readonly adAccountsUrl: string;
  /** A Page, an Instagram account, an ad account, a pixel, the app. */
  nodeUrl(id: string): string;
  edgeUrl(id: string, edge: 'owned_pages' | 'client_pages' | 'adspixels' | 'posts' | 'media' | 'permissions'): string;
}

/** Builds the addresses from the settings. */
export function facebookEndpoints(settings: FacebookSettings): FacebookEndpoints {
  const dialog = `${withoutSlash(settings.dialogUrl)}/${settings.graphVersion}`;
  const graph = `${withoutSlash(settings.graphUrl)}/${settings.graphVersion}`;
  return {
    authorizationUrl: `${dialog}/dialog/oauth`,
    tokenUrl: `${graph}/oauth/access_token`,
    debugTokenUrl: `${graph}/debug_token`,
    meUrl: `${graph}/me`,
    permissionsUrl: `${graph}/me/permissions`,
    accountsUrl: `${graph}/me/accounts`,
    businessesUrl: `${graph}/me/businesses`,
    adAccountsUrl: `${graph}/me/adaccounts`,
    nodeUrl: (id) => `${graph}/${encodeURIComponent(id)}`,
    edgeUrl: (id, edge) => `${graph}/${encodeURIComponent(id)}/${edge}`,
  };
}

/** Graph reads credentials of GET and DELETE from the query; the exchange goes as a form and is not among these. */
export const SECRET_URL_PARAMETERS: readonly SecretUrlParameter[] = [
  { name: 'access_token', source: 'developers.facebook.com/docs/facebook-login/guides/access-tokens' },
  { name: 'input_token', source: 'developers.facebook.com/docs/graph-api/reference/debug_token' },
  { name: 'appsecret_proof', source: 'developers.facebook.com/docs/graph-api/guides/secure-requests' },
];

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

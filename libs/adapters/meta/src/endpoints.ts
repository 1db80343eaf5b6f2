import type { SecretUrlParameter } from '@mooring/adapters-core';
import type { FacebookSettings } from './settings.ts';

/** Addresses of Facebook Login and Graph, all of one version. */
export interface FacebookEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly debugTokenUrl: string;
  readonly meUrl: string;
  readonly accountsUrl: string;
  readonly businessesUrl: string;
  portfolioPagesUrl(businessId: string, edge: 'owned_pages' | 'client_pages'): string;
  pageUrl(pageId: string): string;
  permissionsUrl(userId: string): string;
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
    accountsUrl: `${graph}/me/accounts`,
    businessesUrl: `${graph}/me/businesses`,
    portfolioPagesUrl: (businessId, edge) => `${graph}/${encodeURIComponent(businessId)}/${edge}`,
    pageUrl: (pageId) => `${graph}/${encodeURIComponent(pageId)}`,
    permissionsUrl: (userId) => `${graph}/${encodeURIComponent(userId)}/permissions`,
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

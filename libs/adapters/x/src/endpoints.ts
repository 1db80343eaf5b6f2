import type { SecretUrlParameter } from '@mooring/adapters-core';
import type { XSettings } from './settings.ts';

/** Addresses of X's OAuth 2.0 and of version 2 of its API. */
export interface XEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly meUrl: string;
  postsUrl(userId: string): string;
}

/** Builds the addresses from the settings. */
export function xEndpoints(settings: Pick<XSettings, 'authUrl' | 'apiUrl'>): XEndpoints {
  const api = withoutSlash(settings.apiUrl);
  return {
    authorizationUrl: `${withoutSlash(settings.authUrl)}/i/oauth2/authorize`,
    tokenUrl: `${api}/2/oauth2/token`,
    revokeUrl: `${api}/2/oauth2/revoke`,
    meUrl: `${api}/2/users/me`,
    postsUrl: (userId) => `${api}/2/users/${encodeURIComponent(userId)}/tweets`,
  };
}

/** X takes every secret in a header or a form. */
export const SECRET_URL_PARAMETERS: readonly SecretUrlParameter[] = [];

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

import type { SecretUrlParameter } from '@mooring/adapters-core';
import type { TikTokSettings } from './settings.ts';

/** Addresses of Login Kit and the API. TikTok's end in slashes, and without them it answers otherwise. */
export interface TikTokEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly userInfoUrl: string;
  readonly videoListUrl: string;
  readonly creatorInfoUrl: string;
}

/** Builds the addresses from the settings. */
export function tikTokEndpoints({ authUrl, apiUrl }: Pick<TikTokSettings, 'authUrl' | 'apiUrl'>): TikTokEndpoints {
  const api = `${withoutSlash(apiUrl)}/v2`;
  return {
    authorizationUrl: `${withoutSlash(authUrl)}/v2/auth/authorize/`,
    tokenUrl: `${api}/oauth/token/`,
    revokeUrl: `${api}/oauth/revoke/`,
    userInfoUrl: `${api}/user/info/`,
    videoListUrl: `${api}/video/list/`,
    creatorInfoUrl: `${api}/post/publish/creator_info/query/`,
  };
}

/** Credentials go as a form, access tokens in a header: nothing secret stands in a URL. */
export const SECRET_URL_PARAMETERS: readonly SecretUrlParameter[] = [];

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

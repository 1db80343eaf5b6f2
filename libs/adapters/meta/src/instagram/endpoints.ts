import type { SecretUrlParameter } from '@mooring/adapters-core';
import type { InstagramSettings } from './settings.ts';

/** Addresses of Instagram Login. Those of tokens have no version. */
export interface InstagramEndpoints {
  readonly authorizationUrl: string;
  /** Where codes are exchanged. */
  readonly tokenUrl: string;
  /** Where the short-lived token becomes a long-lived one. */
  readonly longLivedUrl: string;
  readonly refreshUrl: string;
  readonly meUrl: string;
  readonly mediaUrl: string;
  readonly permissionsUrl: string;
}

/** Builds the addresses from the settings. */
export function instagramEndpoints(settings: InstagramSettings): InstagramEndpoints {
  const [dialog, api, graph] = [settings.dialogUrl, settings.apiUrl, settings.graphUrl].map((url) =>
    url.replace(/\/+$/, ''),
  );
  const me = `${graph}/${settings.graphVersion}/me`;
  return {
    authorizationUrl: `${dialog}/oauth/authorize`,
    tokenUrl: `${api}/oauth/access_token`,
    longLivedUrl: `${graph}/access_token`,
    refreshUrl: `${graph}/refresh_access_token`,
    meUrl: me,
    mediaUrl: `${me}/media`,
    permissionsUrl: `${me}/permissions`,
  };
}

/** Hosts that are called, each once; the dialog is the browser's. */
export function instagramOrigins({ apiUrl, graphUrl }: Pick<InstagramSettings, 'apiUrl' | 'graphUrl'>): string[] {
  return [...new Set([apiUrl, graphUrl])];
}

/** Instagram takes these with GET and DELETE only; the code exchange goes as a form and is not among them. */
export const SECRET_URL_PARAMETERS: readonly SecretUrlParameter[] = [
  {
    name: 'access_token',
    source: 'developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login',
  },
  {
    name: 'client_secret',
    source: 'developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login',
  },
];

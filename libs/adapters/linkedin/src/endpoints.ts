import type { SecretUrlParameter } from '@mooring/adapters-core';
import type { LinkedInSettings } from './settings.ts';

/** Every address of LinkedIn that is called. */
export interface LinkedInEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly introspectionUrl: string;
  /** Undocumented: a caller must be ready for it not to be there. */
  readonly revocationUrl: string;
  readonly userinfoUrl: string;
  readonly meUrl: string;
  readonly organizationAclsUrl: string;
  readonly organizationsLookupUrl: string;
  readonly postsUrl: string;
}

/** Builds the addresses from the settings. */
export function linkedInEndpoints(settings: LinkedInSettings): LinkedInEndpoints {
  const auth = withoutSlash(settings.authUrl);
  const api = withoutSlash(settings.apiUrl);
  return {
    authorizationUrl: `${auth}/oauth/v2/authorization`,
    tokenUrl: `${auth}/oauth/v2/accessToken`,
    introspectionUrl: `${auth}/oauth/v2/introspectToken`,
    revocationUrl: `${auth}/oauth/v2/revoke`,
    userinfoUrl: `${api}/v2/userinfo`,
    meUrl: `${api}/v2/me`,
    organizationAclsUrl: `${api}/rest/organizationAcls`,
    organizationsLookupUrl: `${api}/rest/organizationsLookup`,
    postsUrl: `${api}/rest/posts`,
  };
}

/** None: tokens go in a header, credentials in a form. */
export const SECRET_URL_PARAMETERS: readonly SecretUrlParameter[] = [];

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

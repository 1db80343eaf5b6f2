import type { AuthorizationRequest } from '@mooring/adapters-core';

export { readMetaRedirect as readFacebookRedirect } from '../graph/redirect.ts';

/**
 * Parameters of the dialog beyond RFC 6749's. Without `rerequest` Facebook never asks again for what was declined, and silently
 * gives the Pages of the last time (C48); `reauthorize` begins the 90 days of data access anew, and only one of them can be sent. A configuration of Facebook
 * Login for Business stands in the place of `scope`.
 */
export function dialogParameters(
  { rerequest, renews }: Pick<AuthorizationRequest, 'rerequest' | 'renews'>,
  configId: string | undefined,
): Record<string, string> {
  return {
    return_scopes: 'true',
    ...(configId ? { config_id: configId } : {}),
    ...(rerequest ? { auth_type: 'rerequest' } : renews ? { auth_type: 'reauthorize' } : {}),
  };
}

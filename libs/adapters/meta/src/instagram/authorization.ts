import type { AuthorizationRequest } from '@mooring/adapters-core';

export { readMetaRedirect as readInstagramRedirect } from '../graph/redirect.ts';

/** `force_reauth` has the person sign in again, and so lets them choose another account (C58). */
export function dialogParameters({ rerequest }: Pick<AuthorizationRequest, 'rerequest'>): Record<string, string> {
  return rerequest ? { force_reauth: 'true' } : {};
}

/** Instagram's consent dialog, with every parameter. Permissions are separated by commas. */
export function authorizationUrl(
  request: AuthorizationRequest,
  app: { readonly authorizationUrl: string; readonly appId: string },
): string {
  const url = new URL(app.authorizationUrl);
  url.search = new URLSearchParams({
    client_id: app.appId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    scope: request.scopes.join(','),
    state: request.state,
    ...dialogParameters(request),
  }).toString();
  return url.href;
}

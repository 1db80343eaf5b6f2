import { type AuthorizationRequest, type CallbackOutcome, type CallbackParameters } from '@mooring/adapters-core';
import type { BulletinEndpoints } from './endpoints.ts';

/** The consent page with every parameter (RFC 6749 section 4.1.1). */
export function consentPage(endpoints: BulletinEndpoints, clientId: string, request: AuthorizationRequest): string {
  const url = new URL(endpoints.authorizationUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    scope: request.scopes.join(' '),
  }).toString();
  return url.href;
}

/** Reads the redirect. */
export function readRedirect({ code, error }: CallbackParameters): CallbackOutcome {
  if (error === 'access_denied') return { kind: 'declined' };
  const given = error ? undefined : code?.trim();
  return given ? { kind: 'code', code: given } : { kind: 'unavailable' };
}

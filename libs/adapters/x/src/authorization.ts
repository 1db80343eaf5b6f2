import {
  type AuthorizationRequest,
  type CallbackOutcome,
  type CallbackParameters,
  PlatformFailure,
  scrubText,
} from '@mooring/adapters-core';

/** RFC 6749 section 4.1.2.1: errors that the app's settings cause, not the person. */
const SETTING_ERRORS: ReadonlySet<string> = new Set([
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
]);

/** PKCE, which X always demands. It knows no parameter that makes it ask which account is meant, or ask again. */
export function pkceParameters({ codeChallenge }: AuthorizationRequest): Record<string, string> {
  if (!codeChallenge) {
    throw new PlatformFailure({ class: 'misconfigured', detail: 'X demands PKCE', mayHaveArrived: false });
  }
  return { code_challenge: codeChallenge, code_challenge_method: 'S256' };
}

/** X's consent page. Spaces stand as `%20`, as its documentation has them. */
export function authorizationUrl(
  request: AuthorizationRequest,
  app: { readonly authorizationUrl: string; readonly clientId: string },
): string {
  const url = new URL(app.authorizationUrl);
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    ...pkceParameters(request),
  });
  url.search = parameters.toString().replaceAll('+', '%20');
  return url.href;
}

/** Reads X's redirect: a code, `access_denied` for a refusal, or an error of RFC 6749. */
export function readRedirect({ code, error, errorDescription }: CallbackParameters): CallbackOutcome {
  if (error === 'access_denied') return { kind: 'declined' };
  if (error && SETTING_ERRORS.has(error)) {
    return { kind: 'misconfigured', detail: scrubText(`${error} ${errorDescription ?? ''}`) };
  }
  if (error) return { kind: 'unavailable' };
  const given = code?.trim();
  return given ? { kind: 'code', code: given } : { kind: 'unavailable' };
}

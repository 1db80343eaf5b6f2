import {
  type AuthorizationRequest,
  type CallbackOutcome,
  type CallbackParameters,
  scrubText,
} from '@mooring/adapters-core';

/** Errors of the redirect that TikTok itself causes; every other one but a refusal is of the app's settings. */
const OUTAGES: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);
/** Errors that an unapproved scope leads to: TikTok then refuses the whole consent (C43). */
const SCOPE_ERRORS: ReadonlySet<string> = new Set(['invalid_scope', 'scope_not_authorized']);
const SCOPE_ADVICE = 'a scope that is asked for is not approved for the app: leave it out of TIKTOK_SCOPES';

/**
 * Parameters of the consent page beyond RFC 6749's: `client_key` in place of `client_id`, and `disable_auto_auth`. Without
 * it TikTok shows no page to whoever is signed in and agreed before, and silently connects that account: on a reconnect as
 * where somebody came to connect another one (C58).
 */
export function consentParameters(clientKey: string): Record<string, string> {
  return { client_key: clientKey, disable_auto_auth: '1' };
}

/** The consent page with every parameter; scopes are separated by commas. */
export function authorizationUrl(
  page: { readonly url: string; readonly clientKey: string },
  request: AuthorizationRequest,
): string {
  const { codeChallenge } = request;
  const query = new URLSearchParams({
    ...consentParameters(page.clientKey),
    response_type: 'code',
    scope: request.scopes.join(','),
    redirect_uri: request.redirectUri,
    state: request.state,
    ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
  });
  return `${page.url}?${query.toString()}`;
}

/**
 * Reads TikTok's redirect. Some of its own apps come back with `errCode` and no `error`. The scopes that were ticked stand in
 * `scopes` too, but the token's own are what counts.
 */
export function readRedirect(parameters: CallbackParameters): CallbackOutcome {
  const error = parameters.error ?? parameters.errorCode ?? parameters.rest?.['errCode'];
  if (error === undefined) {
    const code = parameters.code?.trim();
    return code ? { kind: 'code', code } : { kind: 'unavailable' };
  }
  if (error === 'access_denied') return { kind: 'declined' };
  if (OUTAGES.has(error)) return { kind: 'unavailable' };
  const said = scrubText(`${error} ${parameters.errorDescription ?? ''}`);
  return { kind: 'misconfigured', detail: SCOPE_ERRORS.has(error) ? `${said}: ${SCOPE_ADVICE}` : said };
}

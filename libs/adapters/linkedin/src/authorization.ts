import { type CallbackOutcome, type CallbackParameters, scrubText } from '@mooring/adapters-core';

/** LinkedIn's own words for a member who didn't want to (authorization-code-flow), and RFC 6749's. */
const REFUSALS = new Set(['user_cancelled_login', 'user_cancelled_authorize', 'access_denied']);

/** Errors that the app's settings cause, not the person: LinkedIn's, and those of RFC 6749 section 4.1.2.1. */
const SETTING_ERRORS = new Set([
  'unauthorized_scope_error',
  'invalid_scope',
  'invalid_request',
  'invalid_client_id',
  'invalid_redirect_uri',
  'unauthorized_client',
  'unsupported_response_type',
]);

/**
 * None beyond RFC 6749's: no PKCE on the web flow, and no way to ask again, since consent is all or nothing. A member who has
 * granted the same scopes and is signed in isn't even asked.
 */
export function authorizationParameters(): Record<string, string> {
  return {};
}

/** Reads LinkedIn's redirect. */
export function readRedirect(parameters: CallbackParameters): CallbackOutcome {
  const { error, errorDescription } = parameters;
  if (error && REFUSALS.has(error)) return { kind: 'declined' };
  if (error && SETTING_ERRORS.has(error)) {
    return { kind: 'misconfigured', detail: scrubText(`${error} ${errorDescription ?? ''}`) };
  }
  const code = parameters.code?.trim();
  return code && !error ? { kind: 'code', code } : { kind: 'unavailable' };
}

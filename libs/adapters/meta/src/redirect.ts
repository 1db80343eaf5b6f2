import {
  type AuthorizationRequest,
  type CallbackOutcome,
  type CallbackParameters,
  scrubText,
} from '@mooring/adapters-core';

/** RFC 6749 section 4.1.2.1: errors that the app's settings cause, not the person. */
const SETTING_ERRORS = new Set([
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
]);

/** Parameters of the dialog beyond RFC 6749's. Without `rerequest` Facebook never asks again for what was declined. */
export function dialogParameters({ rerequest }: AuthorizationRequest): Record<string, string> {
  return { return_scopes: 'true', ...(rerequest ? { auth_type: 'rerequest' } : {}) };
}

/**
 * Reads Facebook's redirect. An `error_code` without `error` is a fault of the app's settings; nothing at all is an abort on
 * Facebook's side; `access_denied` also comes where the app may not ask for a permission, so it is no proof of a refusal.
 */
export function readRedirect(parameters: CallbackParameters): CallbackOutcome {
  const { error, errorCode, errorMessage, errorDescription } = parameters;
  const detail = scrubText(`${errorCode ?? error ?? ''} ${errorMessage ?? errorDescription ?? ''}`);
  if (error === 'access_denied') return { kind: 'declined' };
  if (error && SETTING_ERRORS.has(error)) return { kind: 'misconfigured', detail };
  if (error) return { kind: 'unavailable' };
  if (errorCode || errorMessage) return { kind: 'misconfigured', detail };
  const code = parameters.code?.replace(/#_=_$/, '').trim();
  return code ? { kind: 'code', code } : { kind: 'unavailable' };
}

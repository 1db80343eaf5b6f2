import { type CallbackOutcome, type CallbackParameters, scrubText } from '@mooring/adapters-core';

/** RFC 6749 section 4.1.2.1: errors that the app's settings cause, not the person. */
const SETTING_ERRORS = new Set([
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
]);

/** What Meta's dialogs append to a code as a fragment, which some clients take for a part of it. */
const FRAGMENT = /#_(?:=_)?$/;

/**
 * Reads a redirect of one of Meta's dialogs. An `error_code` without `error` is a fault of the app's settings; nothing at all
 * is an abort on Meta's side; `access_denied` also comes where the app may not ask for a permission, so it is no proof of a
 * refusal.
 */
export function readMetaRedirect(parameters: CallbackParameters): CallbackOutcome {
  const { error, errorCode, errorMessage, errorDescription } = parameters;
  const detail = scrubText(`${errorCode ?? error ?? ''} ${errorMessage ?? errorDescription ?? ''}`);
  if (error === 'access_denied') return { kind: 'declined' };
  if (error && SETTING_ERRORS.has(error)) return { kind: 'misconfigured', detail };
  if (error) return { kind: 'unavailable' };
  if (errorCode || errorMessage) return { kind: 'misconfigured', detail };
  const code = parameters.code?.replace(FRAGMENT, '').trim();
  return code ? { kind: 'code', code } : { kind: 'unavailable' };
}

import type { Answer } from '../faults/answer.ts';
import type { OAuthCall, RefusalDetails, RefusalReason } from '../oauth/index.ts';
import { logId } from './webhook.ts';

/** Everything below is in the flat shape. */
const OAUTH_PATH = /^\/v2\/oauth\//;
const REVOKE_PATH = '/v2/oauth/revoke/';

const DEAD_REFRESH = 'Refresh token is invalid or expired.';
const DEAD_CODE = 'Authorization code is expired.';
const MALFORMED = 'The request parameters are malformed.';
const WRONG_CLIENT = 'Client key or secret is incorrect.';

type Said = readonly [status: number, error: string, description: string];

/** TikTok's words for what the engine refuses at `/v2/oauth/*`. */
const OAUTH_REFUSALS: Partial<Record<RefusalReason, Said>> = {
  'parameter-missing': [400, 'invalid_request', MALFORMED],
  'grant-type': [400, 'unsupported_grant_type', 'The grant type is not supported.'],
  'client-missing': [400, 'invalid_request', 'Client secret is missed in request.'],
  'client-unknown': [401, 'invalid_client', WRONG_CLIENT],
  'client-secret': [401, 'invalid_client', WRONG_CLIENT],
  'code-unknown': [400, 'invalid_grant', DEAD_CODE],
  'code-used': [400, 'invalid_grant', DEAD_CODE],
  'code-expired': [400, 'invalid_grant', DEAD_CODE],
  'code-redirect': [400, 'invalid_request', 'Redirect_uri is not matched with the uri when requesting code.'],
  'code-verifier': [400, 'invalid_request', 'Code verifier or code challenge is invalid.'],
};

/** The envelope of every answer but those of `/v2/oauth/*`. */
export function envelope(call: OAuthCall, data: object): Answer {
  return { status: 200, body: { data, error: { code: 'ok', message: '', log_id: logId(call.world) } } };
}

/** An error in the envelope. */
export function apiError(call: OAuthCall, status: number, code: string, message: string): Answer {
  return { status, body: { data: {}, error: { code, message, log_id: logId(call.world) } } };
}

/** A flat error; with the switch it comes with HTTP 200, as it was seen to. */
export function oauthError(call: OAuthCall, [status, error, description]: Said): Answer {
  const shown = call.world.switch('oauthErrorsWith200') === true ? 200 : status;
  return { status: shown, body: { error, error_description: description, log_id: logId(call.world) } };
}

/** How open.tiktokapis.com says what the engine refuses. */
export function refusal({ reason, name }: RefusalDetails, call: OAuthCall): Answer {
  if (reason === 'no-such-path') return { status: 404, body: 'Not Found' };
  if (!OAUTH_PATH.test(call.path)) return apiRefusal(call, reason, name);
  const said = OAUTH_REFUSALS[reason];
  if (said !== undefined) return oauthError(call, said);
  // Recorded with HTTP 200 for a dead token.
  const isRevoke = call.path === REVOKE_PATH;
  if (isRevoke) return oauthError(call, [200, 'invalid_grant', 'Access token is invalid or expired.']);
  return oauthError(call, [400, 'invalid_grant', DEAD_REFRESH]);
}

function apiRefusal(call: OAuthCall, reason: RefusalReason, name: string | undefined): Answer {
  if (reason === 'scope-missing') {
    return apiError(call, 401, 'scope_not_authorized', `The user did not authorize the scope required: ${name ?? ''}`);
  }
  const message = 'The access token is invalid or not found in the request.';
  return apiError(call, 401, 'access_token_invalid', message);
}

/** What the fault `error-200` answers. */
export function error200(call: OAuthCall): unknown {
  if (OAUTH_PATH.test(call.path)) return oauthError(call, [200, 'server_error', 'Something went wrong.']).body;
  return apiError(call, 200, 'internal_error', 'Something went wrong.').body;
}

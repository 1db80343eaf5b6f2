import type { Answer } from '../faults/answer.ts';
import type { RefusalDetails } from '../oauth/index.ts';

const GRANT_TEXT = 'The provided authorization grant or refresh token is invalid, expired or revoked.';
const CODE_TEXT =
  'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists';

const oauth = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});

/** How the token endpoint and its neighbours refuse. */
export function oauthRefusal({ reason, name }: RefusalDetails): Answer {
  switch (reason) {
    case 'parameter-missing':
    case 'client-missing':
      return oauth(400, 'invalid_request', `A required parameter "${name}" is missing`);
    case 'grant-type':
      return oauth(400, 'unsupported_grant_type', 'The grant type is not supported');
    case 'client-unknown':
      return oauth(400, 'invalid_client_id', 'The passed in client_id is invalid');
    case 'client-secret':
      return oauth(401, 'invalid_client', 'Client authentication failed');
    case 'code-unknown':
    case 'code-used':
      return oauth(401, 'invalid_request', 'Unable to retrieve access token: authorization code not found');
    case 'code-expired':
    case 'code-redirect':
    case 'code-verifier':
      return oauth(400, 'invalid_redirect_uri', CODE_TEXT);
    case 'no-such-path':
      return { status: 404, body: { status: 404, code: 'NOT_FOUND', message: 'No such resource' } };
    default:
      return oauth(400, 'invalid_request', GRANT_TEXT);
  }
}

/** The envelope of the API's errors. */
export function apiError(status: number, code: string, message: string, serviceErrorCode?: number): Answer {
  return { status, body: { status, ...(serviceErrorCode === undefined ? {} : { serviceErrorCode }), code, message } };
}

export const REVOKED = apiError(
  401,
  'REVOKED_ACCESS_TOKEN',
  'The token used in the request has been revoked by the user',
  65601,
);

/** How the API refuses; `what` is the call as LinkedIn spells it. */
export function apiRefusal({ reason }: RefusalDetails, what: string): Answer {
  switch (reason) {
    case 'token-missing':
      return { status: 401, body: { message: 'Empty oauth2_access_token', serviceErrorCode: 401, status: 401 } };
    case 'token-unknown':
      return apiError(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', 65600);
    case 'token-expired':
      return apiError(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', 65602);
    case 'scope-missing':
      return apiError(403, 'ACCESS_DENIED', `Not enough permissions to access: ${what}`, 100);
    case 'no-such-path':
      return apiError(404, 'NOT_FOUND', 'No virtual resource found');
    default:
      return REVOKED;
  }
}

import type { FailureClass, Reason } from '@mooring/contracts';

const GRANT = 'The provided authorization grant or refresh token is invalid, expired or revoked';
const MISMATCH =
  'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists';
const REVOKED = 'The token used in the request has been revoked by the user';
const EXPIRED = 'The token used in the request has expired';
const DENIED = 'Not enough permissions to access: GET /me';
const ACL = 'Not enough permissions to access: organizationAcls.FINDER-roleAssignee.NO_VERSION';
const LIMIT = 'Resource level throttle limit for calls to this resource is reached.';
const DAY = 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.';
const MEMBER = 'Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached.';

type Body = Readonly<Record<string, string | number>> | null;
type Expected = readonly [FailureClass, (Reason | null)?];

const CONSENT: Expected = ['reauthorization_required', 'unknown'];
const GONE: Expected = ['reauthorization_required', 'removed_in_settings'];
const LAPSED: Expected = ['reauthorization_required', 'token_lapsed'];
const PERMISSION: Expected = ['permission_missing', 'permission_removed'];

const oauth = (error: string, description: string) => ({ error, error_description: description });
const api = (status: number, number: number, code: string, message: string) => ({
  status,
  serviceErrorCode: number,
  code,
  message,
});
const old = (status: number, number: number, message: string) => ({ message, serviceErrorCode: number, status });

/** Answers as LinkedIn documents them or as they were recorded, written apart from the table that the adapter reads. */
const ANSWERS: readonly (readonly [status: number, body: Body, expected: Expected])[] = [
  [400, oauth('invalid_request', GRANT), CONSENT],
  [400, oauth('invalid_request', `${GRANT}.`), CONSENT],
  [400, oauth('invalid_request', 'A required parameter "refresh_token" is missing'), ['misconfigured']],
  [400, oauth('invalid_request', 'A required parameter "client_secret" is missing'), ['misconfigured']],
  [401, oauth('invalid_request', 'Unable to retrieve access token: authorization code not found'), CONSENT],
  [400, oauth('invalid_request', 'Something that nobody has recorded'), ['unexpected']],
  [400, oauth('invalid_grant', 'x'), CONSENT],
  [400, oauth('invalid_redirect_uri', MISMATCH), CONSENT],
  [401, oauth('invalid_client', 'Client authentication failed'), ['misconfigured']],
  [401, oauth('invalid_client_id', 'Client authentication failed'), ['misconfigured']],
  [400, oauth('invalid_client_id', 'The passed in client_id is invalid "77x"'), ['misconfigured']],
  [400, oauth('invalid_client', 'x'), ['misconfigured']],
  [400, oauth('unauthorized_client', 'x'), ['misconfigured']],
  [400, oauth('unsupported_grant_type', 'x'), ['misconfigured']],
  [400, oauth('invalid_scope', 'x'), ['misconfigured']],
  [401, oauth('unauthorized_scope_error', 'Scope "x" is not authorized for your application'), ['misconfigured']],
  [400, oauth('temporarily_unavailable', 'x'), ['transient']],
  [400, oauth('server_error', 'x'), ['transient']],
  [401, api(401, 65600, 'INVALID_ACCESS_TOKEN', 'Invalid access token'), CONSENT],
  [401, old(401, 65600, 'Invalid access token'), CONSENT],
  [401, api(401, 65601, 'REVOKED_ACCESS_TOKEN', REVOKED), GONE],
  [401, old(401, 65601, REVOKED), GONE],
  [401, api(401, 65602, 'EXPIRED_ACCESS_TOKEN', EXPIRED), LAPSED],
  [401, old(401, 65602, EXPIRED), LAPSED],
  [401, api(401, 65600, 'EXPIRED_ACCESS_TOKEN', EXPIRED), LAPSED],
  [401, old(401, 401, 'Empty oauth2_access_token'), ['unexpected']],
  [401, { status: 401, message: 'Empty oauth2_access_token' }, ['unexpected']],
  [401, { status: 401, message: 'Unknown authentication schema' }, ['unexpected']],
  [401, { status: 401, message: 'Expired access token' }, LAPSED],
  [401, { status: 401, message: EXPIRED }, LAPSED],
  [401, { status: 401, message: 'The token has been revoked' }, GONE],
  [401, { status: 401, message: 'Invalid access token' }, CONSENT],
  [401, { status: 401, message: 'Something that nobody has recorded' }, ['unexpected']],
  [403, api(403, 100, 'ACCESS_DENIED', ACL), PERMISSION],
  [403, old(403, 100, DENIED), PERMISSION],
  [403, { status: 403, message: DENIED }, PERMISSION],
  [403, { status: 403, message: 'Something that nobody has recorded' }, ['unexpected']],
  [404, { status: 404, message: 'No virtual resource found' }, ['unexpected']],
  [
    426,
    { status: 426, code: 'NONEXISTENT_VERSION', message: 'Requested version 20250401 is not active' },
    ['misconfigured'],
  ],
  [426, { status: 426, message: 'Upgrade Required' }, ['misconfigured']],
  [429, old(429, 101, LIMIT), ['rate_limited']],
  [429, { status: 429, message: DAY }, ['rate_limited']],
  [429, { status: 429, message: MEMBER }, ['rate_limited']],
  [500, api(500, 65601, 'REVOKED_ACCESS_TOKEN', REVOKED), ['transient']],
  [503, { status: 503, message: 'Service unavailable' }, ['transient']],
  [504, { status: 504, message: 'Gateway timeout' }, ['transient']],
  [200, oauth('invalid_grant', 'x'), CONSENT],
  [200, oauth('something_new', 'x'), ['unexpected']],
];

/** {@link ANSWERS} in the form that the contract of adapters takes. */
export const LINKEDIN_ERROR_ANSWERS = ANSWERS.map(([status, body, [failureClass, reason = null]]) => ({
  title: `${status} ${titleOf(body)}`,
  status,
  body: JSON.stringify(body),
  class: failureClass,
  reason,
  at: body && 'error' in body ? ('token' as const) : ('api' as const),
}));

function titleOf(body: Body): string {
  const parts = [
    body?.['error'] ?? body?.['code'],
    body?.['serviceErrorCode'],
    body?.['error_description'] ?? body?.['message'],
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

import {
  APP_LIMITED,
  BLOCKED,
  CHECKPOINT,
  CONSENT_AGAIN,
  INSPECT,
  LAPSED,
  type MetaErrorRow,
  OPERATOR,
  type Outcome,
  OWN_STORAGE,
  PASSWORD,
  PERMISSION,
  REMOVED,
  ROLE_LOST,
  row,
  says,
  sub,
  TOKEN_LIMITED,
  TRANSIENT,
} from './error-row.ts';

const LIMIT_ROWS: readonly MetaErrorRow[] = [
  sub(4, 2207051, BLOCKED, 'Instagram restricted the account for spam, not a quota'),
  row(4, APP_LIMITED, 'limit of the app'),
  sub(9, 2207042, TOKEN_LIMITED, "Instagram's publishing quota of 24 hours"),
  row(9, TOKEN_LIMITED, 'publishing quota of 24 hours'),
  row(17, TOKEN_LIMITED, 'limit of the person'),
  row(32, TOKEN_LIMITED, 'limit of the Page'),
  sub(613, 1996, TOKEN_LIMITED, 'custom limit, inconsistent volume of calls'),
  row(613, TOKEN_LIMITED, 'custom limit'),
  row(80001, TOKEN_LIMITED, 'business use case limit of Pages'),
  row(80002, TOKEN_LIMITED, 'business use case limit of Instagram'),
  row(80006, TOKEN_LIMITED, 'business use case limit of Messenger'),
  row([80000, 80014], TOKEN_LIMITED, 'business use case limit'),
];

/** Codes 190 and 102 share their subcodes. */
const sessionRows = (code: 190 | 102): readonly MetaErrorRow[] => [
  sub(code, 452, PASSWORD, 'session invalidated, with the text of 460'),
  sub(code, 458, REMOVED, 'the person removed the app'),
  sub(code, 459, CHECKPOINT, 'the person must pass a check at facebook.com'),
  sub(code, 460, PASSWORD, 'password changed, or sessions reset for security'),
  sub(code, 461, CONSENT_AGAIN, 'session does not match the stored one'),
  sub(code, 463, LAPSED, 'token expired'),
  sub(code, 464, CHECKPOINT, 'the person must confirm the account'),
  sub(code, 466, REMOVED, 'session invalidated by an API call'),
  sub(code, 467, CONSENT_AGAIN, 'token invalid, also: logged out'),
  sub(code, 483, CONSENT_AGAIN, 'consent or app blocked'),
  sub(code, 490, CHECKPOINT, 'the person is in a blocking checkpoint'),
  sub(code, 492, ROLE_LOST, 'the person lost the role on the Page; the token of the person lives'),
  { ...row(code, INSPECT, 'a subcode that nobody has documented'), subcode: 'unlisted' },
  says(code, 'has not authorized application', REMOVED, 'text of 458'),
  says(code, 'session has expired', LAPSED, 'text of 463'),
  says(code, 'invalidated explicitly', REMOVED, 'text of 466'),
  says(code, 'session has been invalidated', PASSWORD, 'text of 460'),
  says(code, 'user logged out', CONSENT_AGAIN, 'text of 467'),
  says(code, 'checkpoint', CHECKPOINT, 'text of 459'),
  says(code, 'follow the instructions given', CHECKPOINT, 'text of 459'),
  says(code, 'not a confirmed user', CHECKPOINT, 'text of 464'),
  says(code, 'must be an administrator, editor, or moderator', ROLE_LOST, 'text of 492'),
  says(code, 'could not be decrypted', OWN_STORAGE, 'token unreadable to Meta'),
  says(code, 'malformed', OWN_STORAGE, 'token unreadable to Meta'),
  says(code, 'cannot parse', OWN_STORAGE, 'token unreadable to Meta'),
  row(code, CONSENT_AGAIN, 'token expired, revoked or invalid, without detail'),
];

const PERMISSION_ROWS: readonly MetaErrorRow[] = [
  row(10, PERMISSION, 'permission not granted or removed'),
  row([200, 299], PERMISSION, 'permission missing or removed'),
  says(100, "permission or the 'page public content access'", PERMISSION, 'scope problem inside a 100'),
];

const BLOCK_ROWS: readonly MetaErrorRow[] = [
  sub(368, 1390008, BLOCKED, 'posting too fast'),
  sub(368, 1404082, BLOCKED, 'duplicate content'),
  sub(368, 4854002, BLOCKED, 'identity to be confirmed for the Page'),
  row(368, BLOCKED, 'temporarily blocked for policy; the token stays valid'),
  row(506, BLOCKED, 'duplicate post: says nothing about the connection'),
];

const APP_ROWS: readonly MetaErrorRow[] = [
  says(1, 'error validating client secret', OPERATOR, 'app secret wrong; here code 1 is no outage'),
  row(3, OPERATOR, 'the app lacks a capability'),
  row(101, OPERATOR, 'application id invalid'),
  row(104, OPERATOR, 'appsecret_proof missing or wrong'),
  says(100, 'appsecret_proof', OPERATOR, 'appsecret_proof wrong'),
  says(100, 'app secret proof', OPERATOR, 'appsecret_proof missing'),
  says(100, 'app access token', OPERATOR, 'debug_token asked without an app token'),
  says(2500, 'unknown path components', OPERATOR, 'API version unknown to Meta'),
];

const OUTAGE_ROWS: readonly MetaErrorRow[] = [
  sub(1, 2207085, INSPECT, 'no access to the business portfolio; here code 1 is no outage'),
  row(1, TRANSIENT, 'unknown, may be an outage'),
  row(2, TRANSIENT, 'service down'),
  row(341, TRANSIENT, 'application limit, temporary'),
  row(3919, TRANSIENT, 'unexpected technical issue'),
];

const REQUEST_ROWS: readonly MetaErrorRow[] = [
  sub(100, 33, INSPECT, 'object missing, or access to it lost'),
  row(100, INSPECT, 'invalid parameter, or a request that the token is not fit for'),
  sub(110, 2207013, INSPECT, 'Instagram user not found'),
  row(110, INSPECT, 'Instagram user not found'),
  row(1705, { class: 'unexpected', suspectOwnStorage: true }, 'acted as the person in place of the Page'),
  row(2500, INSPECT, 'query not understood, or no token sent'),
];

/** What Graph answers on both its hosts, in the order in which it is looked up; the first row that fits decides. */
export const GRAPH_ERROR_ROWS: readonly MetaErrorRow[] = [
  { envelope: 'graph', subcode: 1404078, ...CHECKPOINT, means: 'Page publishing authorisation required' },
  ...LIMIT_ROWS,
  ...sessionRows(190),
  ...sessionRows(102),
  ...APP_ROWS,
  ...PERMISSION_ROWS,
  ...BLOCK_ROWS,
  ...OUTAGE_ROWS,
  ...REQUEST_ROWS,
];

const oauth = (name: string, outcome: Outcome, means: string): MetaErrorRow => ({
  envelope: 'oauth',
  name,
  ...outcome,
  means,
});

/** RFC 6749 section 5.2. */
export const OAUTH_ERROR_ROWS: readonly MetaErrorRow[] = [
  oauth('invalid_grant', CONSENT_AGAIN, 'code or token invalid'),
  oauth('invalid_client', OPERATOR, 'app id or secret wrong'),
  oauth('unauthorized_client', OPERATOR, 'the app may not do this'),
  oauth('invalid_scope', OPERATOR, 'a permission that the app may not ask for'),
  oauth('slow_down', APP_LIMITED, 'too many calls'),
  oauth('temporarily_unavailable', TRANSIENT, 'service down'),
  oauth('server_error', TRANSIENT, 'service down'),
];

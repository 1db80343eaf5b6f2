import type { FailureClass, Reason } from '@mooring/contracts';
import type { LimitScope } from '@mooring/adapters-core';

/**
 * One row of Meta's errors. `codes` is a code or an inclusive range, absent for any code. A row with `text` holds only where
 * the answer has no subcode and its message contains the text (lower case): Meta then gives nothing else to tell by.
 */
export interface MetaErrorRow {
  readonly codes?: readonly [from: number, to: number];
  /** Absent: any. `'unlisted'`: a subcode that no row before this one knows. */
  readonly subcode?: number | 'unlisted';
  readonly text?: string;
  readonly class: FailureClass;
  readonly reason?: Reason;
  /** Our own ciphertext or key, or the choice of token, may be at fault. */
  readonly suspectOwnStorage?: true;
  /** For limits: whom they hold back. */
  readonly limitScope?: LimitScope;
  readonly means: string;
}

type Outcome = Pick<MetaErrorRow, 'class' | 'reason' | 'suspectOwnStorage' | 'limitScope'>;

const row = (code: number | readonly [number, number], outcome: Outcome, means: string): MetaErrorRow => ({
  codes: typeof code === 'number' ? [code, code] : code,
  ...outcome,
  means,
});
const sub = (code: number, subcode: number, outcome: Outcome, means: string): MetaErrorRow => ({
  ...row(code, outcome, means),
  subcode,
});
const says = (code: number, text: string, outcome: Outcome, means: string): MetaErrorRow => ({
  ...row(code, outcome, means),
  text,
});

const TRANSIENT: Outcome = { class: 'transient' };
const APP_LIMITED: Outcome = { class: 'rate_limited', limitScope: 'app' };
const TOKEN_LIMITED: Outcome = { class: 'rate_limited', limitScope: 'token' };
// The token stays valid and no connection may change for it: like a limit, it ends by waiting.
const BLOCKED: Outcome = { class: 'rate_limited', reason: 'platform_policy', limitScope: 'token' };
const OPERATOR: Outcome = { class: 'misconfigured' };
const INSPECT: Outcome = { class: 'unexpected' };
const CONSENT_AGAIN: Outcome = { class: 'reauthorization_required', reason: 'unknown' };
const LAPSED: Outcome = { class: 'reauthorization_required', reason: 'token_lapsed' };
const REMOVED: Outcome = { class: 'reauthorization_required', reason: 'removed_in_settings' };
const PASSWORD: Outcome = { class: 'reauthorization_required', reason: 'password_changed' };
const OWN_STORAGE: Outcome = { ...CONSENT_AGAIN, suspectOwnStorage: true };
const CHECKPOINT: Outcome = { class: 'user_action_required', reason: 'security_check' };
const ROLE_LOST: Outcome = { class: 'user_action_required', reason: 'role_lost' };
const PERMISSION: Outcome = { class: 'permission_missing', reason: 'permission_removed' };

const LIMIT_ROWS: readonly MetaErrorRow[] = [
  sub(4, 2207051, BLOCKED, 'Instagram restricted the account for spam, not a quota'),
  row(4, APP_LIMITED, 'limit of the app'),
  row(9, TOKEN_LIMITED, 'publishing quota of 24 hours'),
  row(17, TOKEN_LIMITED, 'limit of the person'),
  row(32, TOKEN_LIMITED, 'limit of the Page'),
  row(613, TOKEN_LIMITED, 'custom limit'),
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
  says(code, 'not a confirmed user', CHECKPOINT, 'text of 464'),
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

const EXCHANGE_ROWS: readonly MetaErrorRow[] = [
  sub(100, 36007, LAPSED, 'authorization code expired'),
  sub(100, 36008, OPERATOR, 'redirect_uri differs from that of the dialog'),
  sub(100, 36009, CONSENT_AGAIN, 'authorization code used before'),
  says(100, 'authorization code has been used', CONSENT_AGAIN, 'text of 36009'),
  says(100, 'redirect_uri is identical', OPERATOR, 'text of 36008'),
  says(100, 'verification code', CONSENT_AGAIN, 'authorization code of the wrong form'),
  row(101, OPERATOR, 'application id invalid'),
  row(191, OPERATOR, 'redirect_uri not allowed'),
  says(1, 'error validating client secret', OPERATOR, 'app secret wrong; here code 1 is no outage'),
];

const APP_ROWS: readonly MetaErrorRow[] = [
  row(3, OPERATOR, 'the app lacks a capability'),
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
  row(100, INSPECT, 'invalid parameter'),
  row(110, INSPECT, 'Instagram user not found'),
  row(506, BLOCKED, 'duplicate post: says nothing about the connection'),
  row(1705, { class: 'unexpected', suspectOwnStorage: true }, 'acted as the person in place of the Page'),
  row(2500, INSPECT, 'query not understood, or no token sent'),
];

/** Meta's errors in the order in which they are looked up; the first row that fits decides. */
export const META_ERROR_ROWS: readonly MetaErrorRow[] = [
  { subcode: 1404078, ...CHECKPOINT, means: 'Page publishing authorisation required' },
  ...LIMIT_ROWS,
  ...sessionRows(190),
  ...sessionRows(102),
  ...EXCHANGE_ROWS,
  ...APP_ROWS,
  ...PERMISSION_ROWS,
  row(368, BLOCKED, 'temporarily blocked for policy; the token stays valid'),
  ...OUTAGE_ROWS,
  ...REQUEST_ROWS,
];

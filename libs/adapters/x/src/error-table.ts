import type { LimitScope } from '@mooring/adapters-core';
import type { FailureClass, Reason } from '@mooring/contracts';

/** One row of X's errors; every part that is there must fit. */
export interface XErrorRow {
  /** The token and revocation endpoints, or the API: a 401 speaks of the app at the one and of the person at the other. */
  readonly at?: 'token' | 'api';
  readonly status?: readonly [from: number, to: number];
  /** `error` of RFC 6749. */
  readonly error?: string;
  /** Last part of a problem's `type`, or its `reason`. */
  readonly problem?: string;
  /** Code of the API's first version. */
  readonly code?: number;
  /** Contained in the message, in lower case: for what X tells apart by words only. */
  readonly text?: string;
  readonly class: FailureClass;
  readonly reason?: Reason;
  readonly suspectOwnStorage?: true;
  /** For limits: whom they hold back. */
  readonly limitScope?: LimitScope;
  readonly means: string;
}

type Outcome = Pick<XErrorRow, 'class' | 'reason' | 'suspectOwnStorage' | 'limitScope'>;
type Where = Pick<XErrorRow, 'status' | 'error' | 'problem' | 'code' | 'text'>;

const token = (where: Where, outcome: Outcome, means: string): XErrorRow => ({
  at: 'token',
  ...where,
  ...outcome,
  means,
});
const api = (where: Where, outcome: Outcome, means: string): XErrorRow => ({ at: 'api', ...where, ...outcome, means });
const only = (status: number): Where => ({ status: [status, status] });

const TRANSIENT: Outcome = { class: 'transient' };
const OPERATOR: Outcome = { class: 'misconfigured' };
const INSPECT: Outcome = { class: 'unexpected' };
const CONSENT_AGAIN: Outcome = { class: 'reauthorization_required', reason: 'unknown' };
const PERMISSION: Outcome = { class: 'permission_missing', reason: 'permission_removed' };
const SUSPENDED: Outcome = { class: 'user_action_required', reason: 'account_suspended' };
const LOCKED: Outcome = { class: 'user_action_required', reason: 'security_check' };
const APP_LIMITED: Outcome = { class: 'rate_limited', limitScope: 'app' };
const TOKEN_LIMITED: Outcome = { class: 'rate_limited', limitScope: 'token' };
// Says nothing of the connection: like a limit, it ends by waiting.
const BLOCKED: Outcome = { class: 'rate_limited', reason: 'platform_policy', limitScope: 'token' };

const INVALID_REQUEST = 'invalid_request';

/** Whatever else an answer of these says, the body may be another's. */
const OUTAGE_ROWS: readonly XErrorRow[] = [
  { status: [500, 599], ...TRANSIENT, means: 'X is down or overloaded' },
  { status: [408, 408], ...TRANSIENT, means: 'X gave up waiting' },
];

const TOKEN_ROWS: readonly XErrorRow[] = [
  token(only(429), APP_LIMITED, 'limit of the token endpoint, which X does not publish'),
  token({ error: 'unauthorized_client' }, OPERATOR, 'Basic header missing, or the client secret is wrong'),
  token({ error: 'invalid_client' }, OPERATOR, 'client id unknown, or the client secret is wrong'),
  token(only(401), OPERATOR, 'the client was not taken for the app; never speaks of a person (C04)'),
  token({ error: INVALID_REQUEST, text: 'for the token was invalid' }, CONSENT_AGAIN, 'refresh token used, or dead'),
  token(
    { error: INVALID_REQUEST, text: 'for the authorization code was invalid' },
    CONSENT_AGAIN,
    'code older than 30 s, used before, or of another verifier or redirect',
  ),
  token({ error: INVALID_REQUEST, text: 'missing required parameter' }, OPERATOR, 'our request lacks a parameter'),
  token({ error: INVALID_REQUEST, text: 'for the grant type was invalid' }, OPERATOR, 'our request is wrong'),
  token({ error: INVALID_REQUEST, text: 'redirect uri' }, OPERATOR, 'redirect_uri is not registered'),
  token({ error: INVALID_REQUEST }, INSPECT, 'a request that X does not take, for a reason nobody has documented'),
  token({ error: 'invalid_grant' }, CONSENT_AGAIN, 'grant used, or dead (RFC 6749)'),
  token({ error: 'unsupported_grant_type' }, OPERATOR, 'our request is wrong (RFC 6749)'),
  token({ error: 'invalid_scope' }, OPERATOR, 'a scope that X does not know (RFC 6749)'),
  token({ error: 'server_error' }, TRANSIENT, 'X is down (RFC 6749)'),
  token({ error: 'temporarily_unavailable' }, TRANSIENT, 'X is down (RFC 6749)'),
];

const LIMIT_ROWS: readonly XErrorRow[] = [
  api({ problem: 'usage-capped' }, APP_LIMITED, 'usage cap of the plan'),
  api({ problem: 'rate-limit-exceeded' }, TOKEN_LIMITED, 'limit of the person, per 15 minutes'),
  api({ code: 88 }, TOKEN_LIMITED, 'limit exceeded, in words of the first version'),
  api(only(429), TOKEN_LIMITED, 'too many calls'),
];

const APP_ROWS: readonly XErrorRow[] = [
  api(only(402), OPERATOR, 'credits or usage of the plan are used up'),
  api({ problem: 'client-not-enrolled' }, OPERATOR, 'the plan of the app has no access to this'),
  api({ problem: 'client-forbidden' }, OPERATOR, 'the app is not enrolled or lacks access'),
];

const ACCOUNT_ROWS: readonly XErrorRow[] = [
  api({ code: 64 }, SUSPENDED, 'the account is suspended, in words of the first version'),
  api({ problem: 'user-suspended' }, SUSPENDED, 'the account is suspended'),
  api({ text: 'user has been suspended' }, SUSPENDED, 'the account is suspended; also a problem of a 200'),
  api({ text: 'account is suspended' }, SUSPENDED, 'the account is suspended'),
  api({ code: 326 }, LOCKED, 'the account is locked until the person has passed a check'),
  api({ code: 187 }, BLOCKED, 'duplicate post, in words of the first version'),
  api({ text: 'duplicate content' }, BLOCKED, 'duplicate post: says nothing about the connection'),
  api({ text: 'not permitted to perform this action' }, INSPECT, 'content or account is not allowed this'),
];

const ACCESS_ROWS: readonly XErrorRow[] = [
  api(
    { problem: 'unsupported-authentication' },
    { ...INSPECT, suspectOwnStorage: true },
    'a token of the wrong kind was sent',
  ),
  api({ problem: 'not-authorized-for-resource' }, PERMISSION, 'a scope is missing'),
  api({ problem: 'about:blank', ...only(401) }, CONSENT_AGAIN, 'token lapsed or consent taken back: X does not say'),
  api({ code: 89 }, CONSENT_AGAIN, 'token invalid or lapsed, in words of the first version'),
  api(only(401), INSPECT, 'a refusal of a form that nobody has documented'),
  api(only(403), INSPECT, 'a refusal of a form that nobody has documented'),
];

const REQUEST_ROWS: readonly XErrorRow[] = [
  api({ problem: 'resource-not-found' }, INSPECT, 'account or post missing'),
  api({ problem: 'invalid-request' }, INSPECT, 'invalid parameter'),
];

/** X's errors in the order in which they are looked up; the first row that fits decides. */
export const X_ERROR_ROWS: readonly XErrorRow[] = [
  ...OUTAGE_ROWS,
  ...TOKEN_ROWS,
  ...LIMIT_ROWS,
  ...APP_ROWS,
  ...ACCOUNT_ROWS,
  ...ACCESS_ROWS,
  ...REQUEST_ROWS,
];

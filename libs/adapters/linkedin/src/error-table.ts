import type { LimitScope } from '@mooring/adapters-core';
import type { FailureClass, Reason } from '@mooring/contracts';

/** One row of LinkedIn's errors: it speaks of an answer in which everything that it names is so. */
export interface LinkedInErrorRow {
  /** HTTP status, or an inclusive range of them. */
  readonly status?: number | readonly [from: number, to: number];
  /** `error` of the token endpoint (RFC 6749 section 5.2). */
  readonly error?: string;
  /** `code` of the API. */
  readonly code?: string;
  readonly serviceErrorCode?: number;
  /** In the message or the error's description, where LinkedIn gives nothing else to tell by. */
  readonly text?: RegExp;
  readonly class: FailureClass;
  readonly reason?: Reason;
  /** For limits: whom they hold back. */
  readonly limitScope?: LimitScope;
  readonly means: string;
}

type Outcome = Pick<LinkedInErrorRow, 'class' | 'reason' | 'limitScope'>;
type Facts = Omit<LinkedInErrorRow, keyof Outcome | 'means'>;

const row = (facts: Facts, outcome: Outcome, means: string): LinkedInErrorRow => ({ ...facts, ...outcome, means });

const TRANSIENT: Outcome = { class: 'transient' };
const LIMITED: Outcome = { class: 'rate_limited', limitScope: 'app' };
const MEMBER_LIMITED: Outcome = { class: 'rate_limited', limitScope: 'token' };
const OPERATOR: Outcome = { class: 'misconfigured' };
const INSPECT: Outcome = { class: 'unexpected' };
const CONSENT_AGAIN: Outcome = { class: 'reauthorization_required', reason: 'unknown' };
const LAPSED: Outcome = { class: 'reauthorization_required', reason: 'token_lapsed' };
const REVOKED: Outcome = { class: 'reauthorization_required', reason: 'removed_in_settings' };
const PERMISSION: Outcome = { class: 'permission_missing', reason: 'permission_removed' };

/** What the status says whatever stands in the body: a check of the token that fails at LinkedIn can be a 500. */
const STATUS_ROWS: readonly LinkedInErrorRow[] = [
  row({ status: 500 }, TRANSIENT, 'a fault at LinkedIn, also while it checks a token'),
  row({ status: 504 }, TRANSIENT, 'LinkedIn took too long'),
  row({ status: [501, 599] }, TRANSIENT, 'a fault at LinkedIn'),
  row({ status: 429, text: /MEMBER/ }, MEMBER_LIMITED, 'daily limit of one member'),
  row({ status: 429 }, LIMITED, 'daily limit, of the app where nothing else is said'),
  row({ code: 'NONEXISTENT_VERSION' }, OPERATOR, 'LINKEDIN_VERSION is retired or not yet there'),
  row({ status: 426 }, OPERATOR, 'LinkedIn wants another version'),
];

/** The token endpoint. The same `invalid_request` stands for a dead grant and for a fault of ours: the text tells. */
const OAUTH_ROWS: readonly LinkedInErrorRow[] = [
  row(
    { error: 'invalid_request', text: /(authorization grant|refresh token).*(invalid|expired|revoked)/i },
    CONSENT_AGAIN,
    'the refresh token is dead',
  ),
  row({ error: 'invalid_request', text: /required parameter/i }, OPERATOR, 'the request lacks a parameter: ours'),
  row({ error: 'invalid_request', text: /authorization code not found/i }, CONSENT_AGAIN, 'code used or unknown'),
  row({ error: 'invalid_grant' }, CONSENT_AGAIN, 'the grant is dead, in the words of RFC 6749'),
  row({ error: 'invalid_redirect_uri' }, CONSENT_AGAIN, 'code older than 30 minutes, or of another redirect URI'),
  row({ status: 401, error: 'invalid_client_id' }, OPERATOR, 'client id or secret wrong'),
  row({ status: 401, error: 'invalid_client' }, OPERATOR, 'client id or secret wrong'),
  row({ error: 'invalid_client_id' }, OPERATOR, 'client id wrong'),
  row({ error: 'invalid_client' }, OPERATOR, 'client id or secret wrong'),
  row({ error: 'unauthorized_client' }, OPERATOR, 'the app may not do this'),
  row({ error: 'unsupported_grant_type' }, OPERATOR, 'the app may not do this'),
  row({ error: 'invalid_scope' }, OPERATOR, 'a scope that the app does not own'),
  row({ error: 'unauthorized_scope_error' }, OPERATOR, 'a scope that the app does not own'),
  row({ error: 'temporarily_unavailable' }, TRANSIENT, 'RFC 6749'),
  row({ error: 'server_error' }, TRANSIENT, 'RFC 6749'),
];

/** The API, by its `code`. */
const CODE_ROWS: readonly LinkedInErrorRow[] = [
  row({ code: 'INVALID_ACCESS_TOKEN' }, CONSENT_AGAIN, 'token malformed or unknown'),
  row({ code: 'REVOKED_ACCESS_TOKEN' }, REVOKED, 'revoked by the member; false while the token is seconds old'),
  row({ code: 'EXPIRED_ACCESS_TOKEN' }, LAPSED, 'token expired'),
  row({ code: 'ACCESS_DENIED' }, PERMISSION, 'scope or role missing'),
];

/** The API, by a number that LinkedIn documents nowhere. */
const NUMBER_ROWS: readonly LinkedInErrorRow[] = [
  row({ serviceErrorCode: 65600 }, CONSENT_AGAIN, 'token malformed or unknown'),
  row({ serviceErrorCode: 65601 }, REVOKED, 'revoked by the member; false while the token is seconds old'),
  row({ serviceErrorCode: 65602 }, LAPSED, 'token expired'),
  row({ serviceErrorCode: 401 }, INSPECT, 'no token was sent: ours'),
  row({ status: 403, serviceErrorCode: 100 }, PERMISSION, 'scope or role missing'),
];

/** The API, by the words of its documentation. */
const TEXT_ROWS: readonly LinkedInErrorRow[] = [
  row({ status: 401, text: /empty oauth2_access_token/i }, INSPECT, 'no token was sent: ours'),
  row({ status: 401, text: /unknown authentication schem/i }, INSPECT, 'no bearer token was sent: ours'),
  row({ status: 401, text: /token.*\bexpired|expired access token/i }, LAPSED, 'token expired'),
  row({ status: 401, text: /token.*\brevoked/i }, REVOKED, 'revoked by the member'),
  row({ status: 401, text: /invalid access token/i }, CONSENT_AGAIN, 'token malformed or unknown'),
  row({ status: 403, text: /not enough permissions/i }, PERMISSION, 'scope or role missing'),
  row({ status: 404 }, INSPECT, 'not there, or a restricted API that says 404 for 403'),
];

/** LinkedIn's errors in the order in which they are looked up; the first row that fits decides. */
export const LINKEDIN_ERROR_ROWS: readonly LinkedInErrorRow[] = [
  ...STATUS_ROWS,
  ...OAUTH_ROWS,
  ...CODE_ROWS,
  ...NUMBER_ROWS,
  ...TEXT_ROWS,
];

import type { LimitScope } from '@mooring/adapters-core';
import type { FailureClass, Reason } from '@mooring/contracts';

/**
 * One row of TikTok's errors. `from` is the shape that the code comes in: flat from `/v2/oauth/*`, in an envelope from the API
 * and from publishing, or as the reason of a post that failed. A row with `text` holds only where the message contains it
 * (lower case): the code alone doesn't tell then.
 */
export interface TikTokErrorRow {
  readonly from: 'oauth' | 'api' | 'publish' | 'fail_reason';
  readonly code: string;
  readonly text?: string;
  /** As documented or seen; TikTok's statuses are not dependable, and none decides. */
  readonly status: number;
  readonly class: FailureClass;
  readonly reason?: Reason;
  /** For limits: whom they hold back. */
  readonly limitScope?: LimitScope;
  readonly means: string;
}

type Place = readonly [from: TikTokErrorRow['from'], code: string, status: number];
type Outcome = Pick<TikTokErrorRow, 'class' | 'reason' | 'limitScope'>;

const row = ([from, code, status]: Place, outcome: Outcome, means: string): TikTokErrorRow => ({
  ...{ from, code, status },
  ...outcome,
  means,
});

// TikTok doesn't say why a token is dead. It may have been removed, lapsed or spent: only its webhook tells (L-15).
const CONSENT_AGAIN: Outcome = { class: 'reauthorization_required', reason: 'unknown' };
const LAPSED: Outcome = { class: 'reauthorization_required', reason: 'token_lapsed' };
const REMOVED: Outcome = { class: 'reauthorization_required', reason: 'removed_in_settings' };
const PERMISSION: Outcome = { class: 'permission_missing', reason: 'permission_removed' };
const OPERATOR: Outcome = { class: 'misconfigured' };
const TRANSIENT: Outcome = { class: 'transient' };
const INSPECT: Outcome = { class: 'unexpected' };
const LIMITED: Outcome = { class: 'rate_limited', limitScope: 'app' };
// The token stays valid and no connection may change for it: like a limit, it ends by waiting or by another post.
const POSTING: Outcome = { class: 'rate_limited', reason: 'platform_policy', limitScope: 'token' };

const OAUTH_ROWS: readonly TikTokErrorRow[] = [
  {
    ...row(['oauth', 'invalid_grant', 400], LAPSED, 'the authorization code expired, or was used before'),
    text: 'authorization code',
  },
  {
    ...row(['oauth', 'invalid_grant', 200], CONSENT_AGAIN, 'revoking: there is nothing left to revoke'),
    text: 'access token',
  },
  row(['oauth', 'invalid_grant', 400], CONSENT_AGAIN, 'refresh token lapsed, removed by the person, or spent before'),
  row(['oauth', 'invalid_request', 400], OPERATOR, 'redirect URI, PKCE or a parameter is not what TikTok expects'),
  row(['oauth', 'invalid_client', 401], OPERATOR, 'client key or secret wrong'),
  row(['oauth', 'access_denied', 400], INSPECT, 'refused by the person or TikTok; documented for the redirect'),
  row(['oauth', 'invalid_scope', 400], OPERATOR, 'a scope is unknown or not approved for the app'),
  row(['oauth', 'unauthorized_client', 400], OPERATOR, 'the app may not use this grant'),
  row(['oauth', 'unsupported_grant_type', 400], OPERATOR, 'TikTok knows no such grant'),
  row(['oauth', 'unsupported_response_type', 400], OPERATOR, 'TikTok knows no such response type'),
  row(['oauth', 'server_error', 500], TRANSIENT, 'TikTok failed'),
  row(['oauth', 'temporarily_unavailable', 503], TRANSIENT, 'TikTok is overloaded or in maintenance'),
];

const API_ROWS: readonly TikTokErrorRow[] = [
  row(['api', 'access_token_invalid', 401], CONSENT_AGAIN, 'access token lapsed or revoked: a renewal tells'),
  row(['api', 'scope_not_authorized', 401], PERMISSION, 'the person did not grant the scope; a renewal adds none'),
  row(['api', 'scope_permission_missed', 400], PERMISSION, 'a field needs a scope that was not granted'),
  row(['api', 'rate_limit_exceeded', 429], LIMITED, 'too many calls within a minute'),
  row(['api', 'invalid_params', 400], INSPECT, 'our request is wrong (Display API)'),
  row(['api', 'invalid_param', 400], INSPECT, 'our request is wrong (Content Posting API)'),
  row(['api', 'internal_error', 500], TRANSIENT, 'TikTok failed'),
];

const PUBLISH_ROWS: readonly TikTokErrorRow[] = [
  row(['publish', 'spam_risk_too_many_posts', 403], POSTING, 'daily posts used up'),
  row(['publish', 'spam_risk_too_many_pending_share', 403], POSTING, 'too many drafts wait in the inbox'),
  row(['publish', 'spam_risk_user_banned_from_posting', 403], POSTING, 'the account may not post at the moment'),
  row(['publish', 'reached_active_user_cap', 403], POSTING, 'the app’s posting accounts of the day are used up'),
  row(
    ['publish', 'unaudited_client_can_only_post_to_private_accounts', 403],
    POSTING,
    'an app without audit posts to private accounts only',
  ),
  row(['publish', 'privacy_level_option_mismatch', 403], POSTING, 'the post’s audience is not one of the account’s'),
  row(['publish', 'url_ownership_unverified', 403], POSTING, 'the video’s address is not verified for the app'),
  row(['fail_reason', 'auth_removed', 200], REMOVED, 'the person removed the app while the post was made'),
];

/** TikTok's errors in the order in which they are looked up; the first row that fits decides. */
export const TIKTOK_ERROR_ROWS: readonly TikTokErrorRow[] = [...OAUTH_ROWS, ...API_ROWS, ...PUBLISH_ROWS];

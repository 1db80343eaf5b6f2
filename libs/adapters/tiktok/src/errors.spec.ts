import { describe, expect, it } from '@jest/globals';
import { FAILURE_RULES, minutes } from '@mooring/contracts';
import { TIKTOK_ERROR_ROWS } from './error-table.ts';
import { classifyTikTokAnswer } from './errors.ts';

const flat = (error: string, description = 'x') =>
  JSON.stringify({ error, error_description: description, log_id: 'l' });
const enveloped = (code: string, message = 'x') => JSON.stringify({ data: {}, error: { code, message, log_id: 'l' } });

/** What TikTok's documentation and recorded answers say, apart from the table that the adapter reads. */
const DOCUMENTED: readonly [status: number, body: string, expected: string][] = [
  [400, flat('invalid_grant', 'Refresh token is invalid or expired.'), 'reauthorization_required unknown'],
  [400, flat('invalid_grant', 'Authorization code is expired.'), 'reauthorization_required token_lapsed'],
  [200, flat('invalid_grant', 'Access token is invalid or expired.'), 'reauthorization_required unknown'],
  [
    400,
    flat('invalid_request', 'Redirect_uri is not matched with the uri when requesting code.'),
    'misconfigured null',
  ],
  [400, flat('invalid_request', 'The request parameters are malformed.'), 'misconfigured null'],
  [400, flat('invalid_request', 'Client secret is missed in request.'), 'misconfigured null'],
  [400, flat('invalid_request', 'Code verifier or code challenge is invalid.'), 'misconfigured null'],
  [401, flat('invalid_client', 'Client key or secret is incorrect.'), 'misconfigured null'],
  [400, flat('access_denied'), 'unexpected null'],
  [400, flat('invalid_scope'), 'misconfigured null'],
  [400, flat('unauthorized_client'), 'misconfigured null'],
  [400, flat('unsupported_grant_type'), 'misconfigured null'],
  [400, flat('unsupported_response_type'), 'misconfigured null'],
  [200, flat('server_error'), 'transient null'],
  [503, flat('temporarily_unavailable'), 'transient null'],
  [401, enveloped('access_token_invalid'), 'reauthorization_required unknown'],
  [401, enveloped('scope_not_authorized'), 'permission_missing permission_removed'],
  [400, enveloped('scope_permission_missed'), 'permission_missing permission_removed'],
  [429, enveloped('rate_limit_exceeded'), 'rate_limited null'],
  [400, enveloped('invalid_params'), 'unexpected null'],
  [400, enveloped('invalid_param'), 'unexpected null'],
  [500, enveloped('internal_error'), 'transient null'],
  [403, enveloped('spam_risk_too_many_posts'), 'rate_limited platform_policy'],
  [403, enveloped('spam_risk_too_many_pending_share'), 'rate_limited platform_policy'],
  [403, enveloped('spam_risk_user_banned_from_posting'), 'rate_limited platform_policy'],
  [403, enveloped('reached_active_user_cap'), 'rate_limited platform_policy'],
  [403, enveloped('unaudited_client_can_only_post_to_private_accounts'), 'rate_limited platform_policy'],
  [403, enveloped('privacy_level_option_mismatch'), 'rate_limited platform_policy'],
  [403, enveloped('url_ownership_unverified'), 'rate_limited platform_policy'],
  [
    200,
    '{"data":{"status":"FAILED","fail_reason":"auth_removed"},"error":{"code":"ok","message":""}}',
    'reauthorization_required removed_in_settings',
  ],
];

describe('TikTok’s errors', () => {
  it.each(DOCUMENTED)('B2 status %i %s → %s', (status, body, expected) => {
    const { class: failureClass, reason } = classifyTikTokAnswer(status, body);
    expect(`${failureClass} ${reason}`).toBe(expected);
  });

  it('B2 every row of the table stands in the documentation’s list', () => {
    const unlisted = TIKTOK_ERROR_ROWS.filter(({ code }) => !DOCUMENTED.some(([, body]) => body.includes(`"${code}"`)));
    expect(unlisted).toEqual([]);
  });

  it.each([200, 400, 401, 403, 500])('C87 the status %i does not change what a known code means', (status) => {
    const failure = classifyTikTokAnswer(status, flat('invalid_grant', 'Refresh token is invalid or expired.'));
    expect(failure).toMatchObject({ class: 'reauthorization_required', platformCode: 'invalid_grant' });
  });

  it.each([
    [401, enveloped('brand_new_refusal')],
    [403, flat('brand_new_refusal')],
    [200, enveloped('brand_new_refusal')],
    [403, '{"hello":1}'],
  ])(
    'C24 C40 status %i with %s is looked into, and never taken for a dead token or a missing scope',
    (status, body) => {
      const { class: failureClass, platformCode } = classifyTikTokAnswer(status, body);
      expect(FAILURE_RULES[failureClass]).toMatchObject({ inspect: true, final: false });
      expect(platformCode).toBeNull();
    },
  );

  it('C25 C34 decides by the code, whatever the text and the log id hold', () => {
    const body =
      '{"data":{},"error":{"code":"internal_error","message":"access_token_invalid 401","log_id":"invalid_grant"}}';
    expect(classifyTikTokAnswer(500, body)).toMatchObject({ class: 'transient' });
  });

  it('a code of the API means nothing in the flat shape, nor the other way round', () => {
    expect(classifyTikTokAnswer(401, flat('access_token_invalid')).class).toBe('unexpected');
    expect(classifyTikTokAnswer(400, enveloped('invalid_grant')).class).toBe('unexpected');
  });

  it.each([
    [{}, minutes(1)],
    [{ 'Retry-After': '7' }, 7_000],
    [{ 'retry-after': '999999999' }, minutes(60)],
    [{ 'retry-after': 'soon' }, minutes(1)],
  ])('waits with headers %j', (headers, retryAfterMs) => {
    const failure = classifyTikTokAnswer(429, enveloped('rate_limit_exceeded'), headers);
    expect(failure).toMatchObject({ class: 'rate_limited', retryAfterMs, limitScope: 'app' });
  });
});

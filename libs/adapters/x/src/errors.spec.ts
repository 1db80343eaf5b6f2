import { describe, expect, it } from '@jest/globals';
import { FAILURE_RULES, hours, minutes, seconds } from '@mooring/contracts';
import { INVALID_TOKEN, oauthError, UNAUTHORIZED } from '../test/played-x.ts';
import { X_ERROR_ROWS } from './error-table.ts';
import { classifyXAnswer, type XRefusal } from './errors.ts';
import { X_GUIDANCE } from './guidance.ts';

const NOW = new Date('2026-07-23T21:44:05Z');
const RESET = String(NOW.getTime() / 1_000 + 240);

const classify = (status: number, body: unknown, rest: Partial<XRefusal> = {}) =>
  classifyXAnswer({ status, body: typeof body === 'string' ? body : JSON.stringify(body), ...rest }, NOW);
const problem = (type: string, more: object = {}) => ({
  title: 'Refused',
  type: `https://api.x.com/2/problems/${type}`,
  ...more,
});

describe('X’s errors', () => {
  it('C35 a dead refresh token is a typed end of the consent, in X’s own form and in RFC 6749’s', () => {
    const dead = { class: 'reauthorization_required', reason: 'unknown', platformCode: '400/invalid_request' };
    expect(classify(400, INVALID_TOKEN.body, { at: 'token' })).toMatchObject(dead);
    const standard = oauthError(400, 'invalid_grant', 'Value passed for the token was invalid.').body;
    expect(classify(400, standard)).toMatchObject({ ...dead, platformCode: '400/invalid_grant' });
  });

  it.each([
    ['unauthorized_client', oauthError(401, 'unauthorized_client', 'Missing valid authorization header').body],
    ['invalid_client', oauthError(401, 'invalid_client', 'Value passed for the client id was invalid.').body],
    ['an error nobody has seen', oauthError(401, 'something_new', 'Something.').body],
    ['a problem of the API', UNAUTHORIZED.body],
    ['an object without meaning', {}],
  ])('C04 401 of the token endpoint with %s speaks of the app and never ends a connection', (_what, body) => {
    const failure = classify(401, body, { at: 'token' });
    expect(failure.class).toBe('misconfigured');
    expect(FAILURE_RULES[failure.class]).toMatchObject({ final: false, counts: 'never', alert: 'operator' });
  });

  it('C04 the same words mean another thing at the API: 401 ends the token there', () => {
    expect(classify(401, UNAUTHORIZED.body, { at: 'api' })).toMatchObject({ class: 'reauthorization_required' });
    expect(classify(401, UNAUTHORIZED.body)).toMatchObject({ class: 'reauthorization_required' });
  });

  it('codes and types decide before words', () => {
    const body = problem('client-forbidden', { detail: 'Your account is suspended? No: the app is.' });
    expect(classify(403, body)).toMatchObject({ class: 'misconfigured', platformCode: '403/client-forbidden' });
    expect(classify(429, problem('usage-capped', { detail: 'duplicate content' }))).toMatchObject({
      class: 'rate_limited',
      limitScope: 'app',
    });
  });

  it('C24 C40 what nobody has documented leads to an inspection: neither a reconnect nor a missing scope', () => {
    for (const status of [400, 401, 403, 404, 409, 418]) {
      expect(classify(status, problem('brand-new')).class).toBe('unexpected');
      expect(FAILURE_RULES.unexpected).toMatchObject({ final: false, inspect: true });
    }
  });

  it('C34 numbers in ids and words are no codes', () => {
    const body = problem('brand-new', { detail: 'Post 88 of user 401490326 was not found: 64 89 187.', value: '88' });
    expect(classify(400, body)).toMatchObject({ class: 'unexpected', platformCode: '400/brand-new' });
  });

  it('a limit lasts until the reset, which X gives as an instant', () => {
    const body = problem('rate-limit-exceeded');
    const headers = { 'x-rate-limit-reset': RESET };
    expect(classify(429, body, { headers })).toMatchObject({
      class: 'rate_limited',
      retryAfterMs: seconds(240),
      limitScope: 'token',
    });
    expect(classify(429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, { headers }).retryAfterMs).toBe(
      seconds(240),
    );
  });

  it.each([
    [{}, minutes(15)],
    [{ 'x-rate-limit-reset': '1' }, minutes(15)],
    [{ 'x-rate-limit-reset': 'soon' }, minutes(15)],
    [{ 'x-rate-limit-reset': '99999999999' }, hours(24)],
    [{ 'retry-after': '300', 'x-rate-limit-reset': RESET }, seconds(300)],
  ])('a limit with headers %p waits a bounded time', (headers, retryAfterMs) => {
    expect(classify(429, '', { headers }).retryAfterMs).toBe(retryAfterMs);
  });

  it('whom a limit holds back depends on where it came from', () => {
    expect(classify(429, '', { at: 'token' }).limitScope).toBe('app');
    expect(classify(429, '', { at: 'api' }).limitScope).toBe('token');
  });

  it('402 is the operator’s bill, even without a word', () => {
    for (const body of ['', '{}', problem('credits-depleted')]) expect(classify(402, body).class).toBe('misconfigured');
  });

  it('errors in a list speak like one', () => {
    const errors = [problem('resource-not-found', { detail: 'User has been suspended: [ida].' })];
    expect(classify(200, { errors })).toMatchObject({ class: 'user_action_required', reason: 'account_suspended' });
  });

  it('C90 a body can put nothing but a name into the code', () => {
    const token = 'rtCANARY0123456789abcdef';
    const failure = classify(400, { error: token, error_description: `Value ${token} was invalid` });
    expect(`${failure.platformCode} ${failure.message}`).not.toContain(token);
  });

  it('L-15 has guidance for every reason that an error of X can lead to', () => {
    const reasons = X_ERROR_ROWS.flatMap(({ reason }) => (reason ? [reason] : []));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(X_GUIDANCE[reason]).toMatch(/\.$/);
  });
});

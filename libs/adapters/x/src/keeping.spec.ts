import { describe, expect, it } from '@jest/globals';
import { hours, minutes, Secret } from '@mooring/contracts';
import { NOW, PlayedBench } from '../test/played-bench.ts';
import { CLIENT_ID, INVALID_TOKEN, oauthError, UNAUTHORIZED, USER_ID } from '../test/played-x.ts';

const bench = new PlayedBench();
const tokenCalls = () => bench.x.calls.filter(({ path }) => path === '/2/oauth2/token');
const account = { accountId: USER_ID, kind: 'x_account' };

describe('renewal at X', () => {
  it('C12 brings a new pair and spends the old one, in one call', async () => {
    const { tokens } = await bench.establish();
    const renewed = await bench.adapter.refresh(tokens);
    expect(renewed.access.value.reveal()).not.toBe(tokens.access.value.reveal());
    expect(renewed.refresh?.value.reveal()).not.toBe(tokens.refresh?.value.reveal());
    expect(renewed.access).toMatchObject({ issuedAt: NOW, expiresAt: new Date(NOW.getTime() + hours(2)) });
    expect(tokenCalls()).toHaveLength(1);
    expect(Object.fromEntries(tokenCalls()[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh?.value.reveal(),
      client_id: CLIENT_ID,
    });
  });

  it('C04 C35 the loser of a race gets a typed refusal, once: whether the grant is dead its reader decides', async () => {
    const { tokens } = await bench.establish();
    await bench.adapter.refresh(tokens);
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({
      class: 'reauthorization_required',
      platformCode: '400/invalid_request',
    });
    expect(tokenCalls()).toHaveLength(2);
  });

  it('C10 an answer without a refresh token brings none in place of the stored one', async () => {
    const { tokens } = await bench.establish();
    for (const refresh of [{}, { refresh_token: '' }, { refresh_token: 'undefined' }]) {
      bench.x.canned.set('/2/oauth2/token', { body: { token_type: 'bearer', access_token: 'at9', ...refresh } });
      await expect(bench.adapter.refresh(tokens)).resolves.toMatchObject({
        refresh: null,
        access: { expiresAt: null },
      });
    }
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['no token', { token_type: 'bearer', expires_in: 7_200, scope: 'tweet.read' }],
    ['a token of another type', { token_type: 'mac', access_token: 'at9', refresh_token: 'rt9' }],
  ])('C18 C87 status 200 with %s has spent the refresh token for nothing: the answer is lost', async (_what, body) => {
    const { tokens } = await bench.establish();
    bench.x.canned.set('/2/oauth2/token', { body });
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ class: 'transient', mayHaveArrived: true });
    expect(tokenCalls()).toHaveLength(1);
  });

  it('C87 a refusal that nobody knows has spent nothing', async () => {
    const { tokens } = await bench.establish();
    bench.x.canned.set('/2/oauth2/token', oauthError(400, 'invalid_request', 'Something new.'));
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('C11 is not tried without a refresh token', async () => {
    const { tokens } = await bench.establish({ refreshToken: null });
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ class: 'unexpected', mayHaveArrived: false });
    expect(tokenCalls()).toEqual([]);
  });

  it.each([
    ['unauthorized_client', 401, 'Missing valid authorization header'],
    ['invalid_client', 401, 'Value passed for the client id was invalid.'],
    ['invalid_request', 400, 'Missing required parameter [client_id].'],
  ])('C04 C35 %s is the operator’s and touches no connection', async (error, status, description) => {
    const { tokens } = await bench.establish();
    bench.x.canned.set('/2/oauth2/token', oauthError(status, error, description));
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ class: 'misconfigured' });
  });

  it('C18 is due when at most a quarter of the life is left, whatever the life: a token is not spent each hour', () => {
    const { refreshAtLifeFraction, refreshLeadMs, refreshKind } = bench.adapter.policy;
    expect(refreshKind).toBe('rotating');
    expect(refreshLeadMs).toBeNull();
    for (const lifeMs of [minutes(10), hours(2), hours(24)]) {
      expect(lifeMs * (1 - (refreshAtLifeFraction ?? 0))).toBeLessThanOrEqual(lifeMs / 4);
    }
  });
});

describe('inspection at X', () => {
  it('tells that a token lives, and neither its end nor its scopes, which X does not say', async () => {
    const { tokens } = await bench.establish();
    const found = await bench.adapter.inspect({ token: tokens.access.value, account });
    expect(found).toEqual({ alive: true, missingScopes: [] });
    expect(bench.x.calls.filter(({ path }) => path === '/2/users/me')).toHaveLength(2);
  });

  it('C04 leaves 401 to a renewal: a lapsed token looks just like one that was taken back', async () => {
    bench.x.canned.set('/2/users/me', UNAUTHORIZED);
    const found = await bench.adapter.inspect({ token: new Secret('at1'), account: null });
    expect(found).toMatchObject({ alive: false, renewalDecides: true, failure: { class: 'reauthorization_required' } });
  });

  it.each([
    ['user-suspended', 403, { reason: 'user-suspended', type: 'about:blank' }, 'account_suspended'],
    [
      'a missing scope',
      403,
      { type: 'https://api.x.com/2/problems/not-authorized-for-resource' },
      'permission_removed',
    ],
  ])('%s is no matter of renewing', async (_what, status, body, reason) => {
    bench.x.canned.set('/2/users/me', { status, body });
    const found = await bench.adapter.inspect({ token: new Secret('at1'), account: null });
    expect(found).toMatchObject({ alive: false, failure: { reason } });
    expect(found).not.toHaveProperty('renewalDecides');
  });

  it.each([402, 403, 429, 500, 503])('C01 C35 status %i without more is no answer about the token', async (status) => {
    bench.x.canned.set('/2/users/me', { status, body: { title: 'Refused', type: 'about:blank', status } });
    await expect(bench.adapter.inspect({ token: new Secret('at1'), account: null })).rejects.toMatchObject({
      name: 'PlatformFailure',
    });
  });

  it('C37 a token of another account is not taken for this one’s', async () => {
    const { tokens } = await bench.establish();
    const other = { ...account, accountId: '999' };
    expect(await bench.adapter.inspect({ token: tokens.access.value, account: other })).toMatchObject({
      alive: false,
      failure: { suspectOwnStorage: true },
    });
  });
});

describe('the end at X', () => {
  it('C77 takes back the refresh token before the access token', async () => {
    const { subjectId, tokens } = await bench.establish();
    expect(await bench.adapter.revoke({ subjectId, tokens })).toBe('revoked');
    const ended = bench.x.calls.filter(({ path }) => path === '/2/oauth2/revoke').map(({ form }) => form.get('token'));
    expect(ended).toEqual([tokens.refresh?.value.reveal(), tokens.access.value.reveal()]);
  });

  it.each([
    ['nothing', { body: '' }],
    ['what X already ended', INVALID_TOKEN],
  ])('C77 is reached with %s for an answer', async (_what, answer) => {
    const consent = await bench.establish();
    bench.x.canned.set('/2/oauth2/revoke', answer);
    expect(await bench.adapter.revoke(consent)).toBe('revoked');
  });

  it.each([
    ['a wrong secret', oauthError(401, 'unauthorized_client', 'Missing valid authorization header'), 'misconfigured'],
    ['an outage', { status: 503, body: '' }, 'transient'],
    ['the page of a proxy', { body: '<html>Hello</html>' }, 'transient'],
  ])('C77 is not reached with %s', async (_what, answer, failureClass) => {
    const consent = await bench.establish();
    bench.x.canned.set('/2/oauth2/revoke', answer);
    await expect(bench.adapter.revoke(consent)).rejects.toMatchObject({ class: failureClass });
  });

  it('can’t be brought about without a token', async () => {
    expect(await bench.adapter.revoke({ subjectId: USER_ID, tokens: null })).toBe('unsupported');
  });
});

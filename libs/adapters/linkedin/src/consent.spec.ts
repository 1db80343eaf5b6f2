import { describe, expect, it } from '@jest/globals';
import { days, seconds, Secret } from '@mooring/contracts';
import { NOW, PlayedBench } from '../test/played-bench.ts';
import { apiError, ISSUED, oauthError, SCOPES } from '../test/played-linkedin.ts';

const bench = new PlayedBench();
const pathsCalled = () => bench.linkedin.calls.map(({ method, path }) => `${method} ${path}`);
const inSeconds = (life: number) => new Date(NOW.getTime() + seconds(life));

describe('reading the token endpoint', () => {
  const read = (answer: object) => {
    const { flow } = bench.adapter;
    if (flow.strategy === 'adapter') throw new Error('LinkedIn goes by its passport package');
    return flow.readTokenAnswer({ access_token: 'AQX-placeholder', expires_in: 5_183_999, ...answer });
  };

  it('C13 no refresh token is normal', () => {
    expect(read({ scope: 'w_organization_social' })).toMatchObject({
      refreshToken: null,
      expiresInSeconds: 5_183_999,
      refreshExpiresInSeconds: null,
      grantedScopes: ['w_organization_social'],
    });
  });

  it.each([
    ['openid profile', ['openid', 'profile']],
    ['openid,profile', ['openid', 'profile']],
    ['openid, profile\n', ['openid', 'profile']],
  ])('reads scopes from %p', (scope, expected) => {
    expect(read({ scope }).grantedScopes).toEqual(expected);
  });

  it.each([
    [31_536_059, 31_536_059],
    // LinkedIn's own sample: minutes where seconds are meant.
    [525_600, null],
    [undefined, null],
    ['soon', null],
  ])('C10 takes %p of a refresh token’s life for %p', (life, expected) => {
    const tokens = read({ refresh_token: 'AQW-placeholder', refresh_token_expires_in: life });
    expect(tokens.refreshToken?.reveal()).toBe('AQW-placeholder');
    expect(tokens.refreshExpiresInSeconds).toBe(expected);
  });

  it.each(['', undefined, 'undefined'])('C87 an access token %p is none', (token) => {
    expect(() => read({ access_token: token })).toThrow(expect.objectContaining({ class: 'unexpected' }));
  });
});

describe('establishing a consent', () => {
  it('C14 knows both clocks, and the person by one call', async () => {
    const consent = await bench.establish();
    expect(pathsCalled()).toEqual(['GET v2/userinfo']);
    expect(consent).toMatchObject({ subjectId: 'AbC123', subjectName: 'Ida Member', grantedScopes: SCOPES });
    expect(consent.tokens.access).toMatchObject({ issuedAt: NOW, expiresAt: inSeconds(5_183_999) });
    expect(consent.tokens.refresh).toMatchObject({ issuedAt: NOW, expiresAt: inSeconds(31_536_059) });
  });

  it('C13 C14 of an app that gets no refresh token is bound by the access token', async () => {
    const { tokens } = await bench.establish({ refreshToken: null, refreshExpiresInSeconds: null });
    expect(tokens).toMatchObject({ access: { expiresAt: inSeconds(5_183_999) }, refresh: null });
  });

  it('C10 C36 asks the introspection for what the answer left out', async () => {
    const consent = await bench.establish({ grantedScopes: null, expiresInSeconds: null });
    expect(pathsCalled()).toEqual(['POST oauth/v2/introspectToken', 'GET v2/userinfo']);
    expect(consent.grantedScopes).toEqual(SCOPES);
    expect(consent.tokens.access.expiresAt).toEqual(new Date((ISSUED + 5_183_999) * 1_000));
  });

  it('knows the person also where the app has no OpenID Connect', async () => {
    const consent = await bench.establish({ grantedScopes: ['r_basicprofile', 'rw_organization_admin'] });
    expect(pathsCalled()).toEqual(['GET v2/me']);
    expect(consent).toMatchObject({ subjectId: 'AbC123', subjectName: 'Ida Member' });
    const unknown = bench.establish({ grantedScopes: ['rw_organization_admin'] });
    await expect(unknown).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('B6 a wrong secret is the operator’s at once', async () => {
    const adapter = bench.adapterWith({ clientSecret: new Secret('another-secret') });
    const token = new Secret(bench.linkedin.mint());
    const misconfigured = { class: 'misconfigured' };
    await expect(adapter.inspect({ token, account: null })).rejects.toMatchObject(misconfigured);
    const { tokens } = await bench.establish();
    await expect(adapter.refresh(tokens)).rejects.toMatchObject(misconfigured);
    await expect(adapter.revoke({ subjectId: 'AbC123', tokens })).rejects.toMatchObject(misconfigured);
    // The introspection's 401 needs no known error to mean that.
    bench.linkedin.canned.set('oauth/v2/introspectToken', { status: 401, body: { message: 'no' } });
    await expect(bench.adapter.inspect({ token, account: null })).rejects.toMatchObject(misconfigured);
  });
});

describe('a token that is seconds old and called revoked', () => {
  it('is tried again after 1, 2, 4 and 8 seconds', async () => {
    bench.linkedin.falselyRevoked = 4;
    expect(await bench.establish()).toMatchObject({ subjectId: 'AbC123' });
    expect(bench.pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('C01 is no dead token when all of these were in vain', async () => {
    bench.linkedin.falselyRevoked = 99;
    await expect(bench.establish()).rejects.toMatchObject({ class: 'transient', retryAfterMs: 45_000 });
    expect(pathsCalled()).toHaveLength(5);
  });

  it('is believed to be revoked a minute after its issue', async () => {
    const consent = await bench.establish();
    bench.pass(seconds(60));
    bench.linkedin.falselyRevoked = 1;
    await expect(bench.adapter.discover(consent)).rejects.toMatchObject({ reason: 'removed_in_settings' });
    expect(bench.pauses).toEqual([]);
  });

  it('is not tried again for any other refusal', async () => {
    bench.linkedin.canned.set('v2/userinfo', apiError(401, 65600, 'INVALID_ACCESS_TOKEN', 'Invalid access token'));
    await expect(bench.establish()).rejects.toMatchObject({ class: 'reauthorization_required' });
    expect(bench.pauses).toEqual([]);
  });
});

describe('renewing', () => {
  it('C12 C14 gives a new access token; the refresh token stays and its year runs on', async () => {
    const { tokens } = await bench.establish();
    bench.pass(days(53));
    bench.linkedin.refreshSeconds = 31_536_059 - 53 * 86_400;
    const renewed = await bench.adapter.refresh(tokens);
    expect(renewed.access.value.reveal()).not.toBe(tokens.access.value.reveal());
    expect(renewed.access).toMatchObject({
      issuedAt: bench.now,
      expiresAt: new Date(bench.now.getTime() + seconds(5_183_999)),
    });
    expect(renewed.refresh?.value.reveal()).toBe(tokens.refresh?.value.reveal());
    expect(renewed.refresh).toMatchObject({ issuedAt: NOW, expiresAt: tokens.refresh?.expiresAt });
  });

  it('believes a life of days once the year is known', async () => {
    const { tokens } = await bench.establish();
    bench.linkedin.refreshSeconds = 432_000;
    expect((await bench.adapter.refresh(tokens)).refresh?.expiresAt).toEqual(inSeconds(432_000));
  });

  it('C10 keeps a life unknown that was no number of seconds from the beginning', async () => {
    const { tokens } = await bench.establish({ refreshExpiresInSeconds: null });
    bench.linkedin.refreshSeconds = 525_000;
    expect((await bench.adapter.refresh(tokens)).refresh?.expiresAt).toBeNull();
  });

  it.each([{}, { refresh_token: '' }, { refresh_token: 'undefined' }, { refresh_token: null }])(
    'C10 %j never overwrites the refresh token',
    async (answer) => {
      const { tokens } = await bench.establish();
      const body = { access_token: 'AQXfresh', expires_in: 60, ...answer };
      bench.linkedin.canned.set('oauth/v2/accessToken', { body });
      const { refresh } = await bench.adapter.refresh(tokens);
      expect(refresh?.value.reveal()).toBe(tokens.refresh?.value.reveal());
      expect(refresh?.expiresAt).toEqual(tokens.refresh?.expiresAt);
    },
  );

  it('C13 without a refresh token there is nothing to ask, and nothing fails', async () => {
    const { tokens } = await bench.establish({ refreshToken: null });
    bench.linkedin.calls.length = 0;
    expect(await bench.adapter.refresh(tokens)).toBe(tokens);
    expect(bench.linkedin.calls).toEqual([]);
  });

  it.each([
    ['invalid_request', 'The provided authorization grant or refresh token is invalid, expired or revoked'],
    ['invalid_grant', 'x'],
  ])('%s means a dead grant, and a lapsed one where its year is over', async (error, description) => {
    const { tokens } = await bench.establish();
    bench.linkedin.canned.set('oauth/v2/accessToken', oauthError(400, error, description));
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ reason: 'unknown', platformCode: error });
    bench.pass(days(366));
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ reason: 'token_lapsed', platformCode: error });
  });
});

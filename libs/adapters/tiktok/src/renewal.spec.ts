import { describe, expect, it } from '@jest/globals';
import { days, hours, minutes } from '@mooring/contracts';
import { NOW, PlayedBench } from '../test/played-bench.ts';
import { oauthError } from '../test/played-tiktok.ts';

const bench = new PlayedBench();
const after = (ms: number) => new Date(NOW.getTime() + ms);
const formOf = (index: number) => Object.fromEntries(bench.tiktok.calls[index]?.form ?? []);

describe('the code exchange', () => {
  it('L-05 sends key, secret and the code as it came, in a form', async () => {
    await bench.exchange();
    expect(bench.paths).toEqual(['oauth/token/']);
    expect(bench.tiktok.calls[0]?.contentType).toContain('application/x-www-form-urlencoded');
    expect(formOf(0)).toEqual({
      client_key: 'ck_test',
      client_secret: 'cs_test',
      grant_type: 'authorization_code',
      code: 'code*with!marks',
      redirect_uri: 'https://mooring.example/connect/tiktok/callback',
    });
  });

  it('C87 a token is a success whatever the status, and an error is none though the status is 200', async () => {
    bench.tiktok.canned.set('oauth/token/', { status: 400, body: bench.tiktok.issue() });
    expect((await bench.exchange()).expiresInSeconds).toBe(7_200);
    bench.tiktok.canned.set('oauth/token/', oauthError('invalid_grant', 'Authorization code is expired.', 200));
    await expect(bench.exchange()).rejects.toMatchObject({ class: 'reauthorization_required', reason: 'token_lapsed' });
    const both = { ...bench.tiktok.issue(), access_token: '', error: 'server_error' };
    bench.tiktok.canned.set('oauth/token/', { body: both });
    await expect(bench.exchange()).rejects.toMatchObject({ class: 'transient' });
  });

  it('B6 a wrong client secret is the operator’s', async () => {
    bench.tiktok.canned.set('oauth/token/', oauthError('invalid_client', 'Client key or secret is incorrect', 401));
    await expect(bench.exchange()).rejects.toMatchObject({ class: 'misconfigured', platformCode: 'invalid_client' });
  });
});

describe('renewing', () => {
  it.each([
    ['2 h and 180 days', 7_200, 15_552_000],
    ['24 h and 365 days', 86_400, 31_536_000],
  ])('C10 L-16 obeys lives of %s, each by its own answer', async (_what, access, refresh) => {
    Object.assign(bench.tiktok, { expiresIn: access, refreshExpiresIn: refresh });
    const { tokens } = await bench.establish();
    expect(tokens.access.expiresAt).toEqual(after(access * 1_000));
    expect(tokens.refresh?.expiresAt).toEqual(after(refresh * 1_000));
    expect(bench.adapter.policy).toMatchObject({ refreshKind: 'rotating', refreshAtLifeFraction: 0.75 });
  });

  it('C12 C18 gives both new tokens by one call, and the end of the last one stays where it was', async () => {
    const { tokens } = await bench.establish();
    bench.tiktok.calls.length = 0;
    const later = after(minutes(90));
    bench.tiktok.refreshExpiresIn = 15_552_000 - 90 * 60 - 2;
    const renewed = await bench.adapterWith({ now: () => later }).refresh(tokens);
    expect(bench.paths).toEqual(['oauth/token/']);
    expect(formOf(0)).toMatchObject({ grant_type: 'refresh_token', client_key: 'ck_test' });
    expect(renewed.access.expiresAt).toEqual(after(minutes(90) + hours(2)));
    expect(renewed.refresh?.expiresAt).toEqual(after(days(180)));
    expect(renewed.refresh?.value.reveal()).not.toBe(tokens.refresh?.value.reveal());
  });

  it('L-16 another deadline than the one that was known is believed', async () => {
    const { tokens } = await bench.establish();
    bench.tiktok.refreshExpiresIn = 3_600;
    expect((await bench.adapter.refresh(tokens)).refresh?.expiresAt).toEqual(after(hours(1)));
  });

  it.each([undefined, '', null])('C10 C11 a refresh token that is %p overwrites none', async (refreshToken) => {
    const { tokens } = await bench.establish();
    bench.tiktok.canned.set('oauth/token/', { body: { ...bench.tiktok.issue(), refresh_token: refreshToken } });
    expect((await bench.adapter.refresh(tokens)).refresh).toBeNull();
  });

  it.each([undefined, 0, 'soon', 999_999_999_999])('C10 an expiry of %p is none that is known', async (expiresIn) => {
    const { tokens } = await bench.establish();
    bench.tiktok.canned.set('oauth/token/', { body: { ...bench.tiktok.issue(), expires_in: expiresIn } });
    expect((await bench.adapter.refresh(tokens)).access.expiresAt).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['an empty object', {}],
    ['no token', { expires_in: 7_200, open_id: 'x' }],
  ])('C18 C87 status 200 with %s has spent the refresh token for nothing: the answer is lost', async (_what, body) => {
    const { tokens } = await bench.establish();
    bench.tiktok.canned.set('oauth/token/', { body });
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ class: 'transient', mayHaveArrived: true });
  });

  it.each([
    ['with status 200', oauthError('something_new', 'x', 200)],
    ['without a word', { status: 400, body: {} }],
  ])('C87 a refusal that nobody knows, %s, has spent nothing', async (_what, answer) => {
    const { tokens } = await bench.establish();
    bench.tiktok.canned.set('oauth/token/', answer);
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('C04 a spent refresh token is refused, and not tried again', async () => {
    const { tokens } = await bench.establish();
    await bench.adapter.refresh(tokens);
    bench.tiktok.calls.length = 0;
    const refusal = { class: 'reauthorization_required', reason: 'unknown', platformCode: 'invalid_grant' };
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject(refusal);
    expect(bench.paths).toEqual(['oauth/token/']);
  });

  it('L-15 a refusal after the known end of the refresh token is a lapse', async () => {
    const { tokens } = await bench.establish();
    bench.tiktok.kill();
    const refusal = bench.adapterWith({ now: () => after(days(181)) }).refresh(tokens);
    await expect(refusal).rejects.toMatchObject({ class: 'reauthorization_required', reason: 'token_lapsed' });
  });

  it('asks nothing without a refresh token', async () => {
    const { tokens } = await bench.establish();
    bench.tiktok.calls.length = 0;
    const failure = { class: 'unexpected', mayHaveArrived: false };
    await expect(bench.adapter.refresh({ ...tokens, refresh: null })).rejects.toMatchObject(failure);
    expect(bench.paths).toEqual([]);
  });
});

describe('taking a consent back', () => {
  const revoke = async (now = NOW) => {
    const { tokens, subjectId } = await bench.establish();
    bench.tiktok.calls.length = 0;
    return bench.adapterWith({ now: () => now }).revoke({ subjectId, tokens });
  };

  it.each(['', '{}'])('C77 takes %p for done', async (body) => {
    bench.tiktok.canned.set('oauth/revoke/', { body });
    expect(await revoke()).toBe('revoked');
    expect(bench.paths).toEqual(['oauth/revoke/']);
    expect(formOf(0)).toMatchObject({ client_key: 'ck_test', client_secret: 'cs_test', token: expect.any(String) });
  });

  it('C77 renews first where the access token has lapsed: a consent stays otherwise', async () => {
    expect(await revoke(after(hours(3)))).toBe('revoked');
    expect(bench.paths).toEqual(['oauth/token/', 'oauth/revoke/']);
  });

  it('C77 takes back again what it renewed for it: later nobody could, and the consent would stay', async () => {
    bench.tiktok.canned.set('oauth/revoke/', [{ status: 503, body: '' }]);
    expect(await revoke(after(hours(3)))).toBe('revoked');
    expect(bench.paths).toEqual(['oauth/token/', 'oauth/revoke/', 'oauth/revoke/']);
    bench.tiktok.canned.set('oauth/revoke/', { status: 503, body: '' });
    await expect(revoke(after(hours(3)))).rejects.toMatchObject({ class: 'transient' });
    expect(bench.paths).toEqual(['oauth/token/', 'oauth/revoke/', 'oauth/revoke/']);
  });

  it('C77 renews where TikTok calls the access token dead, with status 200', async () => {
    bench.tiktok.canned.set('oauth/revoke/', [oauthError('invalid_grant', 'Access token is invalid or expired.', 200)]);
    expect(await revoke()).toBe('revoked');
    expect(bench.paths).toEqual(['oauth/revoke/', 'oauth/token/', 'oauth/revoke/']);
  });

  it('C77 is done where neither token lives', async () => {
    const { tokens, subjectId } = await bench.establish();
    bench.tiktok.kill();
    expect(await bench.adapter.revoke({ subjectId, tokens })).toBe('revoked');
  });

  it.each([
    [oauthError('invalid_client', 'x', 401), 'misconfigured'],
    [oauthError('server_error', 'x', 200), 'transient'],
    [{ status: 503, body: '' }, 'transient'],
  ])('fails with %j', async (answer, failureClass) => {
    bench.tiktok.canned.set('oauth/revoke/', answer);
    await expect(revoke()).rejects.toMatchObject({ class: failureClass });
  });

  it('asks nothing without a token', async () => {
    const failure = { class: 'unexpected', mayHaveArrived: false };
    await expect(bench.adapter.revoke({ subjectId: 'x', tokens: null })).rejects.toMatchObject(failure);
    expect(bench.paths).toEqual([]);
  });
});

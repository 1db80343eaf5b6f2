import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ALL_SCOPES, TikTokDriver, type Issued } from './tiktok-driver.ts';

const OPEN_ID = '490e2a1c-0b7d-4e55-9f31-4908a1b2c3d4';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = '13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3';

let tiktok: TikTokDriver;

beforeAll(async () => {
  tiktok = await TikTokDriver.start();
});
beforeEach(() => tiktok.control('POST', 'reset'));
afterAll(() => tiktok.close());

const clock = (offsetMs: number) => tiktok.control('POST', 'clock', { offsetMs });
const switches = (values: object) => tiktok.control('PUT', 'tiktok/switches', values);
const errorOf = async (reply: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await reply;
  return `${status} ${(body as { error: string }).error}`;
};

describe('TikTok’s consent page', () => {
  it('sends back code, ticked scopes and state, and the code is exchanged once', async () => {
    const back = await tiktok.consent();
    expect(back.searchParams.get('state')).toBe('st-1');
    expect(back.searchParams.get('scopes')).toBe(ALL_SCOPES);
    const code = back.searchParams.get('code') ?? '';
    expect(code).toMatch(/[*!]/);
    expect((await tiktok.exchange(code)).body).toMatchObject({
      access_token: expect.stringMatching(/^act\..*CANARY/),
      refresh_token: expect.stringMatching(/^rft\..*CANARY/),
      ...{
        expires_in: 7_200,
        refresh_expires_in: 15_552_000,
        open_id: OPEN_ID,
        scope: ALL_SCOPES,
        token_type: 'Bearer',
      },
    });
    expect(await errorOf(tiktok.exchange(code))).toBe('400 invalid_grant');
  });

  it('C39 lets scopes be unticked', async () => {
    const back = await tiktok.consent([
      ['boxes', '1'],
      ['permissions', 'user.info.basic'],
    ]);
    expect(back.searchParams.get('scopes')).toBe('user.info.basic');
    const { body } = await tiktok.exchange(back.searchParams.get('code') ?? '');
    expect(body).toMatchObject({ scope: 'user.info.basic' });
  });

  it('C43 C45 refuses the whole consent where one scope is not approved', async () => {
    await switches({ unapprovedScopes: 'video.publish' });
    const back = await tiktok.consent();
    expect(back.searchParams.get('error')).toBe('invalid_scope');
    expect(back.searchParams.get('code')).toBeNull();
    expect((await tiktok.consent([], { scope: 'user.info.basic' })).searchParams.get('code')).not.toBeNull();
  });

  it('a refusal comes back as access_denied', async () => {
    expect((await tiktok.consent([['decision', 'cancel']])).searchParams.get('error')).toBe('access_denied');
  });

  it('C58 skips itself for who agreed before, unless the app asks otherwise', async () => {
    await tiktok.consent();
    const visit = (query: Record<string, string> = {}) =>
      fetch(tiktok.consentUrl(query), { headers: { cookie: 'sandbox_tiktok_person=tara' }, redirect: 'manual' });
    expect((await visit()).status).toBe(302);
    expect((await visit({ disable_auto_auth: '1' })).status).toBe(200);
  });

  it.each([
    ['the slash at the end', (url: string) => url.replace('authorize/?', 'authorize?'), 404],
    ['another app', (url: string) => url.replace('client_key=aw', 'client_key=bw'), 400],
    ['client_id', (url: string) => url.replace('client_key', 'client_id'), 400],
    ['another redirect URI', (url: string) => url.replace('8080', '8081'), 400],
  ])('shows an error of its own without or with %s', async (_what, change, status) => {
    expect((await fetch(change(tiktok.consentUrl()), { redirect: 'manual' })).status).toBe(status);
  });

  it('PKCE takes TikTok’s hexadecimal challenge only, and can be demanded', async () => {
    await switches({ pkceRequired: true });
    expect((await tiktok.consent()).protocol).toBe('about:');
    const codeWith = async (challenge: string) => {
      const query = { code_challenge: challenge, code_challenge_method: 'S256' };
      return (await tiktok.consent([], query)).searchParams.get('code') ?? '';
    };
    const verifier = { code_verifier: VERIFIER };
    expect((await tiktok.exchange(await codeWith(CHALLENGE), verifier)).status).toBe(200);
    const standard = await codeWith('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    const { body } = await tiktok.exchange(standard, verifier);
    expect(body).toMatchObject({ error_description: 'Code verifier or code challenge is invalid.' });
  });
});

describe('TikTok’s token endpoint', () => {
  it('C18 rotates, refuses the spent one, and kills nothing else by that', async () => {
    const first = await tiktok.connect();
    const second = (await tiktok.refresh(first.refresh_token)).body as unknown as Issued;
    expect(await errorOf(tiktok.refresh(first.refresh_token))).toBe('400 invalid_grant');
    expect((await tiktok.userInfo(second.access_token)).status).toBe(200);
    expect((await tiktok.refresh(second.refresh_token)).status).toBe(200);
  });

  it('L-16 counts the refresh token’s life down to one end', async () => {
    const first = await tiktok.connect();
    await clock(100 * 86_400_000);
    const { body } = await tiktok.refresh(first.refresh_token);
    expect(body).toMatchObject({ expires_in: 7_200 });
    expect((body as { refresh_expires_in: number }).refresh_expires_in / 86_400).toBeCloseTo(80, 1);
    await clock(181 * 86_400_000);
    const last = (body as unknown as Issued).refresh_token;
    expect(await errorOf(tiktok.refresh(last))).toBe('400 invalid_grant');
  });

  it('gives the lives of its older documentation, by switch', async () => {
    await switches({ oldLifetimes: true });
    const first = await tiktok.connect();
    expect(first).toMatchObject({ expires_in: 86_400, refresh_expires_in: 31_536_000 });
    const { body } = await tiktok.refresh(first.refresh_token);
    expect(body).toMatchObject({ expires_in: 86_400 });
    expect((body as unknown as Issued).refresh_expires_in).toBeGreaterThan(31_535_000);
  });

  it('C87 answers errors with 200, by switch and by fault', async () => {
    const { refresh_token: refreshToken } = await tiktok.connect();
    await tiktok.control('PUT', 'tiktok/fault', { fault: 'error-200', calls: ['token.refresh'], times: 1 });
    expect(await errorOf(tiktok.refresh(refreshToken))).toBe('200 server_error');
    await switches({ oauthErrorsWith200: true });
    expect(await errorOf(tiktok.refresh('rft.nobody'))).toBe('200 invalid_grant');
  });

  it.each([
    [{ client_secret: 'wrong' }, '401 invalid_client'],
    [{ client_key: 'wrong' }, '401 invalid_client'],
    [{ grant_type: 'password' }, '400 unsupported_grant_type'],
    [{ refresh_token: '' }, '400 invalid_request'],
    [{}, '400 invalid_grant'],
  ])('answers %j with %s', async (changes, expected) => {
    expect(await errorOf(tiktok.refresh('rft.nobody', changes))).toBe(expected);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../src/index.ts';
import { APP_ID, APP_SECRET, FacebookDriver, REDIRECT_URI, startSandbox } from './facebook-driver.ts';

let sandbox: Sandbox;
let facebook: FacebookDriver;

beforeAll(async () => {
  sandbox = await startSandbox();
  facebook = new FacebookDriver(sandbox.url);
});
beforeEach(() => facebook.control('POST', 'reset'));
afterAll(() => sandbox.close());

describe('dialog', () => {
  it('shows a consent page with Fiona preselected', async () => {
    const page = await (await fetch(facebook.dialogUrl())).text();
    expect(page).toContain('Continue as Fiona Marsh?');
    expect(page).toContain('Studio 490');
  });

  it('goes back with code, unchanged state and the fragment', async () => {
    const back = await facebook.submitDialog();
    expect(`${back.origin}${back.pathname}`).toBe(REDIRECT_URI);
    expect(back.searchParams.get('code')).toMatch(/^AQCANARY/);
    expect(back.searchParams.get('state')).toBe('st-1');
    expect(back.hash).toBe('#_=_');
  });

  it('goes back with the documented refusal', async () => {
    const back = await facebook.submitDialog({ form: { decision: 'cancel' } });
    expect(back.search).toBe(
      '?error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied&state=st-1',
    );
  });

  it('compares the redirect URI as a whole string', async () => {
    const reply = await fetch(facebook.dialogUrl({ redirectUri: `${REDIRECT_URI}?x=1` }), { redirect: 'manual' });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('URL Blocked');
  });

  it('takes other redirect URIs while it runs', async () => {
    const other = 'http://127.0.0.1:18080/connect/facebook/callback';
    await facebook.control('PUT', 'facebook/app', { redirectUris: [REDIRECT_URI, other] });
    expect((await facebook.submitDialog({ redirectUri: other })).host).toBe('127.0.0.1:18080');
    await facebook.control('PUT', 'facebook/app', {
      redirectUris: [REDIRECT_URI, REDIRECT_URI.replace('127.0.0.1', 'localhost')],
    });
  });

  it('asks again for what was declined only with auth_type=rerequest', async () => {
    const form = { boxes: '1', permissions: ['pages_show_list'], pages: ['100200300400501'] };
    const first = await facebook.submitDialog({ form, query: { return_scopes: 'true' } });
    expect(first.searchParams.get('denied_scopes')).toBe(
      'pages_manage_posts,pages_read_engagement,business_management',
    );
    const second = await facebook.submitDialog({ query: { return_scopes: 'true' } });
    expect(second.searchParams.get('granted_scopes')).toBe('public_profile,pages_show_list');
    const third = await facebook.submitDialog({ query: { return_scopes: 'true', auth_type: 'rerequest' } });
    expect(third.searchParams.get('denied_scopes')).toBe('');
  });

  it('decides by itself once when told so', async () => {
    await facebook.control('PUT', 'facebook/next-dialog', {
      decision: 'approve',
      person: 'carl',
      untick: ['business_management'],
    });
    const reply = await fetch(facebook.dialogUrl(), { redirect: 'manual' });
    const code = new URL(reply.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const token = (await facebook.exchangeCode(code)).body.access_token as string;
    expect((await facebook.as(token, 'GET', 'me')).body).toEqual({ id: '10150000000000002', name: 'Carl Marsh' });
    expect((await facebook.as(token, 'GET', 'me/permissions')).body.data).toContainEqual({
      permission: 'business_management',
      status: 'declined',
    });
    expect((await fetch(facebook.dialogUrl(), { redirect: 'manual' })).status).toBe(200);
  });
});

describe('code exchange', () => {
  it('answers token, type and lifetime, by POST form too', async () => {
    const code = (await facebook.submitDialog()).searchParams.get('code') ?? '';
    const body = new URLSearchParams({
      client_id: APP_ID,
      client_secret: APP_SECRET,
      redirect_uri: REDIRECT_URI,
      code,
    });
    const reply = await fetch(`${sandbox.url}/graph.facebook.com/v25.0/oauth/access_token`, { method: 'POST', body });
    expect(await reply.json()).toEqual({
      access_token: expect.stringMatching(/^EAABCANARY/),
      token_type: 'bearer',
      expires_in: 5177,
    });
  });

  it.each([
    ['client_id', { client_id: '1' }, 101, undefined],
    ['client_secret', { client_secret: 'wrong' }, 1, undefined],
    ['redirect_uri that is not absolute', { redirect_uri: '/callback' }, 191, undefined],
    ['redirect_uri that is not allowed', { redirect_uri: 'http://elsewhere.example/' }, 191, undefined],
    [
      'redirect_uri other than the dialog’s',
      { redirect_uri: 'http://localhost:8080/connect/facebook/callback' },
      100,
      36008,
    ],
    ['code', { code: 'AQgarbage' }, 100, undefined],
  ])('refuses a wrong %s', async (_what, changes, code, subcode) => {
    const good = (await facebook.submitDialog()).searchParams.get('code') ?? '';
    const reply = await facebook.exchangeCode(good, changes);
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatchObject({ type: 'OAuthException', code });
    expect(reply.body.error.error_subcode).toBe(subcode);
  });

  it('refuses a code twice (36009) and a late one (36007)', async () => {
    const code = (await facebook.submitDialog()).searchParams.get('code') ?? '';
    await facebook.exchangeCode(code);
    expect((await facebook.exchangeCode(code)).body.error.error_subcode).toBe(36009);
    const late = (await facebook.submitDialog()).searchParams.get('code') ?? '';
    await facebook.control('POST', 'clock', { offsetMs: 601_000 });
    expect((await facebook.exchangeCode(late)).body.error.error_subcode).toBe(36007);
  });
});

describe('long-lived exchange', () => {
  it('gives a new string and a new expiry, for a long-lived token too', async () => {
    const short = await facebook.shortToken();
    const long = await facebook.exchangeToken(short);
    expect(long.body).toMatchObject({ token_type: 'bearer', expires_in: 5_183_944 });
    await facebook.control('POST', 'clock', { offsetMs: 50 * 86_400_000 });
    const again = await facebook.exchangeToken(long.body.access_token as string);
    expect(again.body.expires_in).toBe(5_183_944);
    expect(again.body.access_token).not.toBe(long.body.access_token);
  });

  it('can be told a lifetime, no expires_in, and not to extend', async () => {
    await facebook.control('PUT', 'facebook/next-token', { lifetimeSeconds: 518_400, omitExpiresIn: true });
    const first = await facebook.exchangeToken(await facebook.shortToken());
    expect(first.body).toEqual({ access_token: expect.any(String), token_type: 'bearer' });
    const before = (await facebook.debug(first.body.access_token as string)).expires_at as number;
    await facebook.control('PUT', 'facebook/next-token', { extends: false });
    const second = await facebook.exchangeToken(first.body.access_token as string);
    expect((await facebook.debug(second.body.access_token as string)).expires_at).toBe(before);
  });

  it('refuses an expired token with 190/463', async () => {
    const short = await facebook.shortToken();
    await facebook.control('POST', 'clock', { offsetMs: 3 * 3_600_000 });
    const reply = await facebook.exchangeToken(short);
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatchObject({ code: 190, error_subcode: 463 });
  });

  it('gives an app token that debug_token accepts', async () => {
    const reply = await facebook.graph('GET', 'oauth/access_token', {
      client_id: APP_ID,
      client_secret: APP_SECRET,
      grant_type: 'client_credentials',
    });
    const accessor = reply.body.access_token as string;
    const debug = await facebook.graph('GET', 'debug_token', { input_token: accessor, access_token: accessor });
    expect(debug.body.data).toMatchObject({ type: 'APP', is_valid: true });
  });
});

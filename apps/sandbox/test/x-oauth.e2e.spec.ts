import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { APP, XDriver } from './x-driver.ts';

let x: XDriver;

beforeAll(async () => {
  x = await XDriver.start();
});
beforeEach(() => x.reset());
afterAll(() => x.close());

const codeOf = async () => (await x.consent()).parameters.get('code') ?? '';
const DEAD_TOKEN = { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' };
const DEAD_CODE = { ...DEAD_TOKEN, error_description: 'Value passed for the authorization code was invalid.' };
const NO_CLIENT = { error: 'unauthorized_client', error_description: 'Missing valid authorization header' };

describe('X’s consent page', () => {
  it('sends back a code and the state, or a refusal', async () => {
    const { parameters } = await x.consent();
    expect(parameters.get('state')).toBe('st-1');
    expect(parameters.get('code')).toContain('CANARY');
    const { parameters: denied } = await x.consent({}, { decision: 'cancel' });
    expect(Object.fromEntries(denied)).toEqual({ error: 'access_denied', state: 'st-1' });
  });

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['PKCE of an unknown kind', { code_challenge_method: 'hex' }],
    ['another redirect URI', { redirect_uri: `${APP.redirectUri}/` }],
    ['another app', { client_id: 'somebody' }],
    ['too long a state', { state: 's'.repeat(501) }],
  ])('sends nobody back with %s', async (_what, query) => {
    expect(await x.consent(query)).toMatchObject({ status: 400 });
  });

  it('knows its scopes', async () => {
    const { parameters } = await x.consent({ scope: 'tweet.read pages_show_list' });
    expect(parameters.get('error')).toBe('invalid_scope');
  });
});

describe('X’s token endpoint', () => {
  it('demands Basic, whatever else is sent', async () => {
    const fields = { grant_type: 'refresh_token', refresh_token: 'x', client_secret: APP.clientSecret };
    expect(await x.token(fields, null)).toMatchObject({ status: 401, body: NO_CLIENT });
    expect(await x.token(fields, `${APP.clientSecret}\n`)).toMatchObject({ status: 401, body: NO_CLIENT });
  });

  it('demands client_id in the form beside it', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: 'x' };
    expect(await x.post('/2/oauth2/token', form)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'Missing required parameter [client_id].' },
    });
  });

  it('takes a code once, for 30 s of the platform’s clock, with its verifier', async () => {
    const code = await codeOf();
    expect(await x.exchange(code)).toMatchObject({
      status: 200,
      body: {
        token_type: 'bearer',
        expires_in: 7_200,
        scope: 'tweet.read tweet.write users.read offline.access media.write',
      },
    });
    expect(await x.exchange(code)).toMatchObject({ status: 400, body: DEAD_CODE });
    expect(await x.exchange(await codeOf(), { code_verifier: 'x'.repeat(43) })).toMatchObject({ body: DEAD_CODE });
    const late = await codeOf();
    await x.control('POST', 'clock', { offsetMs: 30_000 });
    expect(await x.exchange(late)).toMatchObject({ status: 400, body: DEAD_CODE });
  });

  it('C11 gives no refresh token without offline.access', async () => {
    expect(await x.connect('tweet.read users.read')).not.toHaveProperty('refresh_token');
  });

  it('C18 ends the whole family where a spent refresh token comes again, and no other family', async () => {
    const other = await x.connect();
    const first = await x.connect();
    const { body } = await x.refresh(first.refresh_token);
    const second = body as unknown as typeof first;
    expect(await x.isLive(second.access_token)).toBe(true);
    expect(await x.refresh(first.refresh_token)).toMatchObject({ status: 400, body: DEAD_TOKEN });
    expect(await x.isLive(second.access_token)).toBe(false);
    expect(await x.refresh(second.refresh_token)).toMatchObject({ status: 400, body: DEAD_TOKEN });
    expect(await x.isLive(other.access_token)).toBe(true);
  });

  it('C18 a lost answer is lost: the token is spent, and asking again ends the family', async () => {
    const first = await x.connect();
    await x.control('PUT', 'x/fault', { fault: 'lost-answer', calls: ['token.refresh'], times: 1 });
    await expect(x.refresh(first.refresh_token)).rejects.toThrow();
    expect(await x.isLive(first.access_token)).toBe(true);
    expect(await x.refresh(first.refresh_token)).toMatchObject({ status: 400, body: DEAD_TOKEN });
    expect(await x.isLive(first.access_token)).toBe(false);
  });

  it('takes tokens back one by one, and says when there is none', async () => {
    const { access_token: access, refresh_token: refresh } = await x.connect();
    const revoke = (token: string) => x.post('/2/oauth2/revoke', { client_id: APP.clientId, token });
    expect(await revoke(refresh)).toMatchObject({ status: 200, body: { revoked: true } });
    expect(await x.isLive(access)).toBe(true);
    expect(await revoke(access)).toMatchObject({ status: 200 });
    expect(await x.isLive(access)).toBe(false);
    expect(await revoke(access)).toMatchObject({ status: 400, body: DEAD_TOKEN });
  });

  it('knows what it is asked for', async () => {
    expect(await x.token({ grant_type: 'password' })).toMatchObject({ body: { error: 'invalid_request' } });
    expect(await x.token({ grant_type: 'refresh_token' })).toMatchObject({
      body: { error_description: 'Missing required parameter [refresh_token].' },
    });
  });
});

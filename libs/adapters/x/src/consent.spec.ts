import { describe, expect, it } from '@jest/globals';
import { capabilityViews, hours, Secret } from '@mooring/contracts';
import { NOW, PlayedBench } from '../test/played-bench.ts';
import { CLIENT_ID, CLIENT_SECRET, oauthError, USER_ID } from '../test/played-x.ts';

const REDIRECT_URI = 'https://app.example.com/connect/x/callback';
const bench = new PlayedBench();

const flow = () => {
  const found = bench.adapter.flow;
  if (found.strategy !== 'adapter') throw new Error('X has no passport of its own');
  return found;
};
const request = {
  redirectUri: REDIRECT_URI,
  state: 's t',
  scopes: ['tweet.read', 'users.read'],
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  rerequest: false,
};
const exchange = (code = 'good-code') => ({
  code: new Secret(code),
  redirectUri: REDIRECT_URI,
  codeVerifier: new Secret('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
});

describe('the way to X', () => {
  it('asks with PKCE S256, scopes by spaces, and nothing secret', () => {
    const url = flow().authorizationUrl(request);
    expect(url).toContain('scope=tweet.read%20users.read');
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      scope: 'tweet.read users.read',
      state: 's t',
      code_challenge: request.codeChallenge,
      code_challenge_method: 'S256',
    });
  });

  it('is not gone without PKCE', async () => {
    const { redirectUri, state, scopes, rerequest } = request;
    expect(() => flow().authorizationUrl({ redirectUri, state, scopes, rerequest })).toThrow(
      expect.objectContaining({ class: 'misconfigured' }),
    );
    await expect(flow().exchangeCode({ ...exchange(), codeVerifier: null })).rejects.toMatchObject({
      class: 'misconfigured',
      mayHaveArrived: false,
    });
    expect(bench.x.calls).toEqual([]);
  });

  it('C58 says beforehand that X may have another account signed in, and that nothing can make it ask', () => {
    expect(bench.adapter.requirements.join(' ')).toContain('You may be signed in as someone else');
    const again = new URL(flow().authorizationUrl({ ...request, rerequest: true }));
    expect(again.href).toBe(flow().authorizationUrl(request));
  });

  it.each([
    [{ error: 'access_denied', code: 'x' }, 'declined'],
    [{ error: 'invalid_scope' }, 'misconfigured'],
    [{ error: 'server_error' }, 'unavailable'],
    [{}, 'unavailable'],
  ])('reads the redirect %p', (parameters, kind) => {
    expect(bench.adapter.readCallback(parameters).kind).toBe(kind);
  });
});

describe('the code', () => {
  it('is exchanged by a confidential client: Basic, and the client id in the form; the secret nowhere else', async () => {
    const tokens = await flow().exchangeCode(exchange());
    expect(tokens).toMatchObject({ expiresInSeconds: 7_200, refreshExpiresInSeconds: null, subjectId: null });
    expect(tokens.grantedScopes).toContain('offline.access');
    const [call] = bench.x.calls;
    expect(Object.fromEntries(call?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: 'good-code',
      redirect_uri: REDIRECT_URI,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      client_id: CLIENT_ID,
    });
    expect(call?.query.size).toBe(0);
  });

  it('a secret with a stray line break works', async () => {
    bench.adapter = bench.adapterWith({ clientSecret: new Secret(` ${CLIENT_SECRET}\n`) });
    await expect(flow().exchangeCode(exchange())).resolves.toMatchObject({ expiresInSeconds: 7_200 });
    expect(bench.adapter.credentials.clientSecret.reveal()).toBe(CLIENT_SECRET);
  });

  it('that X no longer takes asks for a new start; a wrong secret is the operator’s', async () => {
    await expect(flow().exchangeCode(exchange('old'))).rejects.toMatchObject({ class: 'reauthorization_required' });
    bench.adapter = bench.adapterWith({ clientSecret: new Secret('wrong') });
    await expect(flow().exchangeCode(exchange())).rejects.toMatchObject({ class: 'misconfigured' });
  });

  it.each([
    [{ access_token: ' ', token_type: 'bearer' }],
    [{ access_token: 'at1', token_type: 'mac' }],
    [{ access_token: { value: 'at1' } }],
    [[]],
  ])('C87 status 200 with %p is no success', async (body) => {
    bench.x.canned.set('/2/oauth2/token', { body });
    await expect(flow().exchangeCode(exchange())).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('C87 status 200 with an error is that error', async () => {
    const { body } = oauthError(200, 'invalid_request', 'Value passed for the authorization code was invalid.');
    bench.x.canned.set('/2/oauth2/token', { body });
    await expect(flow().exchangeCode(exchange())).rejects.toMatchObject({ class: 'reauthorization_required' });
  });
});

describe('a consent at X', () => {
  it('L-05 names the person by id, whatever their name', async () => {
    const consent = await bench.establish();
    expect(consent).toMatchObject({ subjectId: USER_ID, subjectName: 'Ida Person' });
    expect(consent.tokens.access.expiresAt).toEqual(new Date(NOW.getTime() + hours(2)));
    expect(consent.tokens.refresh).toMatchObject({ issuedAt: NOW, expiresAt: null });
  });

  it('C10 an unknown expiry stays unknown', async () => {
    const { tokens } = await bench.establish({ expiresInSeconds: null });
    expect(tokens.access.expiresAt).toBeNull();
  });

  it('C11 without a refresh token offline.access counts as missing, whatever the scopes say', async () => {
    const consent = await bench.establish({ refreshToken: null });
    expect(consent.tokens.refresh).toBeNull();
    const missing = bench.adapter.requiredScopes.filter((scope) => !consent.grantedScopes.includes(scope));
    expect(missing).toEqual(['offline.access']);
    const [account] = await bench.adapter.discover(consent);
    expect(account).toMatchObject({ offered: { selectable: false, unselectableReason: 'not_granted' } });
  });

  it('takes the scopes that were asked for where the answer names none', async () => {
    expect((await bench.establish({ grantedScopes: null })).grantedScopes).toEqual(bench.adapter.scopes);
  });

  it('offers the person’s own account, with what it is good for', async () => {
    bench.x.user = { ...bench.x.user, profile_image_url: 'https://pbs.example/ida.png' };
    const [account, ...others] = await bench.adapter.discover(await bench.establish());
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      offered: { accountId: USER_ID, kind: 'x_account', displayName: 'Ida Person', username: 'ida', selectable: true },
      token: null,
      missingScopes: [],
    });
    const needs = bench.adapter.capabilities['x_account'] ?? {};
    const states = capabilityViews(needs, account?.grantedScopes ?? []).map(
      ({ capability, state }) => `${capability} ${state}`,
    );
    expect(states).toEqual(['publish granted', 'analytics granted', 'messages missing', 'comments missing']);
  });

  it.each([
    [{ name: null }, '@ida'],
    [{ name: ' \n ', username: '' }, `Account ${USER_ID}`],
    [{ id: '1', name: `\u0007${'n'.repeat(300)}` }, 'n'.repeat(199)],
  ])('has a name to show for %p', async (fields, displayName) => {
    bench.x.user = { ...bench.x.user, ...fields };
    const [account] = await bench.adapter.discover(await bench.establish());
    expect(account?.offered.displayName.startsWith(displayName)).toBe(true);
    expect(account?.offered.displayName.length).toBeLessThanOrEqual(200);
  });

  it('keeps ids beyond 2^53 that come as bare numbers', async () => {
    bench.x.canned.set('/2/users/me', { body: `{"data":{"id":${USER_ID},"name":"Ida"}}` });
    expect((await bench.establish()).subjectId).toBe(USER_ID);
  });

  it('reads what it asked for beside errors, and the errors where it is missing', async () => {
    const errors = [{ title: 'Forbidden', detail: 'User has been suspended: [ida].', type: 'about:blank' }];
    bench.x.canned.set('/2/users/me', { body: { data: bench.x.user, errors } });
    expect((await bench.establish()).subjectId).toBe(USER_ID);
    bench.x.canned.set('/2/users/me', { body: { errors } });
    await expect(bench.establish()).rejects.toMatchObject({ reason: 'account_suspended' });
  });
});

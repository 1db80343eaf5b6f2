import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PlayedBench } from '../test/played-bench.ts';

const bench = new PlayedBench();
const REQUEST = {
  redirectUri: 'https://mooring.example/connect/tiktok/callback',
  state: 'state-1',
  scopes: ['user.info.basic', 'video.publish'],
  rerequest: false,
};

function pageOf(request: Parameters<typeof bench.adapter.authorizationParameters>[0]): URL {
  const { flow } = bench.adapter;
  if (flow.strategy !== 'adapter') throw new Error('TikTok has no passport package');
  return new URL(flow.authorizationUrl(request));
}

describe('the consent page', () => {
  it('L-05 has client_key, scopes by comma and the slash at the end of its path', () => {
    const page = pageOf(REQUEST);
    expect(page.pathname).toBe('/www.tiktok.com/v2/auth/authorize/');
    expect(Object.fromEntries(page.searchParams)).toEqual({
      client_key: 'ck_test',
      disable_auto_auth: '1',
      response_type: 'code',
      scope: 'user.info.basic,video.publish',
      redirect_uri: REQUEST.redirectUri,
      state: 'state-1',
    });
  });

  it.each([
    ['a first connection', {}],
    ['a reconnect', { renews: true }],
    ['another account', { rerequest: true }],
  ])('C58 is shown for %s: TikTok would silently take the account that is signed in', (_what, asked) => {
    const request = { ...REQUEST, ...asked };
    expect(pageOf(request).searchParams.get('disable_auto_auth')).toBe('1');
    expect(bench.adapter.authorizationParameters(request)).toEqual({ client_key: 'ck_test', disable_auto_auth: '1' });
  });

  it('C93 carries TikTok’s own challenge, the digest in hexadecimal digits, where the app is set up so', () => {
    const adapter = bench.adapterWith({ pkce: 'hex' });
    expect([bench.adapter.pkce, adapter.pkce]).toEqual(['none', 'S256_hex']);
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const codeChallenge = createHash('sha256').update(verifier).digest('hex');
    expect(codeChallenge).toBe('13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3');
    const page = pageOf({ ...REQUEST, codeChallenge });
    expect(page.searchParams.get('code_challenge')).toBe(codeChallenge);
    expect(page.searchParams.get('code_challenge_method')).toBe('S256');
  });
});

describe('the redirect', () => {
  it.each([
    [
      { code: 'a*b!c', rest: { scopes: 'user.info.basic' } },
      { kind: 'code', code: 'a*b!c' },
    ],
    [{ error: 'access_denied', errorDescription: 'User cancelled' }, { kind: 'declined' }],
    [{ error: 'server_error' }, { kind: 'unavailable' }],
    [{ error: 'temporarily_unavailable' }, { kind: 'unavailable' }],
    [{}, { kind: 'unavailable' }],
    [{ error: 'unauthorized_client' }, { kind: 'misconfigured', detail: 'unauthorized_client' }],
    [{ rest: { errCode: '10003' } }, { kind: 'misconfigured', detail: '10003' }],
    [{ errorCode: '10003' }, { kind: 'misconfigured', detail: '10003' }],
  ])('L-09 reads %j', (parameters, expected) => {
    expect(bench.adapter.readCallback(parameters)).toEqual(expected);
  });

  it.each(['invalid_scope', 'scope_not_authorized'])(
    'C43 C45 tells the operator which setting %s is about',
    (error) => {
      const outcome = bench.adapter.readCallback({ error, errorDescription: 'scope video.publish is not approved' });
      expect(outcome).toMatchObject({ kind: 'misconfigured', detail: expect.stringContaining('TIKTOK_SCOPES') });
      expect(outcome).toMatchObject({ detail: expect.stringContaining('video.publish') });
    },
  );
});

import type { PlatformAdapter, PlatformRequest, PlatformResponse } from '@mooring/adapters-core';
import { PlatformFailure } from '@mooring/adapters-core';
import { Secret } from '@mooring/contracts';
import { EnvKeyRing } from '@mooring/crypto';
import { Strategy } from 'passport-oauth2';
import { keepRawAnswer } from './facebook-flow-strategy.ts';
import { FlowStateStore } from './flow-state-store.ts';
import { PassportOAuthClient } from './passport-oauth-client.ts';
import { type OAuthTransport, sendThrough } from './token-request.ts';
import { VerifierSeal } from './verifier-seal.ts';

const SESSION = '0199c7a2-0000-7000-8000-000000000001';
const REDIRECT_URI = 'https://connect.example.com/connect/x/callback';

class PkceStrategy extends Strategy {
  constructor(send: (request: PlatformRequest) => Promise<PlatformResponse>, adapter: PlatformAdapter) {
    const options = {
      authorizationURL: 'https://platform.test/authorize',
      tokenURL: 'https://platform.test/token',
      clientID: 'client',
      clientSecret: 'secret',
      callbackURL: REDIRECT_URI,
      skipUserProfile: true,
      pkce: 'S256' as never,
      store: new FlowStateStore() as never,
    };
    super(options, keepRawAnswer as never);
    sendThrough(this._oauth2 as unknown as OAuthTransport, { http: { send }, adapter });
  }
}

function clientWith(answer: PlatformResponse, keys = `k1:${'ab'.repeat(32)}`) {
  const seen: PlatformRequest[] = [];
  const adapter = {
    scopes: ['read', 'write'],
    authorizationParameters: () => ({}),
    classify: (status: number) => new PlatformFailure({ class: 'transient', detail: `status ${status}` }),
  } as unknown as PlatformAdapter;
  const strategy = new PkceStrategy((request) => {
    seen.push(request);
    return Promise.resolve(answer);
  }, adapter);
  const seal = new VerifierSeal(EnvKeyRing.parse(keys));
  return { seen, client: new PassportOAuthClient({ strategy, adapter, redirectUri: REDIRECT_URI, seal }) };
}

const ok = (body: object): PlatformResponse => ({ status: 200, headers: {}, body: JSON.stringify(body) });

describe('an OAuth client on a passport strategy', () => {
  it('keeps the PKCE verifier sealed for its session and sends it with the code', async () => {
    const { client, seen } = clientWith(
      ok({ access_token: 'token-0123456789', refresh_token: 'refresh-0123456789', expires_in: 7200 }),
    );
    const { url, sealedVerifier } = await client.authorize({ sessionId: SESSION, state: 'st', rerequest: false });
    expect(new URL(url).searchParams.get('state')).toBe('st');
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
    const tokens = await client.exchangeCode({ sessionId: SESSION, code: new Secret('code'), sealedVerifier });
    expect(tokens.accessToken.reveal()).toBe('token-0123456789');
    expect(tokens.refreshToken?.reveal()).toBe('refresh-0123456789');
    expect(tokens.expiresInSeconds).toBe(7200);
    expect(seen[0]?.form?.['code_verifier']).toHaveLength(43);
    expect(sealedVerifier?.toString('latin1')).not.toContain(seen[0]?.form?.['code_verifier']);
    const stolen = client.exchangeCode({
      sessionId: SESSION.replace(/1$/, '2'),
      code: new Secret('code'),
      sealedVerifier,
    });
    await expect(stolen).rejects.toThrow();
  });

  it('C87 takes a success without a usable token for a failure, and an unknown expiry for unknown', async () => {
    for (const body of [{}, { access_token: '' }, { access_token: 'undefined' }, { error: 'x' }]) {
      const { client } = clientWith(ok(body));
      const exchanged = client.exchangeCode({ sessionId: SESSION, code: new Secret('code'), sealedVerifier: null });
      await expect(exchanged).rejects.toBeInstanceOf(PlatformFailure);
    }
    const { client } = clientWith(ok({ access_token: 'token-0123456789' }));
    const tokens = await client.exchangeCode({ sessionId: SESSION, code: new Secret('code'), sealedVerifier: null });
    expect(tokens).toMatchObject({ refreshToken: null, expiresInSeconds: null });
  });
});

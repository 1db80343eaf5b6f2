import { createHash } from 'node:crypto';
import {
  type AuthorizationRequest,
  type CodeExchange,
  type PlatformAdapter,
  PlatformFailure,
  type PlatformRequest,
  readBearerAnswer,
} from '@mooring/adapters-core';
import { Secret } from '@mooring/contracts';
import { EnvKeyRing } from '@mooring/crypto';
import type { Platforms } from '../../platforms/ports.ts';
import type { OAuthClient } from '../ports.ts';
import { PassportOAuthClients } from './passport-oauth-clients.ts';
import { VerifierSeal } from './verifier-seal.ts';

const SESSION = '0199c7a2-0000-7000-8000-000000000001';
const REDIRECT_URI = 'https://connect.example.com/connect/any/callback';
const TOKEN = 'canary-token-0123456789';
const ANSWER: object = { access_token: TOKEN, refresh_token: 'refresh-0123456789', expires_in: 7200 };

/** What the adapter and the HTTP port were asked. */
interface Seen {
  readonly requests: PlatformRequest[];
  readonly asked: AuthorizationRequest[];
  readonly exchanged: CodeExchange[];
}

const FACTS = {
  platform: 'any',
  scopes: ['r_one', 'w_two'],
  pkce: 'none',
  credentials: { clientId: 'client', clientSecret: new Secret('secret') },
  endpoints: { authorizationUrl: 'https://platform.test/authorize', tokenUrl: 'https://platform.test/token' },
  authorizationParameters: ({ rerequest }: AuthorizationRequest) => (rerequest ? { prompt: 'again' } : {}),
  classify: (status: number) => new PlatformFailure({ class: 'transient', detail: `status ${status}` }),
};

function clientOf(facts: object, { answer = ANSWER, keys = `k1:${'ab'.repeat(32)}` } = {}) {
  const seen: Seen = { requests: [], asked: [], exchanged: [] };
  const own: PlatformAdapter['flow'] = {
    strategy: 'adapter',
    authorizationUrl(request) {
      seen.asked.push(request);
      return `https://platform.test/consent?state=${request.state}`;
    },
    exchangeCode(exchange) {
      seen.exchanged.push(exchange);
      return Promise.resolve().then(() => readBearerAnswer(answer as Record<string, unknown>));
    },
  };
  const adapter = { ...FACTS, flow: own, ...facts } as unknown as PlatformAdapter;
  const http = {
    send(request: PlatformRequest) {
      seen.requests.push(request);
      return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(answer) });
    },
  };
  const platforms = { get: () => ({ adapter, redirectUri: REDIRECT_URI }) } as unknown as Platforms;
  const clients = new PassportOAuthClients(platforms, http, new VerifierSeal(EnvKeyRing.parse(keys)));
  return { seen, client: clients.get('any') as OAuthClient };
}

const begin = (client: OAuthClient, rerequest = false) =>
  client.authorize({ sessionId: SESSION, state: 'st', rerequest });
const exchange = (client: OAuthClient, sealedVerifier: Buffer | null = null) =>
  client.exchangeCode({ sessionId: SESSION, code: new Secret('code'), sealedVerifier });

const PACKAGES = ['passport-facebook', 'passport-linkedin-oauth2'] as const;

describe.each(PACKAGES)('an OAuth client on %s', (strategy) => {
  const flow = { strategy, readTokenAnswer: readBearerAnswer };

  it('sends the browser to the adapter’s address with its scopes, our state and the adapter’s parameters', async () => {
    const { client } = clientOf({ flow });
    const { url, sealedVerifier } = await begin(client, true);
    const page = new URL(url);
    expect(page.origin + page.pathname).toBe('https://platform.test/authorize');
    const { scope, ...parameters } = Object.fromEntries(page.searchParams);
    expect(parameters).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: REDIRECT_URI,
      state: 'st',
      prompt: 'again',
    });
    expect(scope?.split(/[ ,]/)).toEqual(['r_one', 'w_two']);
    expect(sealedVerifier).toBeNull();
  });

  it('makes one request, a form: no profile is fetched and nothing secret stands in an address', async () => {
    const { client, seen } = clientOf({ flow });
    const tokens = await exchange(client);
    expect(tokens.accessToken.reveal()).toBe(TOKEN);
    expect(tokens.refreshToken?.reveal()).toBe('refresh-0123456789');
    expect(seen.requests).toEqual([
      {
        method: 'POST',
        url: 'https://platform.test/token',
        form: {
          grant_type: 'authorization_code',
          code: 'code',
          redirect_uri: REDIRECT_URI,
          client_id: 'client',
          client_secret: 'secret',
        },
      },
    ]);
  });

  it('C87 takes a success without a usable token for a failure, and an unknown expiry for unknown', async () => {
    for (const answer of [{}, { access_token: '' }, { access_token: 'undefined' }, { error: 'x' }]) {
      await expect(exchange(clientOf({ flow }, { answer }).client)).rejects.toBeInstanceOf(PlatformFailure);
    }
    const { client } = clientOf({ flow }, { answer: { access_token: TOKEN } });
    expect(await exchange(client)).toMatchObject({ refreshToken: null, expiresInSeconds: null });
  });

  it('hands on what the adapter makes of the answer', async () => {
    const failure = new PlatformFailure({ class: 'misconfigured', detail: 'wrong app' });
    const readTokenAnswer = (): never => {
      throw failure;
    };
    await expect(exchange(clientOf({ flow: { strategy, readTokenAnswer } }).client)).rejects.toBe(failure);
  });
});

describe('an OAuth client on passport-facebook alone', () => {
  it('leaves the permissions to a configuration of Facebook Login for Business', async () => {
    const flow = { strategy: 'passport-facebook', readTokenAnswer: readBearerAnswer };
    const authorizationParameters = () => ({ config_id: '490' });
    const page = new URL((await begin(clientOf({ flow, authorizationParameters }).client)).url);
    expect(page.searchParams.get('config_id')).toBe('490');
    expect(page.searchParams.has('scope')).toBe(false);
  });
});

describe('an OAuth client on the adapter itself', () => {
  it('tells the adapter that a consent is renewed', async () => {
    const { client, seen } = clientOf({});
    await client.authorize({ sessionId: SESSION, state: 'st', rerequest: false, renews: true });
    expect(seen.asked[0]?.renews).toBe(true);
  });

  it.each([
    ['S256', 'base64url'],
    ['S256_hex', 'hex'],
  ] as const)('%s: the verifier stays here, sealed for its session; its digest goes out as %s', async (pkce, form) => {
    const { client, seen } = clientOf({ pkce });
    const { url, sealedVerifier } = await begin(client);
    expect(url).toBe('https://platform.test/consent?state=st');
    await exchange(client, sealedVerifier);
    const verifier = seen.exchanged[0]?.codeVerifier?.reveal() ?? '';
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(seen.asked).toEqual([
      {
        redirectUri: REDIRECT_URI,
        state: 'st',
        scopes: FACTS.scopes,
        rerequest: false,
        codeChallenge: createHash('sha256').update(verifier).digest(form),
      },
    ]);
    expect(sealedVerifier?.toString('latin1')).not.toContain(verifier);
    const stolen = client.exchangeCode({
      sessionId: SESSION.replace(/1$/, '2'),
      code: new Secret('code'),
      sealedVerifier,
    });
    await expect(stolen).rejects.toThrow();
    expect((await begin(client)).sealedVerifier).not.toEqual(sealedVerifier);
  });

  it('sends no challenge where the platform has none', async () => {
    const { client, seen } = clientOf({});
    expect((await begin(client, true)).sealedVerifier).toBeNull();
    await exchange(client);
    expect(seen.asked[0]).not.toHaveProperty('codeChallenge');
    expect(seen.asked[0]?.rerequest).toBe(true);
    expect(seen.exchanged[0]).toMatchObject({ redirectUri: REDIRECT_URI, codeVerifier: null });
    expect(seen.requests).toEqual([]);
  });

  it('C87 hands the adapter’s failure on, and nothing of what else may go wrong', async () => {
    await expect(exchange(clientOf({}, { answer: { error: 'x' } }).client)).rejects.toBeInstanceOf(PlatformFailure);
    const flow = { strategy: 'adapter', exchangeCode: () => Promise.reject(new Error(`holds ${TOKEN}`)) };
    const failed: unknown = await exchange(clientOf({ flow }).client).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PlatformFailure);
    expect(String(failed)).not.toContain(TOKEN);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../src/index.ts';
import { Browser } from './browser.ts';
import { FacebookDriver, startSandbox } from './facebook-driver.ts';

const REDIRECT_URI = 'http://127.0.0.1:8080/';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token: string;
  scope: string;
}

async function askForTokens(form: Record<string, string>, headers: Record<string, string> = {}) {
  const reply = await fetch(`${sandbox.url}/oidc/token`, { method: 'POST', body: new URLSearchParams(form), headers });
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Tokens };
}

function authorizeUrl(challenge: string, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: 'mooring-console',
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  });
  return `${sandbox.url}/oidc/auth?${query.toString()}`;
}

async function signIn(person: string, more: Record<string, string> = {}, browser = new Browser()): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  let at = await browser.follow(authorizeUrl(challenge, more), sandbox.url);
  if (at.url.includes('/interaction/')) {
    const body = new URLSearchParams({ person });
    at = await browser.follow(`${at.url}/login`, sandbox.url, { method: 'POST', body });
  }
  const code = new URL(at.url).searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', client_id: 'mooring-console', redirect_uri: REDIRECT_URI, code };
  return (await askForTokens({ ...form, code_verifier: verifier })).body;
}

function verify(token: string, audience: string) {
  const keys = createRemoteJWKSet(new URL(`${sandbox.url}/oidc/jwks`));
  return jwtVerify(token, keys, { issuer: `${sandbox.url}/oidc`, audience });
}

function serviceToken(client: string, form: Record<string, string>, secret?: string) {
  const basic = Buffer.from(`${client}:${secret ?? `CANARY-${client}-development-secret-0001`}`).toString('base64');
  return askForTokens({ grant_type: 'client_credentials', ...form }, { authorization: `Basic ${basic}` });
}

describe('people', () => {
  it('signs in with one click to a JWT for the API that verifies against the JWKS', async () => {
    const tokens = await signIn('olivia');
    const { payload, protectedHeader } = await verify(tokens.access_token, 'urn:mooring:api');
    expect(payload).toMatchObject({ sub: 'olivia', client_id: 'mooring-console' });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(decodeJwt(tokens.id_token)).toMatchObject({
      sub: 'olivia',
      name: 'Olivia Owner',
      email: 'olivia@example.com',
      locale: 'en-GB',
    });
  });

  it('renews by refresh token and by the session, also with resource and prompt=consent', async () => {
    const browser = new Browser();
    const more = { resource: 'urn:mooring:api', prompt: 'consent' };
    const first = await signIn('vera', more, browser);
    const form = { grant_type: 'refresh_token', client_id: 'mooring-console', refresh_token: first.refresh_token };
    const renewed = await askForTokens(form);
    expect((await verify(renewed.body.access_token, 'urn:mooring:api')).payload.sub).toBe('vera');
    const silent = await signIn('nobody', { prompt: 'none' }, browser);
    expect(decodeJwt(silent.access_token).sub).toBe('vera');
  });

  it('demands PKCE and a registered redirect URI', async () => {
    const browser = new Browser();
    const withoutPkce = authorizeUrl('').replace(/&code_challenge[^&]*/g, '');
    expect((await browser.follow(withoutPkce, sandbox.url)).url).toContain('error=invalid_request');
    const foreign = await browser.follow(
      authorizeUrl('x'.repeat(43), { redirect_uri: 'http://evil.example/' }),
      sandbox.url,
    );
    expect(foreign.reply.status).toBe(400);
  });

  it('lets the console’s origin call, and no other', async () => {
    const allowed = await askForTokens({ grant_type: 'refresh_token' }, { origin: 'http://127.0.0.1:8080' });
    expect(allowed.status).toBe(400);
    const origin = 'http://127.0.0.1:8080';
    const form = { grant_type: 'refresh_token', client_id: 'mooring-console', refresh_token: 'x' };
    expect((await askForTokens(form, { origin })).headers.get('access-control-allow-origin')).toBe(origin);
    const other = await askForTokens(form, { origin: 'http://evil.example' });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('services', () => {
  it.each([
    ['publisher', 'connections:read tokens:read', 'urn:mooring:api'],
    ['publisher', 'tokens:read', 'urn:mooring:vault'],
    ['directory', 'directory:write connections:read platforms:read', 'urn:mooring:api'],
    ['gateway', 'vault:internal', 'urn:mooring:vault'],
  ])('%s gets %s for %s; sub is the client id', async (client, scope, resource) => {
    const { body } = await serviceToken(client, { scope, resource });
    const { payload } = await verify(body.access_token, resource);
    expect(payload).toMatchObject({ sub: client, client_id: client, scope });
  });

  it('refuses a wrong secret, a foreign scope and an unknown resource', async () => {
    expect((await serviceToken('publisher', { scope: 'tokens:read' }, 'CANARYwrong')).status).toBe(401);
    expect((await serviceToken('publisher', { scope: 'directory:write' })).body).toMatchObject({
      error: 'invalid_scope',
    });
    expect((await serviceToken('publisher', { resource: 'urn:other' })).body).toMatchObject({
      error: 'invalid_target',
    });
  });
});

describe('canaries and memory', () => {
  it('A6: every code, token and secret carries a marker of GET /control/canaries', async () => {
    const driver = new FacebookDriver(sandbox.url);
    const tokens = await signIn('adam');
    const facebookToken = await driver.longToken();
    const { markers, values } = (await driver.control('GET', 'canaries')).body as {
      markers: string[];
      values: string[];
    };
    const issued = [tokens.access_token, tokens.id_token, tokens.refresh_token, facebookToken];
    for (const value of issued) {
      expect(markers.some((marker) => value.includes(marker))).toBe(true);
      expect(values).toContain(value);
    }
    for (const value of values) expect(markers.some((marker) => value.includes(marker))).toBe(true);
  });

  it('platform state and signing keys outlive a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'mooring-sandbox-'));
    const withSandbox = async <T>(use: (url: string) => Promise<T>): Promise<T> => {
      const own = await startSandbox({ dataDir });
      return use(own.url).finally(() => own.close());
    };
    const keysOf = async (url: string) => (await fetch(`${url}/oidc/jwks`)).json();
    const before = await withSandbox(async (url) => {
      const driver = new FacebookDriver(url);
      const token = await driver.longToken();
      await driver.control('POST', 'facebook/people/fiona/checkpoint');
      return { token, keys: await keysOf(url) };
    });
    await withSandbox(async (url) => {
      expect((await new FacebookDriver(url).debug(before.token)).error.subcode).toBe(459);
      expect(await keysOf(url)).toEqual(before.keys);
    });
    rmSync(dataDir, { recursive: true });
  });
});

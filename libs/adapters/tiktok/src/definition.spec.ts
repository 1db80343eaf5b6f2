import { describe, expect, it } from '@jest/globals';
import type { PlatformSettingValues } from '@mooring/adapters-core';
import { capabilityViews, REASONS, Secret } from '@mooring/contracts';
import { PlayedBench } from '../test/played-bench.ts';
import { oauthError } from '../test/played-tiktok.ts';
import { TIKTOK } from './definition.ts';
import { TIKTOK_ERROR_ROWS } from './error-table.ts';

const bench = new PlayedBench();
const ports = { http: { send: () => Promise.reject(new Error('no call')) }, now: () => new Date() };
const SETTINGS: Readonly<Record<string, string>> = {
  TIKTOK_CLIENT_KEY: 'awtest0001',
  TIKTOK_CLIENT_SECRET: 'cs_test',
  TIKTOK_AUTH_URL: 'https://www.tiktok.com/',
  TIKTOK_API_URL: 'https://open.tiktokapis.com',
};

const valuesOf = (texts: Readonly<Record<string, string>>): PlatformSettingValues => ({
  text: (name) => texts[name],
  secret: (name) => (texts[name] ? new Secret(texts[name]) : undefined),
  list: (name) => texts[name]?.split(','),
  flag: () => false,
});

describe('the definition', () => {
  it('is configured by key and secret, and calls one origin', () => {
    expect(TIKTOK.isConfigured(valuesOf({}))).toBe(false);
    expect(TIKTOK.isConfigured(valuesOf(SETTINGS))).toBe(true);
    expect(TIKTOK.origins(valuesOf(SETTINGS))).toEqual(['https://open.tiktokapis.com']);
    expect(TIKTOK.create(valuesOf(SETTINGS), ports).endpoints).toEqual({
      authorizationUrl: 'https://www.tiktok.com/v2/auth/authorize/',
      tokenUrl: 'https://open.tiktokapis.com/v2/oauth/token/',
    });
  });

  it.each([
    ['TIKTOK_CLIENT_KEY', 'my app'],
    ['TIKTOK_AUTH_URL', 'www.tiktok.com'],
    ['TIKTOK_API_URL', 'open'],
    ['TIKTOK_PKCE', 'S256'],
    ['TIKTOK_SCOPES', 'user.info.basic,video.list'],
    ['TIKTOK_SCOPES', 'user.info.basic,video.publish,video.publish'],
    ['TIKTOK_SCOPES', 'user.info.basic,video.publish,VIDEO LIST'],
  ])('C44 refuses %s of %s, naming it', (name, value) => {
    const create = () => TIKTOK.create(valuesOf({ ...SETTINGS, [name]: value }), ports);
    expect(create).toThrow(new RegExp(`^${name} `));
  });

  it('C43 C45 asks for the scopes that the operator sets', () => {
    const scopes = 'user.info.basic,video.publish,video.upload';
    const adapter = TIKTOK.create(valuesOf({ ...SETTINGS, TIKTOK_SCOPES: scopes }), ports);
    expect(adapter.scopes).toEqual(scopes.split(','));
  });

  it('C42 L-27 says what a scope is good for', () => {
    const { capabilities } = bench.adapter;
    const needs = capabilities['tiktok_account'] ?? {};
    expect(capabilityViews(needs, ['user.info.basic', 'video.publish', 'video.list'])).toEqual([
      { capability: 'publish', state: 'granted', missingScopes: [] },
      { capability: 'analytics', state: 'missing', missingScopes: ['user.info.stats'] },
    ]);
    expect(capabilityViews(needs, null).map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });

  it('L-15 has a word for every reason that an error leads to', () => {
    const { guidance } = bench.adapter;
    const reasons = TIKTOK_ERROR_ROWS.flatMap(({ reason }) => reason ?? []);
    for (const reason of [...reasons, 'account_suspended', 'refresh_failed', 'refresh_answer_lost'] as const) {
      expect(guidance[reason]?.length).toBeGreaterThan(20);
    }
    expect(Object.keys(guidance).filter((reason) => !(REASONS as readonly string[]).includes(reason))).toEqual([]);
  });
});

describe('readiness', () => {
  const outcomes = async (adapter = bench.adapter) =>
    (await adapter.checkReadiness()).map(({ name, outcome }) => `${name} ${outcome}`);

  it('B6 knows the secret to be right by the refusal of a token that is nobody’s', async () => {
    expect(await outcomes()).toEqual(['client_secret ok', 'scopes unknown']);
    expect(bench.paths).toEqual(['oauth/token/']);
  });

  it('B6 says that key or secret is wrong', async () => {
    const [check] = await bench.adapterWith({ clientSecret: new Secret('cs_other') }).checkReadiness();
    expect(check).toMatchObject({ name: 'client_secret', outcome: 'failed' });
    expect(check?.detail).toContain('TIKTOK_CLIENT_SECRET');
    expect(check?.detail).not.toContain('cs_other');
  });

  it.each([oauthError('server_error', 'x', 500), { status: 502, body: '<html>' }, { body: {} }])(
    'B5 an answer of %j says nothing of the app',
    async (answer) => {
      bench.tiktok.canned.set('oauth/token/', answer);
      expect(await outcomes()).toContain('client_secret unknown');
    },
  );

  it('C43 C45 names the scopes that must be approved, and a sandbox’s key', async () => {
    const checks = await bench.adapterWith({ clientKey: 'sbawtest' }).checkReadiness();
    expect(checks.map(({ name }) => name)).toEqual(['client_secret', 'client_key', 'scopes']);
    expect(checks[1]?.detail).toContain('sandbox');
    expect(checks[2]?.detail).toContain('video.publish');
  });
});

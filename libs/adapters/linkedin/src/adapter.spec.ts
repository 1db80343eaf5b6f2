import { describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import type { PlatformSettingValues } from '@mooring/adapters-core';
import { PlayedBench } from '../test/played-bench.ts';
import { SCOPES } from '../test/played-linkedin.ts';
import { LINKEDIN, type LinkedInSettings } from './index.ts';

const bench = new PlayedBench();

describe('the redirect', () => {
  it.each([
    [{ code: ' abc ' }, { kind: 'code', code: 'abc' }],
    [{ error: 'user_cancelled_login', errorDescription: 'x' }, { kind: 'declined' }],
    [{ error: 'user_cancelled_authorize', errorDescription: 'x' }, { kind: 'declined' }],
    [{ error: 'access_denied' }, { kind: 'declined' }],
    [
      { error: 'unauthorized_scope_error', errorDescription: 'Scope "r_x" is not authorized for your application' },
      { kind: 'misconfigured', detail: expect.stringContaining('unauthorized_scope_error Scope') },
    ],
    [{ error: 'invalid_redirect_uri' }, { kind: 'misconfigured', detail: 'invalid_redirect_uri' }],
    [{ error: 'server_error', code: 'abc' }, { kind: 'unavailable' }],
    [{}, { kind: 'unavailable' }],
  ])('C44 C62 reads %j', (parameters, expected) => {
    expect(bench.adapter.readCallback(parameters)).toEqual(expected);
  });

  it('C48 asks for the same scopes every time, without PKCE and without a way to ask again', () => {
    const request = { redirectUri: 'https://x.example/cb', state: 's', scopes: [] };
    expect([true, false].map((rerequest) => bench.adapter.authorizationParameters({ ...request, rerequest }))).toEqual([
      {},
      {},
    ]);
    expect([bench.adapter.pkce, bench.adapter.scopes.join(' ')]).toEqual(['none', SCOPES.join(' ')]);
  });
});

describe('taking a consent back', () => {
  const revoke = async () => bench.adapter.revoke({ subjectId: 'AbC123', tokens: (await bench.establish()).tokens });

  it('C77 ends both tokens, and believes the introspection only', async () => {
    expect(await revoke()).toBe('revoked');
    expect(bench.linkedin.revoked.size).toBe(2);
    bench.linkedin.canned.set('oauth/v2/revoke', { status: 200, body: '' });
    expect(await revoke()).toBe('unsupported');
  });

  it.each([404, 400, 405])('is unsupported where LinkedIn has no such call any more: %i', async (status) => {
    bench.linkedin.canned.set('oauth/v2/revoke', { status, body: { status, message: 'x' } });
    expect(await revoke()).toBe('unsupported');
  });

  it('cannot be done without the tokens, and is tried again after an outage', async () => {
    expect(await bench.adapter.revoke({ subjectId: 'AbC123', tokens: null })).toBe('unsupported');
    bench.linkedin.canned.set('oauth/v2/revoke', { status: 503, body: '' });
    await expect(revoke()).rejects.toMatchObject({ class: 'transient' });
  });
});

describe('posts', () => {
  const read = (limit = 2) =>
    bench.adapter.recentPosts?.({
      token: new Secret(bench.linkedin.mint()),
      account: { accountId: '490001', kind: 'linkedin_organization' },
      limit,
    });

  it('L-27 are the newest published ones of the Page', async () => {
    const elements = [
      { id: 'urn:li:share:1', commentary: 'Old', publishedAt: 1_760_000_000_000, lifecycleState: 'PUBLISHED' },
      { id: 'urn:li:ugcPost:2', commentary: ' New ', publishedAt: 1_760_000_100_000, lifecycleState: 'PUBLISHED' },
      { id: 'urn:li:share:3', commentary: 'Draft', lifecycleState: 'DRAFT' },
    ];
    bench.linkedin.canned.set('rest/posts', { body: { elements } });
    expect(await read(3)).toEqual([
      {
        postId: 'urn:li:ugcPost:2',
        text: 'New',
        permalink: 'https://www.linkedin.com/feed/update/urn:li:ugcPost:2/',
        imageUrl: null,
        publishedAt: new Date(1_760_000_100_000),
      },
      expect.objectContaining({ text: 'Old' }),
    ]);
    const [call] = bench.linkedin.calls;
    expect(call?.search).toBe('?q=author&author=urn%3Ali%3Aorganization%3A490001&count=3&sortBy=CREATED');
    expect(call?.headers['x-restli-method']).toBe('FINDER');
  });

  it('are asked for within bounds', async () => {
    bench.linkedin.canned.set('rest/posts', { body: { elements: [] } });
    expect(await read(5_000)).toEqual([]);
    expect(bench.linkedin.calls[0]?.query.get('count')).toBe('100');
  });
});

describe('readiness', () => {
  const outcomes = async (settings: Partial<LinkedInSettings> = {}) => {
    const checks = await bench.adapterWith(settings).checkReadiness();
    return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
  };

  it('C44 C46 tells a wrong secret and a retired version apart', async () => {
    expect(await outcomes()).toEqual({ client_secret: 'ok', api_version: 'ok' });
    expect(await outcomes({ version: '202401' })).toEqual({ client_secret: 'ok', api_version: 'failed' });
    const wrong = { clientSecret: new Secret('another-secret') };
    expect(await outcomes(wrong)).toEqual({ client_secret: 'failed', api_version: 'ok' });
  });

  it('C46 warns of a version a month before LinkedIn retires it', async () => {
    bench.now = new Date('2027-06-30T23:59:00Z');
    expect(await outcomes()).toMatchObject({ api_version: 'ok' });
    bench.now = new Date('2027-07-01T00:00:00Z');
    const [, version] = await bench.adapter.checkReadiness();
    expect(version).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('202608 is 11 months old') });
  });

  it('knows nothing during an outage, and throws nothing', async () => {
    for (const path of ['oauth/v2/introspectToken', 'rest/organizationAcls']) {
      bench.linkedin.canned.set(path, { status: 503, body: 'down' });
    }
    expect(await outcomes()).toEqual({ client_secret: 'unknown', api_version: 'unknown' });
  });
});

describe('settings', () => {
  const TEXTS = {
    LINKEDIN_CLIENT_ID: '77abc',
    LINKEDIN_VERSION: '202608',
    LINKEDIN_AUTH_URL: 'https://www.linkedin.com/',
    LINKEDIN_API_URL: 'https://api.linkedin.com',
  };
  const valuesOf = (texts: Readonly<Record<string, string>>, scopes?: readonly string[]): PlatformSettingValues => ({
    text: (name) => texts[name],
    secret: () => new Secret('test-client-secret-000'),
    list: () => scopes,
    flag: () => false,
  });
  const create = (texts: object, scopes?: readonly string[]) =>
    LINKEDIN.create(valuesOf({ ...TEXTS, ...texts }, scopes), {
      http: { send: () => Promise.reject(new Error()) },
      now: () => new Date(),
    });

  it('make an adapter that calls LinkedIn’s two hosts', () => {
    const adapter = create({});
    expect(adapter.hosts).toEqual(['www.linkedin.com', 'api.linkedin.com']);
    expect(adapter.endpoints).toEqual({
      authorizationUrl: 'https://www.linkedin.com/oauth/v2/authorization',
      tokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
    });
    expect(LINKEDIN.isConfigured(valuesOf({}))).toBe(false);
  });

  it.each([
    ['LINKEDIN_VERSION', { LINKEDIN_VERSION: '202613' }],
    ['LINKEDIN_VERSION', { LINKEDIN_VERSION: 'v25.0' }],
    ['LINKEDIN_CLIENT_ID', { LINKEDIN_CLIENT_ID: 'my app' }],
    ['LINKEDIN_API_URL', { LINKEDIN_API_URL: 'api.linkedin.com' }],
  ])('C44 that cannot work are refused, naming %s', (name, wrong) => {
    expect(() => create(wrong)).toThrow(new RegExp(`^${name} `));
  });

  it('C42 C43 scopes may be chosen, but not without those that publishing and the person need', () => {
    const scopes = ['r_basicprofile', 'rw_organization_admin', 'w_organization_social', 'r_basicprofile'];
    expect(create({}, scopes).scopes).toEqual(scopes.slice(0, 3));
    expect(() => create({}, ['openid', 'rw_organization_admin'])).toThrow(
      /^LINKEDIN_SCOPES must hold w_organization_social/,
    );
    expect(() => create({}, scopes.slice(1, 3))).toThrow(/^LINKEDIN_SCOPES must hold openid or r_basicprofile/);
  });
});

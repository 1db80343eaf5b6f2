import { describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { FACEBOOK, INSTAGRAM } from './index.ts';

const ports = { http: { send: () => Promise.reject(new Error('nothing is called here')) }, now: () => new Date(0) };
const PAGE_SCOPES = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'];

/** As a service reads them: the definition's defaults, and what the operator set. */
function valuesOf({ settings }: PlatformDefinition, set: Readonly<Record<string, string>>): PlatformSettingValues {
  const text = (name: string) => set[name] ?? settings[name]?.default;
  return {
    text,
    secret: (name) => (set[name] === undefined ? undefined : new Secret(set[name])),
    list: (name) => text(name)?.split(','),
    flag: () => false,
  };
}
const facebook = (set: Readonly<Record<string, string>> = {}) =>
  valuesOf(FACEBOOK, { FACEBOOK_APP_ID: '111222333', FACEBOOK_APP_SECRET: 'x', ...set });
const instagram = (set: Readonly<Record<string, string>> = {}) =>
  valuesOf(INSTAGRAM, { INSTAGRAM_APP_ID: '444555666', INSTAGRAM_APP_SECRET: 'x', ...set });
const request = { redirectUri: 'https://x.example/cb', state: 's', scopes: [], rerequest: false };

describe('Facebook as it is set up', () => {
  it('calls Meta’s own host of the default version, and asks for what every kind needs', () => {
    const adapter = FACEBOOK.create(facebook(), ports);
    expect(adapter.endpoints.authorizationUrl).toBe('https://www.facebook.com/v25.0/dialog/oauth');
    expect(FACEBOOK.origins(facebook())).toEqual(['https://graph.facebook.com']);
    for (const { kind } of FACEBOOK.kinds) {
      expect(adapter.scopes).toEqual(expect.arrayContaining([...(adapter.requiredScopesOf?.(kind) ?? [])]));
    }
  });

  it('C43 asks for what the operator names and nothing else', () => {
    const adapter = FACEBOOK.create(facebook({ FACEBOOK_SCOPES: PAGE_SCOPES.join(',') }), ports);
    expect(adapter.scopes).toEqual(PAGE_SCOPES);
    expect(() => FACEBOOK.create(facebook({ FACEBOOK_SCOPES: 'pages_show_list' }), ports)).toThrow(/^FACEBOOK_SCOPES /);
  });

  it('takes the configuration of Facebook Login for Business', () => {
    const adapter = FACEBOOK.create(facebook({ FACEBOOK_CONFIG_ID: '490' }), ports);
    expect(adapter.authorizationParameters(request)['config_id']).toBe('490');
  });

  it('counts neither ad accounts nor pixels for a plan, and shows its Instagram accounts under Instagram', () => {
    const told = FACEBOOK.kinds.map(({ kind, shownUnder, countsForPlan = true }) => [kind, shownUnder, countsForPlan]);
    expect(told).toEqual([
      ['facebook_page', 'facebook', true],
      ['instagram_page_account', 'instagram', true],
      ['meta_ad_account', 'facebook', false],
      ['meta_pixel', 'facebook', false],
    ]);
  });
});

describe('Instagram as it is set up', () => {
  it('calls its two hosts, and its dialog has no version', () => {
    const adapter = INSTAGRAM.create(instagram(), ports);
    expect(adapter.endpoints.authorizationUrl).toBe('https://www.instagram.com/oauth/authorize');
    expect(adapter.hosts).toEqual(['api.instagram.com', 'graph.instagram.com']);
    expect(INSTAGRAM.origins(instagram())).toEqual(['https://api.instagram.com', 'https://graph.instagram.com']);
  });

  it('is off without its own credentials, whatever Facebook’s', () => {
    expect(INSTAGRAM.isConfigured(facebook())).toBe(false);
    expect(INSTAGRAM.isConfigured(instagram())).toBe(true);
    expect(() => INSTAGRAM.create(facebook(), ports)).toThrow(/^INSTAGRAM_APP_ID /);
  });
});

describe.each([
  ['Facebook', FACEBOOK.create(facebook(), ports)],
  ['Instagram', INSTAGRAM.create(instagram(), ports)],
])('what people are told of %s', (_name, adapter) => {
  it('C52 L-07 names the causes of a missing Instagram account before leaving', () => {
    expect(adapter.requirements.join(' ')).toMatch(/Business or Creator account/);
  });

  it('L-07 says that one may be signed in as somebody else', () => {
    expect(adapter.requirements.join(' ')).toMatch(/signed in (?:as|with) /);
  });

  it('knows a row of the scope matrix for every kind (C42)', () => {
    for (const kind of adapter.kinds) expect(Object.keys(adapter.capabilities[kind] ?? {}).length).toBeGreaterThan(1);
  });

  it('has a call-back for every notice', () => {
    for (const { callback } of adapter.pushNotices) expect(callback).toMatch(/^[a-z-]+$/);
  });
});

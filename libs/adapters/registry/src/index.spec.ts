import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import { type AdapterRegistry, createAdapterRegistry, DEFINITIONS, isPlatform, PLATFORMS } from './index.ts';

const FACEBOOK: Readonly<Record<string, string>> = {
  FACEBOOK_APP_ID: '111222333',
  FACEBOOK_GRAPH_VERSION: 'v25.0',
  FACEBOOK_DIALOG_URL: 'http://127.0.0.1:9/www.facebook.com',
  FACEBOOK_GRAPH_URL: 'http://127.0.0.1:9/graph.facebook.com',
};

/** Settings as a service reads them; a secret is set wherever the rest is. */
const valuesOf = (texts: Readonly<Record<string, string>>) => ({
  text: (name: string) => texts[name],
  secret: (name: string) =>
    Object.keys(texts).length > 0 && name.endsWith('_SECRET') ? new Secret('test-app-secret-000') : undefined,
  list: () => undefined,
  flag: () => false,
});

let registry: AdapterRegistry | undefined;
afterEach(() => registry?.close());

describe('the adapter registry', () => {
  it('holds nothing that is not configured', () => {
    registry = createAdapterRegistry({ values: valuesOf({}) });
    expect(registry.platforms()).toEqual([]);
    for (const platform of PLATFORMS) expect(registry.get(platform)).toBeUndefined();
  });

  it('holds what is configured, with addresses of the given version', () => {
    registry = createAdapterRegistry({ values: valuesOf(FACEBOOK) });
    expect(registry.platforms()).toEqual(['facebook']);
    expect(registry.get('facebook')?.endpoints).toEqual({
      authorizationUrl: 'http://127.0.0.1:9/www.facebook.com/v25.0/dialog/oauth',
      tokenUrl: 'http://127.0.0.1:9/graph.facebook.com/v25.0/oauth/access_token',
    });
    expect(JSON.stringify(registry.get('facebook'))).not.toContain('test-app-secret');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['FACEBOOK_GRAPH_VERSION', { FACEBOOK_GRAPH_VERSION: '25' }],
    ['FACEBOOK_APP_ID', { FACEBOOK_APP_ID: 'my app' }],
    ['FACEBOOK_GRAPH_URL', { FACEBOOK_GRAPH_URL: 'graph.facebook.com' }],
  ])('C44 refuses settings that cannot work, naming %s', (name, wrong) => {
    expect(() => createAdapterRegistry({ values: valuesOf({ ...FACEBOOK, ...wrong }) })).toThrow(
      new RegExp(`^${name} `),
    );
  });

  it('lists every platform and kind once, with settings under a prefix of its own', () => {
    const kinds = DEFINITIONS.flatMap((definition) => definition.kinds.map(({ kind }) => kind));
    const prefixes = DEFINITIONS.map(({ settingsPrefix }) => settingsPrefix);
    for (const list of [PLATFORMS, kinds, prefixes]) expect(new Set(list).size).toBe(list.length);
    for (const { settings, settingsPrefix, kinds: own } of DEFINITIONS) {
      for (const name of Object.keys(settings)) expect(name.startsWith(`${settingsPrefix}_`)).toBe(true);
      for (const { shownUnder } of own) expect(isPlatform(shownUnder)).toBe(true);
    }
  });
});

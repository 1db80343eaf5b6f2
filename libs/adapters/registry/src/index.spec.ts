import { afterEach, describe, expect, it } from '@jest/globals';
import { PLATFORMS, Secret } from '@mooring/contracts';
import { ADAPTED_PLATFORMS, type AdapterRegistry, createAdapterRegistry, type FacebookSettings } from './index.ts';

const facebook: FacebookSettings = {
  appId: '111222333',
  appSecret: new Secret('test-app-secret-000'),
  graphVersion: 'v25.0',
  dialogUrl: 'http://127.0.0.1:9/www.facebook.com',
  graphUrl: 'http://127.0.0.1:9/graph.facebook.com',
};

let registry: AdapterRegistry;
afterEach(() => registry.close());

describe('the adapter registry', () => {
  it('holds nothing that is not configured', () => {
    registry = createAdapterRegistry({});
    expect(registry.platforms()).toEqual([]);
    for (const platform of PLATFORMS) expect(registry.get(platform)).toBeUndefined();
    expect(ADAPTED_PLATFORMS).toEqual(['facebook']);
  });

  it('holds what is configured, with addresses of the given version', () => {
    registry = createAdapterRegistry({ facebook });
    expect(registry.platforms()).toEqual(['facebook']);
    expect(registry.get('facebook')?.endpoints).toEqual({
      authorizationUrl: 'http://127.0.0.1:9/www.facebook.com/v25.0/dialog/oauth',
      tokenUrl: 'http://127.0.0.1:9/graph.facebook.com/v25.0/oauth/access_token',
    });
    expect(JSON.stringify(registry.get('facebook'))).not.toContain('test-app-secret');
  });

  it.each<[string, Partial<FacebookSettings>]>([
    ['graphVersion', { graphVersion: '25' }],
    ['appId', { appId: 'my app' }],
    ['graphUrl', { graphUrl: 'graph.facebook.com' }],
    ['scopes', { scopes: ['pages_show_list'] }],
  ])('C44 refuses settings that cannot work, naming %s', (name, wrong) => {
    expect(() => createAdapterRegistry({ facebook: { ...facebook, ...wrong } })).toThrow(new RegExp(`^${name} `));
  });
});

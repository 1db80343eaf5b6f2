import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from './config.ts';

describe('settings of the edge', () => {
  it('stands on the development ports where nothing else is said', () => {
    const settings = readSettings({ OIDC_ISSUER: 'http://127.0.0.1:4010/oidc' });
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 8080, gatewayUrl: 'http://127.0.0.1:4001' });
    expect(settings.oidcResource).toBe('urn:mooring:api');
  });

  it('names every setting that cannot be used, and never its value', () => {
    const read = () => readSettings({ EDGE_PORT: 'ninety', GATEWAY_URL: 'ftp://secret-host' });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/GATEWAY_URL is not an http\(s\) address; OIDC_ISSUER is missing/);
    expect(read).not.toThrow(/secret-host/);
  });
});

import { readFile } from 'node:fs/promises';
import { settingsTable } from '@mooring/runtime';
import { OWN_SETTINGS, readSettings } from './config.ts';

const REQUIRED = {
  DATABASE_URL: 'postgres://a:hidden@b/c',
  WORKER_DATABASE_URL: 'postgres://a:hidden@b/c',
  KEY_ENCRYPTION_KEYS: `k1:${'0'.repeat(64)}`,
  TRUSTED_ISSUERS: JSON.stringify([
    { issuer: 'https://id.test', audience: ['urn:mooring:api'], kind: 'people' },
    { issuer: 'https://id.test', audience: ['urn:mooring:api', 'urn:mooring:vault'], kind: 'services' },
  ]),
};

describe('settings of the vault', () => {
  it('stand in the README as they are in the code', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(settingsTable(OWN_SETTINGS));
  });

  it('are refused by key and reason, never with a value', () => {
    const wrong = { ...REQUIRED, POLL_MS: 'hidden', KEY_ENCRYPTION_KEYS: '' };
    expect(() => readSettings(wrong)).toThrow(/KEY_ENCRYPTION_KEYS is required and not set\n.*POLL_MS is not a whole/s);
    expect(() => readSettings(wrong)).not.toThrow(/hidden/);
  });

  it('accept of a trusted issuer of services only tokens for the vault', () => {
    expect(readSettings(REQUIRED).TRUSTED_ISSUERS).toMatchObject([
      { kind: 'people', audience: ['urn:mooring:api'] },
      { kind: 'services', audience: ['urn:mooring:vault'] },
    ]);
  });
});

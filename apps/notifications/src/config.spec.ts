import { readFile } from 'node:fs/promises';
import { settingsTable } from '@mooring/runtime';
import { readSettings, SETTINGS } from './config.ts';

describe('settings of notifications', () => {
  it('stand in the README as they are in the code', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(settingsTable(SETTINGS));
  });

  it('are refused by key and reason, never with a value', () => {
    expect(() => readSettings({ LIVE_POLL_MS: 'hidden' })).toThrow(/LIVE_POLL_MS is not a whole number/);
    expect(() => readSettings({ LIVE_POLL_MS: 'hidden' })).not.toThrow(/hidden/);
  });
});

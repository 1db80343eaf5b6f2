import { readFile } from 'node:fs/promises';
import { settingsTable } from '@mooring/runtime';
import { OWN_SETTINGS } from './config.ts';

it('the README’s settings table is that of config.ts', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, table] = /<!-- settings -->\n+([\s\S]*?)\n+<!-- \/settings -->/.exec(readme) ?? [];
  expect(table).toBe(settingsTable(OWN_SETTINGS));
});

import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsTable } from '../test/settings-table.ts';

/** Prettier pads tables; only their words count. */
const cells = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-');

describe('README', () => {
  it('names every setting with its default, as the code has them', async () => {
    const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
    const table = /<!-- settings -->\n\n([\s\S]*)\n\n<!-- \/settings -->/.exec(readme)?.[1] ?? '';
    expect(cells(table)).toBe(cells(settingsTable()));
  });
});

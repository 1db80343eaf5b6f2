import { readFile } from 'node:fs/promises';
import { documentText } from './openapi.command.ts';

describe('the OpenAPI document', () => {
  it('is the one in openapi.json; write it anew with `node dist/openapi.command.js`', async () => {
    const kept = await readFile(new URL('../openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(await documentText())).toEqual(JSON.parse(kept));
  });
});

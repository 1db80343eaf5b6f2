import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { DOCUMENTS, generatedCode } from '../tools/generated-code.ts';

describe('generated types', () => {
  it.each(DOCUMENTS)('of $app are current: else run nx run @mooring/client:generate', async ({ document, file }) => {
    expect(await readFile(file, 'utf8')).toBe(await generatedCode(document));
  });
});

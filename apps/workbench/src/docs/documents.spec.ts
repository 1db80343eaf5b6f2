import { readFileSync } from 'node:fs';
import { documentPath, generatedDocuments } from './documents.ts';

describe('documents made from code', () => {
  it.each(generatedDocuments().map(({ path, content }) => [path, content]))(
    '%s is current (npm run docs writes it)',
    (path, content) => {
      expect(readFileSync(documentPath(path), 'utf8')).toBe(content);
    },
  );
});

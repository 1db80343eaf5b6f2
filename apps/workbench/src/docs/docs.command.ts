import { writeFileSync } from 'node:fs';
import { documentPath, generatedDocuments } from './documents.ts';

for (const { path, content } of generatedDocuments()) {
  writeFileSync(documentPath(path), content);
  console.log(`wrote ${path}`);
}

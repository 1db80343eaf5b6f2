import { writeFile } from 'node:fs/promises';
import { DOCUMENTS, generatedCode } from './generated-code.ts';

for (const { document, file } of DOCUMENTS) await writeFile(file, await generatedCode(document));

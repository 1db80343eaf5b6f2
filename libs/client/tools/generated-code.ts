import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const root = join(import.meta.dirname, '../../..');
const generated = join(import.meta.dirname, '../src/generated');

/** The OpenAPI documents that the client is made from, and the file that each becomes. */
export const DOCUMENTS = ['gateway', 'notifications'].map((app) => ({
  app,
  document: join(root, 'apps', app, 'openapi.json'),
  file: join(generated, `${app}.ts`),
}));

/** The TypeScript source that belongs to the OpenAPI document in a file. */
export async function generatedCode(document: string): Promise<string> {
  const types = await openapiTS(await readFile(document, 'utf8'), { alphabetize: true });
  return `// Made by \`nx run @mooring/client:generate\`; not to be edited.\n${astToString(types)}`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApiDocument, eventsTable } from '@mooring/contracts';

const root = join(import.meta.dirname, '../../../..');

/** A document of the repository that is made, wholly or in part, from code. */
export interface GeneratedDocument {
  readonly path: string;
  readonly content: string;
}

/** What the generated documents should be now. */
export function generatedDocuments(): GeneratedDocument[] {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return [
    { path: 'docs/asyncapi.json', content: `${JSON.stringify(asyncApiDocument(version), null, 2)}\n` },
    {
      path: 'README.md',
      content: readme.replace(
        /<!-- events -->[\s\S]*<!-- \/events -->/,
        `<!-- events -->\n\n${eventsTable()}\n\n<!-- /events -->`,
      ),
    },
  ];
}

/** Absolute path of a document of the repository. */
export function documentPath(path: string): string {
  return join(root, path);
}

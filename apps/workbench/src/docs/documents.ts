import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS, platformSettingsOf } from '@mooring/adapters';
import { asyncApiDocument, eventsTable } from '@mooring/contracts';
import { declaredFields, settingsTable } from '@mooring/runtime';

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
    { path: 'docs/platform-settings.md', content: platformSettings() },
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

/** One chapter per platform, with a table for each service that reads settings of it. */
function platformSettings(): string {
  const chapters = DEFINITIONS.map(({ names, settingsPrefix }) => {
    const tables = (['gateway', 'vault'] as const).map((service) => {
      const own = Object.entries(platformSettingsOf(service)).filter(([name]) => name.startsWith(`${settingsPrefix}_`));
      return `Read by the ${service}:\n\n${settingsTable({ fields: declaredFields(Object.fromEntries(own)) })}`;
    });
    return `## ${names.name}\n\n${tables.join('\n\n')}`;
  });
  const head = `# Settings of the platforms

Made from the code (\`npm run docs\`). The gateway and the vault read the settings of a platform under the same names; one that
is not set up can't be connected. Every key can be given as \`<KEY>_FILE\`, the path of a mounted file, too.`;
  return `${[head, ...chapters].join('\n\n')}\n`;
}

/** Absolute path of a document of the repository. */
export function documentPath(path: string): string {
  return join(root, path);
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Secret } from '@mooring/contracts';
import { provision, rolesOf } from '@mooring/persistence';
import { databaseUrl, SERVICE_NAMES, type StackFacts } from './settings.ts';

/** Makes roles and schemas, and runs every service's migration command under its DDL role. */
export async function prepareDatabase(facts: StackFacts, root: string): Promise<void> {
  const password = new Secret(facts.secrets.servicePassword);
  await provision({
    adminUrl: new Secret(facts.adminUrl),
    services: [...SERVICE_NAMES, 'bus'].map((name) => ({ name, password })),
    testing: facts.testing,
  });
  await Promise.all(
    SERVICE_NAMES.map((service) =>
      runMigrations(join(root, `apps/${service}/dist/migrate.command.js`), databaseUrl(facts, rolesOf(service).ddl)),
    ),
  );
}

async function runMigrations(script: string, url: string): Promise<void> {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', MIGRATION_DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (output = (output + chunk).slice(-4_000)));
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${output}`);
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Secret } from '@mooring/contracts';
import { provision, rolesOf } from '@mooring/persistence';
import { databaseUrl, type Environment, SERVICE_NAMES, type StackFacts } from './settings.ts';

const OUTPUT_KEPT = 4_000;

/** Roles, schemas, migrations and topics, by the commands that an operator runs, in their order. */
export async function prepare(facts: StackFacts, root: string): Promise<void> {
  await provisionSchemas(facts, root);
  const migrations = SERVICE_NAMES.map((service) =>
    runCommand(join(root, `apps/${service}/dist/migrate.command.js`), {
      MIGRATION_DATABASE_URL: databaseUrl(facts, rolesOf(service).ddl),
    }),
  );
  const topics = runCommand(join(root, 'libs/messaging/dist/commands/topics.command.js'), {
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    ...(facts.kafkaBrokers
      ? { KAFKA_BROKERS: facts.kafkaBrokers }
      : { BUS_DATABASE_URL: databaseUrl(facts, rolesOf('bus').ddl) }),
  });
  await Promise.all([...migrations, topics]);
}

async function provisionSchemas(facts: StackFacts, root: string): Promise<void> {
  const { migrationPassword, servicePassword } = facts.secrets;
  const names = [...SERVICE_NAMES, 'bus'];
  if (facts.testing) {
    // The movable clock is no operator's business: the command doesn't know it.
    const services = names.map((name) => ({
      name,
      password: new Secret(servicePassword),
      ddlPassword: new Secret(migrationPassword),
    }));
    return provision({ adminUrl: new Secret(facts.adminUrl), services, testing: true });
  }
  const passwords = names.flatMap((name) => [
    [`${name.toUpperCase()}_DATABASE_PASSWORD`, servicePassword],
    [`${name.toUpperCase()}_MIGRATION_PASSWORD`, migrationPassword],
  ]);
  await runCommand(join(root, 'libs/persistence/dist/commands/provision.command.js'), {
    DATABASE_URL: facts.adminUrl,
    ...(Object.fromEntries(passwords) as Environment),
  });
}

async function runCommand(script: string, environment: Environment): Promise<void> {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (output = (output + chunk).slice(-OUTPUT_KEPT)));
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${output}`);
}

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@mooring/contracts';
import { Client } from 'pg';
import { freePort, type RunningPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { rolesOf } from './identifiers.ts';
import { migrate, type MigrationClass } from './migrate.ts';
import { provision } from './provision.ts';

export { freePort, type RunningPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

/** A throw-away PostgreSQL on a free port; nothing of it outlives `stop()`. fsync is off: it must be quick, not safe. */
export async function startTestPostgres(): Promise<RunningPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'mooring-pg-'));
  const server = await startEmbeddedPostgres({
    directory,
    port: await freePort(),
    password: randomUUID(),
    persistent: true,
    flags: ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** URLs of a service's roles in a test database. */
export interface TestService {
  readonly url: string;
  readonly workerUrl: string;
  readonly ddlUrl: string;
}

/**
 * Makes schema and roles of one service (with the movable clock) and runs its migrations as its DDL role, so that no
 * suite migrates or serves as superuser.
 */
export async function provisionTestService(
  postgres: Pick<RunningPostgres, 'adminUrl'>,
  service: string,
  migrations: readonly MigrationClass[],
): Promise<TestService> {
  const password = randomUUID();
  await provision({
    adminUrl: new Secret(postgres.adminUrl),
    services: [{ name: service, password: new Secret(password) }],
    testing: true,
  });
  const roles = rolesOf(service);
  const as = (role: string): string => {
    const url = new URL(postgres.adminUrl);
    url.username = role;
    url.password = password;
    return url.href;
  };
  const urls = { url: as(roles.runtime), workerUrl: as(roles.worker), ddlUrl: as(roles.ddl) };
  await migrate({ url: new Secret(urls.ddlUrl), schema: service, migrations });
  return urls;
}

/** A further empty database on the same server; answers its administrator's URL. Roles are the server's, not the database's. */
export async function createTestDatabase(postgres: Pick<RunningPostgres, 'adminUrl'>, name: string): Promise<string> {
  const client = new Client({ connectionString: postgres.adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(postgres.adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

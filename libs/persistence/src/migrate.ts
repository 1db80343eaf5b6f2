import type { Secret } from '@mooring/contracts';
import { DataSource, type MigrationInterface } from 'typeorm';
import { createDataSource, rows } from './data-source.ts';

/** A migration class; its name ends in the time it was written, as TypeORM wants it. */
export type MigrationClass = new () => MigrationInterface;

/** What the migration command of a service runs. */
export interface MigrateOptions {
  /** URL of the service's DDL role. */
  readonly url: Secret;
  readonly schema: string;
  readonly migrations: readonly MigrationClass[];
}

/**
 * Runs what has not run yet, each migration in its own transaction, under an advisory lock: of two runners at once one
 * waits and then finds nothing to do.
 * @returns names of the migrations that ran
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const settings = createDataSource({
    url: options.url,
    schema: options.schema,
    applicationName: `mooring ${options.schema} migrate`,
    poolMax: 2,
    statementTimeoutMs: 0,
  }).options;
  const dataSource = new DataSource({
    ...settings,
    migrations: [...options.migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
  });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query(`select pg_advisory_lock(hashtext('mooring migrate ' || $1))`, [options.schema]);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}

/**
 * True where every migration that this build knows has run; a service waits for it in its startup probe.
 * A schema that is newer than the build counts as ready: migrations only ever expand.
 */
export async function schemaIsCurrent(dataSource: DataSource, migrations: readonly MigrationClass[]): Promise<boolean> {
  const found = await rows<{ name: string }>(dataSource.manager, 'select name from migrations').catch(() => []);
  const names = new Set(found.map((row) => row.name));
  return migrations.every((migration) => names.has(migration.name));
}

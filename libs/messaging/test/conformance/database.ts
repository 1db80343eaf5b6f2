import { Secret } from '@mooring/contracts';
import { inboxTablesSql, outboxTablesSql } from '../../src/index.ts';
import { createDataSource } from '@mooring/persistence';
import { provisionTestService, type RunningPostgres, startTestPostgres } from '@mooring/persistence/testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

/** A service's database as the suite needs it: outbox, inbox, and a table of effects. */
export interface TestDatabase {
  readonly postgres: RunningPostgres;
  /** URL of the service's role in one of the schemas. */
  urlOf(schema: TestSchema): string;
  /** A data source of its own, ended by `stop()`. */
  connect(schema: TestSchema): Promise<DataSource>;
  stop(): Promise<void>;
}

/** One schema per bus, so that no relay of one bus takes the rows of the other. */
export const TEST_SCHEMAS = ['calm', 'rough', 'burst'] as const;
export type TestSchema = (typeof TEST_SCHEMAS)[number];

function migrationOf(schema: TestSchema): new () => MigrationInterface {
  return class Messaging1763683200000 implements MigrationInterface {
    name = 'Messaging1763683200000';

    async up(runner: QueryRunner): Promise<void> {
      const effects = `CREATE TABLE ${schema}.effect (consumer text, event_id uuid, key text, version integer)`;
      for (const sql of [...outboxTablesSql(schema), ...inboxTablesSql(schema), effects]) await runner.query(sql);
    }

    async down(): Promise<void> {}
  };
}

/** Starts a PostgreSQL with the suite's schemas; services run as their own narrow roles. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const postgres = await startTestPostgres();
  const urls = new Map<TestSchema, string>();
  for (const schema of TEST_SCHEMAS) {
    urls.set(schema, (await provisionTestService(postgres, schema, [migrationOf(schema)])).url);
  }
  const open: DataSource[] = [];
  const urlOf = (schema: TestSchema): string => urls.get(schema) ?? '';
  return {
    postgres,
    urlOf,
    async connect(schema) {
      const dataSource = await openDataSource(urlOf(schema), schema);
      open.push(dataSource);
      return dataSource;
    },
    async stop() {
      await Promise.all(
        open.filter((dataSource) => dataSource.isInitialized).map((dataSource) => dataSource.destroy()),
      );
      await postgres.stop();
    },
  };
}

/** Connects as a service would. */
export async function openDataSource(url: string, schema: TestSchema): Promise<DataSource> {
  const settings = { url: new Secret(url), schema, applicationName: 'messaging suite', poolMax: 25 };
  return createDataSource(settings).initialize();
}

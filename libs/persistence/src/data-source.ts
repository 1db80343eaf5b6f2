import type { Secret } from '@mooring/contracts';
import { DataSource, type EntityManager, type MixedList } from 'typeorm';

/** How a service reaches its own schema. */
export interface DataSourceSettings {
  /** Connection URL of one role; the password in it is why it is a {@link Secret}. */
  readonly url: Secret;
  /** The service's schema; it becomes the search path. */
  readonly schema: string;
  // TypeORM's own type for a list of classes.
  readonly entities?: MixedList<string | (abstract new (...args: never[]) => unknown)>;
  /** Connections in the pool. */
  readonly poolMax?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** A statement that takes longer is cancelled. Milliseconds. */
  readonly statementTimeoutMs?: number;
  /** Waiting longer than this for a connection of the pool is an error. Milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Told about broken idle connections; without a listener they would end the process. */
  readonly onPoolError?: (error: Error) => void;
}

const DEFAULTS = { poolMax: 10, statementTimeoutMs: 15_000, connectTimeoutMs: 5_000 };

/** A TypeORM data source for one role and schema; call `initialize()` on it. It never changes the schema by itself. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url.reveal(),
    schema: settings.schema,
    entities: (settings.entities ?? []) as never[],
    synchronize: false,
    migrationsRun: false,
    logging: false,
    applicationName: settings.applicationName,
    poolSize: settings.poolMax ?? DEFAULTS.poolMax,
    poolErrorHandler: settings.onPoolError ?? (() => undefined),
    connectTimeoutMS: settings.connectTimeoutMs ?? DEFAULTS.connectTimeoutMs,
    installExtensions: false,
    extra: {
      statement_timeout: settings.statementTimeoutMs ?? DEFAULTS.statementTimeoutMs,
      idle_in_transaction_session_timeout: 60_000,
      options: `-c search_path=${settings.schema} -c timezone=UTC`,
      keepAlive: true,
    },
  });
}

/** Rows of a statement, typed by the caller; the driver's answer for INSERT … RETURNING is unwrapped as well. */
export async function rows<Row>(
  manager: Pick<EntityManager, 'query'>,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const answer: unknown = await manager.query(sql, [...parameters]);
  // TypeORM answers [rows, count] for UPDATE and DELETE, and rows for everything else.
  if (Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') {
    return answer[0] as Row[];
  }
  return answer as Row[];
}

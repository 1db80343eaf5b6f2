import pg from 'pg';
import { failureOf } from '../consume/failure.ts';
import { BusUnavailableError, RecordRejectedError } from '../errors.ts';
import type { ResolvedBusSettings } from '../settings.ts';

const CONNECTIONS_MAX = 6;

/** Connection options that give up within seconds on a database that doesn't answer. */
export function connectionOptions(settings: ResolvedBusSettings): pg.ClientConfig {
  return {
    connectionString: settings.busDatabaseUrl,
    application_name: settings.clientId,
    connectionTimeoutMillis: settings.bounds.connectTimeoutMs,
    query_timeout: settings.bounds.requestTimeoutMs,
    keepAlive: true,
  };
}

/** The log's own pool of connections: it shares none with business transactions. */
export function newLogPool(settings: ResolvedBusSettings): pg.Pool {
  const pool = new pg.Pool({ ...connectionOptions(settings), max: CONNECTIONS_MAX, idleTimeoutMillis: 30_000 });
  // Without a listener a restart of the database would end the process.
  pool.on('error', (error) => settings.logger.warn({ because: failureOf(error) }, 'the bus lost a connection'));
  return pool;
}

/** Data exceptions, constraint violations and program limits: the records themselves are refused. */
const REJECTION_CLASSES = new Set(['22', '23', '54']);

/** What a failed append means to the relay. */
export function appendErrorOf(error: unknown): Error {
  const { errorClass, message } = failureOf(error);
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === 'string' && code.length === 5 && REJECTION_CLASSES.has(code.slice(0, 2))
    ? new RecordRejectedError(`the log refused the records: ${code}`)
    : new BusUnavailableError(`${errorClass}: ${message}`);
}

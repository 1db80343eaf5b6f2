import { readFileSync } from 'node:fs';
import type { BusSettings } from '../settings.ts';

/** Thrown when the environment does not say which bus; names keys, never values. */
export class CommandSettingsError extends Error {
  override readonly name = 'CommandSettingsError';
}

function read(key: string): string | undefined {
  const file = process.env[`${key}_FILE`];
  return file ? readFileSync(file, 'utf8').trim() : process.env[key] || undefined;
}

/** The bus of a command: `KAFKA_BROKERS` (host:port, comma-separated), else `BUS_DATABASE_URL`; each also as `…_FILE`. */
export function busOfEnvironment(clientId: string): BusSettings {
  const brokers = read('KAFKA_BROKERS');
  if (brokers) return { clientId, kafkaBrokers: brokers.split(',').map((broker) => broker.trim()) };
  const busDatabaseUrl = read('BUS_DATABASE_URL');
  if (!busDatabaseUrl) throw new CommandSettingsError('KAFKA_BROKERS or BUS_DATABASE_URL must be set');
  return { clientId, busDatabaseUrl };
}

/** Copies that a new Kafka topic gets; -1 leaves it to the cluster. `REPLICATION_FACTOR`. */
export function replicationFactorOfEnvironment(): number {
  const text = read('REPLICATION_FACTOR') ?? '-1';
  const factor = Number(text);
  if (!Number.isInteger(factor) || factor < -1 || factor === 0) {
    throw new CommandSettingsError(
      'REPLICATION_FACTOR must be a positive number, or -1 for the default of the cluster',
    );
  }
  return factor;
}

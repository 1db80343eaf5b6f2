import type { DurationMs } from '@mooring/contracts';

/** Where the bus reports; pino's loggers and Nest's fit. */
export interface BusLogger {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** A named point at which a test stops or kills the process; does nothing in a production build. */
export type FaultPoint = (name: FaultPointName) => void | Promise<void>;
/** After the relay has read rows and before it sends them · after a handler returned and before its offset is committed. */
export type FaultPointName = 'bus.after-commit-before-announce' | 'bus.after-effect-before-offset';

/** SASL sign-in at a Kafka cluster. */
export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** Everything that a process decides about its bus. Exactly one of `kafkaBrokers` and `busDatabaseUrl` chooses the transport. */
export interface BusSettings {
  /** `host:port` of some brokers: the Kafka transport. */
  readonly kafkaBrokers?: readonly string[] | undefined;
  readonly kafkaTls?: boolean | undefined;
  readonly kafkaSasl?: KafkaSasl | undefined;
  /** PostgreSQL URL: the embedded transport, in schema `bus`. */
  readonly busDatabaseUrl?: string | undefined;
  /** Names the process to brokers and in logs. */
  readonly clientId: string;
  readonly logger?: BusLogger | undefined;
  readonly faultPoint?: FaultPoint | undefined;
  /** Bounds and times; {@link BUS_DEFAULTS} where left out. */
  readonly bounds?: Partial<BusBounds> | undefined;
}

/** Bounds and times of the bus. */
export interface BusBounds {
  /** A member that is silent for so long loses its partitions. */
  readonly sessionTimeoutMs: DurationMs;
  readonly heartbeatMs: DurationMs;
  /** The longest a joining member waits for the others. */
  readonly rebalanceTimeoutMs: DurationMs;
  readonly connectTimeoutMs: DurationMs;
  /** The longest one request waits for its answer; a send gives up after `sendRetries` more of them. */
  readonly requestTimeoutMs: DurationMs;
  readonly sendRetries: number;
  /** Low watermarks are committed this often. */
  readonly commitEveryMs: DurationMs;
  /** A handler's deadline unless `@OnEvent` gives one. */
  readonly handlerDeadlineMs: DurationMs;
  /** Handlers at work at once, per lane. */
  readonly handlersInFlightMax: number;
  /** Records taken from one partition and not yet done; above it the partition is paused. */
  readonly partitionInFlightMax: number;
  /** Records done ahead of an unfinished one in a partition; above it the partition is paused. */
  readonly partitionAheadMax: number;
  /** Bytes fetched from one partition at once. */
  readonly fetchBytesMax: number;
  /** Waits before the quick tries that follow a transient failure. */
  readonly quickRetryDelaysMs: readonly DurationMs[];
  /** One retry lane each, in this order; after the last one the event is a dead letter. */
  readonly retryDelaysMs: readonly DurationMs[];
  /** Embedded transport: the slow poll beneath LISTEN. */
  readonly pollMs: DurationMs;
  /** Embedded transport: events older than this are deleted, in bounded batches. */
  readonly retentionMs: DurationMs;
  /** The longest `close()` waits for handlers at work. */
  readonly drainTimeoutMs: DurationMs;
  /** A fresh consumer is made this long after one has died. */
  readonly restartDelayMs: DurationMs;
}

/** What holds where a setting is left out. */
export const BUS_DEFAULTS: BusBounds = {
  sessionTimeoutMs: 10_000,
  heartbeatMs: 3_000,
  rebalanceTimeoutMs: 15_000,
  connectTimeoutMs: 1_000,
  requestTimeoutMs: 3_000,
  sendRetries: 2,
  commitEveryMs: 500,
  handlerDeadlineMs: 120_000,
  handlersInFlightMax: 32,
  partitionInFlightMax: 500,
  partitionAheadMax: 20_000,
  fetchBytesMax: 512 * 1024,
  quickRetryDelaysMs: [50, 250],
  retryDelaysMs: [10_000, 60_000, 600_000],
  pollMs: 500,
  retentionMs: 7 * 24 * 3_600_000,
  drainTimeoutMs: 20_000,
  restartDelayMs: 500,
};

const silent: BusLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Settings with every default filled in. */
export interface ResolvedBusSettings extends Omit<BusSettings, 'bounds' | 'logger' | 'faultPoint'> {
  readonly logger: BusLogger;
  readonly faultPoint: FaultPoint;
  readonly bounds: BusBounds;
}

/** Fills in the defaults. Throws RangeError when both transports or none is named. */
export function resolveBusSettings(settings: BusSettings): ResolvedBusSettings {
  const hasKafka = (settings.kafkaBrokers?.length ?? 0) > 0;
  const hasDatabase = Boolean(settings.busDatabaseUrl);
  if (hasKafka === hasDatabase) throw new RangeError('exactly one of kafkaBrokers and busDatabaseUrl must be set');
  return {
    ...settings,
    logger: settings.logger ?? silent,
    faultPoint: settings.faultPoint ?? (() => undefined),
    bounds: { ...BUS_DEFAULTS, ...settings.bounds },
  };
}

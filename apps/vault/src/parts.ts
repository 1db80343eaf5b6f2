import { createAdapterRegistry } from '@mooring/adapters';
import type { PlatformAdapter } from '@mooring/adapters-core';
import type { Platform } from '@mooring/contracts';
import { EnvKeyRing } from '@mooring/crypto';
import { type Bus, createBus, OutboxRelay } from '@mooring/messaging';
import { createDataSource, shareBusinessClock } from '@mooring/persistence';
import type { ServiceContext } from '@mooring/runtime';
import type { Clock } from '@mooring/runtime/clock';
import { faultPoint } from '@mooring/runtime/fault-points';
import type { DataSource } from 'typeorm';
import { Attempt } from './attempts/attempt.entity.ts';
import type { VaultSettings } from './config.ts';
import { GrantConnection } from './grants/grant-connection.entity.ts';
import { Grant } from './grants/grant.entity.ts';
import { Activation } from './grants/pending-grants.ts';
import { PlatformAnswers } from './limits/platform-answers.ts';
import type { LimitTime } from './limits/ports.ts';
import { SystemLimitTime } from './limits/system-limit-time.ts';
import { FileJournal } from './journal/file-journal.ts';
import { type FaultPoints, renewing } from './refresh/fault-points.ts';
import { Release } from './release/release.entity.ts';
import { EnvelopeGrantKeys } from './sealing/envelope-grant-keys.ts';
import { SealedToken } from './sealing/sealed-token.entity.ts';
import { PostgresTokenReads } from './tokens/postgres-token-reads.ts';

export const SCHEMA = 'vault';
const ENTITIES = [Grant, GrantConnection, SealedToken, Attempt, Release, Activation];

/** Their statements are short, and there is one for each app a second. */
const LIMITS_POOL_MAX = 2;

/** The platforms, however they come. */
export interface VaultRegistry {
  get(platform: Platform): PlatformAdapter | undefined;
  close?(): Promise<void>;
}

/** What tests put in the place of the real thing. */
export interface VaultOverrides {
  readonly registry?: VaultRegistry;
  readonly clock?: Clock;
  readonly faultPoints?: FaultPoints;
  readonly limitTime?: LimitTime;
}

/** What the process holds open. */
export interface VaultParts {
  readonly runtime: DataSource;
  readonly worker: DataSource;
  readonly limits: DataSource;
  readonly bus: Bus;
  readonly relay: OutboxRelay;
  readonly keys: EnvelopeGrantKeys;
  readonly reads: PostgresTokenReads;
  readonly registry: VaultRegistry;
  readonly answers: PlatformAnswers;
  readonly limitTime: LimitTime;
  readonly clock: Clock;
  readonly journal: FileJournal;
  readonly faultPoints: FaultPoints;
}

type Context = ServiceContext<VaultSettings>;

/** Opens what the process needs and says in which order it is closed. */
export async function openParts(context: Context, overrides: VaultOverrides): Promise<VaultParts> {
  const { settings, logger, shutdown } = context;
  const clock = overrides.clock ?? context.clock;
  const answers = new PlatformAnswers();
  const registry =
    overrides.registry ??
    createAdapterRegistry({
      values: settings.platforms,
      http: {
        timeoutMs: settings.PLATFORM_TIMEOUT_MS,
        connectionsMax: connectionsMaxOf(settings),
        beforeReading: () => (renewing.getStore() ? faultPoint('vault.after-sending') : Promise.resolve()),
      },
      onAnswer: (_platform, answer) => answers.heard(answer),
      now: () => clock.now(),
    });
  const keys = new EnvelopeGrantKeys(EnvKeyRing.parse(settings.KEY_ENCRYPTION_KEYS.reveal()), {
    entriesMax: settings.KEY_CACHE_ENTRIES_MAX,
    ttlMs: settings.KEY_CACHE_MS,
  });
  const { DATABASE_URL, WORKER_DATABASE_URL, DATABASE_POOL_MAX } = settings;
  const runtime = await connect(context, DATABASE_URL, DATABASE_POOL_MAX);
  const worker = await connect(context, WORKER_DATABASE_URL, DATABASE_POOL_MAX);
  const limits = await connect(context, WORKER_DATABASE_URL, LIMITS_POOL_MAX);
  const reads = new PostgresTokenReads({
    url: settings.DATABASE_URL,
    poolMax: settings.TOKEN_READ_POOL_MAX,
    batchMax: settings.TOKEN_READ_BATCH_MAX,
    onPoolError: (err) => logger.warn({ err }, 'a database connection broke'),
  });
  const faultPoints = overrides.faultPoints ?? { at: faultPoint };
  const bus = createBus({
    kafkaBrokers: settings.KAFKA_BROKERS,
    busDatabaseUrl: settings.KAFKA_BROKERS ? undefined : settings.BUS_DATABASE_URL?.reveal(),
    clientId: 'mooring-vault',
    logger,
    faultPoint,
  });
  const relay = new OutboxRelay({
    dataSource: runtime,
    schema: SCHEMA,
    producer: bus.producer,
    logger,
    faultPoint: (name) => faultPoints.at(name),
  });
  shutdown.register('relay', 'outbox', () => relay.stop({ deadlineMs: settings.DRAIN_DEADLINE_MS / 4 }));
  shutdown.register('producer', 'bus', () => bus.close());
  shutdown.register('database', 'pools', async () => {
    await Promise.all([runtime.destroy(), worker.destroy(), limits.destroy(), reads.close(), registry.close?.()]);
  });
  const journal = new FileJournal(settings.JOURNAL_DIR, (path, err) =>
    logger.error({ err, path }, 'a file in the journal cannot be read'),
  );
  shutdown.register('database', 'journal', () => journal.close());
  await shareBusinessClock(worker, context.clockControl);
  const limitTime = overrides.limitTime ?? new SystemLimitTime();
  const opened = { runtime, worker, limits, bus, relay, keys, reads, registry, answers };
  return { ...opened, limitTime, clock, journal, faultPoints };
}

/** As many as may be under way: a call that has its turn must not wait for a connection. */
function connectionsMaxOf({ PLATFORM_IN_FLIGHT_MAX, PLATFORM_LIMITS }: VaultSettings): number {
  const own = Object.values(PLATFORM_LIMITS).map(({ inFlightMax }) => inFlightMax ?? 0);
  return Math.max(PLATFORM_IN_FLIGHT_MAX, ...own);
}

function connect({ logger }: Context, url: VaultSettings['DATABASE_URL'], poolMax: number): Promise<DataSource> {
  return createDataSource({
    url,
    schema: SCHEMA,
    entities: ENTITIES,
    applicationName: 'mooring vault',
    poolMax,
    onPoolError: (err) => logger.warn({ err }, 'a database connection broke'),
  }).initialize();
}

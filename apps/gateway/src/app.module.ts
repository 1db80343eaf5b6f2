import { type AdapterRegistry, createAdapterRegistry, redirectUrisOf } from '@mooring/adapters';
import { type ClosablePlatformHttp, createPlatformHttp } from '@mooring/adapters-core';
import { EnvKeyRing } from '@mooring/crypto';
import { type Bus, createBus, Inbox, Outbox, OutboxRelay } from '@mooring/messaging';
import { createDataSource, shareBusinessClock } from '@mooring/persistence';
import {
  clientCredentialsTokens,
  InternalHttpClient,
  PollLoop,
  projectedFileTokens,
  reportBus,
  type ServiceContext,
  type ServiceTokenSource,
} from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { faultPoint } from '@mooring/runtime/fault-points';
import { type DynamicModule, type INestApplicationContext, Module, type Provider } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { WorkspaceAccess } from './access/workspace-access.ts';
import { API_CONTROLLERS } from './api/controllers.ts';
import { ApiDocument } from './api/api-document.ts';
import { OpenApiController } from './api/openapi.controller.ts';
import type { GatewaySettings } from './config.ts';
import { CONNECT_USE_CASES } from './connect/use-cases.ts';
import { CallbackController } from './connect/callback.controller.ts';
import { ConnectSettings } from './connect/connect-settings.ts';
import { PassportOAuthClients } from './connect/passport/passport-oauth-clients.ts';
import { VerifierSeal } from './connect/passport/verifier-seal.ts';
import { OAuthClients, SessionQueue, VaultClient } from './connect/ports.ts';
import { RedirectUris } from './connect/redirect-uris.ts';
import { ReturnUrls } from './connect/return-url.ts';
import { ExpireSessions } from './connect/expire-sessions.ts';
import { sessionsRound } from './connect/sessions.poller.ts';
import { HttpVaultClient } from './connect/vault-client.ts';
import { countConnectionsRound } from './connections/count-connections.poller.ts';
import { ScheduleConsumer } from './connections/schedule.consumer.ts';
import { TokensConsumer } from './connections/tokens.consumer.ts';
import { CONNECTIONS_USE_CASES } from './connections/use-cases.ts';
import { Plans } from './directory/plan-matrix.ts';
import { DIRECTORY_USE_CASES } from './directory/use-cases.ts';
import { ConfiguredPlatforms } from './platforms/configured-platforms.ts';
import { DescribeReadiness } from './platforms/describe-readiness.ts';
import { ListPlatforms } from './platforms/list-platforms.ts';
import { Platforms } from './platforms/ports.ts';
import { ENTITIES } from './storage/entities.ts';
import { Transactions } from './storage/ports.ts';
import { PostgresConnectionCensus } from './storage/postgres-connection-census.ts';
import { PostgresSessionQueue } from './storage/postgres-session-queue.ts';
import { PostgresTransactions } from './storage/postgres-transactions.ts';
import { RateLimit } from './throttle/rate-limit.ts';
import { RateLimits } from './throttle/rate-limits.ts';

const SCHEMA = 'gateway';
const MINUTE_MS = 60_000;
const REPORT_EVERY_MS = 5_000;
/** Reads every connection's row. */
const COUNT_EVERY_MS = MINUTE_MS;
/** Far above the worst round: a batch of calls to a vault that doesn't answer. */
const LOOP_STALE_MS = 60 * MINUTE_MS;

type Context = ServiceContext<GatewaySettings>;

/** What the process holds open. */
export interface GatewayParts {
  readonly runtime: DataSource;
  readonly worker: DataSource;
  readonly bus: Bus;
  readonly relay: OutboxRelay;
  readonly registry: AdapterRegistry;
  readonly http: ClosablePlatformHttp;
}

/** Names both sides: which driver stands behind which port. */
@Module({})
export class AppModule {
  static with(parts: GatewayParts, { settings }: Context): DynamicModule {
    return {
      module: AppModule,
      controllers: [...API_CONTROLLERS, OpenApiController, CallbackController, TokensConsumer, ScheduleConsumer],
      providers: [
        ...DIRECTORY_USE_CASES,
        ...CONNECT_USE_CASES,
        ...CONNECTIONS_USE_CASES,
        ListPlatforms,
        DescribeReadiness,
        WorkspaceAccess,
        ApiDocument,
        ...storagePorts(parts),
        ...platformPorts(parts, settings),
        ...settingValues(settings),
        { provide: VaultClient, useValue: vaultClient(settings) },
      ],
    };
  }
}

function storagePorts({ runtime, worker }: GatewayParts): Provider[] {
  const transactions = new PostgresTransactions(runtime, new Outbox(SCHEMA), new Inbox(SCHEMA, SCHEMA));
  return [
    { provide: Transactions, useValue: transactions },
    {
      provide: SessionQueue,
      useFactory: (settings: ConnectSettings, clock: Clock) => new PostgresSessionQueue(worker, settings, clock),
      inject: [ConnectSettings, Clock],
    },
  ];
}

function platformPorts({ registry, http }: GatewayParts, settings: GatewaySettings): Provider[] {
  const redirectUris = new RedirectUris(redirectUrisOf((name) => settings.platforms.text(name)));
  const keys = settings.KEY_RING ? EnvKeyRing.parse(settings.KEY_RING.reveal()) : null;
  const platforms = new ConfiguredPlatforms(registry, redirectUris, keys !== null);
  const needsKeys = registry.platforms().filter((platform) => registry.get(platform)?.pkce !== 'none');
  if (needsKeys.length > 0 && !keys) throw new RangeError(`KEY_RING is needed for ${needsKeys.join(', ')}`);
  return [
    { provide: RedirectUris, useValue: redirectUris },
    { provide: Platforms, useValue: platforms },
    { provide: OAuthClients, useValue: new PassportOAuthClients(platforms, http, new VerifierSeal(keys)) },
  ];
}

function settingValues(settings: GatewaySettings): Provider[] {
  const perMinute = (times: number): RateLimit => new RateLimit(times, MINUTE_MS);
  const connect = new ConnectSettings({
    returnUrls: new ReturnUrls(settings.RETURN_URLS),
    linkLifetimeMs: settings.LINK_LIFETIME_MS,
    chooseWithinMs: settings.CHOOSE_WITHIN_MS,
    keepSessionsMs: settings.KEEP_SESSIONS_MS,
    takeOverAfterMs: settings.TAKE_OVER_AFTER_MS,
    pollEveryMs: settings.SESSIONS_POLL_MS,
    pollBatchMax: settings.SESSIONS_BATCH_MAX,
  });
  const limits = new RateLimits({
    beginnings: perMinute(settings.BEGINNINGS_PER_MINUTE),
    starts: perMinute(settings.STARTS_PER_MINUTE),
    claims: perMinute(settings.CLAIMS_PER_MINUTE),
    attempts: perMinute(settings.ATTEMPTS_PER_MINUTE),
  });
  return [
    { provide: ConnectSettings, useValue: connect },
    { provide: RateLimits, useValue: limits },
    { provide: Plans, useValue: new Plans(settings.PLAN_MATRIX) },
  ];
}

function serviceTokens(settings: GatewaySettings): ServiceTokenSource {
  if (settings.SERVICE_TOKEN_PATH) return projectedFileTokens({ path: settings.SERVICE_TOKEN_PATH });
  const { SERVICE_TOKEN_URL: tokenUrl, SERVICE_CLIENT_SECRET: clientSecret } = settings;
  if (!tokenUrl || !clientSecret) {
    throw new RangeError('SERVICE_TOKEN_PATH, or SERVICE_TOKEN_URL with SERVICE_CLIENT_SECRET, must be set');
  }
  const { SERVICE_CLIENT_ID: clientId, SERVICE_AUDIENCE: audience } = settings;
  return clientCredentialsTokens({ tokenUrl, clientId, clientSecret, audience, resource: audience });
}

function vaultClient(settings: GatewaySettings): VaultClient {
  const http = new InternalHttpClient({
    baseUrl: settings.VAULT_URL,
    tokens: serviceTokens(settings),
    timeoutMs: settings.VAULT_TIMEOUT_MS,
    unavailableCode: 'vault_unavailable',
  });
  return new HttpVaultClient(http, settings.VAULT_OPEN_TIMEOUT_MS);
}

function adapterRegistry({ settings, clock }: Context): AdapterRegistry {
  return createAdapterRegistry({ values: settings.platforms, now: () => clock.now() });
}

/** Opens what the process needs and says in which order it is closed. */
export async function openParts(context: Context): Promise<GatewayParts> {
  const { settings, logger, shutdown } = context;
  const connect = (url: GatewaySettings['DATABASE_URL']): Promise<DataSource> =>
    createDataSource({
      url,
      schema: SCHEMA,
      entities: ENTITIES,
      applicationName: 'mooring gateway',
      poolMax: settings.DATABASE_POOL_MAX,
      onPoolError: (err) => logger.warn({ err }, 'a database connection broke'),
    }).initialize();
  const runtime = await connect(settings.DATABASE_URL);
  const worker = await connect(settings.WORKER_DATABASE_URL);
  const bus = createBus({
    kafkaBrokers: settings.KAFKA_BROKERS,
    busDatabaseUrl: settings.KAFKA_BROKERS ? undefined : settings.BUS_DATABASE_URL?.reveal(),
    clientId: 'mooring-gateway',
    logger,
    faultPoint,
  });
  const relay = new OutboxRelay({ dataSource: runtime, schema: SCHEMA, producer: bus.producer, logger, faultPoint });
  const registry = adapterRegistry(context);
  const tokenOrigins = registry.platforms().flatMap((platform) => registry.get(platform)?.endpoints.tokenUrl ?? []);
  const http = createPlatformHttp({ origins: tokenOrigins, timeoutMs: settings.EXCHANGE_TIMEOUT_MS });
  shutdown.register('relay', 'outbox', () => relay.stop({ deadlineMs: settings.DRAIN_DEADLINE_MS / 4 }));
  shutdown.register('producer', 'bus', async () => {
    await Promise.all([bus.close(), http.close(), registry.close()]);
  });
  shutdown.register('database', 'pools', async () => {
    await Promise.all([runtime.destroy(), worker.destroy()]);
  });
  await shareBusinessClock(runtime, context.clockControl);
  return { runtime, worker, bus, relay, registry, http };
}

/** Begins what the process does by itself: relay and pollers. */
export function startWork(app: INestApplicationContext, parts: GatewayParts, context: Context): void {
  const { settings, metrics } = context;
  const round = sessionsRound(app.get(ExpireSessions));
  const report = (): Promise<void> =>
    Promise.resolve(reportBus(metrics, { group: 'gateway', bus: parts.bus, relay: parts.relay }));
  parts.relay.start();
  new PollLoop(
    { name: 'connect-sessions', round, everyMs: settings.SESSIONS_POLL_MS, staleAfterMs: LOOP_STALE_MS },
    context,
  ).start();
  new PollLoop({ name: 'report-state', round: report, everyMs: REPORT_EVERY_MS }, context).start();
  const count = countConnectionsRound(new PostgresConnectionCensus(parts.worker, context.clock), metrics);
  new PollLoop({ name: 'count-connections', round: count, everyMs: COUNT_EVERY_MS }, context).start();
}

import { Inbox, Outbox } from '@mooring/messaging';
import { METRICS, PollLoop, reportBus, type ServiceContext } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { type DynamicModule, type INestApplicationContext, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AttemptClaims } from './attempts/attempt-claims.ts';
import { AttemptQueue } from './attempts/attempt-queue.ts';
import { AttemptWork } from './attempts/attempt-work.ts';
import { AttemptsConsumer } from './attempts/attempts.consumer.ts';
import { AttemptsPoller } from './attempts/attempts.poller.ts';
import { RecordAttempt } from './attempts/record-attempt.ts';
import { TokenSource } from './attempts/token-source.ts';
import { AnswerChallenge } from './callbacks/answer-challenge.ts';
import { CallbackRecords } from './callbacks/callback-records.ts';
import { CallbacksController } from './callbacks/callbacks.controller.ts';
import { ReceiveCallback } from './callbacks/receive-callback.ts';
import type { VaultSettings } from './config.ts';
import { WorkerDatabase } from './database.ts';
import { ActivateGrant } from './grants/activate-grant.ts';
import { DiscardPending } from './grants/discard-pending.ts';
import { DiscardStalePending } from './grants/discard-stale-pending.ts';
import { GrantChanges } from './grants/grant-changes.ts';
import { OpenPendingGrant } from './grants/open-pending-grant.ts';
import { PendingGrantsController } from './grants/pending-grants.controller.ts';
import { TakeOver } from './grants/take-over.ts';
import { HousekeepingPoller, HousekeepingSettings } from './housekeeping/housekeeping.poller.ts';
import { Retention } from './housekeeping/retention.ts';
import { InspectGrant } from './inspection/inspect-grant.ts';
import { RecordInspection } from './inspection/record-inspection.ts';
import { SCHEMA, type VaultParts } from './parts.ts';
import { LoggedOperatorAlerts } from './platforms/logged-operator-alerts.ts';
import { PlatformCallBounds, PlatformCalls } from './platforms/platform-calls.ts';
import { Platforms } from './platforms/platforms.ts';
import { AdapterRegistry, OperatorAlerts } from './platforms/ports.ts';
import { PollerContext } from './pool/poller-context.ts';
import { PoolSettings } from './pool/pool-settings.ts';
import { ListRecentPosts } from './posts/list-recent-posts.ts';
import { PostsController } from './posts/posts.controller.ts';
import { GrantLease } from './refresh/grant-lease.ts';
import { RecordRefresh } from './refresh/record-refresh.ts';
import { RefreshGrant } from './refresh/refresh-grant.ts';
import { RefreshSettings } from './refresh/refresh-settings.ts';
import { FinishRelease } from './release/finish-release.ts';
import { RecordRelease } from './release/record-release.ts';
import { ReleaseClaims } from './release/release-claims.ts';
import { ReleaseConnection } from './release/release-connection.ts';
import { ReleaseQueue } from './release/release-queue.ts';
import { ReleasesConsumer } from './release/releases.consumer.ts';
import { ReleasesController } from './release/releases.controller.ts';
import { ReleasesPoller } from './release/releases.poller.ts';
import { RevokeConsent } from './release/revoke-consent.ts';
import { GrantKeys } from './sealing/ports.ts';
import { SealedTokens } from './sealing/sealed-tokens.ts';
import { SealedTokenReads } from './tokens/ports.ts';
import { ReadAuditRetention, ReadAuditSettings } from './tokens/read-audit-retention.ts';
import { ReadToken } from './tokens/read-token.ts';
import { RefreshForRead } from './tokens/refresh-for-read.ts';
import { TokensController } from './tokens/tokens.controller.ts';

const REPORT_EVERY_MS = 5_000;

const USE_CASES: Provider[] = [
  ...[OpenPendingGrant, ActivateGrant, TakeOver, DiscardPending, DiscardStalePending, GrantChanges],
  ...[SealedTokens, PlatformCalls, Platforms, { provide: OperatorAlerts, useClass: LoggedOperatorAlerts }],
  ...[AttemptQueue, AttemptClaims, AttemptWork, RecordAttempt, TokenSource, AttemptsPoller, PollerContext],
  ...[RefreshGrant, RecordRefresh, GrantLease, InspectGrant, RecordInspection],
  ...[ReleaseConnection, FinishRelease, RecordRelease, ReleaseQueue, ReleaseClaims, ReleasesPoller, RevokeConsent],
  ...[ReadToken, RefreshForRead, ReadAuditRetention, ReceiveCallback, AnswerChallenge, CallbackRecords],
  ...[Retention, HousekeepingPoller, ListRecentPosts],
];

type Context = ServiceContext<VaultSettings>;

@Module({})
export class AppModule {
  static with(parts: VaultParts, { settings }: Context): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        ...[PendingGrantsController, ReleasesController, TokensController, CallbacksController],
        ...[PostsController, AttemptsConsumer, ReleasesConsumer],
      ],
      providers: [...drivers(parts), ...bounds(settings), ...USE_CASES],
    };
  }

  /** Begins the process's own work, and says in which order it ends: a renewal between answer and commit is finished first. */
  static start(app: INestApplicationContext, parts: VaultParts, context: Context): void {
    const { shutdown, metrics } = context;
    const pools = [app.get(AttemptsPoller).pool, app.get(ReleasesPoller).pool];
    const report = (): Promise<void> =>
      Promise.resolve(reportBus(metrics, { group: SCHEMA, bus: parts.bus, relay: parts.relay }));
    shutdown.register('intake', 'pools', async () => void (await Promise.all(pools.map((pool) => pool.stopIntake()))));
    shutdown.register('drain', 'pools', async () => void (await Promise.all(pools.map((pool) => pool.drain()))));
    // Alerts see a first failure only where the count has been 0 before.
    for (const kind of ['key', 'token']) metrics.counter(METRICS.decryptFailures).inc({ kind }, 0);
    parts.relay.start();
    for (const pool of pools) pool.start();
    app.get(HousekeepingPoller).loop(context).start();
    new PollLoop({ name: 'report-state', round: report, everyMs: REPORT_EVERY_MS }, context).start();
  }
}

function drivers(parts: VaultParts): Provider[] {
  return [
    { provide: DataSource, useValue: parts.runtime },
    { provide: WorkerDatabase, useValue: new WorkerDatabase(parts.worker) },
    { provide: Clock, useValue: parts.clock },
    { provide: AdapterRegistry, useValue: parts.registry },
    { provide: GrantKeys, useValue: parts.keys },
    { provide: SealedTokenReads, useValue: parts.reads },
    { provide: Outbox, useValue: new Outbox(SCHEMA) },
    { provide: Inbox, useValue: new Inbox(SCHEMA, SCHEMA) },
  ];
}

function bounds(settings: VaultSettings): Provider[] {
  const value = <T>(provide: abstract new () => T, useValue: T): Provider => ({ provide, useValue });
  return [
    value(PlatformCallBounds, {
      inFlightMax: settings.PLATFORM_IN_FLIGHT_MAX,
      waitingMax: settings.PLATFORM_WAITING_MAX,
    }),
    value(PoolSettings, {
      concurrency: settings.ATTEMPTS_CONCURRENCY,
      pollMs: settings.POLL_MS,
      leaseMs: settings.ATTEMPT_LEASE_MS,
    }),
    value(RefreshSettings, { leaseMs: settings.REFRESH_LEASE_MS, readWaitMs: settings.READ_WAIT_MS }),
    value(ReadAuditSettings, { retentionDays: settings.TOKEN_READ_RETENTION_DAYS }),
    value(HousekeepingSettings, { everyMs: settings.HOUSEKEEPING_MS }),
  ];
}

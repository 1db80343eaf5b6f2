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
import { CallbackAftermath } from './callbacks/callback-aftermath.ts';
import { CallbackRecords } from './callbacks/callback-records.ts';
import { CallbacksController } from './callbacks/callbacks.controller.ts';
import { ReceiveCallback } from './callbacks/receive-callback.ts';
import type { VaultSettings } from './config.ts';
import { DataDeletionController } from './data-deletion/data-deletion.controller.ts';
import { DataDeletionPoller } from './data-deletion/data-deletion.poller.ts';
import { DataDeletions, DataDeletionSettings } from './data-deletion/data-deletions.ts';
import { EraseGrants } from './data-deletion/erase-grants.ts';
import { LimitsDatabase, WorkerDatabase } from './database.ts';
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
import { RenewFirst } from './inspection/renew-first.ts';
import { InstanceHandover } from './journal/instance-handover.ts';
import { JournalPoller } from './journal/journal.poller.ts';
import { Journal, JournalSettings } from './journal/ports.ts';
import { ReplayJournal } from './journal/replay-journal.ts';
import { SCHEMA, type VaultParts } from './parts.ts';
import { AppAlerts } from './limits/app-alerts.ts';
import { LimitBounds } from './limits/limit-bounds.ts';
import { LimitNews } from './limits/limit-news.ts';
import { PlatformAnswers } from './limits/platform-answers.ts';
import { PlatformLimits } from './limits/platform-limits.ts';
import { LimitTime, PermitLedger } from './limits/ports.ts';
import { PostgresPermitLedger } from './limits/postgres-permit-ledger.ts';
import { LoggedOperatorAlerts } from './platforms/logged-operator-alerts.ts';
import { PlatformCalls } from './platforms/platform-calls.ts';
import { Platforms } from './platforms/platforms.ts';
import { AdapterRegistry, OperatorAlerts } from './platforms/ports.ts';
import { PollerContext } from './pool/poller-context.ts';
import { PoolSettings } from './pool/pool-settings.ts';
import { ListRecentPosts } from './posts/list-recent-posts.ts';
import { PostsController } from './posts/posts.controller.ts';
import { AnswerAttempt } from './refresh/answer-attempt.ts';
import { AskPlatform } from './refresh/ask-platform.ts';
import { FaultPoints } from './refresh/fault-points.ts';
import { GrantLease } from './refresh/grant-lease.ts';
import { KeepAnswer } from './refresh/keep-answer.ts';
import { LastingChanges } from './refresh/lasting-changes.ts';
import { Orphans } from './refresh/orphans.ts';
import { OvertakenAnswer } from './refresh/overtaken-answer.ts';
import { OwnAttempts } from './refresh/own-attempts.ts';
import { RecordRefresh } from './refresh/record-refresh.ts';
import { RefreshGrant } from './refresh/refresh-grant.ts';
import { RefreshSettings } from './refresh/refresh-settings.ts';
import { RenewTokens } from './refresh/renew-tokens.ts';
import { SendRenewal } from './refresh/send-renewal.ts';
import { SettleDoubt } from './refresh/settle-doubt.ts';
import { StoreAnswer } from './refresh/store-answer.ts';
import { BreakerGauges } from './readiness/breaker-gauges.ts';
import { CheckReadiness, ReadinessSettings } from './readiness/check-readiness.ts';
import { ConcludeReadiness } from './readiness/conclude-readiness.ts';
import { ListReadiness } from './readiness/list-readiness.ts';
import { ReadinessRecords } from './readiness/readiness-records.ts';
import { ReadinessController } from './readiness/readiness.controller.ts';
import { ReadinessPoller } from './readiness/readiness.poller.ts';
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
  ...[AppAlerts, LimitNews, PlatformLimits, { provide: PermitLedger, useClass: PostgresPermitLedger }],
  ...[SealedTokens, PlatformCalls, Platforms, { provide: OperatorAlerts, useClass: LoggedOperatorAlerts }],
  ...[AttemptQueue, AttemptClaims, AttemptWork, RecordAttempt, TokenSource, AttemptsPoller, PollerContext],
  ...[RefreshGrant, RenewTokens, SettleDoubt, SendRenewal, AskPlatform, KeepAnswer, StoreAnswer, OvertakenAnswer],
  ...[RecordRefresh, AnswerAttempt, LastingChanges, Orphans],
  ...[OwnAttempts, GrantLease, InspectGrant, RenewFirst, RecordInspection],
  ...[ReplayJournal, InstanceHandover, JournalPoller],
  ...[ReleaseConnection, FinishRelease, RecordRelease, ReleaseQueue, ReleaseClaims, ReleasesPoller, RevokeConsent],
  ...[ReadToken, RefreshForRead, ReadAuditRetention, ReceiveCallback, AnswerChallenge, CallbackRecords],
  ...[CallbackAftermath, DataDeletions, EraseGrants, DataDeletionPoller],
  ...[CheckReadiness, ConcludeReadiness, ListReadiness, ReadinessRecords, BreakerGauges, ReadinessPoller],
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
        ...[PostsController, DataDeletionController, ReadinessController, AttemptsConsumer, ReleasesConsumer],
      ],
      providers: [...drivers(parts), ...bounds(settings), ...USE_CASES],
    };
  }

  /** Begins the process's own work, and says in which order it ends: a renewal between answer and commit is finished first. */
  static async start(app: INestApplicationContext, parts: VaultParts, context: Context): Promise<void> {
    const { shutdown, metrics } = context;
    const pools = [app.get(AttemptsPoller).pool, app.get(ReleasesPoller).pool];
    const report = (): Promise<void> =>
      Promise.resolve(reportBus(metrics, { group: SCHEMA, bus: parts.bus, relay: parts.relay }));
    shutdown.register('intake', 'pools', async () => void (await Promise.all(pools.map((pool) => pool.stopIntake()))));
    shutdown.register('drain', 'pools', async () => void (await Promise.all(pools.map((pool) => pool.drain()))));
    shutdown.register('drain', 'renewals', () => app.get(RefreshGrant).drain());
    // Whatever the database has not taken by now the journal keeps.
    shutdown.register('relay', 'commits', () => app.get(LastingChanges).giveUp());
    // Alerts see a first failure only where the count has been 0 before.
    for (const kind of ['key', 'token']) metrics.counter(METRICS.decryptFailures).inc({ kind }, 0);
    parts.relay.start();
    await replayOnce(app, context);
    app.get(JournalPoller).loop(context).start();
    for (const pool of pools) pool.start();
    app.get(HousekeepingPoller).loop(context).start();
    app.get(DataDeletionPoller).loop(context).start();
    app.get(ReadinessPoller).loop(context).start();
    new PollLoop({ name: 'report-state', round: report, everyMs: REPORT_EVERY_MS }, context).start();
  }
}

/** Before anything is claimed; what fails is left to the poller. */
async function replayOnce(app: INestApplicationContext, { logger }: Context): Promise<void> {
  try {
    await app.get(ReplayJournal).run();
  } catch (err) {
    logger.error({ err }, 'the journal could not be replayed yet');
  }
}

function drivers(parts: VaultParts): Provider[] {
  return [
    { provide: DataSource, useValue: parts.runtime },
    { provide: WorkerDatabase, useValue: new WorkerDatabase(parts.worker) },
    { provide: LimitsDatabase, useValue: new LimitsDatabase(parts.limits) },
    { provide: Clock, useValue: parts.clock },
    { provide: AdapterRegistry, useValue: parts.registry },
    { provide: PlatformAnswers, useValue: parts.answers },
    { provide: LimitTime, useValue: parts.limitTime },
    { provide: GrantKeys, useValue: parts.keys },
    { provide: SealedTokenReads, useValue: parts.reads },
    { provide: Journal, useValue: parts.journal },
    { provide: FaultPoints, useValue: parts.faultPoints },
    { provide: Outbox, useValue: new Outbox(SCHEMA) },
    { provide: Inbox, useValue: new Inbox(SCHEMA, SCHEMA) },
  ];
}

function limitBounds(settings: VaultSettings): LimitBounds {
  return {
    inFlightMax: settings.PLATFORM_IN_FLIGHT_MAX,
    perSecond: settings.PLATFORM_PER_SECOND_MAX,
    byPlatform: settings.PLATFORM_LIMITS,
    waitingMax: settings.PLATFORM_WAITING_MAX,
    waitMs: settings.PLATFORM_WAIT_MS,
    retryMs: settings.PLATFORM_RETRY_MS,
    failuresToOpen: settings.PLATFORM_BREAKER_FAILURES,
    stepMs: settings.PLATFORM_BREAKER_MS,
    stepMsMax: settings.PLATFORM_BREAKER_MAX_MS,
    cautiousMs: settings.PLATFORM_CAUTIOUS_MS,
  };
}

function bounds(settings: VaultSettings): Provider[] {
  const value = <T>(provide: abstract new () => T, useValue: T): Provider => ({ provide, useValue });
  return [
    value(LimitBounds, limitBounds(settings)),
    value(PoolSettings, {
      concurrency: settings.ATTEMPTS_CONCURRENCY,
      pollMs: settings.POLL_MS,
      leaseMs: settings.ATTEMPT_LEASE_MS,
    }),
    value(JournalSettings, { graceMs: settings.JOURNAL_GRACE_MS }),
    value(RefreshSettings, { leaseMs: settings.REFRESH_LEASE_MS, readWaitMs: settings.READ_WAIT_MS }),
    value(ReadAuditSettings, { retentionDays: settings.TOKEN_READ_RETENTION_DAYS }),
    value(ReadinessSettings, { everyMs: settings.PLATFORM_READINESS_MS }),
    value(DataDeletionSettings, { publicUrl: settings.PUBLIC_URL }),
    value(HousekeepingSettings, { everyMs: settings.HOUSEKEEPING_MS }),
  ];
}

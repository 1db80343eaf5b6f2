import { createBus, type Bus, Inbox, Outbox, OutboxRelay } from '@mooring/messaging';
import { createDataSource, shareBusinessClock } from '@mooring/persistence';
import { PollLoop, type PollRound, type ServiceContext } from '@mooring/runtime';
import { faultPoint } from '@mooring/runtime/fault-points';
import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { SchedulerSettings } from './config.ts';
import { AnnounceDeadlines } from './deadlines/announce-deadlines.ts';
import { announceDeadlinesRound } from './deadlines/announce-deadlines.poller.ts';
import { PostgresDueDeadlines } from './deadlines/postgres-due-deadlines.ts';
import { reportStateRound } from './operations/report-state.poller.ts';
import { ClaimDue } from './schedule/claim-due.ts';
import { claimDueRound } from './schedule/claim-due.poller.ts';
import { FollowGrant } from './schedule/follow-grant.ts';
import { PostgresDueGrants } from './schedule/postgres-due-grants.ts';
import { PostgresGrantLedger } from './schedule/postgres-grant-ledger.ts';
import { TokenEventsConsumer } from './schedule/token-events.consumer.ts';

const SCHEMA = 'scheduler';
const REPORT_EVERY_MS = 5_000;

/** What the process holds open. */
export interface SchedulerParts {
  readonly runtime: DataSource;
  readonly worker: DataSource;
  readonly bus: Bus;
  readonly relay: OutboxRelay;
  readonly loops: readonly PollLoop[];
}

type Context = ServiceContext<SchedulerSettings>;

@Module({})
export class AppModule {
  static with(parts: SchedulerParts, context: Context): DynamicModule {
    const { settings } = context;
    const ledger = new PostgresGrantLedger(parts.runtime, new Inbox(SCHEMA, SCHEMA));
    const followGrant = new FollowGrant(ledger, {
      firstMs: settings.BACK_OFF_MS,
      longestMs: settings.BACK_OFF_MS_MAX,
      rateLimitedMs: settings.RATE_LIMITED_MS,
      misconfiguredMs: settings.MISCONFIGURED_MS,
    });
    return {
      module: AppModule,
      controllers: [TokenEventsConsumer],
      providers: [{ provide: FollowGrant, useValue: followGrant }],
    };
  }
}

/** Opens what the process needs and says in which order it is closed. */
export async function openParts(context: Context): Promise<SchedulerParts> {
  const { settings, logger, shutdown } = context;
  const connect = (url: SchedulerSettings['DATABASE_URL']): Promise<DataSource> =>
    createDataSource({
      url,
      schema: SCHEMA,
      applicationName: 'mooring scheduler',
      poolMax: settings.DATABASE_POOL_MAX,
      onPoolError: (err) => logger.warn({ err }, 'a database connection broke'),
    }).initialize();
  const runtime = await connect(settings.DATABASE_URL);
  const worker = await connect(settings.WORKER_DATABASE_URL);
  const bus = createBus({
    kafkaBrokers: settings.KAFKA_BROKERS,
    busDatabaseUrl: settings.KAFKA_BROKERS ? undefined : settings.BUS_DATABASE_URL?.reveal(),
    clientId: 'mooring-scheduler',
    logger,
    faultPoint,
  });
  const relay = new OutboxRelay({ dataSource: worker, schema: SCHEMA, producer: bus.producer, logger, faultPoint });
  const loops = createLoops(context, { worker, bus, relay });
  shutdown.register('relay', 'outbox', () => relay.stop({ deadlineMs: settings.DRAIN_DEADLINE_MS / 4 }));
  shutdown.register('producer', 'bus', () => bus.close());
  shutdown.register('database', 'pools', async () => {
    await Promise.all([runtime.destroy(), worker.destroy()]);
  });
  await shareBusinessClock(worker, context.clockControl);
  // What has come due by the move is looked for at once.
  context.clockControl?.onMove(() => loops.forEach((loop) => loop.wake()));
  return { runtime, worker, bus, relay, loops };
}

function createLoops(context: Context, parts: Pick<SchedulerParts, 'worker' | 'bus' | 'relay'>): PollLoop[] {
  const { settings, metrics } = context;
  const outbox = new Outbox(SCHEMA);
  const due = new PostgresDueGrants(parts.worker, outbox, {
    claimMs: settings.CLAIM_LEASE_MS,
    answerMs: settings.ANSWER_LEASE_MS,
    answerLongestMs: Math.max(settings.ANSWER_LEASE_MS, settings.ANSWER_LEASE_MS_MAX),
  });
  const claimDue = new ClaimDue(due, settings.CLAIM_BATCH_MAX, () => faultPoint('scheduler.after-claim'));
  const announceDeadlines = new AnnounceDeadlines(
    new PostgresDueDeadlines(parts.worker, outbox),
    settings.CLAIM_BATCH_MAX,
  );
  const loop = (name: string, round: PollRound, everyMs: number): PollLoop =>
    new PollLoop({ name, round, everyMs }, context);
  return [
    loop('claim-due', claimDueRound(claimDue), settings.POLL_MS),
    loop('announce-deadlines', announceDeadlinesRound(announceDeadlines), settings.POLL_MS),
    loop('report-state', reportStateRound(due, parts.relay, parts.bus, metrics), REPORT_EVERY_MS),
  ];
}

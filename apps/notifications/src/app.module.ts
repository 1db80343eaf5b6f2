import { type Bus, createBus, Inbox } from '@mooring/messaging';
import { createDataSource, shareBusinessClock } from '@mooring/persistence';
import { PollLoop, type PollRound, type ServiceContext } from '@mooring/runtime';
import { faultPoint } from '@mooring/runtime/fault-points';
import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ListAlerts } from './alerts/list-alerts.ts';
import { PostgresAlertCount, PostgresAlerts } from './alerts/postgres-alerts.ts';
import { API_CONTROLLERS } from './api/controllers.ts';
import type { NotificationsSettings } from './config.ts';
import { ConnectionEventsConsumer } from './connections/connection-events.consumer.ts';
import { PostgresNewsDesk } from './connections/postgres-news-desk.ts';
import { TellPeople } from './connections/tell-people.ts';
import { DirectoryConsumer } from './directory/directory.consumer.ts';
import { EnterWorkspace } from './directory/enter-workspace.ts';
import { FollowDirectory } from './directory/follow-directory.ts';
import { PostgresDirectory } from './directory/postgres-directory.ts';
import { ListFeed } from './feed/list-feed.ts';
import { MarkFeedRead } from './feed/mark-feed-read.ts';
import { PostgresFeed } from './feed/postgres-feed.ts';
import { PostgresWholeFeed } from './feed/postgres-whole-feed.ts';
import { SweepFeed } from './feed/sweep-feed.ts';
import { sweepFeedRound } from './feed/sweep-feed.poller.ts';
import { FeedTail } from './live/feed-tail.ts';
import { feedTailRound } from './live/feed-tail.poller.ts';
import { heartbeatRound } from './live/heartbeat.poller.ts';
import { LiveListeners } from './live/live-listeners.ts';
import { OpenLiveStream } from './live/open-live-stream.ts';
import { reportStateRound } from './operations/report-state.poller.ts';

const SCHEMA = 'notifications';
const REPORT_EVERY_MS = 5_000;
const SWEEP_EVERY_MS = 60_000;

/** What the process holds open. */
export interface NotificationsParts {
  readonly runtime: DataSource;
  readonly worker: DataSource;
  readonly bus: Bus;
  readonly listeners: LiveListeners;
  readonly tail: FeedTail;
  readonly tailLoop: PollLoop;
  readonly loops: readonly PollLoop[];
}

type Context = ServiceContext<NotificationsSettings>;

@Module({})
export class AppModule {
  static with(parts: NotificationsParts, { settings }: Context): DynamicModule {
    const inbox = new Inbox(SCHEMA, SCHEMA);
    const { runtime, listeners, tail, tailLoop } = parts;
    const feed = new PostgresFeed(runtime);
    const directory = new PostgresDirectory(runtime, inbox);
    const enterWorkspace = new EnterWorkspace(directory);
    const tellPeople = new TellPeople(
      new PostgresNewsDesk(runtime, inbox),
      () => faultPoint('notifications.after-feed-write'),
      () => tailLoop.wake(),
    );
    const openLiveStream = new OpenLiveStream({ enterWorkspace, feed, tail, listeners }, boundsOf(settings));
    return {
      module: AppModule,
      controllers: [DirectoryConsumer, ConnectionEventsConsumer, ...API_CONTROLLERS],
      providers: [
        { provide: FollowDirectory, useValue: new FollowDirectory(directory) },
        { provide: TellPeople, useValue: tellPeople },
        { provide: OpenLiveStream, useValue: openLiveStream },
        { provide: ListFeed, useValue: new ListFeed(enterWorkspace, feed) },
        { provide: MarkFeedRead, useValue: new MarkFeedRead(enterWorkspace, feed) },
        { provide: ListAlerts, useValue: new ListAlerts(enterWorkspace, new PostgresAlerts(runtime)) },
      ],
    };
  }
}

function boundsOf(settings: NotificationsSettings): ConstructorParameters<typeof OpenLiveStream>[1] {
  return {
    bufferBytesMax: settings.LIVE_BUFFER_BYTES_MAX,
    heldRowsMax: settings.LIVE_REPLAY_ROWS_MAX,
    listenersMax: settings.LIVE_LISTENERS_MAX,
    replayRowsMax: settings.LIVE_REPLAY_ROWS_MAX,
    streamMsMax: settings.LIVE_STREAM_MS_MAX,
  };
}

/** Opens what the process needs and says in which order it is closed. */
export async function openParts(context: Context): Promise<NotificationsParts> {
  const { settings, logger, shutdown } = context;
  const connect = (url: NotificationsSettings['DATABASE_URL']): Promise<DataSource> =>
    createDataSource({
      url,
      schema: SCHEMA,
      applicationName: 'mooring notifications',
      poolMax: settings.DATABASE_POOL_MAX,
      onPoolError: (err) => logger.warn({ err }, 'a database connection broke'),
    }).initialize();
  const runtime = await connect(settings.DATABASE_URL);
  const worker = await connect(settings.WORKER_DATABASE_URL);
  const bus = createBus({
    kafkaBrokers: settings.KAFKA_BROKERS,
    busDatabaseUrl: settings.KAFKA_BROKERS ? undefined : settings.BUS_DATABASE_URL?.reveal(),
    clientId: 'mooring-notifications',
    logger,
    faultPoint,
  });
  const listeners = new LiveListeners();
  const tail = new FeedTail(new PostgresWholeFeed(worker), listeners);
  const { tailLoop, loops } = createLoops(context, { worker, bus, listeners, tail });
  shutdown.register('intake', 'live streams', () => listeners.closeAll());
  shutdown.register('producer', 'bus', () => bus.close());
  shutdown.register('database', 'pools', async () => {
    await Promise.all([runtime.destroy(), worker.destroy()]);
  });
  await shareBusinessClock(worker, context.clockControl);
  return { runtime, worker, bus, listeners, tail, tailLoop, loops };
}

type LoopParts = Pick<NotificationsParts, 'worker' | 'bus' | 'listeners' | 'tail'>;

function createLoops(context: Context, parts: LoopParts): { tailLoop: PollLoop; loops: PollLoop[] } {
  const { settings, metrics } = context;
  const { worker, bus, listeners, tail } = parts;
  const loop = (name: string, round: PollRound, everyMs: number): PollLoop =>
    new PollLoop({ name, round, everyMs }, context);
  const sweepFeed = new SweepFeed(new PostgresWholeFeed(worker), {
    shownMs: settings.FEED_KEPT_MS,
    liveMs: settings.LIVE_KEPT_MS,
  });
  const alerts = new PostgresAlertCount(worker);
  const tailLoop = loop('feed-tail', feedTailRound(tail), settings.LIVE_POLL_MS);
  const loops = [
    tailLoop,
    loop('heartbeat', heartbeatRound(listeners), settings.LIVE_HEARTBEAT_MS),
    loop('sweep-feed', sweepFeedRound(sweepFeed), SWEEP_EVERY_MS),
    loop('report-state', reportStateRound({ bus, listeners, alerts }, metrics), REPORT_EVERY_MS),
  ];
  return { tailLoop, loops };
}

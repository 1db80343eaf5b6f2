import { randomUUID } from 'node:crypto';
import {
  type ConnectionStateData,
  type EventData,
  type EventType,
  type MooringEvent,
  newEvent,
  Secret,
} from '@mooring/contracts';
import { Inbox } from '@mooring/messaging';
import { createDataSource } from '@mooring/persistence';
import {
  provisionTestService,
  type RunningPostgres,
  startTestPostgres,
  type TestService,
} from '@mooring/persistence/testing';
import type { DataSource } from 'typeorm';
import { PostgresAlerts } from '../src/alerts/postgres-alerts.ts';
import type { ConnectionEvent } from '../src/connections/ports.ts';
import { PostgresNewsDesk } from '../src/connections/postgres-news-desk.ts';
import { type AfterFeedWrite, TellPeople } from '../src/connections/tell-people.ts';
import { FollowDirectory } from '../src/directory/follow-directory.ts';
import { PostgresDirectory } from '../src/directory/postgres-directory.ts';
import { PostgresFeed } from '../src/feed/postgres-feed.ts';
import { MIGRATIONS } from '../src/migrations/index.ts';

export const WORKSPACE = 'acme';
export const HUB = 'hub';

/** Notifications on a PostgreSQL of its own, without Nest and without a bus. */
export class NotificationsFixture {
  postgres: RunningPostgres;
  urls: TestService;
  runtime: DataSource;
  worker: DataSource;
  alerts: PostgresAlerts;
  feed: PostgresFeed;
  directory: FollowDirectory;

  async start(): Promise<void> {
    this.postgres = await startTestPostgres();
    this.urls = await provisionTestService(this.postgres, 'notifications', MIGRATIONS);
    const connect = (url: string): Promise<DataSource> =>
      createDataSource({ url: new Secret(url), schema: 'notifications', applicationName: 'test' }).initialize();
    this.runtime = await connect(this.urls.url);
    this.worker = await connect(this.urls.workerUrl);
    this.alerts = new PostgresAlerts(this.runtime);
    this.feed = new PostgresFeed(this.runtime);
    this.directory = new FollowDirectory(new PostgresDirectory(this.runtime, this.inbox));
  }

  async stop(): Promise<void> {
    await this.runtime?.destroy();
    await this.worker?.destroy();
    await this.postgres?.stop();
  }

  get inbox(): Inbox {
    return new Inbox('notifications', 'notifications');
  }

  tellPeople(afterFeedWrite: AfterFeedWrite = () => undefined): TellPeople {
    return new TellPeople(new PostgresNewsDesk(this.runtime, this.inbox), afterFeedWrite, () => undefined);
  }

  tell(event: ConnectionEvent): Promise<void> {
    return this.tellPeople().run(event);
  }

  /** Words of what people see, oldest first. */
  async words(workspaceId = WORKSPACE): Promise<string[]> {
    const { rows } = await this.feed.page(workspaceId, 'somebody', null, 100);
    return rows.map((row) => row.words ?? '').reverse();
  }

  /** What was sent on the live stream, as `kind: words or cause`, oldest first. */
  async live(workspaceId = WORKSPACE): Promise<string[]> {
    const { rows } = await this.feed.missed(workspaceId, 0, 1_000);
    return rows.map((row) => `${row.kind}: ${row.words ?? (row.data['cause'] as string | undefined) ?? 'changed'}`);
  }
}

/** One connection as the gateway tells of it; every event of it has the next version. */
export class TestConnection {
  state: ConnectionStateData;

  constructor(displayName: string, changes: Partial<ConnectionStateData> = {}) {
    this.state = {
      connectionId: randomUUID(),
      workspaceId: WORKSPACE,
      grantId: randomUUID(),
      version: 0,
      platform: 'facebook',
      kind: 'facebook_page',
      accountId: '1',
      displayName,
      username: null,
      avatarUrl: null,
      status: 'connected',
      previousStatus: null,
      reason: null,
      action: null,
      statusSince: new Date().toISOString(),
      episodeId: null,
      deadline: null,
      missingScopes: [],
      lastRefreshedAt: null,
      lastCheckedAt: null,
      ...changes,
    };
  }

  #changed(changes: Partial<ConnectionStateData>): ConnectionStateData {
    this.state = { ...this.state, ...changes, version: this.state.version + 1 };
    return this.state;
  }

  established(): ConnectionEvent {
    const connection = this.#changed({});
    const by = { subject: 'olivia', name: 'Olivia', onBehalfOfWorkspace: false };
    return this.#event('ConnectionEstablished', { connection, by, restored: false });
  }

  refreshed(
    outcome: EventData<'ConnectionRefreshed'>['outcome'],
    trigger: 'schedule' | 'person' = 'schedule',
    changes: Partial<ConnectionStateData> = {},
  ): ConnectionEvent {
    const attempt = { attemptId: randomUUID(), trigger, requestedBy: null };
    return this.#event('ConnectionRefreshed', { connection: this.#changed(changes), attempt, outcome });
  }

  checked(
    outcome: EventData<'ConnectionChecked'>['outcome'],
    changes: Partial<ConnectionStateData> = {},
  ): ConnectionEvent {
    const attempt = { attemptId: randomUUID(), trigger: 'schedule', requestedBy: null } as const;
    return this.#event('ConnectionChecked', { connection: this.#changed(changes), attempt, outcome });
  }

  expired(episodeId: string | null): ConnectionEvent {
    const connection = this.#changed({
      status: 'needs_reconnect',
      previousStatus: this.state.status,
      reason: 'password_changed',
      action: 'reconnect',
      statusSince: new Date().toISOString(),
      episodeId,
    });
    return this.#event('ConnectionExpired', { connection });
  }

  healed(type: 'ConnectionReconnected' | 'ConnectionRecovered' = 'ConnectionReconnected'): ConnectionEvent {
    const healthy = { status: 'connected', previousStatus: 'needs_reconnect', reason: null, action: null } as const;
    const connection = this.#changed({ ...healthy, episodeId: null });
    return type === 'ConnectionReconnected'
      ? this.#event(type, { connection, by: null })
      : this.#event(type, { connection });
  }

  expiringSoon(daysLeft: number): ConnectionEvent {
    const deadline = { at: '2026-05-01T00:00:00.000Z', kind: 'data_access' } as const;
    const connection = this.#changed({ status: 'expiring_soon', deadline });
    return this.#event('ConnectionExpiringSoon', { connection, daysLeft });
  }

  disconnected(): ConnectionEvent {
    const by = { subject: 'olivia', name: 'Olivia', onBehalfOfWorkspace: false };
    const connection = this.#changed({ status: 'disconnected', reason: null, action: null });
    return this.#event('ConnectionDisconnected', { connection, by, revocation: 'revoked' });
  }

  #event<T extends ConnectionEvent['type']>(type: T, data: EventData<T>): ConnectionEvent {
    const { connectionId } = this.state;
    return newEvent({
      type,
      service: 'gateway',
      subject: connectionId,
      key: connectionId,
      workspaceId: this.state.workspaceId,
      time: new Date(),
      data,
    });
  }
}

/** The same event announced a second time, under a new id. */
export const announcedAgain = (event: ConnectionEvent): ConnectionEvent => ({
  ...event,
  id: randomUUID() as ConnectionEvent['id'],
});

export function directoryEvent<T extends 'WorkspaceChanged' | 'MemberChanged' | 'MemberRemoved' | 'HubAdminChanged'>(
  type: T,
  data: EventData<T>,
): MooringEvent<T> {
  const key = 'workspaceId' in data ? data.workspaceId : data.hubId;
  const subject = 'subject' in data ? data.subject : key;
  return newEvent<T & EventType>({ type, service: 'gateway', subject, key, workspaceId: key, time: new Date(), data });
}

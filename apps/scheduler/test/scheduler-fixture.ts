import { randomUUID } from 'node:crypto';
import {
  days,
  type EventData,
  type EventType,
  type GrantConnectionData,
  type GrantStateData,
  hours,
  minutes,
  type MooringEvent,
  newEvent,
  Secret,
} from '@mooring/contracts';
import { Inbox, Outbox } from '@mooring/messaging';
import { createDataSource, rows } from '@mooring/persistence';
import {
  provisionTestService,
  type RunningPostgres,
  startTestPostgres,
  type TestService,
} from '@mooring/persistence/testing';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { AnnounceDeadlines } from '../src/deadlines/announce-deadlines.ts';
import { PostgresDueDeadlines } from '../src/deadlines/postgres-due-deadlines.ts';
import { MIGRATIONS } from '../src/migrations/index.ts';
import { ClaimDue } from '../src/schedule/claim-due.ts';
import { FollowGrant } from '../src/schedule/follow-grant.ts';
import type { BackOff } from '../src/schedule/plan-next.ts';
import type { TokenEvent } from '../src/schedule/ports.ts';
import { PostgresDueGrants } from '../src/schedule/postgres-due-grants.ts';
import { PostgresGrantLedger } from '../src/schedule/postgres-grant-ledger.ts';

export const WORKSPACE = 'acme';
export const LEASES = { claimMs: 30_000, answerMs: 120_000, answerLongestMs: 1_800_000 };
export const BACK_OFF: BackOff = {
  firstMs: minutes(1),
  longestMs: hours(1),
  rateLimitedMs: minutes(15),
  misconfiguredMs: hours(1),
};

/** A row of the outbox as a test looks at it. */
export interface Announced {
  readonly id: string;
  readonly type: EventType;
  readonly key: string;
  readonly data: Record<string, unknown>;
}

/** A scheduler on a PostgreSQL of its own, without Nest and without a bus. */
export class SchedulerFixture {
  postgres: RunningPostgres;
  urls: TestService;
  runtime: DataSource;
  worker: DataSource;
  follow: FollowGrant;
  deadlines: AnnounceDeadlines;
  #admin: Client;

  async start(): Promise<void> {
    this.postgres = await startTestPostgres();
    this.urls = await provisionTestService(this.postgres, 'scheduler', MIGRATIONS);
    const connect = (url: string): Promise<DataSource> =>
      createDataSource({ url: new Secret(url), schema: 'scheduler', applicationName: 'test', poolMax: 6 }).initialize();
    this.runtime = await connect(this.urls.url);
    this.worker = await connect(this.urls.workerUrl);
    this.#admin = new Client({ connectionString: this.postgres.adminUrl });
    await this.#admin.connect();
    const ledger = new PostgresGrantLedger(this.runtime, new Inbox('scheduler', 'scheduler'));
    this.follow = new FollowGrant(ledger, BACK_OFF, () => 0);
    this.deadlines = new AnnounceDeadlines(new PostgresDueDeadlines(this.worker, new Outbox('scheduler')), 100);
  }

  async stop(): Promise<void> {
    await this.runtime?.destroy();
    await this.worker?.destroy();
    await this.#admin?.end();
    await this.postgres?.stop();
  }

  /** A claimer as another process would have it. */
  claimer(batchMax = 100, afterClaim: () => void | Promise<void> = () => undefined): ClaimDue {
    return new ClaimDue(this.dueGrants(), batchMax, afterClaim);
  }

  dueGrants(): PostgresDueGrants {
    return new PostgresDueGrants(this.worker, new Outbox('scheduler'), LEASES);
  }

  async moveClock(offsetMs: number): Promise<void> {
    await this.#admin.query(`update app.testing_clock set offset_ms = $1`, [offsetMs]);
  }

  /** Lets every lease lapse, as if its time had passed. */
  async lapseLeases(): Promise<void> {
    await this.worker.query(`update grant_schedules set lease_until = clock_timestamp() where attempt_id is not null`);
  }

  async clear(): Promise<void> {
    await this.moveClock(0);
    for (const table of ['grant_schedules', 'released_grants', 'deadlines', 'outbox', 'inbox']) {
      await this.worker.query(`delete from ${table}`);
    }
  }

  /** What was announced so far, in order; the outbox is empty afterwards. */
  async announced(): Promise<Announced[]> {
    const found = await rows<{ id: string; type: EventType; aggregateid: string; payload: Record<string, unknown> }>(
      this.worker.manager,
      `with gone as (delete from outbox returning *) select id, type, aggregateid, payload from gone order by seq`,
    );
    return found.map((row) => ({ id: row.id, type: row.type, key: row.aggregateid, data: row.payload }));
  }

  async scheduleOf(grantId: string): Promise<Record<string, unknown> | undefined> {
    const [row] = await rows<Record<string, unknown>>(
      this.worker.manager,
      `select * from grant_schedules where grant_id = $1`,
      [grantId],
    );
    return row;
  }
}

export function connectionOf(changes: Partial<GrantConnectionData> = {}): GrantConnectionData {
  return {
    connectionId: randomUUID(),
    accountId: 'page-1',
    kind: 'facebook_page',
    activation: 1,
    released: false,
    cutOff: null,
    tokenExpiresAt: null,
    dataAccessExpiresAt: null,
    deadline: null,
    dependsOnRefresh: false,
    grantedScopes: [],
    missingScopes: [],
    checkedAt: null,
    ...changes,
  };
}

export function grantOf(changes: Partial<GrantStateData> = {}): GrantStateData {
  const now = Date.now();
  return {
    grantId: randomUUID(),
    workspaceId: WORKSPACE,
    platform: 'facebook',
    state: 'active',
    version: 1,
    generation: 1,
    accessExpiresAt: new Date(now + days(60)).toISOString(),
    refreshExpiresAt: null,
    dataAccessExpiresAt: null,
    issuedAt: new Date(now).toISOString(),
    refreshedAt: null,
    cutOff: null,
    consentAdvice: false,
    episodeId: null,
    policy: {
      refreshKind: 'reexchange',
      refreshLeadMs: days(7),
      refreshAtLifeFraction: null,
      refreshMinimumAgeMs: days(1),
      inspectEveryMs: days(1),
    },
    connections: [connectionOf()],
    ...changes,
  };
}

export const attemptOf = (attemptId: string = randomUUID()): EventData<'TokenRefreshed'>['attempt'] => ({
  attemptId,
  trigger: 'schedule',
  requestedBy: null,
});

export function tokenEvent<T extends TokenEvent['type']>(type: T, data: EventData<T>): MooringEvent<T> & TokenEvent {
  const { grant } = data as { grant: GrantStateData };
  return newEvent({
    type,
    service: 'vault',
    subject: grant.grantId,
    key: grant.grantId,
    workspaceId: grant.workspaceId,
    time: new Date(),
    data,
  });
}

export const stored = (grant: GrantStateData): TokenEvent =>
  tokenEvent('TokenStored', { grant, sessionId: randomUUID(), purpose: 'connect' });

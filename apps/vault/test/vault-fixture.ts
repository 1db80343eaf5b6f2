import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ActivateGrantAnswer,
  type EventData,
  type EventType,
  type GrantStateData,
  hours,
  type PendingGrantView,
  type ReleaseAnswer,
  type TokenAnswer,
} from '@mooring/contracts';
import { ensureTopics } from '@mooring/messaging';
import {
  provisionTestService,
  type RunningPostgres,
  startTestPostgres,
  type TestService,
} from '@mooring/persistence/testing';
import { type RunningService, startService } from '@mooring/runtime';
import { captureLogs, ManualClock, startTestIssuer, type TestIssuer } from '@mooring/runtime/testing';
import { Client } from 'pg';
import { AttemptQueue, type AttemptTicket } from '../src/attempts/attempt-queue.ts';
import { readSettings, type VaultSettings } from '../src/config.ts';
import { GrantChanges } from '../src/grants/grant-changes.ts';
import { InspectGrant } from '../src/inspection/inspect-grant.ts';
import { MIGRATIONS } from '../src/migrations/index.ts';
import { RefreshGrant } from '../src/refresh/refresh-grant.ts';
import type { VaultOverrides } from '../src/parts.ts';
import { portsOf, vaultService } from '../src/service.ts';
import { ShiftedLimitTime } from './shifted-limit-time.ts';
import { TestPlatform, type TestPlatformOptions } from './test-adapter.ts';

export interface Announced<T extends EventType = EventType> {
  readonly id: string;
  readonly type: T;
  readonly data: EventData<T>;
}

/** Something that a test lets happen when it is ready. */
export function gate(): {
  readonly opened: Promise<void>;
  readonly reached: Promise<void>;
  reach(): Promise<void>;
  open(): void;
} {
  let open = (): void => undefined;
  let reach = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return {
    opened,
    reached,
    open: () => open(),
    reach: () => {
      reach();
      return opened;
    },
  };
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** What a test began with: a session, its consent, and connections that draw on it. */
export interface Connected {
  readonly sessionId: string;
  readonly grant: GrantStateData;
  readonly connections: readonly { connectionId: string; accountId: string; activation: number }[];
}

/** A vault as a process on a PostgreSQL of its own and the embedded bus, with a platform that does as it is told. */
export class VaultFixture {
  readonly clock = new ManualClock(new Date());
  readonly limitTime = new ShiftedLimitTime();
  readonly platform: TestPlatform;
  readonly logs = captureLogs();
  postgres: RunningPostgres;
  urls: TestService;
  issuer: TestIssuer;
  service: RunningService;
  admin: Client;
  workspaceId = 'acme';
  journalDirectory: string;
  #gatewayToken: string;
  #publisherToken: string;

  /** @param environment settings of every process that it starts */
  constructor(
    options: TestPlatformOptions | ((now: () => Date) => TestPlatform) = {},
    readonly environment: Readonly<Record<string, string>> = {},
  ) {
    const now = (): Date => this.clock.now();
    this.platform = typeof options === 'function' ? options(now) : new TestPlatform(now, options);
    // What one test did to the limits is over when the next one begins.
    this.platform.onReset = () => this.limitTime.pass(hours(24));
  }

  async start(): Promise<void> {
    this.journalDirectory = await mkdtemp(join(tmpdir(), 'mooring-journal-'));
    this.postgres = await startTestPostgres();
    this.urls = await provisionTestService(this.postgres, 'vault', MIGRATIONS);
    this.issuer = await startTestIssuer();
    const audience = 'urn:mooring:vault';
    this.#gatewayToken = await this.issuer.service('gateway', { audience });
    this.#publisherToken = await this.issuer.service('publisher', { audience });
    this.admin = new Client({ connectionString: this.postgres.adminUrl });
    await this.admin.connect();
    const types = ['RefreshRequested', 'InspectRequested', 'ReleaseRequested'] as const;
    await ensureTopics({ busDatabaseUrl: this.postgres.adminUrl, clientId: 'test' }, [
      { group: 'vault', types: [...types] },
    ]);
    this.service = await this.startAnother();
  }

  settings(overrides: Readonly<Record<string, string>> = {}): VaultSettings {
    return readSettings({
      DATABASE_URL: this.urls.url,
      WORKER_DATABASE_URL: this.urls.workerUrl,
      BUS_DATABASE_URL: this.postgres.adminUrl,
      TRUSTED_ISSUERS: JSON.stringify(this.issuer.trusted('urn:mooring:api')),
      SERVICE_SCOPES: JSON.stringify({ gateway: ['vault:internal'], publisher: ['tokens:read'] }),
      KEY_ENCRYPTION_KEYS: `k1:${'0123456789abcdef'.repeat(4)}`,
      LOG_LEVEL: 'debug',
      OPS_PORT: '0',
      TOKENS_PORT: '0',
      INTERNAL_PORT: '0',
      CALLBACKS_PORT: '0',
      POLL_MS: '20',
      PLATFORM_CAUTIOUS_MS: '0',
      PLATFORM_BREAKER_MS: '10',
      PLATFORM_BREAKER_MAX_MS: '10',
      JOURNAL_DIR: this.journalDirectory,
      ...this.environment,
      ...overrides,
    });
  }

  /** One more process on the same database. */
  startAnother(
    overrides: Readonly<Record<string, string>> = {},
    parts: Pick<VaultOverrides, 'faultPoints'> = {},
  ): Promise<RunningService> {
    const settings = this.settings(overrides);
    const registry = {
      get: (name: string) => (name === this.platform.adapter.platform ? this.platform.adapter : undefined),
    };
    return startService({
      ...vaultService({ registry, clock: this.clock, limitTime: this.limitTime, ...parts }),
      settings,
      listen: portsOf(settings),
      logDestination: this.logs.destination,
    });
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    await this.admin?.end();
    await this.issuer?.stop();
    await this.postgres?.stop();
    await rm(this.journalDirectory, { recursive: true, force: true });
  }

  async call<T>(
    port: 'tokens' | 'internal' | 'callbacks',
    method: string,
    path: string,
    given: { body?: unknown; token?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const answer = await fetch(`http://127.0.0.1:${this.service.ports[port]}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as T };
  }

  internal<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return this.call(`internal`, method, path, { body, token: this.#gatewayToken });
  }

  read(connectionId: string, workspaceId = this.workspaceId): Promise<Answer<TokenAnswer & Record<string, unknown>>> {
    return this.call('tokens', 'POST', '/v1/tokens', {
      body: { workspaceId, connectionId },
      token: this.#publisherToken,
    });
  }

  open(sessionId = randomUUID() as string): Promise<Answer<PendingGrantView>> {
    return this.internal('POST', '/internal/pending-grants', {
      sessionId,
      workspaceId: this.workspaceId,
      platform: this.platform.adapter.platform,
      accessToken: 'code-exchange-token',
      requestedScopes: [],
    });
  }

  activate(
    sessionId: string,
    connections: readonly { connectionId: string; accountId: string; activation: number }[],
    purpose: 'connect' | 'reconnect' = 'connect',
  ): Promise<Answer<ActivateGrantAnswer & Record<string, unknown>>> {
    return this.internal('POST', `/internal/pending-grants/${sessionId}/activate`, {
      workspaceId: this.workspaceId,
      purpose,
      connections: connections.map((connection) => ({ ...connection, kind: 'facebook_page' })),
    });
  }

  /** Connects the first `count` accounts of the person. */
  async connect(count = 2): Promise<Connected> {
    const sessionId = randomUUID();
    const opened = await this.open(sessionId);
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
    const connections = this.platform.accounts
      .slice(0, count)
      .map((accountId) => ({ connectionId: randomUUID(), accountId, activation: 1 }));
    const { body, status } = await this.activate(sessionId, connections);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return { sessionId, grant: body.grant, connections };
  }

  release(
    connected: Connected,
    index: number,
    given: { activation?: number; releaseId?: string } = {},
  ): Promise<Answer<ReleaseAnswer>> {
    const connection = connected.connections[index]!;
    return this.internal('POST', '/internal/releases', {
      workspaceId: this.workspaceId,
      grantId: connected.grant.grantId,
      connectionId: connection.connectionId,
      activation: given.activation ?? connection.activation,
      releaseId: given.releaseId ?? randomUUID(),
    });
  }

  /** Records an attempt that the test does itself, so that no pool takes it. */
  async attempt(
    grant: Pick<GrantStateData, 'grantId' | 'workspaceId'>,
    given: Partial<AttemptTicket> = {},
  ): Promise<AttemptTicket> {
    const ticket = this.ticket(grant, given);
    const { app } = this.service;
    await app
      .get(GrantChanges)
      .inTenant(ticket.workspaceId, (manager) =>
        app.get(AttemptQueue).recordOwned(manager, ticket, { owner: randomUUID(), leaseMs: 60_000 }),
      );
    return ticket;
  }

  /** Renews as the pool does, and answers the event that tells of it. */
  async refresh(
    grant: Pick<GrantStateData, 'grantId' | 'workspaceId'>,
    given: Partial<AttemptTicket> = {},
  ): Promise<Announced> {
    const ticket = await this.attempt(grant, given);
    await this.service.app.get(RefreshGrant).run(ticket);
    return this.answerTo(ticket);
  }

  /** Inspects as the pool does, and answers the event that tells of it. */
  async inspect(grant: Pick<GrantStateData, 'grantId' | 'workspaceId'>): Promise<Announced<'TokenInspected'>> {
    const ticket = await this.attempt(grant, { kind: 'inspect' });
    await this.service.app.get(InspectGrant).run(ticket);
    return (await this.answerTo(ticket)) as Announced<'TokenInspected'>;
  }

  async answerTo(ticket: AttemptTicket): Promise<Announced> {
    const isAnswer = ({ data }: Announced): boolean => 'attempt' in data && data.attempt.attemptId === ticket.attemptId;
    const found = (await this.events(ticket.grantId)).filter(isAnswer);
    if (found.length !== 1) throw new Error(`${found.length} answers to one attempt`);
    return found[0]!;
  }

  ticket(grant: Pick<GrantStateData, 'grantId' | 'workspaceId'>, given: Partial<AttemptTicket> = {}): AttemptTicket {
    return {
      attemptId: randomUUID(),
      workspaceId: grant.workspaceId,
      grantId: grant.grantId,
      kind: 'refresh',
      trigger: 'schedule',
      requestedBy: null,
      generation: null,
      notAfter: null,
      ...given,
    };
  }

  /** What was announced about a grant so far, in order of its version. */
  async events(grantId: string): Promise<Announced[]> {
    const { rows } = await this.admin.query<Announced>(
      `select id, type, payload as data from vault.outbox where aggregateid = $1
       union select (headers->>'ce_id')::uuid, headers->>'ce_type', convert_from(value, 'UTF8')::jsonb
         from bus.log where key = $1 and headers->>'ce_type' like 'Token%'`,
      [grantId],
    );
    const version = (event: Announced): number => (event.data as EventData<'TokenRefreshed'>).grant.version;
    return rows.sort((a, b) => version(a) - version(b));
  }

  /** Waits until an event of this type is there that satisfies `isIt`. */
  async eventually<T extends EventType>(
    grantId: string,
    type: T,
    isIt: (data: EventData<T>) => boolean = () => true,
  ): Promise<EventData<T>> {
    for (;;) {
      const found = (await this.events(grantId)).find(
        (event) => event.type === type && isIt(event.data as EventData<T>),
      );
      if (found) return found.data;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async one<Row>(sql: string, values: readonly unknown[] = []): Promise<Row | undefined> {
    const { rows } = await this.admin.query(sql, [...values]);
    return rows[0] as Row | undefined;
  }
}

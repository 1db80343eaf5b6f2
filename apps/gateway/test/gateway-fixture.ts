import { minutes, type MooringEvent, Secret } from '@mooring/contracts';
import { createDataSource, rows } from '@mooring/persistence';
import {
  provisionTestService,
  type RunningPostgres,
  startTestPostgres,
  type TestService,
} from '@mooring/persistence/testing';
import { Clock, type RunningService, startService } from '@mooring/runtime';
import { captureLogs, ManualClock, startTestIssuer, type TestIssuer } from '@mooring/runtime/testing';
import type { DynamicModule } from '@nestjs/common';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { readSettings } from '../src/config.ts';
import { ExpireSessions } from '../src/connect/expire-sessions.ts';
import { ScheduleConsumer } from '../src/connections/schedule.consumer.ts';
import { TokensConsumer } from '../src/connections/tokens.consumer.ts';
import { MIGRATIONS } from '../src/migrations/index.ts';
import { gatewayService, portsOf } from '../src/service.ts';
import { FakeFacebook } from './fake-facebook.ts';
import { FakePlatforms } from './fake-platforms.ts';
import { FakeVault } from './fake-vault.ts';
import { WIDE_WORKSPACE, WORKSPACE } from './grant-states.ts';

export const RETURN_URL = 'https://app.example.com/accounts?view=all';
export const APP_SECRET = 'canary-app-secret-2222222222';
const SERVICE = 'product';

/** An answer of the API. */
export interface ApiAnswer<Body = Readonly<Record<string, unknown>>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** What was announced. */
export interface Announced {
  readonly type: string;
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The gateway as a process of its own on a real PostgreSQL; its relay and poller rest, so that a test sees each step. */
export class GatewayFixture {
  readonly clock = new ManualClock('2026-11-01T12:00:00.000Z');
  readonly logs = captureLogs();
  readonly vault = new FakeVault();
  readonly facebook = new FakeFacebook();
  readonly platforms = new FakePlatforms();
  postgres: RunningPostgres;
  urls: TestService;
  issuer: TestIssuer;
  service: RunningService;
  worker: DataSource;
  admin: Client;
  url: string;

  async start(overrides: Readonly<Record<string, string>> = {}): Promise<void> {
    await Promise.all([this.vault.start(), this.facebook.start(), this.platforms.start()]);
    this.postgres = await startTestPostgres();
    this.urls = await provisionTestService(this.postgres, 'gateway', MIGRATIONS);
    this.issuer = await startTestIssuer();
    this.admin = new Client({ connectionString: this.postgres.adminUrl });
    await this.admin.connect();
    this.service = await this.#startService(overrides);
    this.url = `http://127.0.0.1:${this.service.ports['public']}`;
    this.worker = await createDataSource({
      url: new Secret(this.urls.workerUrl),
      schema: 'gateway',
      applicationName: 'test',
      poolMax: 2,
    }).initialize();
    await this.#fillDirectory();
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    await this.worker?.destroy();
    await this.admin?.end();
    const fakes = [this.vault, this.facebook, this.platforms].map((fake) => fake.stop());
    await Promise.all([this.postgres?.stop(), this.issuer?.stop(), ...fakes]);
  }

  /** Empties everything but the directory. */
  async clear(): Promise<void> {
    for (const table of ['connection_events', 'connect_sessions', 'connections', 'outbox', 'inbox']) {
      await this.admin.query(`delete from gateway.${table}`);
    }
    this.vault.reset();
    this.facebook.reset();
    this.platforms.reset();
    this.clock.advance(minutes(1));
  }

  /** A call of a person, of the product's service (`service`), of another (`service:name`), or of nobody (null). */
  async call<Body = Readonly<Record<string, unknown>>>(
    who: string | null,
    request: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> {
    const [method = 'GET', path = '/'] = request.split(' ');
    const token = who === null ? null : await this.#token(who);
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : null) as Body };
  }

  /** Hands an event to its handler, as the transport does. */
  async deliver(event: MooringEvent): Promise<void> {
    const tokens = this.service.app.get(TokensConsumer);
    const schedule = this.service.app.get(ScheduleConsumer);
    const handlers: Partial<Record<MooringEvent['type'], (event: never) => Promise<void>>> = {
      TokenStored: (given) => tokens.stored(given),
      TokenRefreshed: (given) => tokens.refreshed(given),
      TokenRefreshFailed: (given) => tokens.refreshFailed(given),
      TokenInspected: (given) => tokens.inspected(given),
      TokenRevoked: (given) => tokens.revoked(given),
      TokenExpiringSoon: (given) => schedule.expiringSoon(given),
      TokenDeadlineReached: (given) => schedule.deadlineReached(given),
    };
    await handlers[event.type]?.(event as never);
  }

  /** One round of the poller. */
  async poll(): Promise<void> {
    await this.service.app.get(ExpireSessions).run();
  }

  /** What was announced since the last time this was asked, in order. */
  async announced(): Promise<Announced[]> {
    const found = await rows<{ type: string; aggregateid: string; payload: Record<string, unknown> }>(
      this.worker.manager,
      `with gone as (delete from outbox returning *) select type, aggregateid, payload from gone order by seq`,
    );
    return found.map((row) => ({ type: row.type, key: row.aggregateid, data: row.payload }));
  }

  async #token(who: string): Promise<string> {
    const [kind, name = SERVICE] = who.split(':');
    return kind === 'service' ? this.issuer.service(name) : this.issuer.person(who, { name: who });
  }

  #startService(overrides: Readonly<Record<string, string>>): Promise<RunningService> {
    const settings = readSettings({
      ...this.environment(),
      ...overrides,
    });
    const gateway = gatewayService();
    const { clock } = this;
    return startService({
      ...gateway,
      settings,
      listen: portsOf(settings),
      logDestination: this.logs.destination,
      strategies: () => [],
      started: () => undefined,
      async module(context) {
        const own = (await gateway.module({ ...context, clock })) as DynamicModule;
        return { ...own, providers: [...(own.providers ?? []), { provide: Clock, useValue: clock }] };
      },
    });
  }

  /** Settings of a gateway beside the fakes. */
  environment(): Record<string, string> {
    return {
      LOG_LEVEL: 'debug',
      HTTP_PORT: '0',
      OPS_PORT: '0',
      DATABASE_URL: this.urls.url,
      WORKER_DATABASE_URL: this.urls.workerUrl,
      BUS_DATABASE_URL: this.postgres.adminUrl,
      TRUSTED_ISSUERS: JSON.stringify([
        { ...this.issuer.trusted()[0] },
        { ...this.issuer.trusted()[1], issuer: `${this.issuer.issuer}` },
      ]),
      SERVICE_SCOPES: JSON.stringify({ [SERVICE]: ['directory:write', 'connections:read', 'platforms:read'] }),
      RETURN_URLS: 'https://app.example.com,http://localhost:8080,exampleapp://connected',
      VAULT_URL: this.vault.url,
      SERVICE_TOKEN_URL: `${this.vault.url}/token`,
      SERVICE_CLIENT_SECRET: 'service-secret',
      FACEBOOK_APP_ID: '4711',
      FACEBOOK_APP_SECRET: APP_SECRET,
      FACEBOOK_REDIRECT_URI: 'http://127.0.0.1:4001/connect/facebook/callback',
      FACEBOOK_DIALOG_URL: this.facebook.url,
      FACEBOOK_GRAPH_URL: this.facebook.url,
      ...this.platforms.environment(),
      KEY_RING: `k1:${'5a'.repeat(32)}`,
      ATTEMPTS_PER_MINUTE: '3',
      BEGINNINGS_PER_MINUTE: '1000',
    };
  }

  async #fillDirectory(): Promise<void> {
    const put = async (path: string, body: object): Promise<void> => {
      const { status } = await this.call('service', `PUT ${path}`, body);
      if (status !== 200) throw new Error(`the directory refused ${path}: ${status}`);
    };
    await put('/v1/hubs/acme', { name: 'Acme' });
    await put('/v1/hubs/acme/admins/hannah', { name: 'Hannah' });
    await put(`/v1/workspaces/${WORKSPACE}`, { hubId: 'acme', name: 'North', plan: 'free', timeZone: 'Europe/Berlin' });
    const wide = { hubId: 'acme', name: 'South', plan: 'professional', timeZone: 'Europe/Berlin' };
    await put(`/v1/workspaces/${WIDE_WORKSPACE}`, wide);
    await put(`/v1/workspaces/${WIDE_WORKSPACE}/members/olga`, { role: 'owner', name: 'olga of South' });
    for (const [subject, role] of [
      ['olga', 'owner'],
      ['adam', 'admin'],
      ['edith', 'editor'],
      ['victor', 'viewer'],
    ]) {
      await put(`/v1/workspaces/${WORKSPACE}/members/${subject}`, { role, name: `${subject} of North` });
    }
    await this.announced();
  }
}

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DurationMs, Secret, type TokenAnswer } from '@mooring/contracts';
import { EnvKeyRing } from '@mooring/crypto';
import { ensureTopics } from '@mooring/messaging';
import { createDataSource, inWorkspaces } from '@mooring/persistence';
import { provisionTestService, type RunningPostgres, startTestPostgres } from '@mooring/persistence/testing';
import { ManualClock, startTestIssuer, type TestIssuer } from '@mooring/runtime/testing';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { GrantConnection } from '../src/grants/grant-connection.entity.ts';
import { Grant } from '../src/grants/grant.entity.ts';
import { MIGRATIONS } from '../src/migrations/index.ts';
import { EnvelopeGrantKeys } from '../src/sealing/envelope-grant-keys.ts';
import { SealedToken } from '../src/sealing/sealed-token.entity.ts';
import { GRANT_OWNER, SealedTokens } from '../src/sealing/sealed-tokens.ts';
import { type PlayedConsent, PlayedX } from './played-x.ts';

const KEY_RING = `k1:${'0123456789abcdef'.repeat(4)}`;

/** A grant with its one connection. */
export interface SeededGrant {
  readonly workspaceId: string;
  readonly grantId: string;
  readonly connectionId: string;
  readonly consent: PlayedConsent;
}

/** What a vault lives in: its database, the platform, who may read tokens, and a clock that both sides share. */
export class StrictWorld {
  readonly clock = new ManualClock(new Date());
  readonly journalDirectory: string;
  #offsetMs = 0;

  private constructor(
    readonly parts: {
      readonly postgres: RunningPostgres;
      readonly played: PlayedX;
      readonly issuer: TestIssuer;
      readonly admin: Pool;
      readonly seeder: DataSource;
      readonly publisher: string;
      readonly gateway: string;
      readonly environment: Readonly<Record<string, string>>;
    },
  ) {
    this.journalDirectory = parts.environment['JOURNAL_DIR'] ?? '';
  }

  static async start(): Promise<StrictWorld> {
    const [postgres, played, issuer] = [await startTestPostgres(), await PlayedX.start(), await startTestIssuer()];
    const urls = await provisionTestService(postgres, 'vault', MIGRATIONS);
    const types = ['RefreshRequested', 'InspectRequested', 'ReleaseRequested'] as const;
    const bus = { busDatabaseUrl: postgres.adminUrl, clientId: 'conformance' };
    await ensureTopics(bus, [{ group: 'vault', types: [...types] }]);
    const admin = new Pool({ connectionString: postgres.adminUrl });
    // The server ends before its clients may have.
    admin.on('error', () => undefined);
    const entities = [Grant, GrantConnection, SealedToken];
    const url = new Secret(urls.url);
    const seeder = createDataSource({ url, schema: 'vault', entities, applicationName: 'conformance' });
    await seeder.initialize();
    const environment = {
      ...played.environment,
      DATABASE_URL: urls.url,
      WORKER_DATABASE_URL: urls.workerUrl,
      BUS_DATABASE_URL: postgres.adminUrl,
      TRUSTED_ISSUERS: JSON.stringify(issuer.trusted('urn:mooring:vault')),
      SERVICE_SCOPES: JSON.stringify({ publisher: ['tokens:read'], gateway: ['vault:internal'] }),
      KEY_ENCRYPTION_KEYS: KEY_RING,
      JOURNAL_DIR: await mkdtemp(join(tmpdir(), 'mooring-journal-')),
      LOG_LEVEL: 'silent',
      POLL_MS: '50',
      PLATFORM_IN_FLIGHT_MAX: '1000',
      PLATFORM_PER_SECOND_MAX: '10000',
      PLATFORM_CAUTIOUS_MS: '0',
      PLATFORM_BREAKER_FAILURES: '1000',
      ...Object.fromEntries(['OPS', 'TOKENS', 'INTERNAL', 'CALLBACKS'].map((port) => [`${port}_PORT`, '0'])),
    };
    const publisher = await issuer.service('publisher', { audience: 'urn:mooring:vault', expiresInSeconds: 7_200 });
    const gateway = await issuer.service('gateway', { audience: 'urn:mooring:vault', expiresInSeconds: 7_200 });
    return new StrictWorld({ gateway, postgres, played, issuer, admin, seeder, publisher, environment });
  }

  get played(): PlayedX {
    return this.parts.played;
  }

  /** Moves the clocks of vaults in this process, of those that will be started, and the platform's; answers the offset. */
  async advance(ms: DurationMs): Promise<number> {
    this.#offsetMs += ms;
    this.clock.advance(ms);
    await this.played.moveClock(this.#offsetMs);
    await this.parts.admin.query('update app.testing_clock set offset_ms = $1', [this.#offsetMs]);
    return this.#offsetMs;
  }

  /** Grants of one person with a living consent each, every one in a workspace of its own. */
  async seed(count: number, person?: string): Promise<SeededGrant[]> {
    const consents = await this.played.consents(count, person);
    const tokens = new SealedTokens(new EnvelopeGrantKeys(EnvKeyRing.parse(KEY_RING), { entriesMax: 0, ttlMs: 0 }));
    const seeded: SeededGrant[] = [];
    for (const consent of consents) {
      const workspaceId = `w-${randomUUID()}`;
      await inWorkspaces(this.parts.seeder, workspaceId, async (manager) => {
        const now = this.clock.now();
        const expiresAt = new Date(now.getTime() + consent.expiresInSeconds * 1_000);
        const grant = this.#grant(workspaceId, expiresAt);
        const key = await tokens.newKey(grant);
        const connection = connectionOf(grant);
        await manager.insert(Grant, grant);
        await manager.insert(GrantConnection, connection);
        const clocks = { issuedAt: now, dataAccessExpiresAt: null };
        const access = { value: consent.accessToken, expiresAt, ...clocks };
        const refresh = { value: consent.refreshToken, expiresAt: null, ...clocks };
        await tokens.put(manager, grant, key, [
          { owner: GRANT_OWNER, kind: 'access', generation: 1, token: access },
          { owner: GRANT_OWNER, kind: 'refresh', generation: 1, token: refresh },
        ]);
        seeded.push({ workspaceId, grantId: grant.id, connectionId: connection.connectionId, consent });
      });
    }
    return seeded;
  }

  /** The token that a publisher gets, or the status of the refusal. */
  async read(tokensPort: number, grant: SeededGrant): Promise<TokenAnswer | number> {
    const { workspaceId, connectionId } = grant;
    const answer = await fetch(`http://127.0.0.1:${tokensPort}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.parts.publisher}` },
      body: JSON.stringify({ workspaceId, connectionId }),
    });
    const text = await answer.text();
    return answer.status === 200 ? (JSON.parse(text) as TokenAnswer) : answer.status;
  }

  async one<Row>(sql: string, values: readonly unknown[] = []): Promise<Row | undefined> {
    const { rows } = await this.parts.admin.query(sql, [...values]);
    return rows[0] as Row | undefined;
  }

  /** Whoever held the lease of these grants is gone. */
  async endLeases(grants: readonly SeededGrant[]): Promise<void> {
    await this.parts.admin.query(`update vault.leases set expires_at = '-infinity' where name = any ($1)`, [
      grants.map(({ grantId }) => `grant:${grantId}`),
    ]);
  }

  async stop(): Promise<void> {
    const { seeder, admin, played, issuer, postgres } = this.parts;
    await seeder.destroy();
    await admin.end();
    await played.stop();
    await issuer.stop();
    await postgres.stop();
    await rm(this.journalDirectory, { recursive: true, force: true });
  }

  #grant(workspaceId: string, accessExpiresAt: Date): Grant {
    return Object.assign(new Grant(), {
      id: uuidv7(),
      workspaceId,
      state: 'active',
      platform: 'x',
      clientId: this.played.clientId,
      subjectId: this.played.subjectId,
      dataKeyId: uuidv7(),
      generation: 1,
      version: 1,
      fence: 1,
      hasRefreshToken: true,
      consentGeneration: 1,
      accessExpiresAt,
      issuedAt: this.clock.now(),
      grantedScopes: [],
      missingScopes: [],
      consecutiveFailures: 0,
      consentAdvice: false,
      createdAt: new Date(),
    } satisfies Partial<Grant>);
  }
}

function connectionOf(grant: Grant): GrantConnection {
  return Object.assign(new GrantConnection(), {
    connectionId: uuidv7(),
    workspaceId: grant.workspaceId,
    grantId: grant.id,
    platform: grant.platform,
    accountId: grant.subjectId,
    kind: 'x_account',
    activation: 1,
    moves: 0,
    released: false,
    ownToken: false,
    dependsOnRefresh: true,
    tokenGeneration: 1,
    grantedScopes: [],
    missingScopes: [],
  } satisfies Partial<GrantConnection>);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { type DurationMs, type EventData, hours } from '@mooring/contracts';
import { ensureTopics } from '@mooring/messaging';
import { provisionTestService, startTestPostgres } from '@mooring/persistence/testing';
import { type RunningService, startService } from '@mooring/runtime';
import { captureLogs, ManualClock, startTestIssuer } from '@mooring/runtime/testing';
import { Pool } from 'pg';
import { seedGrants, type SeededGrants } from '../bench/seed-grants.ts';
import { readSettings } from '../src/config.ts';
import { SystemLimitTime } from '../src/limits/system-limit-time.ts';
import { MIGRATIONS } from '../src/migrations/index.ts';
import { portsOf, vaultService } from '../src/service.ts';

const KEY_RING = `k1:${'0123456789abcdef'.repeat(4)}`;

/** Real time of which as much passes as is injected. */
class InjectedLimitTime extends SystemLimitTime {
  shiftMs = 0;

  override nowMs(): number {
    return super.nowMs() + this.shiftMs;
  }
}

/** A grant to work with. */
export interface GrantRow {
  readonly id: string;
  readonly platform: string;
}

/** An answer to an attempt, as it was announced. */
export type Announced = EventData<'TokenRefreshFailed'> | EventData<'TokenRefreshed'> | EventData<'TokenInspected'>;

interface Parts {
  readonly admin: Pool;
  readonly databaseUrl: string;
  readonly clock: ManualClock;
  readonly logs: ReturnType<typeof captureLogs>;
  readonly limitTime: InjectedLimitTime;
  readonly app: RunningService['app'];
  readonly ports: RunningService['ports'];
  close(): Promise<void>;
}

/** The vault in this process, with its real adapters, on a real PostgreSQL. */
export class PlayedVault {
  private constructor(readonly parts: Parts) {}

  static async start(environment: Readonly<Record<string, string>>): Promise<PlayedVault> {
    const [postgres, issuer] = [await startTestPostgres(), await startTestIssuer()];
    const journal = await mkdtemp(join(tmpdir(), 'mooring-conformance-'));
    const urls = await provisionTestService(postgres, 'vault', MIGRATIONS);
    const types = ['RefreshRequested', 'InspectRequested', 'ReleaseRequested'] as const;
    const bus = { busDatabaseUrl: postgres.adminUrl, clientId: 'conformance' };
    await ensureTopics(bus, [{ group: 'vault', types: [...types] }]);
    const settings = readSettings({
      DATABASE_URL: urls.url,
      WORKER_DATABASE_URL: urls.workerUrl,
      BUS_DATABASE_URL: postgres.adminUrl,
      TRUSTED_ISSUERS: JSON.stringify(issuer.trusted('urn:mooring:vault')),
      KEY_ENCRYPTION_KEYS: KEY_RING,
      JOURNAL_DIR: journal,
      POLL_MS: '20',
      PLATFORM_CAUTIOUS_MS: '0',
      ...environment,
      ...Object.fromEntries(['OPS', 'TOKENS', 'INTERNAL', 'CALLBACKS'].map((port) => [`${port}_PORT`, '0'])),
    });
    const [clock, logs, limitTime] = [new ManualClock(new Date()), captureLogs(), new InjectedLimitTime()];
    const service = await startService({
      ...vaultService({ clock, limitTime }),
      settings,
      listen: portsOf(settings),
      logDestination: logs.destination,
    });
    const admin = new Pool({ connectionString: postgres.adminUrl });
    admin.on('error', () => undefined);
    const close = async (): Promise<void> => {
      await service.stop();
      await admin.end();
      await issuer.stop();
      await postgres.stop();
      await rm(journal, { recursive: true, force: true });
    };
    return new PlayedVault({
      admin,
      databaseUrl: urls.url,
      clock,
      logs,
      limitTime,
      app: service.app,
      ports: service.ports,
      close,
    });
  }

  /** Lets injected time pass, for business dates and for limits alike. */
  pass(ms: DurationMs): void {
    this.parts.clock.advance(ms);
    this.parts.limitTime.shiftMs += ms;
  }

  async seed(seeded: SeededGrants): Promise<GrantRow[]> {
    await seedGrants(this.parts.databaseUrl, KEY_RING, seeded);
    const { rows } = await this.parts.admin.query<GrantRow>(
      'select id, platform from vault.grants where platform = $1 and subject_id like $2',
      [seeded.platform, `${seeded.subject ?? 'person'}-%`],
    );
    return rows;
  }

  /** Has every one of these grants renewed or inspected by the pool; answers what was announced of each. */
  async attempt(grants: readonly GrantRow[], kind: 'refresh' | 'inspect' = 'refresh'): Promise<Map<string, Announced>> {
    const ids = grants.map(({ id }) => id);
    const { rows } = await this.parts.admin.query<{ attempt_id: string }>(
      `insert into vault.attempts (attempt_id, workspace_id, grant_id, kind, trigger)
       select gen_random_uuid(), workspace_id, id, $2, 'schedule' from vault.grants where id = any ($1) returning attempt_id`,
      [ids, kind],
    );
    const attempts = rows.map(({ attempt_id: id }) => id);
    await this.#done(attempts);
    return this.#announced(attempts);
  }

  /** How often the operator was told of anything. */
  operatorAlerts(): number {
    return this.parts.logs.lines().filter(({ msg }) => msg === 'operator is needed').length;
  }

  /** How often the operator was told that an app is not set up right. */
  appAlerts(): number {
    return this.parts.logs.lines().filter(({ kind }) => kind === 'platform_misconfigured').length;
  }

  /** Forgets what limits calls, and lets what the process remembers of it lapse; no app is due for a check. */
  async forgetLimits(): Promise<void> {
    this.pass(hours(48));
    await this.parts.admin.query('truncate vault.platform_shares, vault.platform_grant_holds');
    await this.parts.admin.query(
      `update vault.platform_apps set breaker = 'closed', cause = null, step = 0, open_until = null, probe_by = null,
         probe_until = null, alerted_at = null, readiness_at = null, readiness_due_at = now() + interval '10 years'`,
    );
  }

  /** Waits until every app has been checked. */
  async checked(platforms: readonly string[]): Promise<void> {
    for (;;) {
      const { rows } = await this.parts.admin.query<{ n: number }>(
        'select count(*)::int as n from vault.platform_apps where readiness_at is not null and platform = any ($1)',
        [platforms],
      );
      if (rows[0]?.n === platforms.length) return;
      await rest(20);
    }
  }

  async #done(attempts: readonly string[]): Promise<void> {
    for (;;) {
      const { rows } = await this.parts.admin.query<{ open: number }>(
        `select count(*)::int as open from vault.attempts where attempt_id = any ($1) and state <> 'done'`,
        [attempts],
      );
      if (rows[0]?.open === 0) return;
      await rest(20);
    }
  }

  async #announced(attempts: readonly string[]): Promise<Map<string, Announced>> {
    const { rows } = await this.parts.admin.query<{ data: Announced }>(
      `select payload as data from vault.outbox where payload->'attempt'->>'attemptId' = any ($1)
       union all select convert_from(value, 'UTF8')::jsonb from bus.log
         where convert_from(value, 'UTF8')::jsonb->'attempt'->>'attemptId' = any ($1)`,
      [attempts],
    );
    return new Map(rows.map(({ data }) => [data.grant.grantId, data]));
  }
}

import type { ReadinessCheck } from '@mooring/adapters-core';
import type { DurationMs } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { WorkerDatabase } from '../database.ts';
import { type BreakerState, LimitTime, type PlatformApp } from '../limits/ports.ts';

/** What is known of an app, by whichever replica. */
export interface AppState extends BreakerState {
  /** What the platform said when the breaker opened. */
  readonly detail: string | null;
  readonly since: Date;
  readonly checks: readonly ReadinessCheck[];
  readonly checkedAt: Date | null;
}

const NOW = `to_timestamp($3::double precision / 1000)`;
const THIS_APP = 'platform = $1 and client_id = $2';

/** Results of readiness checks, beside the state that they are about. */
@Injectable()
export class ReadinessRecords {
  constructor(
    private readonly worker: WorkerDatabase,
    private readonly time: LimitTime,
  ) {}

  /** True for the one replica that is to check now. */
  async claim(app: PlatformApp, everyMs: DurationMs): Promise<boolean> {
    const claimed = await this.#query(
      app,
      `insert into platform_apps (platform, client_id, begun_at, refilled_at, since, permits, readiness_due_at)
       values ($1, $2, ${NOW}, ${NOW}, ${NOW}, 1, ${NOW} + $4 * interval '1 millisecond')
       on conflict (platform, client_id) do update set readiness_due_at = excluded.readiness_due_at
         where platform_apps.readiness_due_at is null or platform_apps.readiness_due_at <= ${NOW}
       returning platform`,
      everyMs,
    );
    return claimed.length > 0;
  }

  /** The next check is at once. */
  async hasten(app: PlatformApp): Promise<void> {
    await this.#query(app, `update platform_apps set readiness_due_at = ${NOW} where ${THIS_APP}`);
  }

  async put(app: PlatformApp, checks: readonly ReadinessCheck[], nextMs: DurationMs): Promise<void> {
    await this.#query(
      app,
      `update platform_apps set readiness = $4, readiness_at = ${NOW},
         readiness_due_at = ${NOW} + $5 * interval '1 millisecond' where ${THIS_APP}`,
      JSON.stringify(checks),
      nextMs,
    );
  }

  /** Null where nothing was ever called or checked. */
  async stateOf(app: PlatformApp): Promise<AppState | null> {
    const [state] = await this.#query<AppState>(
      app,
      `select breaker, cause, detail, since, extract(epoch from open_until)::float * 1000 as "openUntilMs",
         coalesce(readiness, '[]') as checks, readiness_at as "checkedAt"
       from platform_apps where ${THIS_APP} and ${NOW} is not null`,
    );
    return state ?? null;
  }

  #query<Row>({ platform, clientId }: PlatformApp, sql: string, ...rest: readonly unknown[]): Promise<Row[]> {
    return rows<Row>(this.worker.dataSource.manager, sql, [platform, clientId, this.time.nowMs(), ...rest]);
  }
}

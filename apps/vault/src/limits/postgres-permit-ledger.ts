import { randomUUID } from 'node:crypto';
import { type DurationMs, seconds } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { LimitsDatabase } from '../database.ts';
import { boundsOf, LimitBounds } from './limit-bounds.ts';
import { LimitTime, PermitLedger, type PlatformApp, type Share, type ShareRequest, type Trip } from './ports.ts';

/** A share that its replica doesn't ask for again is free after this. */
const SHARE_MS: DurationMs = seconds(3);
/** How long a usage header is believed. */
const USAGE_MS: DurationMs = seconds(60);
/** A probe whose replica has died is free after this. */
const PROBE_MS: DurationMs = seconds(20);

const NOW = `to_timestamp($3::double precision / 1000)`;
const THIS_APP = 'platform = $1 and client_id = $2';

/** In unlogged tables; each statement of a replica is short and holds one row. */
@Injectable()
export class PostgresPermitLedger extends PermitLedger {
  readonly #replica = randomUUID();

  constructor(
    private readonly database: LimitsDatabase,
    private readonly time: LimitTime,
    private readonly bounds: LimitBounds,
  ) {
    super();
  }

  async lease(app: PlatformApp, request: ShareRequest): Promise<Share> {
    const { cautiousMs } = this.bounds;
    const ask = {
      ...request,
      ...boundsOf(this.bounds, app.platform),
      cautiousMs,
      shareMs: SHARE_MS,
      usageMs: USAGE_MS,
    };
    const [row] = await rows<{ share: Share }>(
      this.database.dataSource.manager,
      `select vault.lease_permits($1, $2, $4, ${NOW}, $5) as share`,
      this.#values(app, this.#replica, JSON.stringify(ask)),
    );
    return row!.share;
  }

  async trip(app: PlatformApp, { cause, detail, notBeforeMs }: Trip): Promise<boolean> {
    const { stepMs, stepMsMax } = this.bounds;
    // Who reads the row first decides; a straggler of before the opening only lengthens what the platform asked for.
    const tripped = await this.#changed(
      `with before as (select breaker, step, probe_by, cause from platform_apps where ${THIS_APP} for update),
         next as (select case when breaker = 'closed' then 0 else step + 1 end as step from before)
       update platform_apps set breaker = 'open', cause = $4, detail = $5, step = next.step,
         since = case when before.breaker = 'closed' then ${NOW} else since end, probe_by = null, probe_until = null,
         open_until = greatest(to_timestamp($6::double precision / 1000),
           ${NOW} + least($8::float, $7::float * power(2, least(next.step, 30))) * interval '1 millisecond')
       from before, next where ${THIS_APP}
         and (before.breaker = 'closed' or before.probe_by = $9::uuid or ($4 = 'misconfigured' and before.cause <> $4))
       returning before.breaker = 'closed' as result`,
      this.#values(app, cause, detail.slice(0, 500), notBeforeMs, stepMs, stepMsMax, this.#replica),
    );
    if (tripped === null && notBeforeMs !== null) {
      await this.#changed(
        `update platform_apps set open_until = greatest(open_until, to_timestamp($4::double precision / 1000))
         where ${THIS_APP} and open_until is not null and ${NOW} is not null returning false as result`,
        this.#values(app, notBeforeMs),
      );
    }
    return tripped ?? false;
  }

  async claimProbe(app: PlatformApp): Promise<boolean> {
    const claimed = await this.#changed(
      `update platform_apps set probe_by = $4, probe_until = ${NOW} + $5 * interval '1 millisecond'
       where ${THIS_APP} and breaker = 'open' and open_until <= ${NOW} and (probe_until is null or probe_until <= ${NOW})
       returning true as result`,
      this.#values(app, this.#replica, PROBE_MS),
    );
    return claimed ?? false;
  }

  async close(app: PlatformApp, by: 'probe' | 'readiness'): Promise<boolean> {
    const closed = await this.#changed(
      `update platform_apps set breaker = 'closed', cause = null, detail = null, step = 0, since = ${NOW},
         open_until = null, probe_by = null, probe_until = null
       where ${THIS_APP} and breaker = 'open' and ($4 = 'readiness' or probe_by = $5::uuid) returning true as result`,
      this.#values(app, by, this.#replica),
    );
    return closed ?? false;
  }

  async awaitReadiness(app: PlatformApp): Promise<void> {
    await this.#changed(
      `update platform_apps set open_until = null where ${THIS_APP} and breaker = 'open' and cause = 'misconfigured'
         and ${NOW} is not null returning true as result`,
      this.#values(app),
    );
  }

  async letOneTry(app: PlatformApp): Promise<void> {
    await this.#changed(
      `update platform_apps set open_until = ${NOW} where ${THIS_APP} and breaker = 'open' and open_until is null
       returning true as result`,
      this.#values(app),
    );
  }

  async holdGrant(app: PlatformApp, grantId: string, untilMs: number): Promise<void> {
    await this.#changed(
      `with lapsed as (delete from platform_grant_holds where ${THIS_APP} and until <= ${NOW} and grant_id <> $4)
       insert into platform_grant_holds (platform, client_id, grant_id, until)
       values ($1, $2, $4, to_timestamp($5::double precision / 1000))
       on conflict (platform, client_id, grant_id) do update set until = greatest(platform_grant_holds.until, excluded.until)
       returning true as result`,
      this.#values(app, grantId, untilMs),
    );
  }

  async claimAlert(app: PlatformApp): Promise<boolean> {
    const claimed = await this.#changed(
      `insert into platform_apps (platform, client_id, begun_at, refilled_at, since, alerted_at)
       values ($1, $2, ${NOW}, ${NOW}, ${NOW}, ${NOW})
       on conflict (platform, client_id) do update set alerted_at = excluded.alerted_at
         where platform_apps.alerted_at is null
       returning true as result`,
      this.#values(app),
    );
    return claimed ?? false;
  }

  async clearAlert(app: PlatformApp): Promise<boolean> {
    const cleared = await this.#changed(
      `update platform_apps set alerted_at = null where ${THIS_APP} and alerted_at is not null and ${NOW} is not null
       returning true as result`,
      this.#values(app),
    );
    return cleared ?? false;
  }

  #values({ platform, clientId }: PlatformApp, ...rest: readonly unknown[]): unknown[] {
    return [platform, clientId, this.time.nowMs(), ...rest];
  }

  /** The `result` of the one row that was changed; null where none was. */
  async #changed(sql: string, values: readonly unknown[]): Promise<boolean | null> {
    const [row] = await rows<{ result: boolean }>(this.database.dataSource.manager, sql, [...values]);
    return row?.result ?? null;
  }
}
